import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/cli/run-report.ts';
import { type Envelope, envelope as schema } from '../../src/schema/envelope.ts';
import { toRecordOf } from '../relay/relayed-run.ts';
import { type Fault, startFlakyProxy } from '../support/flaky-proxy.ts';
import { type RelayServer, startRelayServer } from '../support/relay-server.ts';
import { runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const steps = `steps:
  - { id: hello, kind: command, run: echo good morning; echo to stderr >&2 }
  - { id: bye, kind: command, needs: [hello], run: "echo bye" }
`;

async function readEnvelope(dir: string): Promise<Envelope> {
  return schema.parse(JSON.parse(await readFile(join(dir, 'envelope.json'), 'utf8')));
}

/** The record but for its context and for what is different in every run: instants, durations, numbers of events. */
function withoutChance(envelope: Envelope): unknown {
  return JSON.parse(
    JSON.stringify(toRecordOf(envelope), (key, value: unknown) => {
      if (/_ms$|_at$|^(?:timestamp|run_id|emitted|acknowledged|runner_context)$/.test(key)) return '(chance)';
      return value;
    }),
  );
}

describe('quoderat run --server', () => {
  let server: RelayServer;
  beforeAll(async () => {
    server = await startRelayServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(() => server.runs.clear());

  it('is sealed by the server, with the record that the embedded seal has, and verifies with its key', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, steps);
    const env = { QUODERAT_SERVER_TOKEN: server.token };
    const run = await runCli(['run', '--out', 'evidence', '--server', server.url], { cwd: dir.path, env });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^ {2}verify /m);

    const sealed = await readEnvelope(join(dir.path, 'evidence'));
    expect(sealed.producer).toMatchObject({ component: 'server', instance: 'stub' });
    expect(sealed.claims.mechanical).toEqual(expect.arrayContaining(['sealed_apart_from_job', 'signed_by_key']));
    await writeFile(join(dir.path, 'server.pub'), server.publicPem);
    expect((await runCli(['verify', 'evidence', '--key', 'server.pub'], { cwd: dir.path })).code).toBe(0);
    expect((await readdir(join(dir.path, 'evidence'))).toSorted()).toEqual([
      'artifacts',
      'envelope.intoto.json',
      'envelope.json',
      'journal.ndjson',
      'manifest.yml',
      'report.html',
      'server.json',
      'summary.md',
    ]);

    await runCli(['run', '--out', 'embedded'], { cwd: dir.path });
    const embedded = await readEnvelope(join(dir.path, 'embedded'));
    expect(withoutChance(sealed)).toEqual(withoutChance(embedded));
    // Output is told while it happens, not only kept.
    const [told] = server.runs.values();
    const texts = [...(told?.events.values() ?? [])].flatMap((event) =>
      event.type === 'step_output' ? event.text : [],
    );
    expect(texts.join('')).toMatch(/good morning\n[^]*bye\n/);
  });

  it('hands the token to no step, and writes it nowhere', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: look, kind: command, run: "env; cat /proc/$PPID/cmdline" }\n');
    await writeFile(join(dir.path, 'token'), `${server.token}\n`);
    const env = { QUODERAT_SERVER: server.url, QUODERAT_SERVER_TOKEN_FILE: 'token' };
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path, env });
    expect(run.code).toBe(0);
    expect(run.stdout + run.stderr).not.toContain(server.token);
    expect(run.stdout).not.toContain('QUODERAT_SERVER');
    for (const entry of await readdir(join(dir.path, 'evidence'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toContain(server.token);
    }
  });

  it.each([
    ['fail', 5],
    ['warn', 0],
  ] as const)(
    'keeps what is not sealed when the server is away, and with --on-server-error %s ends with %i',
    async (what, code) => {
      await using dir = await makeTempDir();
      await writeManifest(dir.path, steps);
      const gone = await startRelayServer();
      await gone[Symbol.asyncDispose]();
      const env = { QUODERAT_SERVER_TOKEN: gone.token };
      const args = ['run', '--out', 'evidence', '--json', '--server', gone.url, '--server-timeout', '300ms'];
      const run = await runCli([...args, '--on-server-error', what], { cwd: dir.path, env });
      expect(run.code).toBe(code);
      expect(run.stderr).toMatch(/^quoderat: the run is not sealed: .*can't be reached \(ECONNREFUSED\)/m);
      expect(run.stderr).toMatch(/^ {2}finish {6}\S.* push evidence --server http/m);
      const result: RunResult = JSON.parse(run.stdout);
      expect(result).toMatchObject({
        status: 'success',
        envelope_path: null,
        unsealed: { dir: join(dir.path, 'evidence') },
      });
      expect((await readdir(join(dir.path, 'evidence'))).toSorted()).toEqual(
        [
          'UNSEALED.txt',
          'artifacts',
          'journal.ndjson',
          'record.unsealed.json',
          'server.json',
          'spool.ndjson',
        ].toSorted(),
      );
      const note = await readFile(join(dir.path, 'evidence', 'UNSEALED.txt'), 'utf8');
      expect(note).toContain(`quoderat push <this folder> --server ${gone.url.replace(/\/$/, '')}\n`);
      const verified = await runCli(['verify', 'evidence'], { cwd: dir.path });
      expect(verified.code).toBe(2);
      expect(verified.stderr).toMatch(
        /^quoderat: evidence holds no envelope.json; its run was to be sealed by a server: `quoderat push`/,
      );
      expect((await runCli(['verify', 'evidence/record.unsealed.json'], { cwd: dir.path })).code).toBe(2);
    },
  );

  it('lets failed steps decide, whatever becomes of the server', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: bad, kind: command, run: exit 3 }\n');
    const env = { QUODERAT_SERVER_TOKEN: 'a-token-that-is-wrong' };
    const args = ['run', '--out', 'evidence', '--server', server.url, '--on-server-error', 'warn'];
    const run = await runCli(args, { cwd: dir.path, env });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('(unauthorized)');
    expect(run.stderr).not.toContain('a-token-that-is-wrong');
  });

  it('seals nothing itself where a key says that a server must', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: touch ran }\n');
    const run = await runCli(['run', '--server-key', 'server.pub'], { cwd: dir.path, env: { QUODERAT_SERVER: '' } });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('no server is named') });
    expect(await readdir(dir.path)).not.toContain('ran');
  });

  it('ends the steps when the server is asked to cancel the run, and seals that', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: stays, kind: command, run: echo begun; sleep 300 }\n');
    const env = { QUODERAT_SERVER_TOKEN: server.token };
    const cli = startCli(['run', '--out', 'evidence', '--server', server.url], { cwd: dir.path, env });
    await cli.waitFor(/begun/);
    for (const run of server.runs.values()) run.isCancelled = true;
    expect((await cli.done).code).toBe(1);
    const { execution, producer } = await readEnvelope(join(dir.path, 'evidence'));
    expect(execution).toMatchObject({ status: 'aborted', termination: 'cancelled' });
    expect(producer.component).toBe('server');
  });

  it('waits for no answer while the steps run, and once it is cancelled only as long as the forge does', async () => {
    await using dir = await makeTempDir();
    await using proxy = await startFlakyProxy(server.url);
    // An answer is waited for longer than this test may take.
    proxy.script(/./, ...Array.from({ length: 50 }, (): Fault => 'stall_head'));
    await writeManifest(
      dir.path,
      'steps:\n  - { id: first, kind: command, run: echo one }\n  - { id: stays, kind: command, run: echo begun; sleep 300 }\n',
    );
    const env = { QUODERAT_SERVER_TOKEN: server.token };
    const cli = startCli(['run', '--out', 'evidence', '--server', proxy.url], { cwd: dir.path, env });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGTERM');
    const run = await cli.done;
    expect(run.code).toBe(143);
    expect(run.stderr).toMatch(/the run is not sealed: .* has not sealed the run in time/);
    expect(await readdir(join(dir.path, 'evidence'))).toContain('record.unsealed.json');
    expect(proxy.done.every((fault) => fault === 'stall_head')).toBe(true);
  });

  it('is sealed by the server as cancelled when a signal comes', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: stays, kind: command, run: echo begun; sleep 300 }\n');
    const env = { QUODERAT_SERVER_TOKEN: server.token };
    const cli = startCli(['run', '--out', 'evidence', '--server', server.url], { cwd: dir.path, env });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGTERM');
    expect((await cli.done).code).toBe(143);
    const { execution, producer } = await readEnvelope(join(dir.path, 'evidence'));
    expect([execution.termination, producer.component]).toEqual(['cancelled', 'server']);
  });

  it.each([
    ['plain HTTP to another machine', 'http://ci.example.com', {}, /plain HTTP/],
    ['an address with a password', 'https://me:hunter2@ci.example.com', {}, /user or password/],
    ['no address', 'ci.example.com', {}, /no http or https URL/],
    ['a proxy that is none', 'http://127.0.0.1:1', { HTTP_PROXY: 'hunter2' }, /HTTP_PROXY/],
    [
      'a token of two lines',
      'http://127.0.0.1:1',
      { QUODERAT_SERVER_TOKEN: 'hunter2\nhunter2' },
      /no header can carry/,
    ],
    ['no token', 'http://127.0.0.1:1', { QUODERAT_SERVER_TOKEN: '' }, /no token/],
  ])('refuses %s before anything runs, without repeating it', async (_case, url, more, said) => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: touch ran }\n');
    const env = { QUODERAT_SERVER_TOKEN: 'good', ...more };
    const run = await runCli(['run', '--server', url], { cwd: dir.path, env });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(said) });
    expect(run.stderr).not.toContain('hunter2');
    expect(await readdir(dir.path)).not.toContain('ran');
  });
});
