import { toBashWord } from './bash-word.ts';
import type { Project } from './repository.ts';

/** How a Node project's manager is called. */
export type PackageManager = {
  name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  lockfile: string | undefined;
  install: string;
  /** The command line that runs a script; `args` are shell text for what the script calls. */
  run: (script: string, args?: string) => string;
  /** The same with nothing on stdout but the script's own output. */
  runSilent: (script: string, args?: string) => string;
  /** Begins a command line of a program that the project has installed. */
  exec: string;
};

const lockfiles: Record<PackageManager['name'], readonly string[]> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
};

/**
 * The manager of a project: the one that package.json names for Corepack (`packageManager`), else the one whose lockfile
 * is there, else npm.
 */
export function choosePackageManager({ names, texts }: Project, named: unknown): PackageManager {
  const [, wanted, major] = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(typeof named === 'string' ? named : '') ?? [];
  const byLockfile = managerNames.find((name) => lockfiles[name].some((file) => names.has(file)));
  const name = managerNames.find((known) => known === wanted) ?? byLockfile ?? 'npm';
  const lockfile = lockfiles[name].find((file) => names.has(file));
  // Yarn 2 and later have another configuration file, and other switches.
  const isModernYarn = name === 'yarn' && (major === undefined ? texts.has('.yarnrc.yml') : Number(major) >= 2);
  return managers[name](lockfile, isModernYarn);
}

const managerNames = ['npm', 'pnpm', 'yarn', 'bun'] as const;

type MakeManager = (lockfile: string | undefined, isModernYarn: boolean) => PackageManager;

const managers: Record<PackageManager['name'], MakeManager> = {
  npm: (lockfile) => ({
    name: 'npm',
    lockfile,
    install: lockfile === undefined ? 'npm install' : 'npm ci',
    run: (script, args) => join(script === 'test' ? 'npm test' : `npm run ${toBashWord(script)}`, args, '-- '),
    runSilent: (script, args) => join(`npm run --silent ${toBashWord(script)}`, args, '-- '),
    exec: 'npx --no-install',
  }),
  pnpm: (lockfile) => ({
    name: 'pnpm',
    lockfile,
    install: lockfile === undefined ? 'pnpm install' : 'pnpm install --frozen-lockfile',
    // pnpm hands on what follows the script's name as it stands, a `--` too.
    run: (script, args) => join(`pnpm run ${toBashWord(script)}`, args),
    runSilent: (script, args) => join(`pnpm --silent run ${toBashWord(script)}`, args),
    exec: 'pnpm exec',
  }),
  yarn: (lockfile, isModern) => ({
    name: 'yarn',
    lockfile,
    install: `yarn install${lockfile === undefined ? '' : isModern ? ' --immutable' : ' --frozen-lockfile'}`,
    run: (script, args) => join(`yarn run ${toBashWord(script)}`, args),
    runSilent: (script, args) => join(`yarn${isModern ? '' : ' --silent'} run ${toBashWord(script)}`, args),
    exec: 'yarn run',
  }),
  bun: (lockfile) => ({
    name: 'bun',
    lockfile,
    install: lockfile === undefined ? 'bun install' : 'bun install --frozen-lockfile',
    run: (script, args) => join(`bun run ${toBashWord(script)}`, args),
    runSilent: (script, args) => join(`bun run --silent ${toBashWord(script)}`, args),
    exec: 'bunx --no-install',
  }),
};

function join(command: string, args: string | undefined, separator = ''): string {
  return args === undefined ? command : `${command} ${separator}${args}`;
}
