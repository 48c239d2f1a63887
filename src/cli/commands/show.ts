import { renderShow } from '../../render/show.ts';
import { envelope as schema } from '../../schema/envelope.ts';
import { parseEnvelope } from '../../seal/parse.ts';
import { verifyEnvelope } from '../../seal/verify.ts';
import { CliError } from '../cli-error.ts';
import { readEnvelopeInput, tellOf } from '../envelope-input.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wantsColor, widthOf } from '../terminal.ts';

/**
 * `quoderat show`: an envelope for people, with whether it is intact; artifacts are not hashed for that.
 * @throws CliError for what cannot be read or is no whole envelope
 */
export async function show(named: string, flags: { color: boolean }, io: Io): Promise<number> {
  await using input = await readEnvelopeInput(named, io);
  const parsed = schema.safeParse(await tellOf(named, () => parseEnvelope(input.bytes).value));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = `/${(issue?.path ?? []).join('/')}`;
    throw new CliError(
      'unreadable',
      `${named} can't be shown: ${where} is not as an envelope has it; \`verify\` tells more`,
    );
  }
  const verdict = await verifyEnvelope(input.bytes, { authenticityAsked: false, expected: {} });
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  io.stdout.write(renderShow(parsed.data, { ...look, verdict }));
  return exitCodes.success;
}
