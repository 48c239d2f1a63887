import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/schema/verdict.ts';
import { type CliResult, runCli, writeManifest } from '../support/run-cli.ts';
import { makeToken, startSigstore } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const sigstore = await startSigstore();
const project = 'https://gitlab.com/acme/shop//.gitlab-ci.yml@refs/heads/main';
const issuer = 'https://gitlab.com';
const services = { QUODERAT_SIGSTORE_FULCIO_URL: sigstore.url, QUODERAT_SIGSTORE_REKOR_URL: sigstore.url };
const job = { ...services, SIGSTORE_ID_TOKEN: makeToken({ sub: project, iss: issuer, jti: 'SECRET-PART' }) };
const expected = ['--identity', project, '--issuer', issuer, '--trusted-root', 'root.json'];

let dir: Awaited<ReturnType<typeof makeTempDir>>;
beforeAll(async () => {
  dir = await makeTempDir();
  await writeManifest(dir.path, 'steps:\n  - { id: unit, kind: command, run: "env; exit 0" }\n');
  await writeFile(join(dir.path, 'root.json'), sigstore.trustedRoot());
  await runCli(['run', '--out', 'plain'], { cwd: dir.path });
  await quoderat(['run', '--out', 'signed', '--attest', 'always'], job);
});
afterEach(() => sigstore.faults.clear());
afterAll(() => dir[Symbol.asyncDispose]());

const quoderat = (args: string[], env: Record<string, string> = {}): Promise<CliResult> =>
  runCli(args, { cwd: dir.path, env });

async function verdictOf(...args: string[]): Promise<Verdict & { code: number | null }> {
  const { code, stdout } = await quoderat(['verify', ...args, '--json']);
  const verdict: Verdict = JSON.parse(stdout);
  return { ...verdict, code };
}

async function copyOf(name: string, of = 'plain'): Promise<string> {
  await cp(join(dir.path, of), join(dir.path, name), { recursive: true });
  return name;
}

describe('quoderat run --attest', () => {
  it('signs as the job that its identity token names, and keeps the token from the steps and the evidence', async () => {
    const result = await quoderat(['run', '--out', 'auto', '--json'], {
      ...job,
      QUODERAT_ATTEST: 'auto',
      CI_PROJECT_VISIBILITY: 'public',
    });
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout).signing).toMatchObject({ state: 'signed', identity: project, issuer });
    const files = await readdir(join(dir.path, 'auto'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect(`${file.name}: ${text.includes(job.SIGSTORE_ID_TOKEN)}`).toBe(`${file.name}: false`);
    }
    expect(`${result.stdout}${result.stderr}`).not.toContain(job.SIGSTORE_ID_TOKEN);
  });

  it('signs nothing unless it is asked to, nor without a token', async () => {
    sigstore.requests.length = 0;
    const silent = await quoderat(['run', '--out', 'unasked', '--json'], job);
    expect(JSON.parse(silent.stdout)).not.toHaveProperty('signing');
    const tokenless = await quoderat(['run', '--out', 'tokenless', '--attest', 'auto'], services);
    expect(tokenless).toMatchObject({ code: 0, stderr: '' });
    expect(sigstore.requests).toEqual([]);
    for (const name of ['unasked', 'tokenless'])
      expect(await readdir(join(dir.path, name))).not.toContain('envelope.sigstore.json');
  });

  it('ends as the steps did when the signer is out, marks the evidence, and is finished by sign', async () => {
    sigstore.faults.set('/api/v2/signingCert', { status: 403 });
    const { code, stderr } = await quoderat(['run', '--out', 'out', '--attest', 'always'], job);
    expect(code).toBe(0);
    expect(stderr).toMatch(/not signed: .*refused to certify this identity \(HTTP 403\).*Finish later: .* sign /);
    expect(JSON.parse(await readFile(join(dir.path, 'out', 'signing-pending.json'), 'utf8'))).toMatchObject({
      state: 'failed',
      code: 'certificate_refused',
    });
    await quoderat(['bundle', 'out']);
    sigstore.faults.clear();
    expect(await quoderat(['sign', 'out'], job)).toMatchObject({ code: 0 });
    expect(await readdir(join(dir.path, 'out'))).not.toContain('signing-pending.json');
    expect(await verdictOf('out', ...expected)).toMatchObject({ code: 0, authentic: { answer: 'yes' } });
    // The bundle was made before: it holds the mark, and can be told from one that nobody wanted signed.
    const before = await verdictOf('out.tar.gz', '--sigstore', ...expected);
    expect(before).toMatchObject({
      code: 3,
      authentic: { answer: 'undecidable', problems: [{ code: 'sigstore_missing' }] },
    });
  });

  it('refuses a mode that is none before anything runs', async () => {
    const { code, stderr } = await quoderat(['run', '--out', 'never-made'], { QUODERAT_ATTEST: 'perhaps' });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('QUODERAT_ATTEST') });
  });
});

