import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.ts';
import { makePath, makeRelease, readPrinted, shells, writeProgram } from '../support/gitlab/job-shell.ts';
import { startPackageServer } from '../support/gitlab/package-server.ts';
import { publishRelease, type PublishedRelease } from '../support/gitlab/release.ts';

let release: PublishedRelease;
let run: PublishedRelease['run'];

beforeAll(async () => {
  release = await publishRelease();
  run = release.run;
});
afterAll(async () => release[Symbol.asyncDispose]());

const hasBusybox = shells.some(([name]) => name === 'busybox');

/** A folder with what busybox has of what the script uses, and nothing else. */
async function makeBusyboxPath(name: string): Promise<string> {
  const path = join(release.dir, name);
  const names = 'cat chmod cp grep gzip head mkdir mv printf rm sed sh sha256sum sleep tar touch uname wget';
  const own = await makePath(join(release.dir, `${name}-own`), ['busybox']);
  await mkdir(path);
  for (const program of names.split(' ')) await symlink(join(own, 'busybox'), join(path, program));
  return path;
}

/** What is left of credentials in the temporary folder of the job in `dir`. */
async function listNetrc(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, '..'), { recursive: true });
  return names.filter((name) => name.endsWith('.netrc'));
}

describe('where the image has little', () => {
  it.each(['wget', 'node'])('fetches with %s where there is no curl', async (program) => {
    const path = await makePath(join(release.dir, `only-${program}`), [program]);
    const { code, output } = await run({ path });
    expect(code, output).toBe(0);
    const failed = await run({ path, inputs: { version: '1.0.0' } });
    expect(failed.code).toBe(69);
    expect(failed.output).toContain('404');
  });

  it.runIf(hasBusybox)('fetches, checks and unpacks with busybox alone', async () => {
    const path = await makeBusyboxPath('only-busybox');
    const { code, output } = await run({ shell: ['busybox', 'sh'], path });
    expect(code, output).toBe(0);
    expect(output).toContain('own node');
  });

  it('says so where nothing can fetch, where nothing can check, and where neither has to', async () => {
    const bare = await makePath(join(release.dir, 'bare'), []);
    expect((await run({ path: bare })).output).toContain('has none of curl, wget and Node');
    const unchecked = await makePath(join(release.dir, 'unchecked'), ['curl', 'node'], ['sha256sum']);
    const blind = await run({ path: unchecked });
    expect(blind.code).toBe(69);
    expect(blind.output).toContain('none of sha256sum, shasum and openssl');
    await writeProgram(
      join(bare, 'quoderat'),
      '#!/bin/sh\n[ "$1" = --version ] && echo 9.9.0 && exit\necho "called $*"\n',
    );
    const own = await run({ path: bare });
    expect(own.output).toContain('called run --out');
    expect(own.output, 'and the other version is told').toContain('(the component was made for version 9.9.9)');
  });

  it.each(['shasum', 'openssl'])('checks with %s where there is no sha256sum', async (program) => {
    const programs = program === 'shasum' ? ['curl', 'node', 'shasum', 'perl'] : ['curl', 'node', 'openssl'];
    const path = await makePath(join(release.dir, `with-${program}`), programs, ['sha256sum']);
    expect((await run({ path })).code).toBe(0);
    expect((await run({ path, inputs: { 'package-sha256': 'c'.repeat(64) } })).code).toBe(69);
  });

  it('does not use a Node that is too old', async () => {
    const path = await makePath(join(release.dir, 'old-node'), ['curl']);
    await writeProgram(join(path, 'node'), '#!/bin/sh\necho v20.19.9\n');
    expect((await run({ path })).output).toContain('own node');
    await writeFile(join(release.dir, 'cli.js'), '');
    const vendored = await run({ path, inputs: { cli: '../../cli.js' } });
    expect(vendored.code).toBe(69);
    expect(vendored.output).toContain('needs Node 20.20 or newer to run ../../cli.js; found: v20.19.9');
  });

  it('says so where there is no glibc, as on Alpine', async () => {
    const path = await makePath(join(release.dir, 'musl'), ['curl'], ['uname']);
    // No machine has the loader of the other one.
    const [machine, loader] =
      process.arch === 'x64' ? ['aarch64', '/lib/ld-linux-aarch64.so.1'] : ['x86_64', '/lib64/ld-linux-x86-64.so.2'];
    await writeProgram(join(path, 'uname'), `#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo ${machine}\n`);
    const { code, output, dir } = await run({ path });
    expect(code).toBe(69);
    expect(output).toContain(`this image has no glibc (${loader} is missing; Alpine is built on musl)`);
    expect(await readdir(join(dir, '.quoderat')), 'nothing was fetched in vain').not.toContain('cache');
  });

  it('says which machine it has no Node for', async () => {
    const path = await makePath(join(release.dir, 'riscv'), ['curl'], ['uname']);
    await writeProgram(join(path, 'uname'), '#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo riscv64\n');
    const { code, output } = await run({ path });
    expect(code).toBe(69);
    expect(output).toContain('no archive with a Node for Linux on riscv64; use an image with Node 20.20 or newer');
  });

  it("says why the archive's Node does not run", async () => {
    const broken = await makeRelease(
      join(release.dir, 'broken'),
      '#!/bin/sh\necho "libstdc++.so.6: not found" >&2\nexit 127\n',
    );
    await using other = await startPackageServer({ files: broken.files });
    const { code, output } = await run({
      path: release.withoutNode,
      inputs: { 'package-url': other.url, 'package-sha256': broken.pin },
    });
    expect(code).toBe(69);
    expect(output).toContain('the Node of the archive does not run here: libstdc++.so.6: not found');
  });

  it('takes the program that the repository keeps, and the archive from a folder on the runner', async () => {
    const dir = join(release.dir, 'vendors');
    await mkdir(join(dir, 'tools'), { recursive: true });
    await writeFile(join(dir, 'tools/cli.js'), 'console.log("vendored", process.argv.slice(2).join(" "))');
    const vendored = await run({ dir, inputs: { cli: 'tools/cli.js', 'package-url': 'http://127.0.0.1:9' } });
    expect(vendored.output).toContain('vendored run --out');
    const local = await run({ inputs: { 'package-url': join(release.dir, 'release') } });
    expect(local.code, 'the list is not in that folder').toBe(69);
    expect(local.output).toContain(`there is no quoderat-9.9.9.sha256 in ${join(release.dir, 'release')}`);
    await writeFile(
      join(release.dir, 'release/quoderat-9.9.9.sha256'),
      release.files.get('quoderat-9.9.9.sha256') ?? '',
    );
    expect((await run({ inputs: { 'package-url': join(release.dir, 'release') } })).code).toBe(0);
  });

  it('fetches nothing without a version and a digest to check it by', async () => {
    for (const inputs of [{ version: '' }, { 'package-sha256': '' }]) {
      const { code, output } = await run({ inputs });
      expect(code).toBe(69);
      expect(output).toContain('the inputs version and package-sha256 say what to fetch, and one of them is empty');
    }
  });
});

