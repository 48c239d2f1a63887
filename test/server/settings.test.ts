import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeDataFolder } from '../../src/server/data-folder.ts';
import { parseSettings, SettingsError } from '../../src/server/settings.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('parseSettings', () => {
  it('needs nothing', () => {
    expect(parseSettings({}, {}, '/srv')).toMatchObject({
      host: '127.0.0.1',
      port: 8420,
      publicUrl: null,
      dataDir: '/srv/quoderat-data',
      databaseUrl: null,
      artifactStore: 'file:///srv/quoderat-data/artifacts',
      tokensFile: null,
      sealingKeys: { dir: '/srv/quoderat-data/keys' },
      limits: { leaseMs: 120_000, abandonMs: 3_600_000, sweepMs: 10_000 },
    });
  });

  it('takes a variable that is empty as not set', () => {
    const names =
      'QUODERAT_DATA QUODERAT_HOST QUODERAT_PORT QUODERAT_PUBLIC_URL DATABASE_URL QUODERAT_DATABASE_CONNECTIONS ' +
      'ARTIFACT_STORE_URI QUODERAT_SEALING_KEYS QUODERAT_TOKENS_FILE QUODERAT_OIDC_FILE QUODERAT_REDACTION_FILE ' +
      'QUODERAT_KEEP_ARTIFACTS QUODERAT_LEASE QUODERAT_ABANDON_AFTER QUODERAT_RATE_PER_ADDRESS QUODERAT_LOG_LEVEL ' +
      'QUODERAT_TRUSTED_PROXIES QUODERAT_KEEPALIVE QUODERAT_DRAIN OTEL_EXPORTER_OTLP_ENDPOINT';
    const empty = Object.fromEntries(names.split(' ').map((name) => [name, '']));
    expect(parseSettings({}, empty, '/srv')).toEqual(parseSettings({}, {}, '/srv'));
  });

  it('takes flags before variables, and paths as relative to where it is called', () => {
    const env = {
      QUODERAT_PORT: '1',
      QUODERAT_DATA: '/elsewhere',
      QUODERAT_TOKENS_FILE: 'tokens',
      QUODERAT_PUBLIC_URL: 'https://ci.example.org/quoderat/',
      QUODERAT_LEASE: '2s',
      QUODERAT_SEALING_KEYS: 'a.key:/b.key',
      QUODERAT_RATE_PER_PRINCIPAL: '7',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    };
    expect(parseSettings({ port: '0', host: '::1' }, env, '/srv')).toMatchObject({
      host: '::1',
      port: 0,
      dataDir: '/elsewhere',
      tokensFile: '/srv/tokens',
      publicUrl: 'https://ci.example.org/quoderat',
      sealingKeys: { files: ['/srv/a.key', '/b.key'] },
      rates: { perPrincipal: { perSecond: 7, burst: 70 } },
      tracesUrl: 'http://collector:4318/v1/traces',
      limits: { leaseMs: 2000, sweepMs: 500 },
    });
  });

  it.each([
    [{ port: '65536' }, {}],
    [{ port: '80x' }, {}],
    [{ publicUrl: 'ftp://x' }, {}],
    [{ publicUrl: 'https://user@x' }, {}],
    [{}, { DATABASE_URL: 'mysql://user:hunter2@x/y' }],
    [{}, { DATABASE_URL: 'hunter2' }],
    [{}, { QUODERAT_LEASE: 'soon' }],
    [{}, { QUODERAT_LOG_LEVEL: 'loud' }],
    [{}, { QUODERAT_RATE_PER_ADDRESS: '0' }],
    [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }],
  ])('refuses %o %o, and repeats no secret', (flags, env) => {
    expect(() => parseSettings(flags, env, '/srv')).toThrow(/must be/);
    expect(() => parseSettings(flags, env, '/srv')).not.toThrow(/hunter2/);
  });

  it.each([
    [{}, { QUODERAT_PORT: '80x' }, 'QUODERAT_PORT must'],
    [{ port: '80x' }, { QUODERAT_PORT: '80' }, '--port must'],
    [{}, { QUODERAT_PUBLIC_URL: 'ftp://x' }, 'QUODERAT_PUBLIC_URL must'],
    [{}, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'x' }, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT must'],
  ])('names what was set: %o %o', (flags, env, words) => {
    expect(() => parseSettings(flags, env, '/srv')).toThrow(words);
  });
});

describe('makeDataFolder', () => {
  it('says which folder can not be written, and how to name another', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'file'), '');
    const making = makeDataFolder(parseSettings({ data: 'file/data' }, {}, dir.path));
    await expect(making).rejects.toThrow(/^the data folder \S+file\/data can't be written \(EEXIST\).*--data/);
    await expect(making).rejects.toBeInstanceOf(SettingsError);
  });

  it('makes none when all is kept elsewhere', async () => {
    await using dir = await makeTempDir();
    const elsewhere = {
      DATABASE_URL: 'postgres://db.internal/quoderat',
      ARTIFACT_STORE_URI: 's3://bucket/prefix',
      QUODERAT_SEALING_KEYS: 'sealing.pem',
      QUODERAT_TOKENS_FILE: 'tokens',
    };
    await makeDataFolder(parseSettings({}, elsewhere, dir.path));
    expect(await readdir(dir.path)).toEqual([]);
    await makeDataFolder(parseSettings({}, { ...elsewhere, QUODERAT_TOKENS_FILE: '' }, dir.path));
    expect(await readdir(dir.path)).toEqual(['quoderat-data']);
  });

  it('takes a folder that can only be read when all that lies in it is there, as of a mounted secret', async () => {
    await using dir = await makeTempDir();
    const data = join(dir.path, 'data');
    await mkdir(join(data, 'keys'), { recursive: true });
    await chmod(dir.path, 0o755);
    await chmod(data, 0o555);
    const env = { DATABASE_URL: 'postgres://db.internal/quoderat', ARTIFACT_STORE_URI: 's3://bucket/prefix' };
    const [folder, settings] = ['data-folder', 'settings'].map((name) =>
      JSON.stringify(new URL(`../../src/server/${name}.ts`, import.meta.url)),
    );
    const script = `
      const { makeDataFolder } = await import(${folder});
      const { parseSettings } = await import(${settings});
      if (process.getuid() === 0) process.setuid(65534);
      await makeDataFolder(parseSettings({}, ${JSON.stringify({ ...env, QUODERAT_DATA: data })}, '/'))
        .then(() => console.log('taken'), (error) => console.log(error.message));`;
    // Root may write everywhere: another process, which can become nobody.
    const tell = async (): Promise<string> =>
      (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 })).stdout;
    expect(await tell()).toMatch(/^the data folder \S+ can't be written \(EACCES\)/);
    await chmod(data, 0o755);
    await writeFile(join(data, 'tokens'), '');
    await chmod(data, 0o555);
    expect(await tell()).toBe('taken\n');
    await chmod(data, 0o755);
  });
});
