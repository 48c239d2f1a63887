import { CommanderError } from 'commander';
import { toInertLine } from '../render/inert.ts';
import { exitCodes, exitCodeTable } from './exit-codes.ts';
import type { Io } from './io.ts';
import { makeProgram } from './program.ts';

/**
 * Reads the arguments and performs the command they name.
 * @returns its exit code; that of bad usage when there is none to perform, which has then been said on stderr
 */
export async function performCommandLine(args: readonly string[], version: string, io: Io): Promise<number> {
  let exitCode: number = exitCodes.usage;
  const program = makeProgram(version, async (act) => {
    exitCode = await act(io);
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) => write(`quoderat: ${toInertLine(text.replace(/^error: /, '').trim())}\n`),
    });
  }
  program.addHelpText('after', `\nExit codes:\n${formatExitCodes()}`);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // How commander ends --help and --version, and what it has said about bad usage already.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  }
  return exitCode;
}

function formatExitCodes(): string {
  return exitCodeTable
    .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning.replaceAll('`', '')}\n`)
    .join('');
}
