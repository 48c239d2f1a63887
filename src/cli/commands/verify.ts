import { checkMembers } from '../../collect/check-members.ts';
import { isUuidV7 } from '../../lib/uuid.ts';
import { renderVerdict } from '../../render/verdict.ts';
import { verifyEnvelope } from '../../seal/verify.ts';
import { chooseArtifactFolder, makeArtifactOpener } from '../artifact-folder.ts';
import { readEnvelopeInput, tellOf } from '../envelope-input.ts';
import type { Io } from '../io.ts';
import { fetchEnvelope, type JwksFlags, readJwksKeys } from '../jwks-source.ts';
import { readTrustedKeys } from '../key-files.ts';
import { makeSigstoreCheck, type SigstoreFlags } from '../sigstore-check.ts';
import { wantsColor, widthOf } from '../terminal.ts';

export type VerifyFlags = SigstoreFlags &
  JwksFlags & {
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
 * @throws CliError for what cannot be read or is no envelope
 */
export async function verify(named: string, flags: VerifyFlags, io: Io): Promise<number> {
  const keys = flags.key ?? [];
  const listedKeys = await readJwksKeys(flags, io);
  const trustedKeys = [...(await readTrustedKeys(keys, io)), ...(listedKeys ?? [])];
  const idAtServer = flags.server !== undefined && isUuidV7(named) ? named : undefined;
  await using input =
    idAtServer === undefined || flags.server === undefined
      ? await readEnvelopeInput(named, io)
      : await fetchEnvelope(idAtServer, flags.server, io);
  const artifactFolder = await chooseArtifactFolder(flags.artifacts, input.artifactsDir, io);
  const checkSigstore = await makeSigstoreCheck(flags, input.sigstorePath, io);
  const openArtifact = artifactFolder === undefined ? undefined : makeArtifactOpener(artifactFolder);
  const expected = {
    ...(flags.repo !== undefined && { repo: flags.repo }),
    ...(flags.commit !== undefined && { commit: flags.commit }),
    ...(flags.planHash !== undefined && { plan_hash: flags.planHash }),
    ...(flags.head !== undefined && { head: flags.head }),
    ...(idAtServer !== undefined && { evidence_id: idAtServer }),
    ...(flags.evidenceId !== undefined && { evidence_id: flags.evidenceId }),
  };
  const ofItself = await tellOf(named, () =>
    verifyEnvelope(input.bytes, {
      trustedKeys,
      authenticityAsked: keys.length > 0 || listedKeys !== undefined,
      expected,
      ...(openArtifact && { openArtifact }),
      ...(checkSigstore && { checkSigstore }),
    }),
  );
  const verdict = await checkMembers(input.bytes, ofItself, openArtifact);
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  io.stdout.write(flags.json === true ? `${JSON.stringify(verdict)}\n` : renderVerdict(verdict, look));
  return verdict.exit_code;
}
