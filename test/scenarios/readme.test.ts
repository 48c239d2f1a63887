import { execFile } from 'node:child_process';
import { copyFile, cp, readFile, symlink } from 'node:fs/promises';
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
const run = promisify(execFile);
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\u0060\u0060\u0060${language}\\n([\\s\\S]*?)^\u0060\u0060\u0060`, 'gm'))].map(
    ([, text = '']) => text,
  );

describe('the README', () => {
  it('has exactly two command lines that do all the set-up, each found by the mark above it', () => {
    const marked = [...readme.matchAll(/<!-- (run|test)-command -->\n\n```sh\n(.*)\n```/g)];
    expect(marked.map(([, mark, line]) => [mark, line])).toEqual([
      ['run', 'npm ci && npm start'],
      ['test', 'npm ci && npm test'],
    ]);
    const rest = blocks('sh').slice(2);
    expect(rest.filter((text) => !text.startsWith('quoderat verify '))).toEqual([]);
  });

  it('runs the main job by its first line, and says where the evidence is', async () => {
    await using dir = await makeTempDir();
    for (const name of ['package.json', 'dist', 'examples'])
      await cp(join(root, name), join(dir.path, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(dir.path, 'node_modules'));
    // What comes before it, npm ci, is what made the node_modules that this test runs with.
    const { stdout } = await run('npm', ['start'], { cwd: dir.path });
    const [, evidence = ''] = /^ {2}evidence +(.+)$/m.exec(stdout) ?? [];
    const verify = await runCli(['verify', 'envelope.json', '--artifacts', 'artifacts'], {
      cwd: join(dir.path, evidence),
    });
    expect(verify).toMatchObject({ code: 0 });
  });

  it('shows a manifest that can be used, and the workflow of the example with one job', async () => {
    const [manifest = '', workflow = ''] = blocks('yaml');
    const parsed = parseManifest({ path: 'quoderat.yml', bytes: Buffer.from(manifest), form: 'manifest' });
    expect(parsed).toMatchObject({ ok: true });
    expect(workflow).toBe(await readFile(join(root, 'examples/github/single-job.yml'), 'utf8'));
    const value: unknown = parse(workflow);
    expect(isObject(value) && value['permissions']).toEqual({ contents: 'read' });
    expect(workflow).toContain('uses: quoderat/action@v1');
  });

  it('checks evidence by the command that it shows, and no other evidence', async () => {
    await using dir = await makeTempDir();
    const git = async (...args: string[]): Promise<string> =>
      (await run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: dir.path })).stdout;
    await copyFile(join(root, 'examples/hello/quoderat.yml'), join(dir.path, 'quoderat.yml'));
    await git('init', '--quiet', '--initial-branch=main');
    await git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
    await git('add', '.');
    await git('commit', '--quiet', '--message=a');
    await runCli(['run', '--out', '.quoderat/e'], { cwd: dir.path });

    const [command = ''] = blocks('sh').slice(2);
    const [, , file = '', ...options] = command.trim().split(' ');
    await copyFile(join(dir.path, '.quoderat/e/envelope.json'), join(dir.path, file));
    const other = await runCli(['verify', file, ...options], { cwd: dir.path });
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('/subject') });
    const commit = (await git('rev-parse', 'HEAD')).slice(0, 7);
    const own = options.map((word) => (/^[0-9a-f]{7}$/.test(word) ? commit : word));
    expect(own).not.toEqual(options);
    expect(await runCli(['verify', file, ...own], { cwd: dir.path })).toMatchObject({ code: 0 });
  });

  it('names only commands that there are', async () => {
    const { stdout } = await runCli(['--help'], { cwd: root });
    const named = [...readme.matchAll(/`quoderat ([a-z]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it('shows the page that a reviewer reads, in light and dark, and says what is on it', async () => {
    const [, dark = '', light = '', words = ''] =
      /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="(.*?)">\s*<img src="(.*?)"[^>]* alt="(.*?)">/.exec(
        readme,
      ) ?? [];
    expect([light, dark]).toEqual(['docs/images/summary.png', 'docs/images/summary-dark.png']);
    expect(words.length).toBeGreaterThan(100);
    for (const file of [light, dark]) await expect(readFile(join(root, file))).resolves.toBeDefined();
  });
});
