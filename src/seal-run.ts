import type { Evidence } from './outcome.ts';
import type { RunRecord } from './schema/record.ts';
import { sealEmbedded } from './seal-embedded.ts';
import { toClaims } from './seal/claims.ts';
import type { Signer } from './seal/signer.ts';
import { writeEvidence } from './write-evidence.ts';

export type SealRunOptions = {
  record: RunRecord;
  /** The manifest's artifact, which the folder also shows under its own name. */
  manifestSha256: string;
  /** Where to write, in the order to try; the first holds the artifacts. */
  dirs: string[];
  now: () => number;
  signer?: Signer;
  onProblem: (problem: string) => void;
};

/** Seals a record in this process and leaves the evidence in its folder. null when no folder could take the envelope. */
export async function sealRun(options: SealRunOptions): Promise<Evidence | null> {
  const { record, now, signer } = options;
  const [folder = '.'] = options.dirs;
  const claims = toClaims(record, 'embedded', signer !== undefined);
  const sealed = await sealEmbedded({ record, claims, folder, now, signer });
  return writeEvidence({ ...sealed, ...options });
}
