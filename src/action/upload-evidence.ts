import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { Evidence } from '../outcome.ts';
import { writeBundle, writeUnsealedBundle } from '../publish/files/bundle.ts';
import { toPublishError } from '../publish/github/failure.ts';
import { toServiceProblem } from '../publish/github/service.ts';
import { toTimeLimit, uploadRaw, type UploadedArtifact } from '../publish/github/upload.ts';
import { pushFiles } from '../relayed-folder.ts';
import type { Cancellation } from './cancellation.ts';
import { restoreEnvironment } from './environment.ts';
import type { ActionInputs } from './inputs.ts';
import { type RunState, saveState } from './state.ts';

export type Uploads = { envelope?: UploadedArtifact; signature?: UploadedArtifact; bundle?: UploadedArtifact };

/** The page of an artifact of this run, as GitHub's own upload-artifact gives it. */
export function toArtifactUrl(
  id: number | string,
  env: Record<string, string>,
  run = env['GITHUB_RUN_ID'],
): { url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return server && repository && run ? { url: `${server}/${repository}/actions/runs/${run}/artifacts/${id}` } : {};
}

export type UploadOptions = {
  evidence: Evidence;
  /** The keyless signature beside the envelope; undefined: there is none. */
  signaturePath: string | undefined;
  inputs: ActionInputs;
  env: Record<string, string>;
  cancellation: Cancellation;
  /** What the main step has settled already, in the post step. */
  state: RunState;
  stem: string;
};

/** What an upload needs, whatever is uploaded. */
export type FolderUpload = Omit<UploadOptions, 'evidence' | 'signaturePath'>;

/**
 * Uploads the envelope, its keyless signature and then the bundle, each as one raw file. Trouble is told and changes nothing; what a
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
    // Small, and what a reader who took the envelope alone checks it with. The bundle has it too.
    if (options.signaturePath !== undefined && !options.cancellation.signal.aborted) {
      const bytes = await readFile(options.signaturePath).catch(() => undefined);
      const signature = bytes && { path: options.signaturePath, sha256: sha256(bytes) };
      const settled = signature && (await upload('signature', signature, '.quoderat.sigstore.json', options));
      if (typeof settled === 'object') uploads.signature = settled;
    }
    if (state.bundle === 'open' && !options.cancellation.signal.aborted) {
      const settled = await uploadFolder(
        (target) => writeBundle(options.evidence.dir, target),
        '.quoderat.tar.gz',
        options,
      );
      if (typeof settled === 'object') uploads.bundle = settled;
    }
    return uploads;
  } finally {
    core.endGroup();
  }
}

/** Keeps the folder of a run that nobody has sealed; trouble is told. */
export async function uploadUnsealed(dir: string, options: FolderUpload): Promise<UploadedArtifact | undefined> {
  const problem = options.inputs.upload === 'never' ? 'upload: never' : toServiceProblem(options.env);
  if (problem !== undefined) {
    core.warning(`What the run left was not uploaded: ${problem}. It is in ${dir}`);
    return undefined;
  }
  restoreEnvironment(process.env, options.env);
  const write = (target: string): Promise<{ path: string; sha256: string }> =>
    writeUnsealedBundle(dir, pushFiles, target);
  const uploaded = await uploadFolder(write, '.quoderat-unsealed.tar.gz', options);
  return typeof uploaded === 'object' ? uploaded : undefined;
}

async function uploadFolder(
  write: (target: string) => Promise<{ path: string; sha256: string }>,
  extension: string,
  options: FolderUpload,
): Promise<UploadedArtifact | 'open' | 'failed'> {
  const folder = await mkdtemp(join(options.inputs.tempDir, 'quoderat-bundle-')).catch(() => undefined);
  try {
    if (folder === undefined) throw new Error(`${options.inputs.tempDir} can't be written`);
    const bundle = await write(join(folder, 'bundle.tar.gz'));
    return await upload('bundle', bundle, extension, options);
  } catch (error) {
    core.warning(`The bundle could not be made: ${toMessage(error)}`);
    saveState({ bundle: 'settled' }, options.env);
    return 'failed';
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function upload(
  what: 'envelope' | 'signature' | 'bundle',
  file: { path: string; sha256: string },
  extension: string,
  { inputs, env, cancellation, stem }: FolderUpload,
): Promise<UploadedArtifact | 'open' | 'failed'> {
  const { retentionDays, tempDir } = inputs;
  const settle = (): void => (what === 'signature' ? undefined : saveState({ [what]: 'settled' }, env));
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
    settle();
    if (artifact.name !== `${stem}${extension}`) {
      core.notice(`The name ${stem}${extension} was taken; the ${what} was uploaded as ${artifact.name}`);
    }
    return artifact;
  } catch (error) {
    const failure = toPublishError(error);
    if (failure.code === 'timeout' && cancellation.signal.aborted) return 'open';
    core.warning(`The ${what} was not uploaded: ${failure.message}`);
    settle();
    return 'failed';
  }
}
