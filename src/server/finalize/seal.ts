import { randomBytes } from 'node:crypto';
import { toTimestamp } from '../../lib/clock.ts';
import { makeUuidV7 } from '../../lib/uuid.ts';
import type { RunRecord } from '../../schema/record.ts';
import { toClaims } from '../../seal/claims.ts';
import { SealError } from '../../seal/errors.ts';
import { type SealedEnvelope, sealRecord } from '../../seal/seal.ts';
import { makeDsseEnvelope, toStatement } from '../../seal/statement.ts';
import type { ServerDeps } from '../deps.ts';
import type { VerifiedClaims } from '../principal.ts';
import { makeInvalid } from './fold-run.ts';
import { redactRecord } from './redact-record.ts';
import { toVerifiedContext } from './verified-context.ts';

export type SealedRun = SealedEnvelope & {
  /** The DSSE envelope of the in-toto statement, by the same key. */
  attestation: Buffer;
};

/**
 * Seals a record as the server: its runner context as far as it was verified, the server's redaction rules over its texts,
 * signed by the active key.
 * @throws ApiFault forbidden (claims that say otherwise), record_invalid; KeyRingError
 */
export async function sealAsServer(
  { keys, redactor, now, instance, config }: Pick<ServerDeps, 'keys' | 'redactor' | 'now' | 'instance' | 'config'>,
  record: RunRecord,
  oidc: VerifiedClaims | null,
): Promise<SealedRun> {
  const verified: RunRecord = { ...record, runner_context: toVerifiedContext(record, oidc) };
  const redacted = redactRecord(verified, redactor, now());
  const signer = await keys.signer();
  try {
    const sealed = await sealRecord({
      record: redacted,
      evidenceId: makeUuidV7(now(), randomBytes(10)),
      sealedAt: toTimestamp(now()),
      producer: { name: 'quoderat', version: config.version, component: 'server', instance },
      claims: toClaims(redacted, 'server', true),
      signer,
    });
    const attestation = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
    return { ...sealed, attestation };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw makeInvalid(error.message, error.code, error);
  }
}
