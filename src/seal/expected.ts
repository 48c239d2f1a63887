import type { Expectations, Verdict } from '../schema/verdict.ts';
import { isObject } from '../lib/json.ts';
import type { Recomputed } from './intact.ts';
import type { Problems } from './problems.ts';

const COMMIT_PREFIX = /^[0-9a-f]{7,64}$/;
/** `https://host/path`, `ssh://git@host/path`, `git@host:path`. */
const REMOTE_URL = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?|[^@/:]+@)([^/:]+)(?::[0-9]+)?[/:](.+)$/i;

/** Whether it is the evidence that the caller named, compared with the document, not with what it says of itself twice. */
export function checkExpected(
  value: Record<string, unknown>,
  recomputed: Recomputed,
  expected: Expectations,
  problems: Problems,
): Verdict['expected']['answer'] {
  const asked = Object.values(expected).filter((wanted) => wanted !== undefined);
  if (asked.length === 0) return 'not_asked';
  const before = problems.list().length;
  const tell = (pointer: string, what: string): void => problems.add(pointer, 'not_expected', what);
  const { repo, commit, plan_hash, head, evidence_id } = expected;

  if (repo !== undefined && !isRepo(value, repo)) tell('/subject/repo', 'it is not about the expected repository');
  if (commit !== undefined && !isCommit(readPath(value, ['subject', 'id']), commit.toLowerCase()))
    tell('/subject/id', 'the tested commit is not the expected one (all of it, or its first 7 or more hex digits)');
  if (plan_hash !== undefined && readPath(value, ['plan', 'plan_hash']) !== plan_hash.toLowerCase())
    tell('/plan/plan_hash', 'the plan is not the expected one');
  if (head !== undefined && recomputed.head_entry_hash !== head.toLowerCase())
    tell('/integrity/head_entry_hash', 'the head that the document gives is not the expected one');
  if (evidence_id !== undefined && value['evidence_id'] !== evidence_id.toLowerCase())
    tell('/evidence_id', 'it is not the expected evidence');
  return problems.list().length === before ? 'yes' : 'no';
}

/** The value behind a path of member names, or undefined. */
export function readPath(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
    value,
  );
}

function isCommit(found: unknown, wanted: string): boolean {
  return typeof found === 'string' && COMMIT_PREFIX.test(wanted) && found.startsWith(wanted);
}

/** By name (`acme/shop`) exactly; by URL when host and path agree, whatever the scheme, user and `.git` at the end. */
function isRepo(value: Record<string, unknown>, wanted: string): boolean {
  const location = toLocation(wanted);
  if (location === null) return readPath(value, ['subject', 'repo', 'name']) === wanted;
  const url = readPath(value, ['subject', 'repo', 'url']);
  return typeof url === 'string' && toLocation(url) === location;
}

function toLocation(url: string): string | null {
  const [, host, path] = REMOTE_URL.exec(url) ?? [];
  if (host === undefined || path === undefined) return null;
  return `${host.toLowerCase()}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
