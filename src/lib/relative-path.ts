/**
 * What is wrong with a path that must stay below the folder it is relative to, on every system; undefined when nothing
 * is. "/" separates. With `glob`, ".." is refused altogether, since a pattern's steps cannot be counted.
 */
export function findPathFault(path: string, options: { glob: boolean }): string | undefined {
  if (path.trim() === '') return 'must not be empty';
  if (/\p{Cc}/u.test(path)) return 'must not hold control characters';
  if (path.includes('\\')) return 'must be written with "/", not "\\"';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'must be relative, not absolute';
  if (path.startsWith('~')) return 'must be relative; "~" is not expanded';
  if (options.glob && /^!(?!\()/.test(path)) return 'must say what to take; "!" leaves nothing out';
  if (options.glob && /(?:^|[/{},(|])\.\.(?:$|[/{},)|])/.test(path)) return 'must not hold ".."';
  return toSegments(path) === undefined ? 'must not lead out of the workspace' : undefined;
}

/** The shortest form of a path without a fault: no ".", no "..", no doubled or trailing "/"; "." for the folder itself. */
export function normaliseRelativePath(path: string): string {
  return toSegments(path)?.join('/') || '.';
}

/** undefined: the path leads out. */
function toSegments(path: string): string[] | undefined {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return undefined;
  }
  return kept;
}