describe('quoderat sign', () => {
  it('signs a folder once, and says so when it is signed already', async () => {
    const folder = await copyOf('later');
    expect(await quoderat(['sign', folder], job)).toMatchObject({ code: 0, stderr: expect.stringContaining(project) });
    const before = await readFile(join(dir.path, folder, 'envelope.sigstore.json'));
    sigstore.requests.length = 0;
    const again = await quoderat(['sign', folder], job);
    expect(again).toMatchObject({ code: 0, stdout: 'This envelope is signed already; nothing was changed.\n' });
    expect(sigstore.requests).toEqual([]);
    expect((await readFile(join(dir.path, folder, 'envelope.sigstore.json'))).equals(before)).toBe(true);
  });

  it('signs a file that was downloaded, beside it', async () => {
    await cp(join(dir.path, 'plain', 'envelope.json'), join(dir.path, 'release-7.quoderat.json'));
    expect((await quoderat(['sign', 'release-7.quoderat.json'], job)).code).toBe(0);
    expect(await verdictOf('release-7.quoderat.json', '--sigstore', ...expected)).toMatchObject({ code: 0 });
  });

  it.each([
    ['without a token', services, 1, 'id_tokens'],
    ['with a token that is none', { ...services, SIGSTORE_ID_TOKEN: 'x' }, 1, 'no JSON Web Token'],
    ['with a log that belongs to nobody', { ...job, QUODERAT_SIGSTORE_FULCIO_URL: '' }, 1, 'Fulcio URL'],
  ])('fails %s, and leaves the mark', async (name, env, code, words) => {
    const folder = await copyOf(`fails-${name.replaceAll(' ', '-')}`);
    const result = await quoderat(['sign', folder], env);
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(words) });
    expect(await readdir(join(dir.path, folder))).toContain('signing-pending.json');
  });

  it('signs no envelope that was altered, no bundle, and nothing on stdin', async () => {
    const folder = await copyOf('altered');
    const text = await readFile(join(dir.path, folder, 'envelope.json'), 'utf8');
    await writeFile(join(dir.path, folder, 'envelope.json'), text.replace('"status":"success"', '"status":"failed"'));
    sigstore.requests.length = 0;
    expect(await quoderat(['sign', folder], job)).toMatchObject({ code: 2, stderr: expect.stringContaining('intact') });
    await quoderat(['bundle', 'plain']);
    expect(await quoderat(['sign', 'plain.tar.gz'], job)).toMatchObject({ code: 2 });
    expect(await runCli(['sign', '-'], { cwd: dir.path, env: job, stdin: Buffer.from(text) })).toMatchObject({
      code: 2,
    });
    expect(sigstore.requests).toEqual([]);
  });

  it('is also what seal does when it is asked to', async () => {
    const folder = await copyOf('sealed-again');
    const result = await quoderat(['seal', folder, '--attest', 'always'], job);
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining(project) });
    expect(await verdictOf(folder, ...expected)).toMatchObject({ code: 0, authentic: { answer: 'yes' } });
  });

  it('leaves a signature of another envelope alone', async () => {
    const folder = await copyOf('mixed');
    const foreign = join(dir.path, 'signed', 'envelope.sigstore.json');
    await cp(foreign, join(dir.path, folder, 'envelope.sigstore.json'));
    const { code, stderr } = await quoderat(['sign', folder], job);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no signature of this envelope'),
    });
    expect(await readFile(join(dir.path, folder, 'envelope.sigstore.json'))).toEqual(await readFile(foreign));
  });
});

