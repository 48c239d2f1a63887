import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envelope as schema } from '../../src/schema/envelope.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { startServer, type TestServer, tokens } from '../support/server.ts';
import { cleanEnv, runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('quoderat with a real server', () => {
  let cluster: TestCluster;
  let server: TestServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    cluster = await startTestCluster();
    server = await startServer(await cluster.makeDatabase());
    env = { QUODERAT_SERVER: server.url, QUODERAT_SERVER_TOKEN: tokens.admin };
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  it('runs, watches, lists and fetches, and all of them tell the same', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      `steps:
  - { id: first, kind: command, run: "echo one; until [ -e go ]; do sleep 0.02; done; echo two" }
  - { id: second, kind: command, needs: [first], run: echo three > made.txt, outputs: [made.txt] }
`,
    );
    const run = startCli(['run', '--out', 'evidence'], { cwd: dir.path, env });
    const [, id = ''] = await run.waitFor(/: run ([0-9a-f-]{36}) of/);
    await run.waitFor(/one/);
    // The run is there as soon as its first step runs; asking for it is what tells when.
    let watching = startCli(['watch', id], { cwd: dir.path, env });
    for (;;) {
      const seen = await watching.waitFor(/\[first\] one/).catch(() => null);
      if (seen !== null) break;
      watching = startCli(['watch', id], { cwd: dir.path, env });
    }
    await writeFile(join(dir.path, 'go'), '');
    const [ran, shown] = await Promise.all([run.done, watching.done]);
    expect([ran.code, ran.stderr, shown.code, shown.stderr]).toEqual([0, '', 0, '']);
    expect(ran.stdout.startsWith(shown.stdout)).toBe(true);

    const listed = await runCli(['runs', '--state', 'finalized'], { cwd: dir.path, env });
    expect(listed.stdout).toMatch(new RegExp(`^${id} .* success +sealed`, 'm'));
    expect(await runCli(['get', id, '--out', 'fetched'], { cwd: dir.path, env })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const sealed = await readFile(join(dir.path, 'evidence', 'envelope.json'));
    expect(await readFile(join(dir.path, 'fetched', 'envelope.json'))).toEqual(sealed);
    expect(schema.parse(JSON.parse(sealed.toString())).producer.component).toBe('server');
  });

  it('finishes by push what the server could not seal, in a checkout as in a plain folder', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: hello, kind: command, run: echo good morning }\n');
    const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: dir.path, env: cleanEnv() });
    await git('init', '-q');
    await git('add', '.');
    await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
    const away = { ...env, QUODERAT_SERVER: 'http://127.0.0.1:9' };
    const run = await runCli(['run', '--out', 'evidence', '--server-timeout', '100ms'], { cwd: dir.path, env: away });
    expect(run.code).toBe(5);
    const pushed = await runCli(['push', 'evidence'], { cwd: dir.path, env });
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    const [, printed = ''] = /^ {2}verify .+ (verify evidence .+)$/m.exec(pushed.stdout) ?? [];
    const verified = await runCli(printed.split(' '), { cwd: dir.path });
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/authentic: +yes/) });
  });

  it('seals as aborted what a killed run left, once it is pushed', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: stays, kind: command, run: echo begun; sleep 300 }\n');
    const cli = startCli(['run', '--out', 'evidence'], { cwd: dir.path, env });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGKILL');
    await cli.done;
    const pushed = await runCli(['push', 'evidence'], { cwd: dir.path, env });
    expect(pushed.code).toBe(0);
    const { execution, producer } = schema.parse(
      JSON.parse(await readFile(join(dir.path, 'evidence', 'envelope.json'), 'utf8')),
    );
    expect([execution.termination, producer.component]).toEqual(['process_lost', 'server']);
  });
});
