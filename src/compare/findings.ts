import type { Change } from '../schema/comparison.ts';
import type { Finding, FindingsValue } from '../schema/observation.ts';
import { makeChanges, toSense } from './change.ts';

const { change, differs } = makeChanges('findings');

/** Findings that are new and that are gone, and their number. A finding that only moved to another line is the same. */
export function compareFindings(
  source: string,
  before: FindingsValue,
  after: FindingsValue,
): { changes: Change[]; notes: string[] } {
  const [wasWhole, isWhole] = [before.results_left_out === 0, after.results_left_out === 0];
  const added = wasWhole ? toSurplus(after.results, before.results) : [];
  const gone = isWhole ? toSurplus(before.results, after.results) : [];
  return {
    changes: [
      ...added.map((found) => change('finding_new', source, null, toText(found), 'worse')),
      ...gone.map((found) => change('finding_gone', source, toText(found), null, 'better')),
      ...differs('findings_total', source, before.total, after.total, toSense(before.total, after.total, 'worse')),
    ],
    notes: wasWhole && isWhole ? [] : [`${source}: the evidence names a part of the findings only`],
  };
}

/** What there is more of in the first list: the same finding may stand in a file several times. */
function toSurplus(these: readonly Finding[], those: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  for (const found of those) counts.set(toKey(found), (counts.get(toKey(found)) ?? 0) + 1);
  return these.filter((found) => {
    const left = counts.get(toKey(found)) ?? 0;
    counts.set(toKey(found), left - 1);
    return left <= 0;
  });
}

function toKey({ fingerprint, rule_id: rule, uri, message }: Finding): string {
  return JSON.stringify(fingerprint === undefined ? [rule, uri, message] : [rule, fingerprint]);
}

function toText({ rule_id: rule, level, message, uri, start_line: line }: Finding): string {
  const where = uri === undefined ? '' : ` ${uri}${line === undefined ? '' : `:${line}`}`;
  return `${level} ${rule}${where}: ${message.split('\n')[0] ?? ''}`;
}
