import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toMessage } from '../../lib/errors.ts';
import { readRepository } from '../../init/read-repository.ts';
import { type Starter, toStarter } from '../../init/starter.ts';
import { toInertLine } from '../../render/inert.ts';
import { toShellWord } from '../../render/shell-word.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export type InitFlags = { out: string; stdout?: true; force?: true };

/**
 * `quoderat init`: writes a manifest that fits the current folder. Runs nothing, and never takes the place of a file
 * unless it is told to.
 * @throws CliError exists, not_writable; InitError
 */
export async function init(flags: InitFlags, io: Io): Promise<number> {
  const starter = toStarter(await readRepository(io.cwd, process.platform));
  if (flags.stdout === true) {
    io.stdout.write(starter.text);
    return exitCodes.success;
  }
  await write(flags, starter.text, io.cwd);
  io.stdout.write(formatNextSteps(flags, starter, io));
  return exitCodes.success;
}

async function write({ out, force }: InitFlags, text: string, cwd: string): Promise<void> {
  const flag = force === true ? 'w' : 'wx';
  await writeFile(resolve(cwd, out), text, { flag }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') {
      throw new CliError('exists', `${out} exists and is left alone; --force overwrites it, --stdout only prints`);
    }
    throw new CliError('not_writable', `${out} can't be written: ${toMessage(error)}`, { cause: error });
  });
}

function formatNextSteps({ out }: InitFlags, { steps, from, leaves }: Starter, { self }: Pick<Io, 'self'>): string {
  const manifest = out === 'quoderat.yml' ? '' : ` ${toShellWord(out)}`;
  const found =
    steps.length === 0
      ? 'nothing that is known was found here, so it holds an example to fill in'
      : `${steps.length === 1 ? '1 step' : `${steps.length} steps`} (${steps.join(', ')}) from ${from.join(', ')}`;
  const lines = [
    `Wrote ${toInertLine(out)}: ${toInertLine(found)}.`,
    ...(leaves.length === 0 ? [] : [`Reports are left as ${leaves.join(', ')}; add them to .gitignore.`]),
    '',
    `  ${self} plan${manifest}     what would run; runs nothing`,
    `  ${self} doctor${manifest}   what is missing on this machine`,
    `  ${self} run${manifest}      run it and seal what happened`,
  ];
  return `${lines.join('\n')}\n`;
}
