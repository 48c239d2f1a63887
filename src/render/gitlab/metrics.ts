import type { Envelope } from '../../schema/envelope.ts';
import { coverageValue, findingsValue, testsValue } from '../../schema/observation.ts';

/**
 * GitLab's metrics report, which its widget compares with the target branch: OpenMetrics text with `# EOF` left out, as
 * GitLab reads `name value` lines (docs.gitlab.com, "Metrics reports").
 */
export function renderMetrics({ execution, observations }: Envelope): string {
  const { steps } = execution;
  const sums = new Map<string, number>([
    ['quoderat_steps_total', steps.length],
    ['quoderat_steps_passed', steps.filter(({ status }) => status === 'success').length],
    ['quoderat_steps_not_run', steps.filter(({ status }) => status === 'skipped').length],
    ['quoderat_duration_seconds', execution.duration_ms / 1000],
  ]);
  const add = (name: string, value: number): void => void sums.set(name, (sums.get(name) ?? 0) + value);
  for (const { type, value } of observations) {
    const tests = type === 'tests' ? testsValue.safeParse(value).data : undefined;
    if (tests) {
      add('quoderat_tests_total', tests.tests);
      add('quoderat_tests_failed', tests.failed);
      add('quoderat_tests_skipped', tests.skipped);
      add('quoderat_tests_flaky', tests.flaky);
    }
    const findings = type === 'findings' ? findingsValue.safeParse(value).data : undefined;
    if (findings) {
      add('quoderat_findings_error', findings.by_level.error);
      add('quoderat_findings_warning', findings.by_level.warning);
    }
  }
  const percent = toCoveragePercent(observations);
  if (percent !== undefined) sums.set('quoderat_coverage_percent', percent);
  return Array.from(sums, ([name, value]) => `${name} ${value}\n`).join('');
}

/** Covered lines of all reports, rounded down, as everywhere: 100 means all. Statements where a tool counts no lines. */
export function toCoveragePercent(observations: Envelope['observations']): number | undefined {
  const lines = { covered: 0, total: 0 };
  for (const { type, value } of observations) {
    const coverage = type === 'coverage' ? coverageValue.safeParse(value).data : undefined;
    const metric = coverage?.lines ?? coverage?.statements;
    if (metric) {
      lines.covered += metric.covered;
      lines.total += metric.total;
    }
  }
  return lines.total === 0 ? undefined : Math.floor((lines.covered * 10_000) / lines.total) / 100;
}