describe('quoderat verify --sigstore', () => {
  it('accepts the folder, the file, and the bundle, without a network', async () => {
    await quoderat(['bundle', 'signed']);
    sigstore.requests.length = 0;
    for (const named of ['signed', 'signed/envelope.json', 'signed.tar.gz']) {
      const verdict = await verdictOf(named, '--sigstore', ...expected);
      expect(verdict).toMatchObject({ code: 0, authentic: { answer: 'yes', problems: [], keyids: [] } });
      expect(verdict.authentic.sigstore).toMatchObject({ identity: project, issuer, log_index: expect.any(String) });
    }
    expect(sigstore.requests).toEqual([]);
  });

  it('shows who signed, and when', async () => {
    const { code, stdout } = await quoderat(['verify', 'signed', ...expected]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ authentic: +yes .*through Sigstore by https:\/\/gitlab\.com\/acme\/shop.*log entry \d+/);
  });

  it('takes the whole identity as a pattern, and the signature from elsewhere', async () => {
    await cp(join(dir.path, 'signed', 'envelope.json'), join(dir.path, 'alone.json'));
    const asked = [
      '--sigstore-bundle',
      'signed/envelope.sigstore.json',
      '--identity-regexp',
      'https://gitlab\\.com/acme/.+',
    ];
    const verdict = await verdictOf('alone.json', ...asked, '--issuer', issuer, '--trusted-root', 'root.json');
    expect(verdict).toMatchObject({ code: 0, authentic: { answer: 'yes' } });
  });

  it.each([
    [
      'another identity',
      ['--identity', 'https://gitlab.com/mallory/shop', '--issuer', issuer],
      1,
      'sigstore_other_identity',
    ],
    ['a part of it as a pattern', ['--identity-regexp', 'acme', '--issuer', issuer], 1, 'sigstore_other_identity'],
    ['another issuer', ['--identity', project, '--issuer', 'https://gitlab.example'], 1, 'sigstore_other_issuer'],
    ['nobody in particular', [], 3, 'sigstore_no_expectation'],
  ])('answers when %s is expected', async (_, args, code, problem) => {
    const verdict = await verdictOf('signed', '--sigstore', ...args, '--trusted-root', 'root.json');
    expect(verdict).toMatchObject({
      code,
      authentic: { problems: [{ code: problem }], sigstore: { identity: project } },
    });
  });

  it('cannot decide without a trusted root, or without a signature', async () => {
    const rootless = await verdictOf('signed', '--sigstore', '--identity', project, '--issuer', issuer);
    expect(rootless).toMatchObject({ code: 3, authentic: { problems: [{ code: 'sigstore_no_trusted_root' }] } });
    expect(await verdictOf('plain', '--sigstore', ...expected)).toMatchObject({ code: 3 });
  });

  it('refuses the signature of another envelope, an unknown authority, and a broken file', async () => {
    const foreign = ['--sigstore-bundle', 'signed/envelope.sigstore.json'];
    expect(await verdictOf('plain', ...foreign, ...expected)).toMatchObject({
      code: 1,
      authentic: { answer: 'no', problems: [{ code: 'sigstore_other_envelope' }] },
    });
    await writeFile(join(dir.path, 'stranger.json'), sigstore.trustedRoot({ otherCa: true }));
    const stranger = await verdictOf('signed', ...expected.slice(0, 4), '--trusted-root', 'stranger.json');
    expect(stranger).toMatchObject({ code: 1, authentic: { problems: [{ code: 'sigstore_untrusted_certificate' }] } });
    const folder = await copyOf('broken', 'signed');
    await writeFile(join(dir.path, folder, 'envelope.sigstore.json'), '{"mediaType":"\u001b[2J');
    const { code, stdout } = await quoderat(['verify', folder, ...expected]);
    expect(code).toBe(1);
    expect(stdout).toContain('sigstore_unreadable');
    expect(stdout).not.toContain('\u001b[2J');
  });

  it('asks for keys and Sigstore together: both must hold', async () => {
    await quoderat(['keygen', '--out', 'ci']);
    expect(await verdictOf('signed', '--key', 'ci.pub', ...expected)).toMatchObject({
      code: 3,
      authentic: { answer: 'undecidable', problems: [{ code: 'unsigned' }], sigstore: { identity: project } },
    });
  });

  it('says so when the trusted root cannot be fetched', async () => {
    await mkdir(join(dir.path, 'home'));
    const nowhere = {
      HTTPS_PROXY: 'http://127.0.0.1:1',
      HOME: join(dir.path, 'home'),
      XDG_DATA_HOME: join(dir.path, 'home'),
    };
    const { code, stderr } = await quoderat(['verify', 'signed', '--fetch-trusted-root'], nowhere);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be fetched') });
    await rm(join(dir.path, 'home'), { recursive: true });
  });
});
