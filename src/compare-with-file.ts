import { open } from 'node:fs/promises';
import { compareEnvelopes } from './compare/compare-envelopes.ts';
import { limits } from './lib/limits.ts';
import type { Evidence } from './outcome.ts';
import type { Comparison } from './schema/comparison.ts';
import { type Envelope, envelope as schema } from './schema/envelope.ts';
import { EnvelopeError } from './seal/errors.ts';
import { parseEnvelope } from './seal/parse.ts';
import { verifyEnvelope } from './seal/verify.ts';

/**
 * What is different in sealed evidence from an earlier envelope, which may come from anywhere and is checked first.
 * @param path of the earlier envelope's file
 * @throws EnvelopeError when it is none, or does not hold; the file system's errors
 */
export async function compareWithFile(path: string, evidence: Evidence): Promise<Comparison> {
  const bytes = await readEnvelope(path);
  const verdict = await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
  if (verdict.intact.answer === 'no') throw new EnvelopeError('not_an_envelope', `${path} is not intact`);
  const { envelope, verdict: ownVerdict } = evidence;
  return compareEnvelopes(
    { named: 'base', envelope: assertEnvelope(parseEnvelope(bytes).value, path), verdict },
    { named: 'this run', envelope, verdict: ownVerdict },
  );
}

async function readEnvelope(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size > limits.envelopeBytes) {
    throw new EnvelopeError('not_an_envelope', `${path} has more than the ${limits.envelopeBytes} bytes that are read`);
  }
  return await file.readFile();
}

function assertEnvelope(value: unknown, path: string): Envelope {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = `/${(parsed.error.issues[0]?.path ?? []).join('/')}`;
  throw new EnvelopeError('not_an_envelope', `${path} is not as an envelope has it at ${where}`);
}
