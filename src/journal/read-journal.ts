import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { type RunEvent, runEvent } from '../schema/event.ts';
import { journalFileName } from './journal.ts';

export class JournalError extends CodedError<'no_journal' | 'too_large' | 'damaged'> {}

/**
 * The events of a run from its evidence folder, in the order written. A last line that was cut off by the loss of the
 * process is left out; any other line that is no event is an error, since it was not written by Quoderat.
 * @throws JournalError no_journal, too_large or damaged (with the line's number)
 */
export async function readJournal(dir: string): Promise<RunEvent[]> {
  const path = join(dir, journalFileName);
  const text = await readBounded(path);
  const lines = text.split('\n');
  // What stands behind the last newline was never finished.
  lines.pop();
  const events = lines.map((line, index) => parseLine(line, `${path}:${index + 1}`));
  if (events[0]?.type !== 'run_started') {
    throw new JournalError('no_journal', `${path} does not begin with the start of a run; there is nothing to seal`);
  }
  return events;
}

async function readBounded(path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => found.size,
    (error: unknown) => {
      throw new JournalError('no_journal', `${path} is not there; name the evidence folder of a run`, { cause: error });
    },
  );
  if (size > limits.journalBytes) {
    throw new JournalError('too_large', `${path} has ${size} bytes; a journal has at most ${limits.journalBytes}`);
  }
  return readFile(path, 'utf8');
}

function parseLine(line: string, where: string): RunEvent {
  try {
    return runEvent.parse(JSON.parse(line));
  } catch (error) {
    throw new JournalError('damaged', `${where} is no event of this version of Quoderat`, { cause: error });
  }
}
