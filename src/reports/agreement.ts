import type { ParsedReport } from '../schema/parsed-report.ts';

/**
 * Where the exit code of a step and its reports tell different things: one sentence for people, to be shown beside both;
 * neither is corrected by the other. undefined: they agree, or one of them says nothing.
 * @param exitCode what the process returned; null when it was ended by a signal or never ran
 * @param reports the step's reports, each under the name that people know it by
 */
export function findDisagreement(
  exitCode: number | null,
  reports: readonly { name: string; report: ParsedReport }[],
): string | undefined {
  if (exitCode === null) return undefined;
  const judging = reports.flatMap(({ name, report }) =>
    report.ok && report.type !== 'coverage' ? [{ name, report }] : [],
  );
  const failing = judging.filter(({ report }) => report.failed > 0);
  if (exitCode === 0) {
    if (failing.length === 0) return undefined;
    const told = failing.map(({ name, report }) => `${name} tells of ${toFailures(report.failed, report.type)}`);
    return `it exited 0, though ${told.join(', and ')}`;
  }
  // A report that can't be read may hold the failure; what can't be known is no disagreement.
  if (judging.length === 0 || failing.length > 0 || reports.some(({ report }) => !report.ok)) return undefined;
  return `it exited ${exitCode}, though ${judging.map(({ name }) => name).join(' and ')} ${judging.length === 1 ? 'tells' : 'tell'} of no failure`;
}

function toFailures(count: number, type: 'tests' | 'findings'): string {
  const word = type === 'tests' ? 'failure' : 'error';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
