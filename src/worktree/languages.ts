/** Languages by the ending of a file's name, in the words of GitHub's linguist. */
const LANGUAGES: Record<string, string> = {
  TypeScript: 'ts mts cts tsx',
  JavaScript: 'js mjs cjs jsx',
  Python: 'py pyi pyw',
  Go: 'go',
  Rust: 'rs',
  Java: 'java',
  Kotlin: 'kt kts',
  Scala: 'scala sc',
  Groovy: 'groovy gradle',
  Clojure: 'clj cljs cljc',
  C: 'c h',
  'C++': 'cc cpp cxx hh hpp hxx',
  'C#': 'cs',
  'F#': 'fs fsx',
  'Objective-C': 'm mm',
  Swift: 'swift',
  Dart: 'dart',
  Ruby: 'rb rake gemspec',
  PHP: 'php',
  Perl: 'pl pm',
  Lua: 'lua',
  R: 'r',
  Julia: 'jl',
  Haskell: 'hs',
  OCaml: 'ml mli',
  Erlang: 'erl hrl',
  Elixir: 'ex exs',
  Zig: 'zig',
  Nix: 'nix',
  Shell: 'sh bash zsh',
  PowerShell: 'ps1 psm1',
  Batchfile: 'bat cmd',
  SQL: 'sql',
  HTML: 'html htm',
  CSS: 'css',
  SCSS: 'scss sass',
  Less: 'less',
  Vue: 'vue',
  Svelte: 'svelte',
  Markdown: 'md markdown mdx',
  reStructuredText: 'rst',
  Text: 'txt',
  JSON: 'json jsonc json5',
  YAML: 'yml yaml',
  TOML: 'toml',
  XML: 'xml xsd xsl csproj props targets',
  SVG: 'svg',
  INI: 'ini cfg',
  'Protocol Buffer': 'proto',
  GraphQL: 'graphql gql',
  HCL: 'tf hcl tfvars',
  CMake: 'cmake',
};

const WHOLE_NAMES: Record<string, string> = {
  Makefile: 'Makefile',
  GNUmakefile: 'Makefile',
  Dockerfile: 'Dockerfile',
  Containerfile: 'Dockerfile',
  'CMakeLists.txt': 'CMake',
  Rakefile: 'Ruby',
  Gemfile: 'Ruby',
  Jenkinsfile: 'Groovy',
};

const BY_ENDING = new Map(
  Object.entries(LANGUAGES).flatMap(([language, endings]) => endings.split(' ').map((ending) => [ending, language])),
);

/** What a file is written in, by its name alone; "Other" when the name does not say. */
export function toLanguage(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (Object.hasOwn(WHOLE_NAMES, name)) return WHOLE_NAMES[name] ?? 'Other';
  const dot = name.lastIndexOf('.');
  return (dot > 0 ? BY_ENDING.get(name.slice(dot + 1).toLowerCase()) : undefined) ?? 'Other';
}
