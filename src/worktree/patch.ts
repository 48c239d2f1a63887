import type { Kept } from './run-git.ts';

/** In a patch, lines of a file's content begin with " ", "+", "-" or "\\", so this is git's own. */
const CONTENT_IDS = /^index [0-9a-f]+\.\.[0-9a-f]+(?: [0-7]{6})?\n/gm;

/**
 * A patch as it may be shown: without the ids of the files' contents. They are hashes of what no redactor has seen, by
 * which a guess at a secret could be tried. One that was cut ends with a whole line, so that no half secret is left
 * for the redactor to miss.
 */
export function toPatch({ bytes, leftOut }: Kept): Kept {
  const end = leftOut === 0 ? bytes.length : bytes.lastIndexOf('\n') + 1;
  const text = bytes.toString('latin1', 0, end).replaceAll(CONTENT_IDS, '');
  return { bytes: Buffer.from(text, 'latin1'), leftOut: leftOut + bytes.length - end };
}
