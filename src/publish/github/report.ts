import { setTimeout as delay } from 'node:timers/promises';
import { sha256 } from '../../lib/hash.ts';
import { limits } from '../../lib/limits.ts';
import { toAnnotationText } from '../../render/annotation-text.ts';
import type { Annotation } from './annotation.ts';
import { writeRunnerAnnotations } from './annotations.ts';
import { type GithubApi, makeGithubApi, type Ports } from './api.ts';
import { type PublishedCheck, publishCheck } from './check.ts';
import { publishComment } from './comment.ts';
import { PublishError, toPublishError } from './failure.ts';
import { type Place, type TargetFacts, toLegKey, toLegLabel, toRunUrl, toTarget } from './target.ts';

export type ReportMode = 'auto' | 'always' | 'never';
type Surface = 'check' | 'comment';

export type GithubReport = {
  /** Of the runner, for its proxies. */
  env: Record<string, string>;
  token: string | undefined;
  modes: Record<Surface, ReportMode>;
  facts: TargetFacts;
  /** The manifest's name. */
  manifest: string;
  /** Of this run of the manifest: the envelope's `run_id`. */
  evidenceRunId: string;
  status: 'success' | 'failed' | 'aborted';
  /** In at most 60 characters or so: `1 of 9 failed · 1 not run`. */
  title: string;
  /** The same for a row of the comment's table, which has columns of its own for digest and attempt. */
  legTitle?: string;
  startedAt?: string;
  completedAt?: string;
  /** Legs of this job's matrix (`strategy.job-total`); 1 outside of one. */
  jobTotal: number;
  envelope?: { sha256: string; artifactId?: string };
  /** The page for a surface in at most so many bytes. @throws RangeError when it can't be so short */
  render: (surface: Surface, budgetBytes: number) => string;
  annotations: Annotation[];
  /** What goes to the runner's log where there is no check run; the log has told of the failed steps itself. */
  runnerAnnotations?: Annotation[];
  /** Another process of this job may have been cut off while it reported the same run: its check run is kept. */
  mayExist?: boolean;
  giveUp: AbortSignal;
  /** All of it takes no longer than this. */
  budgetMs?: number;
  ports?: Partial<Ports> & { annotate?: (annotations: Annotation[]) => number };
};

export type GithubReported = {
  /** What did not work where it was left to us whether to try: at most one sentence. */
  notices: string[];
  /** What did not work although it was asked for. */
  warnings: string[];
  checkUrl?: string;
  commentUrl?: string;
  /** Where the annotations are. */
  annotated: 'check' | 'runner' | 'none';
};

type Problem = { surface: Surface; words: string; isUsual: boolean };

const names = { check: 'check run', comment: 'comment' } as const;
const needs = { check: '`checks: write`', comment: '`pull-requests: write`' } as const;
/** Of a check run's name and title, both plain text to GitHub; a name comes from the manifest, a stranger's in `mode: report`. */
const textLength = 200;
const conclusions = { success: 'success', failed: 'failure', aborted: 'cancelled' } as const;

/**
 * Writes the check run and the comment, and annotations through the runner's log where there is no check run. Nothing
 * that happens here has a say in the outcome: it never throws, and ends when its time is over.
 */
export async function reportToGithub(report: GithubReport): Promise<GithubReported> {
  const ports = toPorts(report);
  const problems: Problem[] = [];
  const end = ports.now() + (report.budgetMs ?? limits.githubReportMs);
  const { modes, facts, token } = report;
  const target = toTarget(facts, { check: modes.check === 'always', comment: modes.comment === 'always' });

  const attempt = async <T, R>(
    surface: Surface,
    place: Place<T>,
    share: number,
    publish: (api: GithubApi, at: T) => Promise<R>,
  ): Promise<R | undefined> => {
    if (modes[surface] === 'never') return undefined;
    if (!('at' in place)) problems.push({ surface, words: place.missing, isUsual: place.isUsual });
    // The runner always has one: a workflow that passes none means it so.
    else if (!token) problems.push({ surface, words: 'there is no GitHub token', isUsual: true });
    else {
      try {
        const budgetMs = Math.max(0, end - ports.now()) * share;
        return await converse(report, ports, token, budgetMs, (api) => publish(api, place.at));
      } catch (error) {
        problems.push({ surface, words: toWords(error, surface, facts), isUsual: false });
      }
    }
    return undefined;
  };

  // One after the other, as GitHub asks of its clients; a check run that hangs leaves half of the time to the comment.
  const { repository } = target;
  const check = await attempt('check', target.check, 0.5, (api, sha) => writeCheck(api, repository, sha, report));
  const comment = await attempt('comment', target.comment, 1, (api, pullRequest) =>
    writeComment(api, repository, pullRequest, report),
  );
  const written = check === undefined ? toAnnotated(ports.annotate, report.runnerAnnotations ?? report.annotations) : 0;
  return {
    notices: toNotices(problems, modes, check),
    warnings: toWarnings(problems, modes),
    ...(check?.url !== undefined && { checkUrl: check.url }),
    ...(comment?.url !== undefined && { commentUrl: comment.url }),
    annotated: check === undefined ? (written > 0 ? 'runner' : 'none') : check.annotated > 0 ? 'check' : 'none',
  };
}

