/**
 * Fills the tables of inputs and outputs in README.md from action.yml, between `<!-- inputs:start -->` and
 * `<!-- inputs:end -->` (and the same for outputs). `--check` changes nothing and fails when they differ.
 * Run by Node itself: `node scripts/generate-readme.ts [--check]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const entry = z.object({ description: z.string(), default: z.string().optional() });
const entries = z.record(z.string(), entry);
type Entry = z.infer<typeof entry>;

const root = join(import.meta.dirname, '..');
const readmePath = join(root, 'README.md');
const action = z
  .object({ inputs: entries, outputs: entries })
  .parse(parse(await readFile(join(root, 'action.yml'), 'utf8')));
const found = await readFile(readmePath, 'utf8');
const wanted = fill(
  fill(found, 'inputs', toTable('Input', action.inputs)),
  'outputs',
  toTable('Output', action.outputs),
);

if (!process.argv.includes('--check')) {
  await writeFile(readmePath, wanted);
} else if (wanted !== found) {
  console.error('README.md does not match action.yml; run `node scripts/generate-readme.ts` and commit it');
  process.exitCode = 1;
} else {
  console.log('README.md matches action.yml');
}

function toTable(head: string, entries: Record<string, Entry>): string {
  const rows = Object.entries(entries)
    .filter(([, entry]) => !entry.description.startsWith('Filled in by the runner'))
    .map(([name, entry]) => `| \`${name}\` | ${toCell(entry)} |`);
  return [`| ${head} | |`, '|---|---|', ...rows].join('\n');
}

function toCell({ description, default: preset }: Entry): string {
  const text = description.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return preset === undefined ? text : `${text} Default: \`${preset}\`.`;
}

function fill(text: string, section: string, table: string): string {
  const marks = new RegExp(`(<!-- ${section}:start -->\\n)[\\s\\S]*?(<!-- ${section}:end -->)`);
  if (!marks.test(text))
    throw new Error(`README.md has no <!-- ${section}:start --> and <!-- ${section}:end --> lines`);
  return text.replace(marks, (_all, start: string, end: string) => `${start}${table}\n${end}`);
}
