import type { Change } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Artifact } from '../schema/record.ts';
import { makeChanges, toListChanges } from './change.ts';

/**
 * What the steps made, by digest. Output streams and reports are no part of it: they hold times, and differ between any
 * two runs; what the reports say is compared as observations.
 */
export function compareOutputs(before: Envelope, after: Envelope): Change[] {
  const { change, differs } = makeChanges('outputs');
  const [old, now] = [toOutputs(before), toOutputs(after)];
  const names = toListChanges([...old.keys()], [...now.keys()]);
  return [
    ...names.removed.map((name) => change('output_removed', name, old.get(name) ?? null, null)),
    ...names.added.map((name) => change('output_added', name, null, now.get(name) ?? null)),
    ...[...now].flatMap(([name, sha256]) =>
      old.has(name) ? differs('output_changed', name, old.get(name) ?? null, sha256) : [],
    ),
  ];
}

/** Digests by path; of a file that several attempts have made, the last one counts. */
function toOutputs({ artifacts }: Envelope): Map<string, string> {
  return new Map(artifacts.filter(isOutput).map(({ name, sha256 }) => [name, sha256]));
}

function isOutput({ kind }: Artifact): boolean {
  return kind === 'output' || kind === 'diff';
}

/** Which rule took something out where, and how often. */
export function compareRedactions(before: Envelope, after: Envelope): Change[] {
  const { change, differs } = makeChanges('redactions');
  const [old, now] = [toCounts(before), toCounts(after)];
  const places = toListChanges([...old.keys()], [...now.keys()]);
  return [
    ...places.removed.map((place) => change('redaction_removed', place, old.get(place) ?? null, null)),
    ...places.added.map((place) => change('redaction_added', place, null, now.get(place) ?? null)),
    ...[...now].flatMap(([place, count]) =>
      old.has(place) ? differs('redaction_count', place, old.get(place) ?? null, count) : [],
    ),
  ];
}

function toCounts({ redactions }: Envelope): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule_id: rule, path, artifact_id: artifact, match_count: count } of redactions) {
    const place = `${rule} in ${artifact ?? path}`;
    counts.set(place, (counts.get(place) ?? 0) + count);
  }
  return counts;
}
