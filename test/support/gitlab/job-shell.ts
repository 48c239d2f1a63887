import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { interpolate, toJob } from './template.ts';

/** The shells that GitLab's runner uses in images, as far as they are here. */
export const shells = [['dash'], ['bash'], ['busybox', 'sh']].filter(
  ([program = '']) => spawnSync(program, ['-c', 'exit'], { stdio: 'ignore' }).error === undefined,
);

/** What the scripts use of a system, but for what fetches and runs. */
const basics =
  'bash cat chmod cp dirname env grep gzip head mkdir mv printf readlink rm sed sh sha256sum sleep tar touch uname'.split(
    ' ',
  );

/** A folder with these programs and no others: a PATH that says what an image has. */
export async function makePath(dir: string, programs: string[], without: string[] = []): Promise<string> {
  await mkdir(dir, { recursive: true });
  for (const name of [...basics.filter((basic) => !without.includes(basic)), ...programs]) {
    await symlink(name === 'node' ? process.execPath : find(name), join(dir, name));
  }
  return dir;
}

export async function writeProgram(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
}

/** The files of a release 9.9.9 whose program prints, as JSON, what it was given; and the digest to pin. */
export async function makeRelease(
  dir: string,
  nodeText?: string,
): Promise<{ files: Map<string, Buffer>; pin: string }> {
  const files = new Map<string, Buffer>();
  for (const kind of ['node', 'linux-x64', 'linux-arm64']) {
    const top = `quoderat-9.9.9-${kind}`;
    const program = `console.log(JSON.stringify({ kind: '${kind}', cwd: process.cwd(), argv: process.argv.slice(2), env: process.env }));\n`;
    await mkdir(join(dir, top, 'dist'), { recursive: true });
    await writeFile(join(dir, top, 'dist/cli.js'), program);
    await symlink('dist/cli.js', join(dir, top, 'quoderat'));
    // The Node of the archive: a program that says how it was called.
    const node = nodeText ?? '#!/bin/sh\n[ "$1" = --version ] && echo v24.0.0 && exit\necho "own node $*"\n';
    if (kind !== 'node') await writeProgram(join(dir, top, 'bin/node'), node);
    execFileSync('tar', ['-czf', `${top}.tar.gz`, top], { cwd: dir });
    files.set(`${top}.tar.gz`, await readFile(join(dir, `${top}.tar.gz`)));
  }
  const list = [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('');
  files.set('quoderat-9.9.9.sha256', Buffer.from(list));
  return { files, pin: sha256(Buffer.from(list)) };
}

export type ShellRun = { code: number | null; output: string };

export type ShellOptions = {
  shell: string[];
  path: string;
  /** The project's folder. */
  dir: string;
  inputs?: Record<string, unknown>;
  env?: Record<string, string>;
  part?: 'script' | 'after_script';
};

/** Runs a part of the job of the component `quoderat`, as the runner would: strictly, with what GitLab sets. */
export async function runJobScript({
  shell,
  path,
  dir,
  inputs = {},
  env = {},
  part = 'script',
}: ShellOptions): Promise<ShellRun> {
  const { variables, [part]: lines } = toJob(interpolate('quoderat', inputs));
  const [program = '', ...args] = shell;
  const child = spawn(find(program), [...args, '-c', `set -eu\n${lines.join('\n')}`], {
    cwd: dir,
    env: {
      PATH: path,
      HOME: dir,
      TMPDIR: dirname(dir),
      CI_PROJECT_DIR: dir,
      CI_JOB_ID: '77',
      ...Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value])),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}

const printed = z.object({
  kind: z.string(),
  cwd: z.string(),
  argv: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});

/** The object that the program of makeRelease has printed. */
export function readPrinted({ output }: ShellRun): z.infer<typeof printed> {
  return printed.parse(JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? 'null'));
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function find(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const path = folders.map((folder) => join(folder, program)).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`${program} is not on this machine`);
  return path;
}
