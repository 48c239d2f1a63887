import { createHash, type Hash } from 'node:crypto';
import { WorktreeError } from './worktree-error.ts';

/** Of an object's content, not of git's form of it. null: the repository does not have the object. */
export type ObjectHash = { sha256: string; size: number } | null;

const MAX_HEADER = 200;

/**
 * Reads the output of `git cat-file --batch` while it comes: one hash for each object that was asked for, in their
 * order. Contents are not kept.
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function makeObjectHasher(): { push: (chunk: Buffer) => void; hashes: () => ObjectHash[] } {
  const hashes: ObjectHash[] = [];
  let header = '';
  let current: { hash: Hash; size: number; left: number } | undefined;

  const begin = (line: string): void => {
    const size = /^[0-9a-f]+ [a-z]+ ([0-9]{1,15})$/.exec(line)?.[1];
    if (size !== undefined) current = { hash: createHash('sha256'), size: Number(size), left: Number(size) };
    else if (line.endsWith(' missing')) hashes.push(null);
    else throw new WorktreeError('git_failed', 'git cat-file answered what is not understood');
  };
  const readHeader = (chunk: Buffer): Buffer => {
    const end = chunk.indexOf('\n');
    header += chunk.toString('latin1', 0, end === -1 ? Math.min(chunk.length, MAX_HEADER) : end);
    if (end === -1) return chunk.subarray(chunk.length);
    begin(header);
    header = '';
    return chunk.subarray(end + 1);
  };
  const readContent = (chunk: Buffer, { hash, size, left }: NonNullable<typeof current>): Buffer => {
    const part = chunk.subarray(0, left);
    hash.update(part);
    // A line feed follows the content.
    if (chunk.length <= left) {
      current = { hash, size, left: left - part.length };
      return chunk.subarray(chunk.length);
    }
    hashes.push({ sha256: hash.digest('hex'), size });
    current = undefined;
    return chunk.subarray(left + 1);
  };

  return {
    push(chunk) {
      let rest = chunk;
      while (rest.length > 0) rest = current ? readContent(rest, current) : readHeader(rest);
    },
    hashes: () => hashes,
  };
}
