import { toInertLine } from './inert.ts';

/**
 * A word for a command that a reader may paste into a POSIX shell: quoted unless it is plainly harmless, since file and
 * repository names come from strangers.
 */
export function toShellWord(value: string): string {
  const line = toInertLine(value);
  if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(line)) return line;
  const quoted = `'${line.replaceAll("'", String.raw`'\''`)}'`;
  return line.startsWith('-') ? `./${quoted}` : quoted;
}
