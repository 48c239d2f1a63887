/**
 * Fills docs/cli.md between its marks from the command definitions and the exit codes: `<!-- commands:start -->` ...
 * `<!-- commands:end -->`, and the same for `exit-codes`. `--check` changes nothing and fails when they differ.
 * Run by Node itself: `node scripts/generate-cli-docs.ts [--check]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exitCodeTable } from '../src/cli/exit-codes.ts';
import { makeProgram } from '../src/cli/program.ts';

const path = join(import.meta.dirname, '..', 'docs', 'cli.md');
const program = makeProgram('', () => Promise.resolve());
const found = await readFile(path, 'utf8');
const wanted = fill(
  fill(found, 'commands', program.commands.map(toSection).join('\n')),
  'exit-codes',
  toExitCodeTable(),
);

if (!process.argv.includes('--check')) {
  await writeFile(path, wanted);
} else if (wanted !== found) {
  console.error('docs/cli.md does not match src/cli; run `node scripts/generate-cli-docs.ts` and commit it');
  process.exitCode = 1;
} else {
  console.log('docs/cli.md matches src/cli');
}

function toSection(command: Command): string {
  const names = command.registeredArguments.map((found) =>
    found.required ? ` <${found.name()}>` : ` [${found.name()}]`,
  );
  const rows = [
    ...command.registeredArguments.map((argument) => toRow(argument.name(), argument.description, argument)),
    ...command.options.map((option) => toRow(option.flags, option.description, option)),
  ];
  return [
    `### \`quoderat ${command.name()}${names.join('')}\``,
    '',
    command.description(),
    '',
    '| | |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function toRow(
  name: string,
  description: string,
  { argChoices, defaultValue }: { argChoices?: string[] | undefined; defaultValue?: unknown },
): string {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`;
  const preset = typeof defaultValue === 'string' ? ` (default: \`${defaultValue}\`)` : '';
  return `| \`${name}\` | ${`${description}${choices}${preset}`.replaceAll('|', '\\|').replaceAll('<prefix>', '`<prefix>`')} |`;
}

function toExitCodeTable(): string {
  const rows = exitCodeTable.map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| Code | Meaning |', '|---:|---|', ...rows, ''].join('\n');
}

function fill(text: string, section: string, content: string): string {
  const marks = new RegExp(`(<!-- ${section}:start -->\\n)[\\s\\S]*?(<!-- ${section}:end -->)`);
  if (!marks.test(text))
    throw new Error(`docs/cli.md has no <!-- ${section}:start --> and <!-- ${section}:end --> lines`);
  return text.replace(marks, (_all, start: string, end: string) => `${start}${content}${end}`);
}
