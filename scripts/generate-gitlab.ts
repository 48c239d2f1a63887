/**
 * Puts scripts/gitlab/get.sh into the templates of gitlab/ (between their `# get: start` and `# get: end` lines), and fills
 * the tables of inputs in gitlab/README.md from their headers. `--check` changes nothing and fails when they differ.
 * Run by Node itself: `node scripts/generate-gitlab.ts [--check]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const input = z.object({
  description: z.string(),
  type: z.enum(['string', 'boolean', 'number', 'array']).default('string'),
  options: z.array(z.union([z.string(), z.number()])).optional(),
  default: z.unknown(),
});
const header = z.object({ spec: z.object({ inputs: z.record(z.string(), input) }) });

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const getScript = await readFile(join(root, 'scripts/gitlab/get.sh'), 'utf8');
const names = ['quoderat', 'collect'];

const templates = await Promise.all(
  names.map(async (name) => {
    const path = `gitlab/templates/${name}/template.yml`;
    const found = await readFile(join(root, path), 'utf8');
    return { name, path, found, wanted: embed(found, path) };
  }),
);
const readmePath = 'gitlab/README.md';
const readme = await readFile(join(root, readmePath), 'utf8');
const filled = templates.reduce((text, { name, wanted }) => fill(text, name, toTable(wanted)), readme);

for (const { path, found, wanted } of [...templates, { path: readmePath, found: readme, wanted: filled }]) {
  if (wanted === found) continue;
  if (check) {
    console.error(`${path} is not what it is generated from; run \`node scripts/generate-gitlab.ts\` and commit it`);
    process.exitCode = 1;
  } else {
    await writeFile(join(root, path), wanted);
  }
}
if (check && process.exitCode === undefined) console.log('gitlab/ is what it is generated from');

/** The script is written once in a template; where it is needed again, a YAML alias names it. */
function embed(template: string, path: string): string {
  const lines = getScript.trimEnd().split('\n');
  const block = ['    - &get |', ...lines.map((line) => (line === '' ? '' : `      ${line}`))].join('\n');
  const marks = /( {4}# get: start .*\n)[\s\S]*?( {4}# get: end\n)/;
  if (!marks.test(template)) throw new Error(`${path} has no "# get: start" and "# get: end" lines`);
  return template
    .replace(marks, (_all, start: string, end: string) => `${start}${block}\n${end}`)
    .replace(/( {4}# get: again\n)(?: {4}- \*get\n)?/, '$1    - *get\n');
}

function toTable(template: string): string {
  const [document] = parseAllDocuments(template);
  const { inputs } = header.parse(document === undefined || !('toJS' in document) ? null : document.toJS()).spec;
  const rows = Object.entries(inputs).map(([name, found]) => `| \`${name}\` | ${toCell(found)} |`);
  return ['| Input | |', '|---|---|', ...rows].join('\n');
}

function toCell({ description, type, options, default: preset }: z.infer<typeof input>): string {
  const text = description.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const kind = options === undefined ? type : options.map((option) => `\`${option}\``).join(', ');
  const value = typeof preset === 'string' ? preset : JSON.stringify(preset);
  return `${text} (${kind}; default: ${value === '' ? 'empty' : `\`${value}\``})`;
}

function fill(text: string, section: string, table: string): string {
  const marks = new RegExp(`(<!-- ${section}:start -->\\n)[\\s\\S]*?(<!-- ${section}:end -->)`);
  if (!marks.test(text))
    throw new Error(`${readmePath} has no <!-- ${section}:start --> and <!-- ${section}:end --> lines`);
  return text.replace(marks, (_all, start: string, end: string) => `${start}${table}\n${end}`);
}
