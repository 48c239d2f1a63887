/** Paths as git has them, each byte one character (latin1): they need not be UTF-8. */
export type RawPath = string;

export type StatusEntry = {
  path: RawPath;
  /** untracked: not in the index. unmerged: in the index more than once. */
  state: 'tracked' | 'untracked' | 'unmerged';
  /** The file differs from what the index says of it. */
  differs: boolean;
  /** It is in the index, and is no file any more. */
  isGone: boolean;
};

/**
 * Reads `git status --porcelain=v2 -z` without renames. An entry that was cut off is dropped.
 * @see https://git-scm.com/docs/git-status#_porcelain_format_version_2
 */
export function parseStatus(output: Buffer): StatusEntry[] {
  return splitNul(output).flatMap((line): StatusEntry[] => {
    const [type, xy = ''] = line.split(' ', 2);
    switch (type) {
      case '1':
        return [toEntry(line, 8, { state: 'tracked', differs: xy[1] !== '.', isGone: xy[1] === 'D' })];
      case 'u':
        return [toEntry(line, 10, { state: 'unmerged', differs: true, isGone: false })];
      case '?':
        return [toEntry(line, 1, { state: 'untracked', differs: true, isGone: false })];
      default:
        return [];
    }
  });
}

/** The texts of a list in which each ends with NUL. What comes after the last NUL was cut off. */
export function splitNul(output: Buffer): string[] {
  return output.toString('latin1').split('\0').slice(0, -1);
}

/** As splitNul, for a list that is read while it comes. */
export function makeNulReader(onText: (text: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const texts = (rest + chunk.toString('latin1')).split('\0');
    rest = texts.pop() ?? '';
    for (const text of texts) onText(text);
  };
}

/** For `--stdin -z`. */
export function joinNul(paths: RawPath[]): Buffer {
  return Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1');
}

/** For people: bytes that are no UTF-8 show as U+FFFD. */
export function toShownPath(path: RawPath): string {
  return Buffer.from(path, 'latin1').toString('utf8');
}

/** The path is what stands behind that many fields; it may hold spaces. */
function toEntry(line: string, fields: number, entry: Omit<StatusEntry, 'path'>): StatusEntry {
  let at = 0;
  for (let field = 0; field < fields; field += 1) at = line.indexOf(' ', at) + 1;
  return { path: line.slice(at), ...entry };
}
