import * as core from '@actions/core';
import type { Gathered, LegOutcome } from '../collect/gather.ts';
import { limits } from '../lib/limits.ts';
import { toInertOutput } from '../log/inert-output.ts';
import type { GithubReport } from '../publish/github/report.ts';
import { toAnnotations } from '../render/annotations.ts';
import { toInertLine } from '../render/inert.ts';

/** The legs in the job log, one a line. Labels and reasons hold a stranger's text, and the runner reads every line. */
export function logLegs({ legs, superseded }: Gathered): void {
  for (const leg of legs) say(`${leg.label}: ${toWords(leg)}`);
  for (const { leg, recency } of superseded)
    say(`${leg.label}: attempt ${recency.attempt ?? '?'} is superseded by a later one`);
}

/** What failed in the legs, at its places in the repository. Only of envelopes that hold. */
export function toLegAnnotations({ legs }: Gathered): GithubReport['annotations'] {
  return legs.flatMap((leg) => {
    if (leg.state !== 'in') return [];
    return toAnnotations(leg.member.envelope, { most: limits.checkAnnotations }).annotations.map((found) => ({
      path: found.path,
      start_line: found.start_line,
      end_line: found.end_line,
      level: found.level,
      title: toInertLine(`${leg.label}: ${found.title}`, 200),
      message: found.message,
    }));
  });
}

function say(text: string): void {
  core.info(toInertOutput(`  ${toInertLine(text)}`, false));
}

function toWords(leg: LegOutcome): string {
  if (leg.state !== 'in') return `${leg.state}, ${leg.reason}`;
  const { status, steps } = leg.member.facts;
  return `${status}, ${steps.passed} of ${steps.total} steps passed${leg.isOlderAttempt ? ', not run again' : ''}`;
}
