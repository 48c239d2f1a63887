import { renderVerdict } from '../../render/verdict.ts';
import { verifyEnvelope } from '../../seal/verify.ts';
import { chooseArtifactFolder, makeArtifactOpener } from '../artifact-folder.ts';
import { readEnvelopeInput } from '../envelope-input.ts';
import type { Io } from '../io.ts';
import { readTrustedKeys } from '../key-files.ts';
import { wantsColor, widthOf } from '../terminal.ts';

export type VerifyFlags = {
  artifacts?: string;
  key?: string[];
  repo?: string;
  commit?: string;
  planHash?: string;
  head?: string;
  evidenceId?: string;
  json?: true;
  color: boolean;
};

/**
 * `quoderat verify`: the four answers about an envelope.
 * @returns the verdict's own exit code
 * @throws CliError for what cannot be read; EnvelopeError for what is no envelope
 */
export async function verify(named: string, flags: VerifyFlags, io: Io): Promise<number> {
  const keys = flags.key ?? [];
  const trustedKeys = await readTrustedKeys(keys, io);
  await using input = await readEnvelopeInput(named, io);
  const artifactFolder = await chooseArtifactFolder(flags.artifacts, input.artifactsDir, io);
  const verdict = await verifyEnvelope(input.bytes, {
    trustedKeys,
    authenticityAsked: keys.length > 0,
    expected: {
      ...(flags.repo !== undefined && { repo: flags.repo }),
      ...(flags.commit !== undefined && { commit: flags.commit }),
      ...(flags.planHash !== undefined && { plan_hash: flags.planHash }),
      ...(flags.head !== undefined && { head: flags.head }),
      ...(flags.evidenceId !== undefined && { evidence_id: flags.evidenceId }),
    },
    ...(artifactFolder !== undefined && { openArtifact: makeArtifactOpener(artifactFolder) }),
  });
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  io.stdout.write(flags.json === true ? `${JSON.stringify(verdict)}\n` : renderVerdict(verdict, look));
  return verdict.exit_code;
}
