import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A bound against hanging, not a measure of speed. */
const patienceMs = 60_000;

const program = createRequire(import.meta.url).resolve('gitlab-ci-local');

/** gitlab-ci-local copies work trees with rsync; `.ci/run` installs it. The reason is what a skipped test says. */
export const cannotRunPipelines: string | null =
  process.platform === 'linux' && spawnSync('rsync', ['--version']).status === 0
    ? null
    : 'gitlab-ci-local needs rsync and Linux (apt-get install rsync)';

/** A repository with these files in one commit. */
export async function makeRepository(
  dir: string,
  files: Record<string, string>,
  remote?: string,
): Promise<{ commit: () => string; git: (...args: string[]) => string }> {
  await mkdir(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: dir,
      env: { PATH: process.env['PATH'] ?? '', HOME: dir, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
    }).trim();
  const commit = (): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'as it is');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main');
  if (remote !== undefined) git('remote', 'add', 'origin', remote);
  commit();
  return { commit, git };
}

export type Pipeline = {
  child: ChildProcess;
  /** With the colours taken out. */
  done: Promise<{ code: number | null; output: string }>;
};

/**
 * Runs the pipeline of a repository on this machine, as a shell executor would, with nothing of this job in its environment.
 * @param variables as GitLab would set them; gitlab-ci-local itself says GITLAB_CI=false
 */
export function startPipeline(
  cwd: string,
  { variables = {}, path }: { variables?: Record<string, string>; path?: string } = {},
): Pipeline {
  // With an image named, gitlab-ci-local says /builds/..., though the work tree is here. By a file, because child pipelines
  // are not given what options say; not as a plain text, because one that looks like a path would become a file.
  const fixed = { GITLAB_CI: 'true', CI_PROJECT_DIR: cwd };
  const file = Object.entries(fixed).map(
    ([name, value]) => `${name}: { type: variable, values: { '*': '${value}' } }\n`,
  );
  writeFileSync(join(cwd, '.git/gitlab-variables.yml'), file.join(''));
  const given = Object.entries(variables);
  const child = spawn(
    process.execPath,
    [
      program,
      '--force-shell-executor',
      '--no-color',
      // All its jobs share one work tree, where a runner gives each its own: what one clears away, another may be copying.
      '--concurrency',
      '1',
      '--variables-file',
      '.git/gitlab-variables.yml',
      '--ignore-predefined-vars',
      'GITLAB_CI,CI_PROJECT_DIR,CI_PIPELINE_SOURCE',
      ...given.flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
    ],
    {
      cwd,
      env: {
        PATH: path ?? `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        HOME: join(cwd, '..'),
        TMPDIR: process.env['TMPDIR'] ?? '/tmp',
        LANG: 'C.UTF-8',
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const closed = once(child, 'close');
  // oxlint-disable-next-line no-control-regex
  return {
    child,
    done: closed.then(() => ({ code: child.exitCode, output: output.replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '') })),
  };
}

/** Evidence folders under `home`: a work tree, or what a job has handed in as artifacts (toArtifacts). */
export function listEvidence(home: string, folder: 'evidence' | 'collection' = 'evidence'): string[] {
  try {
    return readdirSync(join(home, '.quoderat', folder)).map((name) => join(home, '.quoderat', folder, name));
  } catch {
    return [];
  }
}

/** Where gitlab-ci-local puts the artifacts of a job. */
export function toArtifacts(cwd: string, job: string): string {
  return join(cwd, '.gitlab-ci-local/artifacts', job);
}

/** The configuration that the pipeline ran by, with everything included. */
export async function readExpanded(cwd: string): Promise<string> {
  return readFile(join(cwd, '.gitlab-ci-local/expanded-gitlab-ci.yml'), 'utf8');
}
