import type { Envelope } from '../schema/envelope.ts';
import type { RunRecord } from '../schema/record.ts';

/**
 * Whether a server sealed what the worker recorded. It may add what only it can know or do: that it checked the runner's
 * identity, which events it never received, and redactions of its own with a receipt for each place (a JSON Pointer into the
 * envelope).
 * @returns the pointer of the first member that is another's; null: all agree
 */
export function findForeignMember(record: RunRecord, envelope: Envelope): string | null {
  const { worker, redactions, runner_context, events, ...ours } = record;
  const known = new Set(redactions.map(({ id }) => id));
  const added = envelope.redactions.filter(({ id }) => !known.has(id));
  const redacted = new Set(
    added.flatMap(({ stage, artifact_id, path }) => (stage === 'record' && artifact_id === null ? [path] : [])),
  );
  const compare = (one: unknown, other: unknown, at: string): string | null => findDifference(one, other, at, redacted);
  for (const [name, value] of Object.entries(ours)) {
    const found = compare(value, toMember(envelope, name), `/${name}`);
    if (found !== null) return found;
  }
  if (!isReceived(events, envelope.events)) return '/events';
  const { basis: _basis, verified_claims: _claims, ...context } = runner_context;
  const { basis, verified_claims: verified, ...theirContext } = envelope.runner_context;
  if (basis !== runner_context.basis && basis !== 'oidc_verified') return '/runner_context/basis';
  if (basis !== 'oidc_verified' && verified !== undefined) return '/runner_context/verified_claims';
  return (
    compare(worker, envelope.producer.worker, '/producer/worker') ??
    compare(context, theirContext, '/runner_context') ??
    compare(
      redactions,
      envelope.redactions.filter(({ id }) => known.has(id)),
      '/redactions',
    )
  );
}

/** Of what the worker has counted as sent, some may be lost: on a disk that can't be read any more, or with the server's. */
function isReceived(ours: RunRecord['events'], theirs: Envelope['events']): boolean {
  const { emitted, acknowledged, dropped } = theirs;
  return emitted === ours.emitted && dropped >= ours.dropped && acknowledged === emitted - dropped;
}

function toMember(envelope: Envelope, name: string): unknown {
  return Object.entries(envelope).find(([member]) => member === name)?.[1];
}

/** @param redacted places of texts of which parts may have been taken out */
function findDifference(ours: unknown, theirs: unknown, at: string, redacted: ReadonlySet<string>): string | null {
  if (ours === theirs) return null;
  if (typeof ours === 'string' && typeof theirs === 'string')
    return redacted.has(at) && isRedacted(ours, theirs) ? null : at;
  if (typeof ours !== 'object' || typeof theirs !== 'object' || ours === null || theirs === null) return at;
  if (Array.isArray(ours) !== Array.isArray(theirs)) return at;
  const members = new Map(Object.entries(ours).filter(([, value]) => value !== undefined));
  const others = new Map<string, unknown>(Object.entries(theirs));
  for (const name of others.keys()) if (!members.has(name)) return `${at}/${toToken(name)}`;
  for (const [name, value] of members) {
    const found = findDifference(value, others.get(name), `${at}/${toToken(name)}`, redacted);
    if (found !== null) return found;
  }
  return null;
}

/** What stands for what was taken out. No outcome, digest or time can hold one, so a receipt is no leave to change those. */
const MARKER = /\[(?:redacted(?::[\w.-]+)?|\*\*\*)?\]/;

/** Whether a text is another with nothing but parts of it taken out. */
function isRedacted(ours: string, theirs: string): boolean {
  const [head = '', ...rest] = theirs.split(MARKER);
  const tail = rest.pop();
  if (tail === undefined || !ours.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = ours.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return ours.length - tail.length >= at && ours.endsWith(tail);
}

/** RFC 6901. */
function toToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
