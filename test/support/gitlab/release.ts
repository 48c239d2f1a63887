import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempDir } from '../temp-dir.ts';
import { makePath, makeRelease, runJobScript, type ShellOptions, type ShellRun, shells } from './job-shell.ts';
import { type PackageServer, startPackageServer } from './package-server.ts';

export type PublishedRelease = AsyncDisposable & {
  /** A folder for what a test needs. */
  dir: string;
  files: Map<string, Buffer>;
  /** What `package-sha256` has to say. */
  pin: string;
  server: PackageServer;
  /** A PATH with curl, with and without a Node. */
  withNode: string;
  withoutNode: string;
  /** Runs the job in a new project; the shell, PATH and inputs are those that most tests want, unless they say otherwise. */
  run: (options?: Partial<ShellOptions>) => Promise<ShellRun & { dir: string }>;
};

/** A release that a mirror gives out, and jobs that fetch it. */
export async function publishRelease(): Promise<PublishedRelease> {
  const temp = await makeTempDir();
  const { files, pin } = await makeRelease(join(temp.path, 'release'));
  const server = await startPackageServer({ files });
  const withNode = await makePath(join(temp.path, 'with-node'), ['curl', 'node']);
  const withoutNode = await makePath(join(temp.path, 'without-node'), ['curl']);
  let projects = 0;
  return {
    dir: temp.path,
    files,
    pin,
    server,
    withNode,
    withoutNode,
    async run(options = {}) {
      projects += 1;
      const dir = options.dir ?? join(temp.path, `p${projects}`, 'project');
      await mkdir(dir, { recursive: true });
      const inputs = { version: '9.9.9', 'package-sha256': pin, 'package-url': server.url, ...options.inputs };
      const done = await runJobScript({ shell: shells[0] ?? [], path: withNode, ...options, dir, inputs });
      return { ...done, dir };
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await temp[Symbol.asyncDispose]();
    },
  };
}
