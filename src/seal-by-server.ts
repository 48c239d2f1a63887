import { join } from 'node:path';
import { type CheckedSeal, checkSealed, ServerSealError, toTrustedKeys } from './check-sealed.ts';
import { toCanonicalJson } from './lib/canonical.ts';
import { toMessage } from './lib/errors.ts';
import { sha256 } from './lib/hash.ts';
import type { Evidence, Unsealed } from './outcome.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import { dropUnsealed, writeUnsealed } from './relayed-folder.ts';
import { findForeignMember } from './relay/agree.ts';
import type { Relay, ServerSeal } from './relay/relay.ts';
import type { RunRecord } from './schema/record.ts';
import type { ServerOptions } from './server-options.ts';
import { writeEvidence } from './write-evidence.ts';

export type SealByServerOptions = {
  record: RunRecord;
  relay: Relay;
  server: Pick<ServerOptions, 'key'>;
  /** As of SealRunOptions. */
  manifestSha256: string;
  dirs: string[];
  onProblem: (problem: string) => void;
  /** Aborted: the time for it is over. */
  signal: AbortSignal;
};

/**
 * Lets the server seal a run, and takes what it gives back only after checking it: that it is intact, complete and
 * signed by a trusted key, and about this very record. Whatever goes wrong, the record and all that a later push needs
 * are kept, and nothing of it is called sealed.
 */
export async function sealByServer(
  options: SealByServerOptions,
): Promise<{ evidence: Evidence | null; unsealed?: Unsealed }> {
  const { record, relay, dirs, onProblem } = options;
  const { serverName } = relay;
  try {
    const sealed = await relay.finalize(
      {
        plan_hash: record.plan.plan_hash,
        record_sha256: sha256(toCanonicalJson(record)),
        last_seq: record.events.emitted,
      },
      options.signal,
    );
    const checked = await checkSealed(sealed, {
      name: serverName,
      trustedKeys: toTrustedKeys(sealed.keys, options.server.key),
      expected: {
        evidence_id: sealed.answer.evidence_id,
        plan_hash: record.plan.plan_hash,
        head: sealed.answer.head_entry_hash,
      },
      artifactsDir: join(dirs[0] ?? '.', evidenceFiles.artifacts),
    });
    assertOurs(checked, { record, sealed, name: serverName });
    const evidence = await writeEvidence({ ...checked, ...options });
    if (evidence === null) return { evidence };
    dropUnsealed(evidence.dir);
    relay.forget();
    return { evidence };
  } catch (error) {
    const reason = toMessage(error);
    const unsealed = await writeUnsealed(record, { dirs, serverName, reason });
    onProblem(`the run is not sealed: ${reason}`);
    return { evidence: null, unsealed };
  }
}

/** @throws ServerSealError not_ours */
function assertOurs(
  checked: CheckedSeal,
  { record, sealed, name }: { record: RunRecord; sealed: ServerSeal; name: string },
): void {
  if (sealed.answer.envelope_sha256 !== checked.sha256)
    throw new ServerSealError('not_ours', `${name} gave another envelope than it says it has sealed`);
  const foreign = findForeignMember(record, checked.envelope);
  if (foreign === null) return;
  const isGivenUp = checked.envelope.execution.termination === 'process_lost';
  const why = isGivenUp ? '; it had given the run up as lost, and `quoderat get` fetches what it has sealed' : '';
  throw new ServerSealError('not_ours', `${name} sealed another record than this run's: ${foreign} differs${why}`);
}
