import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Evidence } from '../outcome.ts';
import { evidenceFiles } from '../publish/files/evidence-folder.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { appendJobSummary } from '../publish/github/summary.ts';
import { renderSummary } from '../render/summary.ts';
import { readExcerpts } from '../publish/files/excerpts.ts';
import { saveState } from './state.ts';
import { uploadEvidence, type UploadOptions, type Uploads } from './upload-evidence.ts';

type Env = Record<string, string>;

/**
 * Outputs, uploads and job summary of a sealed run. Nothing here can fail the step: what does not work is told as a
 * warning.
 */
export async function publishEvidence(options: UploadOptions): Promise<void> {
  const { evidence, env, state } = options;
  try {
    warnIf(setOutputs(toOutputs(evidence), env));
    const uploads = await uploadEvidence(options);
    if (uploads.envelope || uploads.bundle) warnIf(setOutputs(toUploadOutputs(uploads, env), env));
    if (state.summary === 'open') await appendJobSummary(await makePage(evidence, uploads, env));
  } catch (error) {
    core.warning(toMessage(error));
  }
  saveState({ summary: 'settled' }, env);
}

function warnIf(problem: string | undefined): void {
  if (problem !== undefined) core.warning(problem);
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
  return {
    ...(envelope && { 'artifact-id': String(envelope.id), 'artifact-url': toArtifactUrl(envelope.id, env) }),
    ...(bundle && { 'bundle-artifact-id': String(bundle.id) }),
  };
}

/** The address of this workflow run. */
function toRunUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }: Env): string {
  return `${server ?? ''}/${repository ?? ''}/actions/runs/${run ?? ''}`;
}

/** As GitHub's own upload-artifact gives it. */
function toArtifactUrl(id: number, env: Env): string {
  return `${toRunUrl(env)}/artifacts/${id}`;
}

/** The summary, with the name and the place from which the envelope can be downloaded. */
async function makePage(evidence: Evidence, { envelope }: Uploads, env: Env): Promise<string> {
  return renderSummary({
    envelope: evidence.envelope,
    envelopeSha256: evidence.envelopeSha256,
    envelopeFileName: envelope?.name ?? evidenceFiles.envelope,
    verdict: evidence.verdict,
    budgetBytes: limits.jobSummaryBytes,
    links: {
      ...(env['GITHUB_SERVER_URL'] && { run: `${toRunUrl(env)}/attempts/${env['GITHUB_RUN_ATTEMPT'] ?? '1'}` }),
      ...(envelope && { envelope: toArtifactUrl(envelope.id, env) }),
    },
    excerpts: await readExcerpts(evidence.dir, evidence.envelope),
  });
}
