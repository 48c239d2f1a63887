import type { Envelope } from '../../schema/envelope.ts';
import { type Finding, findingsValue } from '../../schema/observation.ts';
import { sha256 } from '../../lib/hash.ts';
import { toInertLine } from '../inert.ts';
import { type PathRoots, toAnnotationPath } from '../annotation-path.ts';

/** One entry of GitLab's Code Quality report (docs.gitlab.com, "Code Quality report format"). */
type Degradation = {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number } };
};

const severities = { error: 'major', warning: 'minor', note: 'info', none: 'info' } as const;

/**
 * The findings of all steps as a Code Quality report, the same finding of two reports once. GitLab keeps apart and
 * compares between pipelines by fingerprint: the tool's own where it gave one, else rule, path and message, so that a
 * moved line is no new finding. A finding without a place in the repository can't be shown there and is left out.
 */
export function renderCodeQuality({ observations }: Envelope, roots: PathRoots): string {
  const entries = new Map<string, Degradation>();
  for (const { value } of observations.filter(({ type }) => type === 'findings')) {
    const parsed = findingsValue.safeParse(value);
    for (const finding of parsed.success ? parsed.data.results : []) {
      const entry = toDegradation(finding, roots);
      if (entry !== null) entries.set(toFreeFingerprint(entry, entries), entry);
    }
  }
  return `${JSON.stringify(
    Array.from(entries, ([fingerprint, entry]) => ({ ...entry, fingerprint })),
    null,
    1,
  )}\n`;
}

function toDegradation(finding: Finding, roots: PathRoots): Degradation | null {
  const path = finding.uri === undefined ? undefined : toAnnotationPath(finding.uri, '.', roots);
  if (path === undefined) return null;
  const rule = toInertLine(finding.rule_id, 200);
  const identity = JSON.stringify([rule, path, finding.fingerprint ?? finding.message]);
  return {
    description: toInertLine(finding.message) || rule,
    check_name: rule,
    fingerprint: sha256(Buffer.from(identity)).slice(0, 40),
    severity: severities[finding.level],
    location: { path, lines: { begin: finding.start_line ?? 1 } },
  };
}

/** The entry's own fingerprint; one that another place has already gets a number, as two equal findings in a file need. */
function toFreeFingerprint(entry: Degradation, taken: ReadonlyMap<string, Degradation>): string {
  const { begin } = entry.location.lines;
  for (let count = 1; ; count += 1) {
    const fingerprint =
      count === 1 ? entry.fingerprint : sha256(Buffer.from(`${entry.fingerprint}/${count}`)).slice(0, 40);
    const known = taken.get(fingerprint);
    if (known === undefined || known.location.lines.begin === begin) return fingerprint;
  }
}
