import { setTimeout as delay } from 'node:timers/promises';
import { sha256 } from '../../lib/hash.ts';
import { toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import type { GitlabApi } from './api.ts';
import { GitlabError } from './failure.ts';
import { toGitlabJob, toLegKey } from './job.ts';
import { publishNote } from './note.ts';
import { setCommitStatus } from './status.ts';
import type { GitlabTarget } from './target.ts';

/** `auto`: where it can be. `always`: a warning where it can't. */
type ReportMode = 'auto' | 'always' | 'never';
type Surface = 'note' | 'status';

export type GitlabReport = {
  /** Of the job: its name and pipeline, its proxies, its certificate authority. */
  env: Record<string, string>;
  /** An access token's. The job token can write neither notes nor statuses. */
  token: string | undefined;
  modes: Record<Surface, ReportMode>;
  target: GitlabTarget;
  /** The manifest's name, and its path. */
  manifest: string;
  manifestPath: string;
  /** Of this run of the manifest: the envelope's `run_id`. */
  evidenceRunId: string;
  status: 'success' | 'failed' | 'aborted';
  /** In at most 60 characters or so: `1 of 9 failed · 1 not run`. */
  title: string;
  /** What was tested: the head of the merge request, where the pipeline's commit is a merge. */
  commit: string;
  envelope: { sha256: string; isInArtifacts: boolean };
  coveragePercent: number | undefined;
  /** The page in at most so many bytes. @throws RangeError when it can't be so short */
  render: (budgetBytes: number) => string;
  giveUp: AbortSignal;
  /** All of it takes no longer than this. */
  budgetMs?: number;
  ports?: { sleep?: (ms: number, signal: AbortSignal) => Promise<void>; random?: () => number };
};

export type GitlabReported = {
  /** What did not work where it was left to us whether to try: at most one sentence. */
  notices: string[];
  /** What did not work although it was asked for. */
  warnings: string[];
};

type Problem = { surface: Surface; words: string; isUsual: boolean };

const names = { note: 'note on the merge request', status: 'commit status' } as const;
const options = { note: '--comment', status: '--commit-status' } as const;
const needs = { note: 'the role Reporter', status: 'the role Developer' } as const;
const states = { success: 'success', failed: 'failed', aborted: 'canceled' } as const;

/**
 * Sets the commit status and writes the note. Nothing that happens here has a say in the outcome: it never throws, and
 * ends when its time is over.
 */
export async function reportToGitlab(report: GitlabReport): Promise<GitlabReported> {
  const problems: Problem[] = [];
  const { modes, target } = report;
  const token = parseToken(report);
  const budgetMs = report.budgetMs ?? limits.forgeMs;
  const over = AbortSignal.timeout(Math.ceil(budgetMs));

  const attempt = async (surface: Surface, giveUp: AbortSignal, publish: (api: GitlabApi) => Promise<void>) => {
    if (modes[surface] === 'never') return;
    const { mergeRequest } = target;
    if (surface === 'note' && mergeRequest === undefined) {
      problems.push({ surface, words: target.without, isUsual: true });
    } else if ('missing' in token) {
      // A project that has no merge request here need not be told what it could have.
      problems.push({ surface, words: token.missing, isUsual: mergeRequest === undefined });
    } else {
      try {
        await using api = await connect(report, token.value, AbortSignal.any([report.giveUp, giveUp]));
        await publish(api);
      } catch (error) {
        problems.push({ surface, words: toWords(error, surface), isUsual: false });
      }
    }
  };

  // One after the other; a status that hangs leaves most of the time to the note.
  await attempt('status', AbortSignal.any([over, AbortSignal.timeout(Math.ceil(budgetMs * 0.3))]), (api) =>
    writeStatus(api, report),
  );
  await attempt('note', over, (api) => writeNote(api, report, AbortSignal.any([report.giveUp, over])));
  return { notices: toNotices(problems, modes), warnings: toWarnings(problems, modes) };
}

function parseToken({ token, env, target }: GitlabReport): { value: string } | { missing: string } {
  const value = token?.trim() ?? '';
  const neither = 'the job token can write neither notes nor statuses';
  if (value === '' && target.isOfFork)
    return { missing: 'this pipeline runs in a fork, which has no QUODERAT_GITLAB_TOKEN' };
  if (value === '') return { missing: `there is no QUODERAT_GITLAB_TOKEN, and ${neither}` };
  if (value === env['CI_JOB_TOKEN']) return { missing: `QUODERAT_GITLAB_TOKEN is the job token, and ${neither}` };
  if (!/^[\u0021-\u007E]{1,4096}$/.test(value)) return { missing: 'QUODERAT_GITLAB_TOKEN is no token' };
  return { value };
}

async function connect({ env, target, ports }: GitlabReport, token: string, giveUp: AbortSignal): Promise<GitlabApi> {
  // Its client takes longer to load than many a run lasts.
  const { makeGitlabApi } = await import('./api.ts');
  const caFile = env['CI_SERVER_TLS_CA_FILE'];
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'];
  return makeGitlabApi({
    apiUrl: target.apiUrl,
    token,
    proxy: { ...toProxies(env), ...(noProxy !== undefined && { noProxy }) },
    giveUp,
    sleep: ports?.sleep ?? sleep,
    ...(caFile && { caFile }),
  });
}

/** As curl reads them: lower case first, and an address without a scheme is an http proxy's. */
function toProxies(env: Record<string, string>): { httpProxy?: string; httpsProxy?: string } {
  const toProxy = (...from: string[]): string | undefined => {
    const found = from.map((name) => env[name]?.trim()).find((value) => value) ?? '';
    const url = found === '' || found.includes('://') ? found : `http://${found}`;
    return URL.canParse(url) ? url : undefined;
  };
  const httpProxy = toProxy('http_proxy', 'HTTP_PROXY');
  const httpsProxy = toProxy('https_proxy', 'HTTPS_PROXY');
  return { ...(httpProxy !== undefined && { httpProxy }), ...(httpsProxy !== undefined && { httpsProxy }) };
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}

function writeStatus(api: GitlabApi, report: GitlabReport): Promise<void> {
  const { target, env, manifest, status, title, coveragePercent } = report;
  return setCommitStatus(api, {
    ...target,
    name: `quoderat: ${manifest} ${toGitlabJob(env).name}`,
    state: states[status],
    description: title,
    targetUrl: target.jobUrl,
    coveragePercent,
  });
}

async function writeNote(api: GitlabApi, report: GitlabReport, giveUp: AbortSignal): Promise<void> {
  const { target, env, manifest, status, title, commit, envelope, ports } = report;
  const job = toGitlabJob(env);
  if (target.mergeRequest === undefined) return;
  await publishNote(api, {
    mergeRequest: target.mergeRequest,
    owner: { manifest, workflow: job.lineage },
    own: {
      leg: {
        key: toLegKey(job, report.manifestPath),
        evidence: sha256(report.evidenceRunId).slice(0, 8),
        label: job.label,
        job: job.group,
        total: job.total,
        runNumber: job.pipelineNumber,
        attempt: job.jobId,
        runId: job.pipelineId,
        commit,
        status,
        title,
        digest: envelope.sha256,
        artifactId: envelope.isInArtifacts && job.jobId > 0 ? String(job.jobId) : '',
      },
      render: report.render,
    },
    projectUrl: job.projectUrl,
    pause: (ms) => (ports?.sleep ?? sleep)(ms, giveUp).catch(() => {}),
    random: ports?.random ?? Math.random,
  });
}

function toWords(error: unknown, surface: Surface): string {
  if (!(error instanceof GitlabError)) return `it failed: ${toMessage(error)}`;
  if (error.code !== 'not_allowed' && error.code !== 'not_found') return error.message;
  return `${error.message} (the token needs the scope api and ${needs[surface]})`;
}

/** One sentence for all that was tried of our own accord. */
function toNotices(problems: Problem[], modes: GitlabReport['modes']): string[] {
  const told = problems.filter(({ surface, isUsual }) => modes[surface] === 'auto' && !isUsual);
  const parts = [...new Set(told.map(({ words }) => words))].map((words) => {
    const which = told.filter((problem) => problem.words === words).map(({ surface }) => `no ${names[surface]}`);
    return `${which.join(' and ')}: ${words}`;
  });
  return parts.length === 0 ? [] : [toSentence(parts.join('; '))];
}

function toWarnings(problems: Problem[], modes: GitlabReport['modes']): string[] {
  return problems
    .filter(({ surface }) => modes[surface] === 'always')
    .map(({ surface, words }) =>
      toSentence(`no ${names[surface]}, although ${options[surface]} always asks for it: ${words}`),
    );
}

function toSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
