import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { envelope as schema } from '../../src/schema/envelope.ts';
import { endProcess } from '../support/processes.ts';
import { type RelayServer, startRelayServer } from '../support/relay-server.ts';
import { type CliResult, runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeOutput } from '../support/run-requests.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const steps = `steps:
  - { id: hello, kind: command, run: echo good morning }
  - { id: bad, kind: command, run: echo oh no >&2; exit 3 }
`;

function tokenOf(server: RelayServer): Record<string, string> {
  return { QUODERAT_SERVER_TOKEN: server.token };
}

function push(dir: string, server: RelayServer, ...more: string[]): Promise<CliResult> {
  return runCli(['push', 'evidence', '--server', server.url, ...more], { cwd: dir, env: tokenOf(server) });
}

async function readEnvelope(dir: string) {
  return schema.parse(JSON.parse(await readFile(join(dir, 'evidence', 'envelope.json'), 'utf8')));
}

/** A run whose server was away to its end. */
async function runAlone(dir: string, server: RelayServer): Promise<void> {
  await writeManifest(dir, steps);
  await server.down();
  const args = ['run', '--out', 'evidence', '--server', server.url, '--server-timeout', '200ms'];
  expect((await runCli(args, { cwd: dir, env: tokenOf(server) })).code).toBe(1);
}

describe('quoderat push', () => {
  it('lets the server seal what it could not when the run ended, once and not twice', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await runAlone(dir.path, server);

    const early = await push(dir.path, server, '--server-timeout', '200ms');
    expect(early).toMatchObject({ code: 5, stdout: '' });
    expect(early.stderr).toMatch(/not sealed: .*ECONNREFUSED/);

    await server.up();
    const pushed = await push(dir.path, server);
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(pushed.stdout).toContain('Failed: 1 of 2 steps failed');
    const sealed = await readEnvelope(dir.path);
    expect(sealed.producer.component).toBe('server');
    expect(sealed.events.dropped).toBe(0);
    await writeFile(join(dir.path, 'server.pub'), server.publicPem);
    expect((await runCli(['verify', 'evidence', '--key', 'server.pub'], { cwd: dir.path })).code).toBe(0);
    const names = await readdir(join(dir.path, 'evidence'));
    expect(names.filter((name) => /unsealed|spool/i.test(name))).toEqual([]);

    const asked = server.requests.length;
    const again = await push(dir.path, server);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('sealed already') });
    expect(server.requests).toHaveLength(asked);
  });

  it('works on what was unpacked elsewhere from a build artifact, which leaves hidden files out', async () => {
    await using dir = await makeTempDir();
    await using elsewhere = await makeTempDir();
    await using server = await startRelayServer();
    await runAlone(dir.path, server);
    await mkdir(join(elsewhere.path, 'evidence'));
    await cp(join(dir.path, 'evidence'), join(elsewhere.path, 'evidence'), {
      recursive: true,
      filter: (path) => !/\/\.[^/]+$/.test(path),
    });
    await server.up();
    expect(await push(elsewhere.path, server)).toMatchObject({ code: 0, stderr: '' });
    const { events, execution } = await readEnvelope(elsewhere.path);
    expect([events.dropped, execution.status]).toEqual([0, 'failed']);
  });

  it('ends a killed run as aborted and lets the server seal that; `seal` does so only when it is asked to', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await writeManifest(dir.path, 'steps:\n  - { id: stays, kind: command, run: echo begun $$; sleep 300 }\n');
    const args = ['run', '--out', 'evidence', '--server', server.url];
    const cli = startCli(args, { cwd: dir.path, env: tokenOf(server) });
    const [, leader] = await cli.waitFor(/begun (\d+)/);
    cli.child.kill('SIGKILL');
    await cli.done;
    await cp(join(dir.path, 'evidence'), join(dir.path, 'copy'), { recursive: true });

    const refused = await runCli(['seal', 'evidence'], { cwd: dir.path });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/was to be sealed by http.*quoderat push.*--embedded/);

    const pushed = await push(dir.path, server);
    expect(pushed.code).toBe(0);
    const sealed = await readEnvelope(dir.path);
    expect(sealed.execution).toMatchObject({ status: 'aborted', termination: 'process_lost' });
    expect(sealed.producer.component).toBe('server');
    // Ended by the push, as `seal` would have.
    endProcess(Number(leader));

    expect((await runCli(['seal', 'copy', '--embedded'], { cwd: dir.path })).code).toBe(0);
    const embedded: unknown = JSON.parse(await readFile(join(dir.path, 'copy', 'envelope.json'), 'utf8'));
    expect(embedded).toMatchObject({ producer: { component: 'embedded' }, execution: { termination: 'process_lost' } });
  });

  it('hands the token to no server that only the folder names', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await runAlone(dir.path, server);
    await server.up();
    const run = await runCli(['push', 'evidence'], { cwd: dir.path, env: tokenOf(server) });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`name the server with --server or QUODERAT_SERVER; the folder says ${server.url}`);
    expect(server.requests).toEqual([]);
  });

  it('says in one line that a folder holds no run', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await mkdir(join(dir.path, 'evidence'));
    const run = await push(dir.path, server);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^quoderat: [^\n]+\n$/) });
  });

  it('refuses a folder whose spool numbers events as no worker does', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await runAlone(dir.path, server);
    const journal = join(dir.path, 'evidence', 'journal.ndjson');
    const lines = (await readFile(journal, 'utf8')).split('\n').filter((line) => !line.includes('"finalize_started"'));
    const { run_id } = z.object({ run_id: z.string() }).parse(JSON.parse(lines[0] ?? ''));
    const output = { ...makeOutput(run_id, 1), seq: Number.MAX_SAFE_INTEGER };
    await writeFile(journal, lines.join('\n'));
    await writeFile(join(dir.path, 'evidence', 'spool.ndjson'), `${JSON.stringify(output)}\n`);
    await server.up();
    expect(await push(dir.path, server)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^quoderat: .* numbers an event 9007199254740991; .*\n$/),
    });
    expect(await readFile(journal, 'utf8')).toBe(lines.join('\n'));
  });

  it('shows what a hostile server says as text that does nothing', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    await runAlone(dir.path, server);
    await server.up();
    server.twist.refusal = '\u001B[2J\u001B]0;owned\u0007::error::pwned\n##[error]x\u202E';
    const run = await push(dir.path, server);
    expect(run.code).toBe(5);
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(run.stdout + run.stderr).not.toMatch(/[\u001B\u0007\u202E]|^::|^##/m);
    expect(run.stderr).toContain('pwned');
  });
});
