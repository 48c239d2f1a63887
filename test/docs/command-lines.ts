import type { Command } from 'commander';
import { makeProgram } from '../../src/cli/program.ts';
import { readPage, toCode } from './pages.ts';

/** The arguments of each `quoderat ...` line of a page's shell blocks. */
export function toCommandLines(page: string): string[][] {
  return toCode(readPage(page))
    .filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language ?? ''))
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map(toWords)
    .flatMap((words) => toArguments(words) ?? []);
}

/** The same for commands that are named within a line, which may be cut short: the command and its options. */
export function toNamedCommands(page: string): string[][] {
  return (
    toCode(readPage(page))
      .filter(({ language, text }) => language === undefined && /^(?:npx )?quoderat [a-z]/.test(text))
      // The seed of a key for tests (docs/envelope.md), which is no command.
      .filter(({ text }) => !text.startsWith('quoderat test key'))
      .flatMap(({ text }) => toArguments(toWords(text)) ?? [])
  );
}

/** Has the program read the arguments, and perform nothing. @throws CommanderError for what it would refuse */
export async function parseCommandLine(args: string[]): Promise<void> {
  const program = makeProgram('0.0.0', async () => {});
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await program.parseAsync(args, { from: 'user' });
}

const { commands } = makeProgram('0.0.0', async () => {});

/** The command and options that there are none of. */
export function toUnknown([name = '', ...rest]: string[]): string[] {
  const command = commands.find((each) => each.name() === name);
  if (command === undefined) return [name];
  const options = rest.filter((word) => word.startsWith('--')).map((word) => word.replace(/[=,].*$/, ''));
  return options.filter((option) => !toOptions(command).includes(option)).map((option) => `${name} ${option}`);
}

function toOptions(command: Command): string[] {
  return ['--help', ...command.options.map(({ long }) => long ?? '')];
}

function toArguments(words: string[]): string[][] | undefined {
  const start = words[0] === 'npx' ? 1 : 0;
  return words[start] === 'quoderat' ? [words.slice(start + 1)] : undefined;
}

/** As a shell would cut a plain line: quotes hold together, a comment ends it. */
function toWords(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return (comment === -1 ? words : words.slice(0, comment)).map((word) => word.replaceAll(/["']/g, ''));
}
