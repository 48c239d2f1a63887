import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFlakyProxy } from '../support/flaky-proxy.ts';
import { type RelayServer, startRelayServer } from '../support/relay-server.ts';
import { runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** Goes on when the file `go` is there. */
const waits = `steps:
  - { id: first, kind: command, run: "echo one; until [ -e go ]; do sleep 0.02; done; echo two" }
  - { id: second, kind: command, needs: [first], run: "echo three; exit $(cat go)" }
`;

describe('quoderat runs, watch and get', () => {
  let server: RelayServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startRelayServer();
    env = { QUODERAT_SERVER: server.url, QUODERAT_SERVER_TOKEN: server.token };
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(() => server.artifacts.clear());

  /** Starts a run that waits, and gives its id. */
  async function startRun(dir: string) {
    const known = new Set(server.runs.keys());
    await writeManifest(dir, waits);
    const run = startCli(['run', '--out', 'evidence'], { cwd: dir, env });
    await run.waitFor(/one/);
    for (;;) {
      const id = [...server.runs.keys()].find((key) => !known.has(key));
      if (id !== undefined) return { run, id };
      await server.nextRequest();
    }
  }

  it.each([
    ['0', 0, 'Passed: 2 of 2 steps ran and passed'],
    ['3', 1, 'Failed: 1 of 2 steps failed'],
  ])('show a run while it happens, and end as it ends (exit %s)', async (exit, code, headline) => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    const watching = startCli(['watch', id], { cwd: dir.path, env });
    await watching.waitFor(/\[first\] one/);
    // Artifacts are brought while steps still run: the manifest and the plan are there already.
    while (server.artifacts.size < 2) await server.nextRequest();
    await writeFile(join(dir.path, 'go'), exit);
    const shown = await watching.done;
    expect(shown).toMatchObject({ code, stderr: '' });
    const ran = await run.done;
    expect(ran.code).toBe(code);
    // What is shown afar is what was shown there, but for where the evidence lies.
    expect(ran.stdout.startsWith(shown.stdout)).toBe(true);
    expect(shown.stdout).toContain(headline);
    expect(shown.stdout).toMatch(/^Evidence [0-9a-f-]+ sealed: head /m);
  });

  it('show each line once over lost connections, restarts of the server, repetition and disorder', async () => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    await using proxy = await startFlakyProxy(server.url);
    proxy.script(/^GET .*\/events/, 'reset_before', { status: 503, retryAfter: 0 }, 'reset_before');
    const flaky = { ...env, QUODERAT_SERVER: proxy.url };
    const stub = server.runs.get(id);
    const straight = startCli(['watch', id], { cwd: dir.path, env });
    const watching = startCli(['watch', id], { cwd: dir.path, env: flaky });
    await straight.waitFor(/\[first\] one/);
    server.cutStreams();
    // Out of turn and twice, as no conforming server sends them.
    const [a, b] = stub?.streamed.slice(-2) ?? [];
    if (stub !== undefined && a !== undefined && b !== undefined) stub.streamed.push(b, a);
    await server.down();
    await server.up();
    await writeFile(join(dir.path, 'go'), '0');
    const [ran, shown, direct] = await Promise.all([run.done, watching.done, straight.done]);
    expect([ran.code, shown.code, direct.code]).toEqual([0, 0, 0]);
    expect(ran.stdout.startsWith(direct.stdout)).toBe(true);
    expect(shown.stdout).toBe(direct.stdout);
    expect(direct.stdout.match(/\[first\] one/g)).toHaveLength(1);
    // Who waits is told for what.
    expect(shown.stderr).toMatch(/^quoderat: http\S+ can't be reached \(\w+\); it is tried again$/m);
  });

  it('list runs, and fetch the evidence of one, checked and complete', async () => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    const open = await runCli(['get', id], { cwd: dir.path, env });
    expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no evidence of it yet') });
    await writeFile(join(dir.path, 'go'), '0');
    await run.done;

    const listed = await runCli(['runs'], { cwd: dir.path, env });
    expect(listed.stdout).toMatch(new RegExp(`^${id} .* success +sealed +- +story$`, 'm'));
    const known = server.runs.get(id);
    if (known === undefined) throw new Error('the run was listed');
    known.isLost = true;
    expect((await runCli(['runs'], { cwd: dir.path, env })).stdout).toMatch(
      new RegExp(`^${id} .* success +sealed `, 'm'),
    );
    const json = await runCli(['runs', '--json'], { cwd: dir.path, env });
    expect(JSON.parse(json.stdout)).toMatchObject({ next: null });

    await writeFile(join(dir.path, 'server.pub'), server.publicPem);
    const args = ['get', id, '--out', 'fetched', '--bundle', '--server-key', 'server.pub'];
    const got = await runCli(args, { cwd: dir.path, env });
    expect(got).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['envelope.json', 'envelope.intoto.json', 'manifest.yml', 'summary.md'])
      expect(await readFile(join(dir.path, 'fetched', name))).toEqual(await readFile(join(dir.path, 'evidence', name)));
    for (const path of ['fetched', 'fetched.tar.gz'])
      expect((await runCli(['verify', path, '--key', 'server.pub'], { cwd: dir.path })).code).toBe(0);
    expect((await runCli(args, { cwd: dir.path, env })).code).toBe(2);
  });

  it('write nothing of what does not verify', async () => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    await writeFile(join(dir.path, 'go'), '0');
    await run.done;
    server.twist.envelope = (bytes) => Buffer.from(bytes.toString().replace('"story"', '"other"'));
    const got = await runCli(['get', id, '--out', 'fetched'], { cwd: dir.path, env });
    delete server.twist.envelope;
    expect(got).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/is refused: .* is not what was sealed/),
    });
    expect(await readdir(dir.path)).not.toContain('fetched');
  });

  it('write no evidence of another run than the one that was asked for', async () => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    await writeFile(join(dir.path, 'go'), '0');
    await run.done;
    const asked = '019aa5c1-7d00-7000-8000-00000000fffe';
    const known = server.runs.get(id);
    if (known === undefined) throw new Error('the run was made');
    server.runs.set(asked, { ...known, created: { ...known.created, run_id: asked } });
    const got = await runCli(['get', asked, '--out', 'fetched'], { cwd: dir.path, env });
    server.runs.delete(asked);
    expect(got).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`of another run, ${id}`) });
    expect(await readdir(dir.path)).not.toContain('fetched');
  });

  it('give no name to an artifact of which the server has other bytes', async () => {
    await using dir = await makeTempDir();
    const { run, id } = await startRun(dir.path);
    await writeFile(join(dir.path, 'go'), '0');
    await run.done;
    const [[digest, bytes] = ['', Buffer.alloc(0)]] = server.artifacts;
    server.artifacts.set(digest, Buffer.from(bytes.map((byte) => byte ^ 1)));
    const got = await runCli(['get', id, '--out', 'fetched'], { cwd: dir.path, env });
    expect(got).toMatchObject({ code: 4, stderr: expect.stringMatching(/is missing: .* other bytes for artifact/) });
    expect(await readdir(join(dir.path, 'fetched', 'artifacts'))).not.toContain(digest);
    expect((await runCli(['verify', 'fetched'], { cwd: dir.path })).code).toBe(4);
  });

  it.each([
    ['an id that leads elsewhere', ['watch', '../../evidence'], 'the id of a run is needed'],
    ['no server', ['runs', '--server', ''], 'no http or https URL'],
    ['a run that is not there', ['watch', '019aa5c1-7d00-7000-8000-00000000ffff'], '(not_found)'],
  ])('say in one line that there is %s', async (_case, args, said) => {
    await using dir = await makeTempDir();
    const run = await runCli(args, { cwd: dir.path, env });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^quoderat: [^\n]+\n$/) });
    expect(run.stderr).toContain(said);
  });
});
