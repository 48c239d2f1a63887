/** A folder of the repository with a project in it, and what its files say. */
export type Project = {
  /** Relative to the repository, with "/"; "." for its root. */
  cwd: string;
  /** The names in it, and those in the few folders that tell something: `tests/test_cart.py`. */
  names: ReadonlySet<string>;
  /** The texts of the files that tell something, by name. A file that is too long, or no text, is not among them. */
  texts: ReadonlyMap<string, string>;
};

/** What a starter manifest is made from. */
export type Repository = {
  /** The folder's name. */
  name: string;
  platform: NodeJS.Platform;
  /** The root comes first. */
  projects: readonly Project[];
};

/** Files by which a folder is known as a project. Each is in `tellingFiles` as well. */
export const markers = [
  'package.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'pytest.ini',
  'conftest.py',
  'Pipfile',
  'tox.ini',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
] as const;

/** Every file whose text is read. */
export const tellingFiles: readonly string[] = [
  ...markers,
  '.npmrc',
  '.yarnrc.yml',
  'requirements-dev.txt',
  'requirements-test.txt',
  'dev-requirements.txt',
  'test-requirements.txt',
  '.config/nextest.toml',
  '.golangci.yml',
  '.golangci.yaml',
  '.golangci.toml',
  '.golangci.json',
  'settings.gradle',
  'settings.gradle.kts',
  'GNUmakefile',
  'makefile',
  'Makefile',
  '.gitignore',
];

/** Folders whose names are read too. */
export const tellingFolders: readonly string[] = ['tests', 'test', 'src', '.config'];

/**
 * The projects that have one of these files: the root when it is one, since it then speaks for what lies below
 * (workspaces, modules); else the folders below it.
 */
export function findProjects({ projects }: Repository, files: readonly string[]): readonly Project[] {
  const found = projects.filter(({ names }) => files.some((file) => names.has(file)));
  return found[0]?.cwd === '.' ? found.slice(0, 1) : found;
}
