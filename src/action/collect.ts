import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as core from '@actions/core';
import { readWorker } from '../build-info.ts';
import { collect, type CollectOutcome } from '../collect-run.ts';
import { isCollectionOfBase, toCollectionPage } from '../collection-page.ts';
import { limits } from '../lib/limits.ts';
import { makeRunArtifacts } from '../publish/github/artifacts-list.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { toRunUrl, toTargetFacts } from '../publish/github/target.ts';
import { renderCollection, toCollectionSentence } from '../render/collection.ts';
import { makeSigner } from '../seal/keys.ts';
import { type Cancellation, watchCancellation } from './cancellation.ts';
import { logLegs, toLegAnnotations } from './collection-log.ts';
import { addRunnerFacts, copyEnvironment, scrubEnvironment } from './environment.ts';
import { type ActionInputs, readMaskedInputs } from './inputs.ts';
import { publish } from './publish.ts';
import { reportOnly } from './report-only.ts';
import { readRunArtifacts } from './run-artifacts.ts';
import { readState } from './state.ts';
import { toStem } from './stem.ts';
import { toArtifactUrl } from './upload-evidence.ts';

/** What a collection is called that nobody named. */
const NAME = 'collection';

/**
 * `mode: collect`, in the last job of a workflow: gathers the envelopes of this run, seals a collection of them and
 * publishes one page. Works without a token, in pull requests from forks too.
 * @returns 0 only when every expected leg is in, intact and a success
 * @throws a coded error for wrong inputs
 */
export async function performCollect(host: NodeJS.Process): Promise<number> {
  const cancellation = watchCancellation(host, Date.now);
  const env = copyEnvironment(host.env);
  const inputs = readMaskedInputs(env);
  scrubEnvironment(host.env);
  const signer = inputs.signingKey === undefined ? undefined : makeSigner(inputs.signingKey);
  const title = inputs.name ?? NAME;

  // Once cancelled nothing more is downloaded: there is little time, and it is for sealing.
  const giveUp = AbortSignal.any([cancellation.signal, AbortSignal.timeout(limits.uploadMaxMs)]);
  const outcome = await collect({
    candidates: readRunArtifacts({
      source: () => makeRunArtifacts(env, giveUp),
      giveUp,
      toUrl: (id) => toArtifactUrl(id, env).url,
    }),
    expected: inputs.expected === undefined ? null : { count: inputs.expected },
    name: title,
    workspace: inputs.workspace,
    outDir: inputs.outDir,
    fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString('hex')}`),
    env: addRunnerFacts(env, inputs),
    worker: await readWorker(),
    now: Date.now,
    ...(signer && { signer }),
  });
  if (outcome.kind === 'refused') {
    core.error(outcome.message, { title: 'Quoderat collected nothing' });
    setOutputs({ status: 'refused' }, env);
    return 2;
  }
  const exitCode = outcome.status === 'success' && outcome.evidence !== null ? 0 : 1;
  return reportOnly(host, exitCode, () => report(outcome, { inputs, env, cancellation, title }));
}

type Scope = {
  inputs: ActionInputs;
  env: Record<string, string>;
  cancellation: Cancellation;
  title: string;
};

async function report(
  { gathered, evidence, status, problems }: Extract<CollectOutcome, { kind: 'finished' }>,
  { inputs, env, cancellation, title }: Scope,
): Promise<void> {
  logLegs(gathered);
  for (const problem of problems) core.warning(problem);
  const page = toCollectionPage({ gathered, title, evidence });
  core.info(toCollectionSentence(page));
  if (evidence === null) {
    core.error('No evidence of the collection could be written.', { title: 'Quoderat' });
    setOutputs({ status }, env);
    return;
  }
  const facts = toTargetFacts(env, evidence.envelope.subject);
  const runUrl = toRunUrl(facts);
  await publish({
    evidence,
    status,
    title,
    toCheckTitle: () => toCollectionSentence(page),
    facts: { ...facts, isOfBase: isCollectionOfBase({ gathered, evidence }) },
    annotations: toLegAnnotations(gathered),
    render: (surface, budgetBytes, { file, signing }) =>
      renderCollection({
        ...toCollectionPage({
          gathered,
          title,
          evidence,
          signing,
          ...(file && { file }),
          ...(runUrl !== undefined && { runUrl }),
        }),
        isComment: surface === 'comment',
        budgetBytes,
      }),
    // It speaks for all legs.
    jobTotal: 1,
    inputs,
    env,
    cancellation,
    // The post step has nothing to make good here: it knows of no folder.
    state: readState({}),
    stem: toStem(title, inputs, env),
  });
}
