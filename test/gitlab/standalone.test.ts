import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { parseCiYaml } from '../support/gitlab/ci-schema.ts';
import { makePath, runJobScript, sha256, shells } from '../support/gitlab/job-shell.ts';
import { startPackageServer } from '../support/gitlab/package-server.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = packageJson;
const ownNode = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64';
const hasNode = existsSync(join(root, 'node_modules', `node-${ownNode}`, 'bin/node'));

function runScript(name: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts', name), ...args], { encoding: 'utf8' });
}

describe('build-standalone', () => {
  it('makes the same bytes again, and a list of digests that sha256sum checks', async () => {
    await using temp = await makeTempDir();
    const [a, b] = [join(temp.path, 'a'), join(temp.path, 'b')];
    const first = runScript('build-standalone.ts', '--out', a, '--only', 'node');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    runScript('build-standalone.ts', '--out', b, '--only', 'node');
    for (const name of await readdir(a)) {
      expect(sha256(await readFile(join(a, name))), name).toBe(sha256(await readFile(join(b, name))));
    }
    const list = `quoderat-${version}.sha256`;
    expect(execFileSync('sha256sum', ['--check', '--strict', list], { cwd: a, encoding: 'utf8' })).toContain(': OK');
    expect(first.stdout).toContain(`${sha256(await readFile(join(a, list)))}  ${list}`);
  });

  it('fails for a platform whose Node is not there, and takes one that is named', async () => {
    await using temp = await makeTempDir();
    const out = join(temp.path, 'out');
    const missing = runScript(
      'build-standalone.ts',
      '--out',
      out,
      '--only',
      'linux-arm64',
      '--node',
      'linux-arm64=/nowhere/node',
    );
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('no Node for linux-arm64 is at hand (`--node linux-arm64=PATH`)');
    await mkdir(join(temp.path, 'node/bin'), { recursive: true });
    await writeFile(join(temp.path, 'node/bin/node'), '#!/bin/sh\necho v24.0.0\n');
    await writeFile(join(temp.path, 'node/LICENSE'), 'of Node\n');
    const given = `linux-arm64=${join(temp.path, 'node/bin/node')}`;
    expect(runScript('build-standalone.ts', '--out', out, '--only', 'linux-arm64', '--node', given).status).toBe(0);
    const archive = join(out, `quoderat-${version}-linux-arm64.tar.gz`);
    expect(execFileSync('tar', ['-tvzf', archive], { encoding: 'utf8' })).toMatch(/^-rwxr-xr-x 0\/0 .+\/bin\/node$/m);
  });

  it.runIf(hasNode && process.platform === 'linux')(
    'packs a Quoderat that a job fetches and runs where there is no Node',
    async () => {
      await using temp = await makeTempDir();
      const out = join(temp.path, 'out');
      expect(runScript('build-standalone.ts', '--out', out, '--only', ownNode).status).toBe(0);
      const names = await readdir(out);
      const files = new Map(
        await Promise.all(names.map(async (name) => [name, await readFile(join(out, name))] as const)),
      );
      await using server = await startPackageServer({ files });
      const dir = join(temp.path, 'job/project');
      await mkdir(dir, { recursive: true });
      await writeFile(
        join(dir, 'quoderat.yml'),
        'version: 1\nname: bare\nsteps:\n  - { id: no-node, kind: command, run: "! command -v node && echo fine" }\n',
      );
      const path = await makePath(join(temp.path, 'bin'), ['curl', 'git']);
      const pin = sha256(files.get(`quoderat-${version}.sha256`) ?? Buffer.of());
      const inputs = { version, 'package-url': server.url, 'package-sha256': pin };
      const { code, output } = await runJobScript({ shell: shells[0] ?? [], path, dir, inputs });
      expect(code, output).toBe(0);
      expect(output).toContain('Passed: 1 of 1 step ran and passed');
      expect(output, 'no path that is gone when the job is').toMatch(
        /^ {2}verify {4}quoderat verify \.quoderat\/evidence\/77$/m,
      );

      // As an image has it: by a link on the PATH.
      const home = join(temp.path, 'job/quoderat-77-script', `quoderat-${version}-${ownNode}`);
      await symlink(join(home, 'bin/quoderat'), join(path, 'quoderat'));
      const env = { PATH: path, HOME: temp.path };
      const args = ['verify', join(dir, '.quoderat/evidence/77')];
      expect(execFileSync(join(path, 'quoderat'), args, { env, encoding: 'utf8' })).toContain('intact');
    },
  );
});

describe('make-gitlab-project', () => {
  it('fills in version, digest and project, once, and overwrites nothing', async () => {
    await using temp = await makeTempDir();
    const archives = join(temp.path, 'archives');
    await mkdir(archives);
    await writeFile(join(archives, `quoderat-${version}.sha256`), 'a list\n');
    const out = join(temp.path, 'project');
    await mkdir(join(out, '.git'), { recursive: true });
    const args = ['--out', out, '--archives', archives, '--project', 'acme/tools/quoderat'];
    expect(runScript('make-gitlab-project.ts', ...args)).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['quoderat', 'collect']) {
      const { header } = parseCiYaml(await readFile(join(out, 'templates', name, 'template.yml'), 'utf8'));
      expect(header).toMatchObject({
        spec: {
          inputs: {
            version: { default: version },
            'package-sha256': { default: sha256(Buffer.from('a list\n')) },
            'package-project': { default: 'acme/tools/quoderat' },
          },
        },
      });
    }
    const readme = await readFile(join(out, 'README.md'), 'utf8');
    expect(readme).toContain('component: $CI_SERVER_FQDN/acme/tools/quoderat/quoderat@1');
    expect((await readdir(out)).toSorted()).toEqual([
      '.git',
      '.gitlab-ci.yml',
      'Dockerfile',
      'LICENSE',
      'README.md',
      'templates',
      'tests',
    ]);
    const again = runScript('make-gitlab-project.ts', ...args);
    expect(again.status).not.toBe(0);
    expect(again.stderr).toContain('is not empty');
    expect(
      runScript('make-gitlab-project.ts', '--out', join(temp.path, 'x'), '--archives', archives, '--project', 'a"b')
        .status,
    ).not.toBe(0);
  });
});
