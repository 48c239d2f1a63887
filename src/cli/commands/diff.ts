import { compareEnvelopes, type Side } from '../../compare/compare-envelopes.ts';
import { renderComparison } from '../../render/compare.ts';
import { envelope as schema } from '../../schema/envelope.ts';
import { parseEnvelope } from '../../seal/parse.ts';
import { verifyEnvelope } from '../../seal/verify.ts';
import { CliError } from '../cli-error.ts';
import { readEnvelopeInput, tellOf } from '../envelope-input.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wantsColor, widthOf } from '../terminal.ts';

export type DiffFlags = { json?: true; color: boolean };

/**
 * `quoderat diff`: what is different in the second of two envelopes, after saying whether each is intact.
 * @returns 0: no relevant difference; 1: there are some; 2: one of them is not intact, and nothing was compared
 * @throws CliError for what cannot be read or is no envelope
 */
export async function diff(before: string, after: string, flags: DiffFlags, io: Io): Promise<number> {
  if (before === '-' && after === '-') throw new CliError('usage', 'only one of the two envelopes can come from stdin');
  const comparison = compareEnvelopes(await readSide(before, io), await readSide(after, io));
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  io.stdout.write(flags.json === true ? `${JSON.stringify(comparison)}\n` : renderComparison(comparison, look));
  if (comparison.changes === null) return exitCodes.usage;
  return comparison.changes.length === 0 ? exitCodes.success : exitCodes.failed;
}

async function readSide(named: string, io: Io): Promise<Side> {
  await using input = await readEnvelopeInput(named, io);
  const verdict = await tellOf(named, () => verifyEnvelope(input.bytes, { authenticityAsked: false, expected: {} }));
  const parsed = schema.safeParse(parseEnvelope(input.bytes).value);
  if (parsed.success) return { named, envelope: parsed.data, verdict };
  const where = `/${(parsed.error.issues[0]?.path ?? []).join('/')}`;
  throw new CliError(
    'unreadable',
    `${named} can't be compared: ${where} is not as an envelope has it; \`verify\` tells more`,
  );
}