describe('credentials', () => {
  const secret = 'glcbt-64_secret';

  it.each(['curl', 'wget', 'node'])(
    'go to a private registry of this GitLab with %s, never as an argument',
    async (program) => {
      await using elsewhere = await startPackageServer({ files: release.files });
      // Another host for the redirect: localhost and 127.0.0.1 are two.
      const redirectTo = elsewhere.url.replace('127.0.0.1', 'localhost');
      await using registry = await startPackageServer({
        files: release.files,
        basic: `gitlab-ci-token:${secret}`,
        redirectTo,
      });
      const path = await makePath(join(release.dir, `private-${program}`), program === 'node' ? [] : ['node']);
      const log = join(release.dir, `args-${program}`);
      const real = await makePath(join(release.dir, `real-${program}`), [program]);
      const version = program === 'wget' ? `[ "$1" = --version ] && exec ${real}/wget --version\n` : '';
      await writeProgram(
        join(path, program),
        `#!/bin/sh\nprintf '%s\\n' "$*" >>${log}\n${version}exec ${real}/${program} "$@"\n`,
      );
      const env = { CI_API_V4_URL: `${registry.url}/gitlab/api/v4`, CI_JOB_TOKEN: secret };
      const { code, output, dir } = await run({ path, inputs: { 'package-url': '', 'package-project': 'a/b' }, env });
      expect(code, output).toBe(0);
      expect(registry.requests[0]).toMatchObject({
        path: '/gitlab/api/v4/projects/a%2Fb/packages/generic/quoderat/9.9.9/quoderat-9.9.9.sha256',
        authorization: undefined,
      });
      expect(
        registry.requests.filter(({ authorization }) => authorization !== undefined).length,
      ).toBeGreaterThanOrEqual(2);
      expect(elsewhere.requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
      expect(await readFile(log, 'utf8')).toContain('quoderat-9.9.9.sha256');
      expect(await readFile(log, 'utf8')).not.toContain(secret);
      expect(output.replace(/^\{.*$/m, ''), 'what the program itself printed aside').not.toContain(secret);
      expect(await listNetrc(dir)).toEqual([]);
    },
  );

  it.runIf(hasBusybox)(
    'go there with Node where wget is that of busybox, as on Alpine, and nowhere without it',
    async () => {
      await using registry = await startPackageServer({ files: release.files, basic: `gitlab-ci-token:${secret}` });
      const path = await makeBusyboxPath('alpine');
      const job = {
        shell: ['busybox', 'sh'],
        inputs: { 'package-url': '' },
        env: { CI_API_V4_URL: `${registry.url}/api/v4`, CI_JOB_TOKEN: secret },
      };
      const bare = await run({ ...job, path });
      expect(bare.code).toBe(69);
      expect(bare.output).toContain('this needs a login, which the wget of this image (busybox) would show');
      await symlink(process.execPath, join(path, 'node'));
      const { code, output } = await run({ ...job, path });
      expect(code, output).toBe(0);
    },
  );

  it('are not left behind by a job that was killed while it fetched', async () => {
    const path = await makePath(join(release.dir, 'killed'), ['node']);
    const dir = join(release.dir, 'killed-job/project');
    await writeProgram(join(path, 'curl'), '#!/bin/sh\ncase "$*" in *netrc*) kill -9 $PPID ;; esac\nexit 22\n');
    expect((await run({ path, dir, env: { QUODERAT_PACKAGE_TOKEN: secret } })).code).toBe(null);
    expect(await listNetrc(dir)).toHaveLength(1);
    await run({ path, dir, part: 'after_script' });
    expect(await listNetrc(dir)).toEqual([]);
  });

  it('are tried where a stranger is shown a page to log in at', async () => {
    const login = { basic: 'quoderat:mirror-secret', hasLoginPage: true };
    await using mirror = await startPackageServer({ files: release.files, ...login });
    const inputs = { 'package-url': mirror.url };
    const { code, output } = await run({ inputs, env: { QUODERAT_PACKAGE_TOKEN: 'mirror-secret' } });
    expect(code, output).toBe(0);
    expect((await run({ inputs })).output).toContain('it was thrown away, nothing of it ran');
  });

  it('stay here when the archives are elsewhere, but for those that are meant for there', async () => {
    await using mirror = await startPackageServer({ files: release.files, basic: 'reader:mirror-secret' });
    const inputs = { 'package-url': mirror.url };
    const env = { CI_API_V4_URL: 'http://127.0.0.1:9/api/v4', CI_JOB_TOKEN: secret };
    expect((await run({ inputs, env })).code).toBe(69);
    expect(mirror.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
    const meant = { ...env, QUODERAT_PACKAGE_USER: 'reader', QUODERAT_PACKAGE_TOKEN: 'mirror-secret' };
    expect((await run({ inputs, env: meant })).code).toBe(0);
  });
});

describe('certificates', () => {
  it.each(['curl', 'node'])(
    "are checked by GitLab's own authority and by those of the image, with %s, for storage that GitLab redirects to",
    async (program) => {
      const [gitlab, image] = ['gitlab', 'image'].map((name) => makeCertificate(release.dir, `${name}-${program}`));
      await using storage = await startPackageServer({ files: release.files, ...image });
      const redirectTo = storage.url.replace('127.0.0.1', 'localhost');
      await using registry = await startPackageServer({ files: release.files, redirectTo, ...gitlab });
      const path = await makePath(join(release.dir, `tls-${program}`), [...new Set([program, 'node'])]);
      const env = {
        CI_SERVER_URL: registry.url,
        CI_API_V4_URL: `${registry.url}/api/v4`,
        CI_SERVER_TLS_CA_FILE: gitlab?.certPath ?? '',
        SSL_CERT_FILE: image?.certPath ?? '',
      };
      const { code, output } = await run({ path, inputs: { 'package-url': '' }, env });
      expect(code, output).toBe(0);
      const stranger = { ...env, CI_SERVER_TLS_CA_FILE: '' };
      expect((await run({ path, inputs: { 'package-url': '' }, env: stranger })).code, 'not everybody').toBe(69);
    },
  );
});

describe('Sigstore', () => {
  it.each([
    ['public', 'gitlab.com', 'auto', true],
    ['private', 'gitlab.com', 'auto', false],
    ['public', 'gitlab.example.com', 'auto', false],
    ['private', 'gitlab.example.com', 'always', true],
    ['public', 'gitlab.com', 'never', false],
  ])('a %s project on %s with attest: %s has its token: %s', async (visibility, fqdn, attest, has) => {
    const tokens = { SIGSTORE_ID_TOKEN: 'd.e.f', QUODERAT_ID_TOKEN: 'a.b.c' };
    const env = { CI_PROJECT_VISIBILITY: visibility, CI_SERVER_FQDN: fqdn, ...tokens };
    const printed = readPrinted(await run({ inputs: { attest }, env }));
    expect('SIGSTORE_ID_TOKEN' in printed.env).toBe(has);
    expect(printed.env, 'there is no server').not.toHaveProperty('QUODERAT_ID_TOKEN');
  });
});
