import { envelope as schema } from '../../schema/envelope.ts';
import { parseEnvelope } from '../../seal/parse.ts';
import { verifyEnvelope } from '../../seal/verify.ts';
import { attestRun, writeSigning } from '../attest.ts';
import { CliError } from '../cli-error.ts';
import { readEnvelopeInput, tellOf } from '../envelope-input.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/**
 * `quoderat sign`: signs a sealed envelope through Sigstore, or finishes what a run could not; once is enough.
 * @throws CliError for what cannot be read, is not intact, or lies where nothing can be put beside it
 */
export async function sign(named: string, io: Io): Promise<number> {
  await using input = await readEnvelopeInput(named, io);
  if (input.path === undefined)
    throw new CliError('usage', `${named} has no folder for a signature; unpack it and name the folder`);
  const parsed = schema.safeParse(await tellOf(named, () => parseEnvelope(input.bytes).value));
  const { intact, facts } = await verifyEnvelope(input.bytes, { authenticityAsked: false, expected: {} });
  if (!parsed.success || intact.answer === 'no')
    throw new CliError('unreadable', `${named} is no intact envelope, and is not signed; \`verify\` tells more`);
  const evidence = { envelopePath: input.path, envelope: parsed.data, envelopeSha256: facts.envelope_sha256 };
  // A signal simply ends it: the bundle is there in whole or not at all.
  const { signal } = new AbortController();
  const signing = await attestRun(evidence, 'always', { io, signal });
  if (signing.state === 'signed' && !signing.isNew)
    io.stdout.write('This envelope is signed already; nothing was changed.\n');
  writeSigning(signing, named, io);
  return signing.state === 'signed' ? exitCodes.success : exitCodes.failed;
}
