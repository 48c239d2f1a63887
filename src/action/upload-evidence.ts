import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import type { Evidence } from '../outcome.ts';
import { writeBundle } from '../publish/files/bundle.ts';
import { toPublishError } from '../publish/github/failure.ts';
import { toServiceProblem } from '../publish/github/service.ts';
import { toTimeLimit, uploadRaw, type UploadedArtifact } from '../publish/github/upload.ts';
import type { Cancellation } from './cancellation.ts';
import { restoreEnvironment } from './environment.ts';
import type { ActionInputs } from './inputs.ts';
import { type RunState, saveState } from './state.ts';

export type Uploads = { envelope?: UploadedArtifact; bundle?: UploadedArtifact };

export type UploadOptions = {
  evidence: Evidence;
  inputs: ActionInputs;
  env: Record<string, string>;
  cancellation: Cancellation;
  /** What the main step has settled already, in the post step. */
  state: RunState;
  stem: string;
};

/**
 * Uploads the envelope and then the bundle, each as one raw file. Trouble is told and changes nothing; what a
 * cancellation leaves no time for stays open for the post step.
 */
export async function uploadEvidence(options: UploadOptions): Promise<Uploads> {
  const { evidence, env, inputs, state } = options;
  const problem = inputs.upload === 'never' ? 'upload: never' : toServiceProblem(env);
  if (problem !== undefined) {
    const tell = inputs.upload === 'always' ? core.warning : core.notice;
    if (inputs.upload !== 'never') tell(`The evidence was not uploaded: ${problem}. It is in ${evidence.dir}`);
    saveState({ envelope: 'settled', bundle: 'settled' }, env);
    return {};
  }

  restoreEnvironment(process.env, env);
  core.startGroup('Quoderat: upload the evidence');
  const uploads: Uploads = {};
  try {
    if (state.envelope === 'open') {
      const envelope = { path: evidence.envelopePath, sha256: evidence.envelopeSha256 };
      const settled = await upload('envelope', envelope, '.quoderat.json', options);
      if (settled === 'open') return uploads;
      if (settled === 'failed') {
        saveState({ bundle: 'settled' }, env);
        return uploads;
      }
      uploads.envelope = settled;
    }
    if (state.bundle === 'open' && !options.cancellation.signal.aborted) {
      const settled = await uploadBundle(options);
      if (typeof settled === 'object') uploads.bundle = settled;
    }
    return uploads;
  } finally {
    core.endGroup();
  }
}

async function uploadBundle(options: UploadOptions): Promise<UploadedArtifact | 'open' | 'failed'> {
  const folder = await mkdtemp(join(options.inputs.tempDir, 'quoderat-bundle-')).catch(() => undefined);
  try {
    if (folder === undefined) throw new Error(`${options.inputs.tempDir} can't be written`);
    const bundle = await writeBundle(options.evidence.dir, join(folder, 'bundle.tar.gz'));
    return await upload('bundle', bundle, '.quoderat.tar.gz', options);
  } catch (error) {
    core.warning(`The bundle could not be made: ${toMessage(error)}`);
    saveState({ bundle: 'settled' }, options.env);
    return 'failed';
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function upload(
  what: 'envelope' | 'bundle',
  file: { path: string; sha256: string },
  extension: string,
  { inputs, env, cancellation, stem }: UploadOptions,
): Promise<UploadedArtifact | 'open' | 'failed'> {
  const { retentionDays, tempDir } = inputs;
  using limit = cancellation.limit(await toTimeLimit(file.path));
  try {
    const artifact = await uploadRaw({
      ...file,
      stem,
      extension,
      tempDir,
      giveUp: limit.signal,
      ...(retentionDays !== undefined && { retentionDays }),
    });
    saveState({ [what]: 'settled' }, env);
    if (artifact.name !== `${stem}${extension}`) {
      core.notice(`The name ${stem}${extension} was taken; the ${what} was uploaded as ${artifact.name}`);
    }
    return artifact;
  } catch (error) {
    const failure = toPublishError(error);
    if (failure.code === 'timeout' && cancellation.signal.aborted) return 'open';
    core.warning(`The ${what} was not uploaded: ${failure.message}`);
    saveState({ [what]: 'settled' }, env);
    return 'failed';
  }
}
