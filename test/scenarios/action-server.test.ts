import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope, unpackBundle } from '../support/evidence.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';
import { startRelayServer } from '../support/relay-server.ts';
import { runCli } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const files = {
  'quoderat.yml': 'version: 1\nname: release\nsteps:\n  - { id: hello, kind: command, run: echo hello }\n',
};

describe('a job with a server', () => {
  it('has its evidence sealed and signed there, and shows that on the page', async () => {
    await using server = await startRelayServer();
    await using runner = await makeMiniRunner({
      files,
      with: { 'server-url': server.url, 'server-token': server.token, upload: 'never' },
    });
    const step = await runner.run('main');

    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    const envelope = parseEnvelope(await readFile(step.outputs['envelope-path'] ?? ''));
    expect(envelope.producer.component).toBe('server');
    expect(envelope.integrity.signatures).toHaveLength(1);
    expect(step.summary).toContain('server sealed');
    expect(JSON.stringify([step.log.shown(), step.summary, step.outputs, envelope])).not.toContain(server.token);
    expect(step.log.effects.annotations).toEqual([]);
  });

  it('logs in with a token of its own, asked for the server and never shown', async () => {
    await using server = await startRelayServer();
    await using issuer = await startTokenService(server.token);
    await using runner = await makeMiniRunner({
      files,
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer.url}?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runtime-bearer',
      },
      with: { 'server-url': server.url, upload: 'never', attest: 'never' },
    });
    const step = await runner.run('main');

    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    expect(issuer.asked).toContainEqual({ audience: server.url, authorization: 'Bearer runtime-bearer' });
    expect(step.log.shown()).not.toContain(server.token);
    expect(step.log.shown()).not.toContain('runtime-bearer');
    expect(parseEnvelope(await readFile(step.outputs['envelope-path'] ?? '')).producer.component).toBe('server');
  });

  it('fails when the server does not seal, keeps what `quoderat push` needs, and calls nothing evidence', async () => {
    await using server = await startRelayServer();
    await using service = await startArtifactService();
    server.twist.refusal = 'not today @everyone ::error::x';
    await using runner = await makeMiniRunner({
      files,
      env: service.env,
      with: { 'server-url': server.url, 'server-token': server.token },
    });
    const step = await runner.run('main');

    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 1 });
    expect(step.outputs).toMatchObject({ status: 'success' });
    expect(step.outputs['envelope-path']).toBeUndefined();
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('not today') },
      { level: 'error', message: expect.stringContaining('has not sealed') },
    ]);
    expect(step.summary).toContain('Not sealed');
    expect(step.summary).not.toMatch(/@everyone|server sealed|Envelope/);
    expect(service.artifacts.map(({ name }) => name)).toEqual(['release-31415926535.quoderat-unsealed.tar.gz']);

    await using dir = await makeTempDir();
    for (const [name, bytes] of await unpackBundle(service.artifacts[0]?.bytes ?? Buffer.alloc(0))) {
      await mkdir(dirname(join(dir.path, 'left', name)), { recursive: true });
      await writeFile(join(dir.path, 'left', name), bytes);
    }
    delete server.twist.refusal;
    const env = { QUODERAT_SERVER_TOKEN: server.token };
    const pushed = await runCli(['push', 'left', '--server', server.url], { cwd: dir.path, env });
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(parseEnvelope(await readFile(join(dir.path, 'left/envelope.json'))).execution.status).toBe('success');

    // The post step has nothing to add.
    expect(await runner.run('post')).toMatchObject({ exitCode: 0, summary: '' });
  });

  it('lets the steps decide with `on-server-error: warn`', async () => {
    await using server = await startRelayServer();
    server.twist.refusal = 'not today';
    await using runner = await makeMiniRunner({
      files,
      with: { 'server-url': server.url, 'server-token': server.token, 'on-server-error': 'warn', upload: 'never' },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(0);
    expect(step.log.effects.annotations).toContainEqual(expect.objectContaining({ level: 'warning' }));
  });

  it('runs nothing when there is nothing to log in with, and the server is all-important', async () => {
    await using runner = await makeMiniRunner({ files, with: { 'server-url': 'https://quoderat.example' } });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(2);
    expect(step.outputs).toEqual({ status: 'refused' });
    expect(step.log.shown()).toContain('id-token: write');
  });

  it('seals its own evidence, as a fork must, where the server is not all-important', async () => {
    await using runner = await makeMiniRunner({
      files,
      with: { 'server-url': 'https://quoderat.example', 'on-server-error': 'warn', upload: 'never' },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(0);
    expect(parseEnvelope(await readFile(step.outputs['envelope-path'] ?? '')).producer.component).toBe('embedded');
    expect(step.log.effects.annotations).toMatchObject([{ level: 'warning' }]);
  });
});

type TokenService = { url: string; asked: { audience: string | null; authorization: string | undefined }[] };

/** The runner's own service for id tokens, which hands out one that the server takes. */
async function startTokenService(token: string): Promise<TokenService & AsyncDisposable> {
  const asked: TokenService['asked'] = [];
  const server: Server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    asked.push({ audience: searchParams.get('audience'), authorization: request.headers.authorization });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ count: 1, value: token }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/token`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