function toPorts({ ports = {} }: GithubReport): Ports & { annotate: (annotations: Annotation[]) => number } {
  return {
    now: ports.now ?? Date.now,
    random: ports.random ?? Math.random,
    sleep: ports.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }).catch(() => {})),
    annotate: ports.annotate ?? writeRunnerAnnotations,
  };
}

/** @param budgetMs the conversation takes no longer */
async function converse<R>(
  { env, facts, giveUp }: GithubReport,
  ports: Ports,
  token: string,
  budgetMs: number,
  publish: (api: GithubApi) => Promise<R>,
): Promise<R> {
  const { apiUrl, graphqlUrl } = facts;
  const over = AbortSignal.any([giveUp, AbortSignal.timeout(Math.ceil(budgetMs))]);
  const deadline = ports.now() + budgetMs;
  const api = await makeGithubApi({ ...ports, apiUrl, graphqlUrl, token, env, giveUp: over, deadline });
  try {
    return await publish(api);
  } finally {
    await api.close().catch(() => {});
  }
}

function writeCheck(
  api: GithubApi,
  repository: string,
  headSha: string,
  report: GithubReport,
): Promise<PublishedCheck> {
  const label = toLegLabel(report.facts);
  return publishCheck(api, {
    repository,
    name: toAnnotationText(`Quoderat: ${report.manifest}${label === '' ? '' : ` (${label})`}`, textLength, 1),
    headSha,
    externalId: report.evidenceRunId,
    detailsUrl: toRunUrl(report.facts),
    conclusion: conclusions[report.status],
    title: toAnnotationText(report.title, textLength, 1),
    startedAt: report.startedAt,
    completedAt: report.completedAt,
    render: (budgetBytes) => report.render('check', budgetBytes),
    annotations: report.annotations,
    mayExist: report.mayExist ?? false,
  });
}

function writeComment(
  api: GithubApi,
  repository: string,
  pullRequest: number,
  report: GithubReport,
): Promise<{ url: string | undefined }> {
  const { facts, envelope } = report;
  const run = `${facts.serverUrl}/${repository}/actions/runs`;
  return publishComment(api, {
    repository,
    pullRequest,
    owner: { manifest: report.manifest, workflow: facts.workflow },
    own: {
      leg: {
        key: toLegKey(facts),
        evidence: sha256(report.evidenceRunId).slice(0, 8),
        label: toLegLabel(facts),
        job: facts.job,
        total: report.jobTotal,
        runNumber: facts.runNumber,
        attempt: facts.attempt,
        runId: facts.runId,
        commit: facts.sha ?? '',
        status: report.status,
        title: report.legTitle ?? report.title,
        digest: envelope?.sha256 ?? '',
        artifactId: envelope?.artifactId ?? '',
      },
      render: (budgetBytes) => report.render('comment', budgetBytes),
    },
    links: {
      runUrl: ({ runId, attempt }) => (runId === '' ? undefined : `${run}/${runId}/attempts/${attempt}`),
      artifactUrl: ({ runId, artifactId }) =>
        artifactId === '' ? undefined : `${run}/${runId}/artifacts/${artifactId}`,
    },
  });
}

function toWords(error: unknown, surface: Surface, { actor }: TargetFacts): string {
  const { code, message } = toPublishError(error);
  if (!(error instanceof PublishError) || code !== 'read_only' || !/not accessible/i.test(message)) return message;
  const whose = actor === 'dependabot[bot]' ? 'the token of a run that Dependabot started' : 'the token';
  return `${whose} may not (the job needs ${needs[surface]})`;
}

function toAnnotated(annotate: (annotations: Annotation[]) => number, annotations: Annotation[]): number {
  try {
    return annotate(annotations);
  } catch {
    return 0;
  }
}

/** One sentence for all that was tried of our own accord. */
function toNotices(problems: Problem[], modes: GithubReport['modes'], check: PublishedCheck | undefined): string[] {
  const told = problems.filter(({ surface, isUsual }) => modes[surface] === 'auto' && !isUsual);
  const all = new Set(told.map(({ words }) => words));
  const parts = [...all].map((words) => {
    const which = told.filter((problem) => problem.words === words).map(({ surface }) => `no ${names[surface]}`);
    return `${which.join(' and ')}: ${words}`;
  });
  const sentences = [
    ...(parts.length > 0 ? [`${toSentence(parts.join('; '))} The job summary and the envelope have it all.`] : []),
    ...(check !== undefined && check.left > 0
      ? [`${check.left} annotations are not on the check run; the envelope has all findings.`]
      : []),
  ];
  return sentences.length > 0 ? [sentences.join(' ')] : [];
}

function toWarnings(problems: Problem[], modes: GithubReport['modes']): string[] {
  return problems
    .filter(({ surface }) => modes[surface] === 'always')
    .map(({ surface, words }) =>
      toSentence(`no ${names[surface]}, although \`${surface}: always\` asks for it: ${words}`),
    );
}

function toSentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}
