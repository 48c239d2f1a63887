import { open, stat } from 'node:fs/promises';
import { toErrorCode, toMessage } from '../../lib/errors.ts';
import type { Principal } from '../principal.ts';
import { AuthConfigError } from './errors.ts';
import { type TokenList, parseTokenList } from './token-list.ts';

/** How often the file's date is looked at, and the most that is read of it. */
const LOOK_MS = 1000;
const MOST_BYTES = 4 * 1024 * 1024;

export type TokenFile = {
  find(token: string): Promise<Principal | undefined>;
  /** Reads the file again (SIGHUP). @throws AuthConfigError; the earlier list then stays */
  reload(): Promise<void>;
};

/**
 * The token file, read again when it has changed, so that a token can be withdrawn without a restart. A file that turned
 * bad or went away leaves the list as it was, and is told once.
 * @throws AuthConfigError
 */
export async function openTokenFile(
  path: string,
  { now, onProblem }: { now: () => number; onProblem: (problem: string) => void },
): Promise<TokenFile> {
  let mark = await readMark(path);
  let list = await readList(path);
  let lookedAt = now();

  const reload = async (): Promise<void> => {
    mark = await readMark(path);
    list = await readList(path);
  };
  return {
    reload,
    async find(token) {
      if (now() - lookedAt >= LOOK_MS) {
        lookedAt = now();
        try {
          const found = await readMark(path);
          if (found !== mark) {
            mark = found;
            list = await readList(path);
          }
        } catch (error) {
          onProblem(`the list of tokens stays as it was: ${toMessage(error)}`);
        }
      }
      return list.find(token);
    },
  };
}

async function readList(path: string): Promise<TokenList> {
  try {
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) break;
    }
    if (length > MOST_BYTES) throw new AuthConfigError('malformed', `${path} has more than ${MOST_BYTES} bytes`);
    return parseTokenList(buffer.toString('utf8', 0, length));
  } catch (error) {
    throw toReadError(error, path);
  }
}

/** What a new version of the file changes, a mounted secret's symbolic link included. */
async function readMark(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino}/${size}/${mtimeMs}`;
  } catch (error) {
    throw toReadError(error, path);
  }
}

function toReadError(error: unknown, path: string): unknown {
  if (error instanceof AuthConfigError) return error;
  return new AuthConfigError('unreadable', `the token file ${path} can't be read (${toErrorCode(error) ?? 'unknown'})`);
}
