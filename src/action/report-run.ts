import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as core from '@actions/core';
import { readWorker } from '../build-info.ts';
import { collect, type CollectOutcome } from '../collect-run.ts';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { makeOtherRunArtifacts } from '../publish/github/artifacts-list.ts';
import { makeZipLocator } from '../publish/github/locate-zip.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { type TargetFacts, toTargetFacts } from '../publish/github/target.ts';
import { findPullRequests, readNewestAttempt, type UpstreamRun } from '../publish/github/upstream-run.ts';
import { toInertLine } from '../render/inert.ts';
import { makeSigner } from '../seal/keys.ts';
import { watchCancellation } from './cancellation.ts';
import { logLegs, toLegAnnotations } from './collection-log.ts';
import { addRunnerFacts, copyEnvironment, scrubEnvironment } from './environment.ts';
import { type ActionInputs, InputError, readMaskedInputs } from './inputs.ts';
import { publish as publishPages } from './publish.ts';
import { openApi } from './github-api.ts';
import { reportOnly } from './report-only.ts';
import { readUpstreamRun } from './report-source.ts';
import { findFaults, makeReportPages } from './report-pages.ts';
import { readRunArtifacts } from './run-artifacts.ts';
import { readState } from './state.ts';
import { toStem } from './stem.ts';
import { toArtifactUrl } from './upload-evidence.ts';

/**
 * `mode: report`, in a workflow that `workflow_run` triggers: reads what another workflow run has sealed as hostile
 * input, holds it against what GitHub itself says of that run, and publishes it with a token that may write, which the
 * run of a fork has not. Nothing of it is executed, written under a name of its own, or shown when it does not hold.
 * @returns 0 when all envelopes hold and none is missing, whatever their steps did
 * @throws a coded error for wrong inputs, or another event
 */
export async function performReport(host: NodeJS.Process): Promise<number> {
  const cancellation = watchCancellation(host, Date.now);
  const env = copyEnvironment(host.env);
  const inputs = readMaskedInputs(env);
  scrubEnvironment(host.env);
  const signer = inputs.signingKey === undefined ? undefined : makeSigner(inputs.signingKey);
  const run = await readUpstreamRun(env);
  if (inputs.githubToken === '')
    throw new InputError('bad_input', '`mode: report` needs `github-token`, with `actions: read`');

  // Once cancelled nothing more is downloaded: there is little time, and it is for sealing.
  const giveUp = AbortSignal.any([cancellation.signal, AbortSignal.timeout(limits.uploadMaxMs)]);
  const api = await openApi(env, { token: inputs.githubToken, giveUp, budgetMs: limits.githubReportMs });
  try {
    const newest = await readNewestAttempt(api, run).catch(() => run.attempt);
    if (newest > run.attempt) {
      core.notice(
        `Attempt ${run.attempt} of run ${run.id} is superseded by attempt ${newest}, which is reported by itself.`,
      );
      return 0;
    }
    // Before the downloads: what they leave of this client's time may be none.
    const pull = await findPull(api, run);
    const outcome = await collect({
      candidates: readRunArtifacts({
        source: () => makeOtherRunArtifacts(api, run, makeZipLocator({ ...toApiAccess(env, inputs), giveUp })),
        giveUp,
        toUrl: (id) => toArtifactUrl(id, env, run.id).url,
      }),
      expected: inputs.expected === undefined ? null : { count: inputs.expected },
      run: {
        repo: run.repository,
        commit: run.headSha,
        ...(run.event === 'pull_request' && { head: run.headSha }),
        run: run.id,
        attempt: run.attempt,
      },
      name: inputs.name ?? 'report',
      workspace: inputs.workspace,
      outDir: inputs.outDir,
      fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString('hex')}`),
      env: addRunnerFacts(env, inputs),
      worker: await readWorker(),
      now: Date.now,
      ...(signer && { signer }),
    });
    if (outcome.kind === 'refused') {
      core.error(outcome.message, { title: 'Quoderat reported nothing' });
      setOutputs({ status: 'refused' }, env);
      return 2;
    }
    const faults = findFaults(outcome.gathered, run);
    const isWhole = faults.length === 0 && outcome.gathered.legs.every(({ state }) => state === 'in');
    return await reportOnly(host, isWhole && outcome.evidence !== null ? 0 : 1, () =>
      publish(outcome, { run, faults, pull, inputs, env, cancellation }),
    );
  } finally {
    await api.close();
  }
}

type PullFacts = Pick<TargetFacts, 'pullRequest' | 'noPullRequest'>;

/** The one open pull request that has this head, or why there is none to write to: for the comment to tell, if one is wanted. */
async function findPull(api: Parameters<typeof findPullRequests>[0], run: UpstreamRun): Promise<PullFacts> {
  const none = (missing: string, isUsual: boolean): PullFacts => ({
    pullRequest: undefined,
    noPullRequest: { missing, isUsual },
  });
  try {
    const [first, ...others] = await findPullRequests(api, run);
    if (first === undefined) return none('no open pull request has this head', true);
    if (others.length === 0) return { pullRequest: first };
    return none(`${others.length + 1} open pull requests have this head, and the comment belongs to one`, false);
  } catch (error) {
    return none(`the pull request could not be looked for: ${toMessage(error)}`, false);
  }
}

type Scope = {
  run: UpstreamRun;
  faults: ReturnType<typeof findFaults>;
  pull: PullFacts;
  inputs: ActionInputs;
  env: Record<string, string>;
  cancellation: ReturnType<typeof watchCancellation>;
};

async function publish(outcome: Extract<CollectOutcome, { kind: 'finished' }>, scope: Scope): Promise<void> {
  const { run, faults, pull, inputs, env, cancellation } = scope;
  const { gathered, evidence } = outcome;
  logLegs(gathered);
  for (const problem of outcome.problems) core.warning(problem);
  for (const { file, reason } of faults)
    core.error(`${toInertLine(file, 200)}: ${reason}`, { title: 'Do not rely on this' });

  const target = toTargetFacts(env, evidence?.envelope.subject ?? nothingKnown);
  const pages = makeReportPages({ outcome, run, faults, name: inputs.name, isSigned: inputs.signingKey !== undefined });
  await publishPages({
    evidence,
    status: faults.length > 0 ? 'failed' : outcome.status,
    title: pages.title,
    toCheckTitle: () => pages.checkTitle,
    facts: {
      ...target,
      // Whatever the files say: these are GitHub's own words.
      sha: run.headSha,
      ...pull,
      isFork: false,
      isOfBase: false,
      runId: run.id,
      runNumber: run.number,
      // Two workflows count their runs apart: in one comment the one would supersede the other.
      workflow: run.workflow ?? target.workflow,
      attempt: run.attempt,
    },
    annotations: faults.length > 0 ? [] : toLegAnnotations(gathered),
    render: pages.render,
    jobTotal: 1,
    inputs,
    env,
    cancellation,
    state: readState({}),
    stem: toStem(inputs.name ?? pages.title, inputs, env),
  });
}

const nothingKnown = {
  kind: 'workspace',
  id: null,
  source: 'github',
  repo: { url: null, name: null, provider: null },
  git: null,
  meta: {},
} as const;

function toApiAccess(env: Record<string, string>, { githubToken }: ActionInputs): { apiUrl: string; token: string } {
  return { apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com', token: githubToken };
}
