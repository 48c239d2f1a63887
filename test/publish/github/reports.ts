import { setTimeout as delay } from 'node:timers/promises';
import type { GithubReport } from '../../../src/publish/github/report.ts';
import type { TargetFacts } from '../../../src/publish/github/target.ts';
import type { Forge } from '../../support/forge/forge.ts';

export const headSha = 'a1b2c3d4'.repeat(5);

export type ReportChange = Partial<Omit<GithubReport, 'facts'>> & { facts?: Partial<TargetFacts> };

/** A report of a passed run on pull request 1, to a forge. */
export function makeReport(forge: Forge, change: ReportChange = {}): GithubReport {
  const { facts, ...rest } = change;
  return {
    env: {},
    token: forge.token,
    modes: { check: 'auto', comment: 'auto' },
    facts: { ...makeFacts(forge.url, forge.graphqlUrl), ...facts },
    manifest: 'release',
    evidenceRunId: '0192f0c1-0000-7000-8000-000000000001',
    status: 'success',
    title: '9 of 9 steps passed',
    jobTotal: 1,
    render: (surface, budgetBytes) => `### Passed, for the ${surface}\n\nbudget ${budgetBytes}`,
    annotations: [],
    giveUp: new AbortController().signal,
    ports: fastPorts(forge),
    ...rest,
  };
}

export function makeFacts(apiUrl = 'https://api.github.com', graphqlUrl = ''): TargetFacts {
  return {
    apiUrl,
    graphqlUrl,
    serverUrl: 'https://github.com',
    repository: 'acme/widgets',
    event: 'pull_request',
    actor: 'mona',
    sha: headSha,
    pullRequest: 1,
    isFork: false,
    isOfBase: false,
    runId: '9001',
    runNumber: 42,
    attempt: 1,
    workflow: '.github/workflows/ci.yml',
    job: 'test',
    action: '__quoderat_action',
    matrix: {},
  };
}

/**
 * Pauses a fortieth as long, and no shorter than what they are there for: that whoever was writing is done. Annotations
 * go nowhere.
 */
export function fastPorts(forge: Forge): NonNullable<GithubReport['ports']> {
  return {
    sleep: async (ms, signal) => {
      await delay(ms / 40, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await forge.untilQuiet();
    },
    annotate: (annotations) => annotations.length,
  };
}

/** Numbers from 0 to 1 that are the same for each seed (mulberry32). */
export function makeDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
