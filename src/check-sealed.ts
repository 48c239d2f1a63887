import { openStoredArtifact } from './execution/open-stored.ts';
import { CodedError } from './lib/errors.ts';
import { sha256 } from './lib/hash.ts';
import type { Jwks } from './schema/api.ts';
import { type Envelope, envelope as envelopeSchema } from './schema/envelope.ts';
import type { Expectations, Verdict } from './schema/verdict.ts';
import { openDsse, payloadTypes } from './seal/dsse.ts';
import { parseJwks } from './seal/jwks.ts';
import { parseTrustedKey, type TrustedKey } from './seal/keys.ts';
import { parseEnvelope } from './seal/parse.ts';
import { toStatement } from './seal/statement.ts';
import { verifyEnvelope } from './seal/verify.ts';

/** Why what a server gave is not taken as evidence. */
export class ServerSealError extends CodedError<'not_an_envelope' | 'not_verified' | 'not_ours'> {}

export type CheckedSeal = { bytes: Buffer; sha256: string; envelope: Envelope; statement: Buffer; verdict: Verdict };

/** The one key that was pinned (SPKI PEM), else those that the server publishes. @throws KeyError */
export function toTrustedKeys(published: Jwks, pinned: string | undefined): TrustedKey[] {
  return pinned === undefined ? parseJwks(published).keys : [parseTrustedKey(pinned)];
}

/**
 * Checks what a server gave as sealed: intact, as expected, sealed by a server, signed by a trusted key, and the
 * attestation too. Artifacts are hashed where they are at hand; that some are not is left to the verdict.
 * @throws ServerSealError; EnvelopeError for what is no envelope at all
 */
export async function checkSealed(
  given: { envelope: Buffer; attestation: Buffer },
  options: {
    /** How the server is called in messages. */
    name: string;
    trustedKeys: readonly TrustedKey[];
    expected: Expectations;
    /** Without it no artifact is looked at. */
    artifactsDir?: string;
  },
): Promise<CheckedSeal> {
  const { name, trustedKeys, expected, artifactsDir } = options;
  const verdict = await verifyEnvelope(given.envelope, {
    trustedKeys,
    authenticityAsked: true,
    expected,
    ...(artifactsDir !== undefined && { openArtifact: (digest) => openStoredArtifact(artifactsDir, digest) }),
  });
  if (verdict.exit_code !== 0 && verdict.exit_code !== 4)
    throw new ServerSealError('not_verified', `the envelope of ${name} is refused: ${toFirstProblem(verdict)}`);
  const parsed = envelopeSchema.safeParse(parseEnvelope(given.envelope).value);
  if (!parsed.success)
    throw new ServerSealError(
      'not_an_envelope',
      `${name} gave an envelope that this version of Quoderat does not know`,
    );
  const envelope = parsed.data;
  if (envelope.producer.component !== 'server')
    throw new ServerSealError('not_verified', `the envelope of ${name} says that it was not sealed by a server`);
  const digest = sha256(given.envelope);
  const { payload, keyids } = openDsse(given.attestation, { payloadType: payloadTypes.statement, trustedKeys });
  if (keyids.length === 0 || !payload.equals(toStatement(envelope, digest)))
    throw new ServerSealError(
      'not_verified',
      `the attestation of ${name} is signed by no trusted key, or is about another envelope`,
    );
  return { bytes: given.envelope, sha256: digest, envelope, statement: given.attestation, verdict };
}

function toFirstProblem({ intact, complete, authentic, expected }: Verdict): string {
  const [first] = [intact, complete, authentic, expected].flatMap(({ problems }) => problems);
  return first === undefined ? 'it does not verify' : `${first.pointer || '/'}: ${first.message}`;
}
