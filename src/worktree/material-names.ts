import type { Material } from '../schema/worktree.ts';

type Class = Pick<Material, 'ecosystem' | 'role'>;

/** File names by ecosystem (the words of package URLs, where there is one) and role. `*` stands for any characters. */
const NAMES: Record<string, Partial<Record<Material['role'], string>>> = {
  npm: {
    lockfile: 'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb deno.lock',
    manifest: 'package.json pnpm-workspace.yaml deno.json deno.jsonc',
    toolchain: '.nvmrc .node-version',
  },
  pypi: {
    lockfile: 'poetry.lock uv.lock pdm.lock Pipfile.lock pylock.toml pylock.*.toml conda-lock.yml',
    manifest: 'pyproject.toml setup.py setup.cfg Pipfile requirements*.txt constraints*.txt environment.yml',
    toolchain: '.python-version',
  },
  cargo: { lockfile: 'Cargo.lock', manifest: 'Cargo.toml', toolchain: 'rust-toolchain rust-toolchain.toml' },
  golang: { lockfile: 'go.sum go.work.sum', manifest: 'go.mod go.work' },
  maven: {
    lockfile: 'gradle.lockfile buildscript-gradle.lockfile verification-metadata.xml',
    manifest: 'pom.xml build.gradle build.gradle.kts settings.gradle settings.gradle.kts libs.versions.toml build.sbt',
    toolchain: 'gradle-wrapper.properties maven-wrapper.properties .java-version',
  },
  nuget: {
    lockfile: 'packages.lock.json',
    manifest: '*.csproj *.fsproj *.vbproj packages.config Directory.Packages.props Directory.Build.props',
    toolchain: 'global.json',
  },
  gem: { lockfile: 'Gemfile.lock gems.locked', manifest: 'Gemfile gems.rb *.gemspec', toolchain: '.ruby-version' },
  composer: { lockfile: 'composer.lock', manifest: 'composer.json' },
  hex: { lockfile: 'mix.lock rebar.lock', manifest: 'mix.exs rebar.config' },
  pub: { lockfile: 'pubspec.lock', manifest: 'pubspec.yaml' },
  swift: { lockfile: 'Package.resolved Podfile.lock', manifest: 'Package.swift Podfile' },
  conan: { lockfile: 'conan.lock', manifest: 'conanfile.txt conanfile.py vcpkg.json' },
  nix: { lockfile: 'flake.lock', manifest: 'flake.nix' },
  bazel: {
    lockfile: 'MODULE.bazel.lock',
    manifest: 'MODULE.bazel WORKSPACE WORKSPACE.bazel',
    toolchain: '.bazelversion',
  },
  terraform: { lockfile: '.terraform.lock.hcl' },
  helm: { lockfile: 'Chart.lock', manifest: 'Chart.yaml' },
  docker: {
    image:
      'Dockerfile Dockerfile.* *.Dockerfile Containerfile docker-compose.yml docker-compose.yaml compose.yml compose.yaml',
  },
  generic: { toolchain: '.tool-versions mise.toml .mise.toml' },
};

const patterns = Object.entries(NAMES).flatMap(([ecosystem, roles]) =>
  (['lockfile', 'manifest', 'toolchain', 'image'] as const).flatMap((role) =>
    (roles[role] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pattern) => ({ pattern, class: { ecosystem, role } })),
  ),
);
const exact = new Map<string, Class>(patterns.map((entry) => [entry.pattern, entry.class]));
const wild = patterns.filter(({ pattern }) => pattern.includes('*'));
/** One expression for all: most files of a checkout are none of these. */
const anyWild = new RegExp(`^(?:${wild.map(({ pattern }) => toExpression(pattern)).join('|')})$`);

/** What a file of that name is to its ecosystem; undefined: none of ours. */
export function classifyMaterial(path: string): Class | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = exact.get(name);
  if (found !== undefined || !anyWild.test(name)) return found;
  return wild.find(({ pattern }) => new RegExp(`^${toExpression(pattern)}$`).test(name))?.class;
}

function toExpression(pattern: string): string {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
  return parts.join('[^/]*');
}
