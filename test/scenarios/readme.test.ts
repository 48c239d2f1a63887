import { execFile } from 'node:child_process';
import { cp, readFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseManifest } from '../../src/manifest/parse.ts';
import { isObject } from '../../src/lib/json.ts';
import { runCli } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(root, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\u0060\u0060\u0060${language}\\n([\\s\\S]*?)^\u0060\u0060\u0060`, 'gm'))].map(
    ([, text = '']) => text,
  );

describe('the README', () => {
  it('has exactly two command lines, which do all the set-up', () => {
    expect(blocks('sh')).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  });

  it('runs the main job by its first line, and says where the evidence is', async () => {
    await using dir = await makeTempDir();
    for (const name of ['package.json', 'dist', 'examples'])
      await cp(join(root, name), join(dir.path, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(dir.path, 'node_modules'));
    // What comes before it, npm ci, is what made the node_modules that this test runs with.
    const { stdout } = await promisify(execFile)('npm', ['start'], { cwd: dir.path });
    const [, evidence = ''] = /^ {2}evidence +(.+)$/m.exec(stdout) ?? [];
    const verify = await runCli(['verify', 'envelope.json', '--artifacts', 'artifacts'], {
      cwd: join(dir.path, evidence),
    });
    expect(verify).toMatchObject({ code: 0 });
  });

  it('shows a manifest that can be used, and a workflow that needs no more than to read', () => {
    const [manifest = '', workflow = ''] = blocks('yaml');
    const parsed = parseManifest({ path: 'quoderat.yml', bytes: Buffer.from(manifest), form: 'manifest' });
    expect(parsed).toMatchObject({ ok: true });
    const value: unknown = parse(workflow);
    expect(isObject(value) && value['permissions']).toEqual({ contents: 'read' });
    expect(workflow).toContain('uses: quoderat/action@v1');
  });

  it('names only commands that there are', async () => {
    const { stdout } = await runCli(['--help'], { cwd: root });
    const named = [...readme.matchAll(/`quoderat ([a-z]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it('shows pictures and pages that are there', async () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    for (const link of links) await expect(readFile(join(root, link))).resolves.toBeDefined();
    expect(links).toContain('docs/images/summary.png');
  });
});
