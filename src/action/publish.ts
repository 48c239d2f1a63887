import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Evidence } from '../outcome.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { type GithubReport, reportToGithub } from '../publish/github/report.ts';
import { appendJobSummary } from '../publish/github/summary.ts';
import type { TargetFacts } from '../publish/github/target.ts';
import type { Signing } from '../render/summary-seal.ts';
import type { RunStatus } from '../schema/record.ts';
import { toShownSigning } from '../shown-signing.ts';
import { readSigned, type Signing as Signed } from '../sign-evidence.ts';
import { attestEvidence } from './attest.ts';
import type { Cancellation } from './cancellation.ts';
import type { ActionInputs } from './inputs.ts';
import { type RunState, saveState } from './state.ts';
import { toArtifactUrl, uploadEvidence, type Uploads } from './upload-evidence.ts';

type Env = Record<string, string>;
export type Surface = 'job_summary' | 'check' | 'comment';

/** What a page tells that is known only once the evidence is on its way. */
export type PageFacts = {
  /** Where the envelope can be found; undefined: it was not uploaded. */
  file: { name: string; url?: string } | undefined;
  signing: Signing | undefined;
};

/** What is to be said about evidence, where, and of what run. */
export type Publication = {
  /** null: nothing was sealed, and the page says why. */
  evidence: Evidence | null;
  status: RunStatus;
  /** What comment and check are called after. */
  title: string;
  toCheckTitle: (facts: PageFacts) => string;
  facts: TargetFacts;
  annotations: GithubReport['annotations'];
  runnerAnnotations?: GithubReport['annotations'];
  /** @throws RangeError when it can't be so short */
  render: (surface: Surface, budgetBytes: number, facts: PageFacts) => string;
  /** Legs that share the comment. */
  jobTotal: number;
  inputs: ActionInputs;
  env: Env;
  cancellation: Cancellation;
  /** What the main step has settled already, in the post step. */
  state: RunState;
  /** Of the post step: the main step may have come as far as to make a check run. */
  isPost?: boolean;
  /** The first part of the artifacts' names. */
  stem: string;
};

/**
 * Outputs, signature, uploads, job summary, check and comment. Nothing here can fail the step: what does not work is told
 * as a warning. What a cancellation leaves no time for stays open for the post step.
 */
export async function publish(publication: Publication): Promise<void> {
  const { env, evidence, state, status } = publication;
  try {
    warnIf(setOutputs(evidence === null ? { status } : toOutputs(evidence), env));
    const signed = evidence === null ? undefined : await sign(evidence, publication);
    // One that was there before has gone up already, unless the envelope, which goes first, has not.
    const goesUp = signed?.state === 'signed' && (signed.isNew || state.envelope === 'open');
    const signaturePath = goesUp ? signed.bundlePath : undefined;
    const uploads = evidence === null ? {} : await uploadEvidence({ ...publication, evidence, signaturePath });
    const file = uploads.envelope && { name: uploads.envelope.name, ...toArtifactUrl(uploads.envelope.id, env) };
    if (uploads.envelope || uploads.bundle) warnIf(setOutputs(toUploadOutputs(uploads, env), env));
    const facts = { file, signing: toShownSigning(signed, uploads.signature?.name) };
    if (state.summary === 'open') {
      await orWarn(async () => appendJobSummary(publication.render('job_summary', limits.jobSummaryBytes, facts)));
      saveState({ summary: 'settled' }, env);
    }
    if (state.report === 'open') await report(publication, uploads, facts);
  } catch (error) {
    core.warning(toMessage(error));
    saveState({ summary: 'settled', report: 'settled' }, env);
  }
}

/** Before the uploads: the signature goes with them. */
async function sign(evidence: Evidence, publication: Publication): Promise<Signed | undefined> {
  const { env, inputs, cancellation, state } = publication;
  // The seconds that a cancellation leaves belong to the envelope.
  if (cancellation.signal.aborted) return undefined;
  using limit = cancellation.limit(limits.signMs + limits.attestationStoreMs);
  const { fulcioUrl, rekorUrl, tsaUrl } = inputs.sigstore;
  const overrides = { ...(fulcioUrl && { fulcioUrl }), ...(rekorUrl && { rekorUrl }), ...(tsaUrl && { tsaUrl }) };
  // The main step has signed, or has not, and was killed before it could say so.
  if (state.attest === 'settled') return (await readSigned({ ...evidence, overrides })) ?? undefined;
  const signed = await attestEvidence({
    evidence,
    mode: inputs.attest,
    env,
    overrides,
    token: inputs.githubToken || undefined,
    giveUp: limit.signal,
  }).catch((error: unknown) => {
    core.warning(`The evidence is not signed: ${toMessage(error)}`);
    return undefined;
  });
  if (!cancellation.signal.aborted) saveState({ attest: 'settled' }, env);
  return signed;
}

async function report(publication: Publication, uploads: Uploads, facts: PageFacts): Promise<void> {
  const { evidence, inputs, env, cancellation } = publication;
  if (cancellation.signal.aborted) return;
  using limit = cancellation.limit(limits.githubReportMs);
  const reported = await reportToGithub({
    env,
    token: inputs.githubToken || undefined,
    modes: { check: inputs.check, comment: inputs.comment },
    facts: publication.facts,
    manifest: publication.title,
    evidenceRunId: evidence?.envelope.run_id ?? `${publication.facts.runId}-${publication.facts.attempt}`,
    status: publication.status,
    title: publication.toCheckTitle(facts),
    ...(evidence && {
      startedAt: evidence.envelope.execution.started_at,
      completedAt: evidence.envelope.execution.finished_at,
      envelope: {
        sha256: evidence.envelopeSha256,
        ...(uploads.envelope && { artifactId: String(uploads.envelope.id) }),
      },
    }),
    jobTotal: publication.jobTotal,
    render: (surface, budgetBytes) => publication.render(surface, budgetBytes, facts),
    annotations: publication.annotations,
    ...(publication.runnerAnnotations && { runnerAnnotations: publication.runnerAnnotations }),
    mayExist: publication.isPost ?? false,
    giveUp: limit.signal,
  });
  for (const notice of reported.notices) core.notice(notice);
  for (const warning of reported.warnings) core.warning(warning);
  if (!cancellation.signal.aborted) saveState({ report: 'settled' }, env);
}

function toOutputs({ envelope, envelopePath, envelopeSha256 }: Evidence): Parameters<typeof setOutputs>[0] {
  return {
    status: envelope.execution.status,
    'run-id': envelope.run_id,
    'evidence-id': envelope.evidence_id,
    'head-hash': envelope.integrity.head_entry_hash,
    'plan-hash': envelope.plan.plan_hash,
    'envelope-path': envelopePath,
    'envelope-sha256': envelopeSha256,
  };
}

function toUploadOutputs({ envelope, bundle }: Uploads, env: Env): Parameters<typeof setOutputs>[0] {
  const { url } = envelope === undefined ? {} : toArtifactUrl(envelope.id, env);
  return {
    ...(envelope && { 'artifact-id': String(envelope.id), ...(url !== undefined && { 'artifact-url': url }) }),
    ...(bundle && { 'bundle-artifact-id': String(bundle.id) }),
  };
}

async function orWarn(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    core.warning(toMessage(error));
  }
}

function warnIf(problem: string | undefined): void {
  if (problem !== undefined) core.warning(problem);
}
