import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Evidence } from '../outcome.ts';
import { nameArtifact } from '../publish/github/artifacts-file.ts';
import { storeAttestation } from '../publish/github/attestation-store.ts';
import { type Signing, signEvidence } from '../sign-evidence.ts';
import { hasIdentityToken, readIdentityToken } from '../sign/identity-token.ts';
import type { InstanceOverrides } from '../sign/instance.ts';
import { toInertLine } from '../render/inert.ts';
import { openApi } from './github-api.ts';

/** By name: the toolkit as a whole would come with an HTTP client that loads before the first step. */
const runnerLog = { warning: core.warning, notice: core.notice, info: core.info };

export type AttestOptions = {
  evidence: Pick<Evidence, 'envelopePath' | 'envelope' | 'envelopeSha256'>;
  mode: 'auto' | 'always' | 'never';
  /** The runner's, as it was before it was scrubbed. */
  env: Record<string, string>;
  /** Of the inputs sigstore-fulcio-url, sigstore-rekor-url, sigstore-tsa-url. */
  overrides?: InstanceOverrides;
  /** `repository.visibility` of the event, for a token that does not tell. */
  visibility?: string | undefined;
  /** The job's token, for the attestations of the repository; undefined: nothing is stored there. */
  token: string | undefined;
  giveUp: AbortSignal;
  /** The job's log, unless a test wants to hear. */
  log?: typeof runnerLog;
  retries?: number;
};

export type Attestation = Signing & { attestationUrl?: string };

/**
 * Signs sealed evidence as this workflow, keeps the bundle beside the envelope, and then hands it to the repository's
 * attestations when the token may. Trouble is one notice (a warning where it is `always` asked for) and changes nothing else: what could not be signed says so in
 * its folder, and what could not be stored is signed all the same. It throws for bugs alone.
 */
export async function attestEvidence(options: AttestOptions): Promise<Attestation> {
  const { evidence, mode, env, giveUp, log = runnerLog } = options;
  await nameArtifact(evidence.envelopePath, env);
  if (mode === 'never') return { state: 'not_asked', why: 'attest: never' };
  if (mode === 'auto' && !hasIdentityToken(env))
    return { state: 'not_asked', why: 'the job has no `id-token: write` permission' };
  const signing = await signEvidence({
    envelopePath: evidence.envelopePath,
    envelope: evidence.envelope,
    envelopeSha256: evidence.envelopeSha256,
    mode,
    // Not the toolkit's getIDToken: it writes the token to the log, as a mask, and has no end to its time.
    getToken: (signal) => readIdentityToken(env, signal),
    env,
    overrides: options.overrides ?? {},
    knownVisibility: options.visibility,
    signal: giveUp,
    now: Date.now,
    ...(options.retries !== undefined && { retries: options.retries }),
  });
  if (signing.state === 'failed') {
    const tell = mode === 'always' ? log.warning : log.notice;
    tell(
      `The evidence is not signed, and says so itself; \`quoderat sign\` finishes it: ${toInertLine(signing.reason)}`,
    );
  }
  if (signing.state !== 'signed') return signing;
  log.info(`Signed through Sigstore by ${toInertLine(signing.identity, 300)}`);
  const attestationUrl = await store(signing.bundle, options);
  return { ...signing, ...(attestationUrl && { attestationUrl }) };
}

async function store(
  bundle: Uint8Array,
  { env, token, giveUp, log = runnerLog }: AttestOptions,
): Promise<string | undefined> {
  if (token === undefined) return undefined;
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
  try {
    const api = await openApi(env, { token, giveUp, budgetMs: limits.attestationStoreMs });
    try {
      return await storeAttestation(api, { bundle, repository: env['GITHUB_REPOSITORY'] ?? '', serverUrl });
    } finally {
      await api.close();
    }
  } catch (error) {
    const hint = 'grant `attestations: write` to have it in the repository too';
    log.notice(
      `The signature is kept beside the envelope, and was not stored as an attestation: ${toMessage(error)}; ${hint}`,
    );
    return undefined;
  }
}
