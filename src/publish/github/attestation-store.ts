import * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import type { GithubApi } from './api.ts';
import { PublishError } from './failure.ts';

/** GitHub has written the id both as a number and as a text. */
const stored = z.object({ id: z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]) });

/**
 * Hands a Sigstore bundle to the repository's attestations, where `gh attestation verify` looks. Needs
 * `attestations: write`. Source: docs.github.com, REST API, "Create an attestation"; actions/toolkit, packages/attest.
 * @returns the address of the attestation's page
 * @throws PublishError
 */
export async function storeAttestation(
  api: Pick<GithubApi, 'create'>,
  { bundle, repository, serverUrl }: { bundle: Uint8Array; repository: string; serverUrl: string },
): Promise<string> {
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository))
    throw new PublishError('failed', 'GITHUB_REPOSITORY names no repository');
  const { id } = await api.create(
    {
      method: 'POST',
      path: `/repos/${repository}/attestations`,
      body: { bundle: JSON.parse(Buffer.from(bundle).toString('utf8')) },
      what: 'store the attestation',
      timeoutMs: limits.attestationStoreMs,
    },
    stored,
    // A bundle that is stored twice is listed twice, and verified all the same.
    () => Promise.resolve(undefined),
  );
  return `${serverUrl}/${repository}/attestations/${id}`;
}
