import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePath, readPrinted, shells, writeProgram } from '../support/gitlab/job-shell.ts';
import { startPackageServer } from '../support/gitlab/package-server.ts';
import { publishRelease, type PublishedRelease } from '../support/gitlab/release.ts';

let release: PublishedRelease;
let run: PublishedRelease['run'];

beforeAll(async () => {
  release = await publishRelease();
  run = release.run;
});
afterAll(async () => release[Symbol.asyncDispose]());

describe.each(shells.map((shell) => ({ shell, name: shell[0] ?? '' })))('in $name', ({ shell }) => {
  it('fetches the list and one archive, checks both, and runs what was in it', async () => {
    const first = await run({ shell });
    expect(first.code, first.output).toBe(0);
    const { kind, argv, cwd } = readPrinted(first);
    expect(kind, 'the image has a Node').toBe('node');
    expect(cwd).toBe(first.dir);
    expect(argv).toEqual(['run', '--out', join(first.dir, '.quoderat/evidence/77'), '--', 'quoderat.yml']);
    expect(await readFile(join(first.dir, '.quoderat/.gitignore'), 'utf8')).toBe('*\n');

    const offline = await run({ shell, dir: first.dir, inputs: { 'package-url': 'http://127.0.0.1:9' } });
    expect(offline.code, 'from the cache, with the network gone').toBe(0);
    expect(offline.output).toContain('quoderat-9.9.9-node.tar.gz is at hand');
  });

  it('takes the archive that brings a Node where the image has none', async () => {
    const { code, output, dir } = await run({ shell, path: release.withoutNode });
    expect(code, output).toBe(0);
    expect(output).toMatch(/own node .+quoderat-9\.9\.9-linux-\w+\/quoderat run --out .+ -- quoderat\.yml/);
    expect(await readdir(join(dir, '.quoderat/cache'))).toHaveLength(2);
  });

  it('runs nothing that has another digest, and says both', async () => {
    const pin = 'a'.repeat(64);
    const wrongPin = await run({ shell, inputs: { 'package-sha256': pin } });
    expect(wrongPin.code).toBe(69);
    expect(wrongPin.output).toContain(`has the SHA-256 ${release.pin} and should have ${pin}; it was thrown away`);
    expect(await readdir(join(wrongPin.dir, '.quoderat/cache'))).toEqual([]);

    const name = 'quoderat-9.9.9-node.tar.gz';
    const files = new Map([
      ...release.files,
      [name, Buffer.concat([release.files.get(name) ?? Buffer.of(), Buffer.of(0)])],
    ]);
    await using tampered = await startPackageServer({ files });
    const wrongArchive = await run({ shell, inputs: { 'package-url': tampered.url } });
    expect(wrongArchive.code).toBe(69);
    expect(wrongArchive.output).toContain('nothing of it ran');
    expect(wrongArchive.output).not.toContain('"argv"');
  });

  it('fetches anew what was changed in the cache', async () => {
    const { dir } = await run({ shell });
    await writeFile(join(dir, '.quoderat/cache/quoderat-9.9.9-node.tar.gz'), 'not it');
    const again = await run({ shell, dir });
    expect(again.code).toBe(0);
    expect(again.output).toContain('has another digest; it is fetched anew');

    await rm(join(dir, '.quoderat/cache/quoderat-9.9.9.sha256'));
    execFileSync('mkfifo', [join(dir, '.quoderat/cache/quoderat-9.9.9.sha256')]);
    expect((await run({ shell, dir })).code, 'and nobody waits for a pipe').toBe(0);
  });

  it('says what is not there, and which input to look at', async () => {
    const url = `${release.server.url}/elsewhere`;
    const { code, output } = await run({ shell, inputs: { version: '1.0.0', 'package-url': url } });
    expect(code).toBe(69);
    expect(output).toContain(
      `${url}/quoderat-1.0.0.sha256 could not be fetched. Is the address right (input package-url)`,
    );
  });

  it('gives inputs to Quoderat as they are, and options only for what was asked', async () => {
    const manifest = `--out=/ $(touch pwned) \`touch pwned\` $HOME 'x' ; touch pwned`;
    const dir = join(release.dir, `odd-${shell[0]}`, 'a b $(touch pwned)');
    await mkdir(join(dir, '-sub dir'), { recursive: true });
    const key = join(release.dir, 'key.pem');
    await writeFile(key, 'PEM');
    const done = await run({
      shell,
      dir,
      inputs: {
        manifest,
        'working-directory': '-sub dir',
        'expected-plan-hash': 'b'.repeat(64),
        'server-url': 'https://quoderat.example.com/x',
        'on-server-error': 'warn',
        attest: 'always',
        comment: 'never',
        status: 'never',
        'base-envelope': 'base $(x).json',
      },
      env: {
        QUODERAT_SIGNING_KEY: key,
        QUODERAT_ID_TOKEN: 'a.b.c',
        SIGSTORE_ID_TOKEN: 'd.e.f',
        CI_SERVER_TLS_CA_FILE: key,
      },
    });
    expect(done.code, done.output).toBe(0);
    const { argv, cwd, env } = readPrinted(done);
    const options = {
      '--out': join(dir, '.quoderat/evidence/77'),
      '--expected-plan-hash': 'b'.repeat(64),
      '--server': 'https://quoderat.example.com/x',
      '--on-server-error': 'warn',
      '--attest': 'always',
      '--comment': 'never',
      '--commit-status': 'never',
      '--base': join(dir, 'base $(x).json'),
      '--key': key,
    };
    expect(argv).toEqual(['run', ...Object.entries(options).flat(), '--', manifest]);
    expect(cwd).toBe(join(dir, '-sub dir'));
    expect(env).toMatchObject({ QUODERAT_GITLAB_REPORTS: join(dir, '.quoderat'), NODE_EXTRA_CA_CERTS: key });
    expect(env).toMatchObject({ QUODERAT_ID_TOKEN: 'a.b.c', SIGSTORE_ID_TOKEN: 'd.e.f' });
    expect(env).not.toHaveProperty('QUODERAT_SIGNING_KEY');
    expect(await readdir(dir)).not.toContain('pwned');
  });

  it('seals in after_script what was not sealed, waits for a run that is still ending, and tidies up', async () => {
    const { dir } = await run({ shell });
    const evidence = join(dir, '.quoderat/evidence/77');
    await mkdir(evidence, { recursive: true });
    await writeFile(join(evidence, 'journal.ndjson'), '');
    const bin = await makePath(join(release.dir, `after-${shell[0]}`), []);
    await writeProgram(
      join(bin, 'quoderat'),
      `#!/bin/sh\n[ "$1" = --version ] && echo 9.9.9 && exit\necho "called $*"\n[ -e tried ] && touch '${evidence}/envelope.json' && exit\ntouch tried\nexit 2\n`,
    );
    // Waiting is not what is tested.
    await writeProgram(join(bin, 'fast/sleep'), '#!/bin/sh\n');
    const after = { shell, dir, part: 'after_script', path: `${join(bin, 'fast')}:${bin}` } as const;
    const done = await run({ ...after, env: { CI_JOB_STATUS: 'canceled' } });
    expect(done.code, done.output).toBe(0);
    expect(done.output).toContain('(job status: canceled); sealing what it left');
    expect(done.output.match(/^called seal .+77$/gm)).toHaveLength(2);
    expect((await readdir(join(dir, '..'))).filter((name) => name.startsWith('quoderat-'))).toEqual([]);
    expect((await run(after)).output, 'it is sealed').toBe('');
  });
});
