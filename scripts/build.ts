/**
 * Builds dist/ from src/. `--check` builds beside it and fails when the committed bytes differ.
 * Run by Node itself: `node scripts/build.ts [--check]`.
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleInput, bundleOutput } from '../rolldown.config.ts';
import { isObject } from '../src/lib/json.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const target = check ? await mkdtemp(join(tmpdir(), 'quoderat-dist-')) : join(root, 'dist');

await build(target);
if (check) {
  const differing = await toDifferences(target, join(root, 'dist'));
  await rm(target, { recursive: true });
  if (differing.length > 0) {
    console.error(
      `dist/ is not what src/ builds to; run \`npm run build\` and commit it:\n  ${differing.join('\n  ')}`,
    );
    process.exitCode = 1;
  } else {
    console.log('dist/ is what src/ builds to');
  }
}

async function build(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  const bundle = await rolldown({ ...bundleInput, cwd: root });
  const { output: chunks } = await bundle.write({ ...bundleOutput, dir });
  await bundle.close();
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  await writeFile(join(dir, 'THIRD-PARTY-LICENSES.txt'), await readLicenses(modules));
}

/** The licence text of every package whose code is in the bundles, by name. */
async function readLicenses(modules: string[]): Promise<string> {
  const folders = new Set(modules.flatMap((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []));
  const sections = await Promise.all(
    [...folders].map(async (folder) => {
      const described: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      const { name, version, license } = isObject(described) ? described : {};
      const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).toSorted();
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
      return `${String(name)} ${String(version)} (${String(license)})\n\n${texts.join('\n').trim() || '(the package holds no licence file)'}\n`;
    }),
  );
  return sections.toSorted().join(`\n${'-'.repeat(80)}\n\n`);
}

async function toDifferences(fresh: string, committed: string): Promise<string[]> {
  const [made, kept] = await Promise.all([listFiles(fresh), listFiles(committed)]);
  const names = [...new Set([...made, ...kept])].toSorted();
  const same = await Promise.all(
    names.map(async (name) => {
      if (!made.includes(name) || !kept.includes(name)) return false;
      const [a, b] = await Promise.all([readFile(join(fresh, name)), readFile(join(committed, name))]);
      return a.equals(b);
    }),
  );
  return names.filter((_, index) => !same[index]);
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(dir, entry.parentPath), basename(entry.name)));
}
