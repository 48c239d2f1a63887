import { parseSha, parseText } from './parse-values.ts';

const MAX_TAGS = 32;

/** Reads `git cat-file --batch` for HEAD: a line `<id> commit <size>`, then the commit object. */
export function parseCommit(output: string): { commit: string; tree: string; parents: string[] } | null {
  const [first = '', ...lines] = output.split('\n');
  const [id, type] = first.split(' ');
  const commit = parseSha(id);
  const headers = lines.slice(0, lines.indexOf('')).map((line) => line.split(' '));
  const values = (name: string): string[] =>
    headers.flatMap(([key, value]) => (key === name ? (parseSha(value) ?? []) : []));
  const tree = values('tree')[0];
  return commit === null || type !== 'commit' || tree === undefined
    ? null
    : { commit, tree, parents: values('parent') };
}

/** Reads `%(HEAD)%(refname)` lines: the branch that is checked out has a `*` before it. A line that was cut is dropped. */
export function parseRefs(output: string): { branch: string | null; tags: string[] } {
  const lines = output.split('\n').slice(0, -1);
  const current = lines.find((line) => line.startsWith('*refs/heads/'));
  const tags = lines.flatMap((line) => (line.startsWith(' refs/tags/') ? (parseText(line.slice(11)) ?? []) : []));
  return { branch: parseText(current?.slice(12)), tags: tags.slice(0, MAX_TAGS) };
}

/** Reads `git config -z --get-regexp` of remote URLs: the URL of `origin`, else the first. */
export function parseRemotes(output: string): string | null {
  const entries = output
    .split('\0')
    .slice(0, -1)
    .map((entry) => ({ key: entry.slice(0, entry.indexOf('\n')), url: entry.slice(entry.indexOf('\n') + 1) }));
  return (entries.find(({ key }) => key === 'remote.origin.url') ?? entries[0])?.url ?? null;
}
