/** Where a program comes from: packages of Debian and of Homebrew, ids of winget; or a sentence. */
type Source = { debian?: string; brew?: string; winget?: string; other?: string };

const coreutils: Source = { debian: 'coreutils', brew: 'coreutils', winget: 'Git.Git' };
const node: Source = { debian: 'nodejs npm', brew: 'node', winget: 'OpenJS.NodeJS.LTS' };
const python: Source = { debian: 'python3 python3-venv', brew: 'python', winget: 'Python.Python.3.13' };
const rust: Source = {
  debian: 'cargo',
  brew: 'rustup',
  winget: 'Rustlang.Rustup',
  other: 'or from https://rustup.rs',
};

const sources: Readonly<Record<string, Source>> = {
  bash: { debian: 'bash', brew: 'bash', winget: 'Git.Git', other: 'On Windows bash comes with Git.' },
  bun: { brew: 'oven-sh/bun/bun', winget: 'Oven-sh.Bun', other: 'npm install --global bun' },
  cargo: rust,
  'cargo-clippy': { other: 'rustup component add clippy' },
  'cargo-fmt': { other: 'rustup component add rustfmt' },
  'cargo-nextest': { brew: 'cargo-nextest', other: 'cargo install --locked cargo-nextest' },
  cmake: { debian: 'cmake', brew: 'cmake', winget: 'Kitware.CMake' },
  curl: { debian: 'curl', brew: 'curl', winget: 'cURL.cURL' },
  docker: { debian: 'docker.io', brew: '--cask docker', winget: 'Docker.DockerDesktop' },
  dotnet: { brew: 'dotnet', winget: 'Microsoft.DotNet.SDK.9', other: 'https://dotnet.microsoft.com/download' },
  gcc: { debian: 'gcc', brew: 'gcc' },
  git: { debian: 'git', brew: 'git', winget: 'Git.Git' },
  go: { debian: 'golang-go', brew: 'go', winget: 'GoLang.Go' },
  'golangci-lint': { brew: 'golangci-lint', winget: 'GolangCI.golangci-lint' },
  gradle: { debian: 'gradle', brew: 'gradle', winget: 'Gradle.Gradle' },
  java: { debian: 'default-jdk', brew: 'openjdk', winget: 'EclipseAdoptium.Temurin.21.JDK' },
  jq: { debian: 'jq', brew: 'jq', winget: 'jqlang.jq' },
  make: { debian: 'make', brew: 'make', winget: 'GnuWin32.Make' },
  mkfifo: coreutils,
  mvn: { debian: 'maven', brew: 'maven', winget: 'Apache.Maven', other: 'A project may bring its own: ./mvnw' },
  node,
  npm: node,
  npx: node,
  php: { debian: 'php-cli', brew: 'php', winget: 'PHP.PHP.8.4' },
  pnpm: { brew: 'pnpm', winget: 'pnpm.pnpm', other: 'corepack enable pnpm' },
  poetry: { debian: 'python3-poetry', brew: 'poetry', other: 'pipx install poetry' },
  pwsh: { brew: 'powershell', winget: 'Microsoft.PowerShell', other: 'https://aka.ms/powershell' },
  pytest: { debian: 'python3-pytest', brew: 'pytest', other: 'python3 -m pip install pytest' },
  python,
  python3: python,
  ruby: { debian: 'ruby', brew: 'ruby', winget: 'RubyInstallerTeam.Ruby.3.4' },
  ruff: { brew: 'ruff', winget: 'astral-sh.ruff', other: 'pipx install ruff' },
  rustc: rust,
  sed: { debian: 'sed', brew: 'gnu-sed', winget: 'Git.Git' },
  sh: { debian: 'dash', winget: 'Git.Git' },
  tee: coreutils,
  tox: { debian: 'tox', brew: 'tox', other: 'pipx install tox' },
  unzip: { debian: 'unzip', brew: 'unzip' },
  uv: { brew: 'uv', winget: 'astral-sh.uv', other: 'pipx install uv' },
  wget: { debian: 'wget', brew: 'wget' },
  yarn: { brew: 'yarn', winget: 'Yarn.Yarn', other: 'corepack enable yarn' },
  zip: { debian: 'zip', brew: 'zip' },
};

/** Whether it is a program that a script can't well have of its own. */
export function isKnownProgram(program: string): boolean {
  return Object.hasOwn(sources, program);
}

/** How to get a program on this system. */
export function toRemedies(program: string, platform: NodeJS.Platform): string[] {
  const source = Object.hasOwn(sources, program) ? sources[program] : undefined;
  if (source === undefined) return [`Install ${program}, or put its folder on PATH.`];
  const { debian, brew, winget, other } = source;
  const lines = {
    linux: debian === undefined ? [] : [`apt-get install ${debian}   (Debian, Ubuntu)`],
    darwin: brew === undefined ? [] : [`brew install ${brew}`],
    win32: winget === undefined ? [] : [`winget install ${winget}`],
  };
  const own = platform === 'darwin' || platform === 'win32' ? lines[platform] : lines.linux;
  const all = [...own, ...(other === undefined ? [] : [other])];
  return all.length > 0 ? all : [`Install ${program}, or put its folder on PATH.`];
}
