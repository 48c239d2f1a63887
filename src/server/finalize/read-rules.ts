import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { CodedError, toErrorCode } from '../../lib/errors.ts';
import { findPatternFault } from '../../lib/safe-pattern.ts';
import { makeRedactor } from '../../redaction/redactor.ts';
import type { Redactor } from '../../redaction/types.ts';

/** Why the server's redaction rules can't be used. Never holds a value. */
export class RulesError extends CodedError<'unreadable' | 'malformed'> {}

const MOST_BYTES = 8 * 1024 * 1024;
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be 1 to 100 letters, digits, ".", "_" or "-"');

const rulesFile = z.strictObject({
  /** Regular expressions whose quantifiers are all bounded, as in a manifest. */
  patterns: z
    .array(z.strictObject({ id: name, pattern: z.string().min(1).max(1000) }))
    .max(200)
    .default([]),
  /** Texts that must not appear in any envelope, nor their encodings: names of machines, customers, internal addresses. */
  values: z
    .array(z.strictObject({ id: name, value: z.string().min(4).max(10_000) }))
    .max(5000)
    .default([]),
});

/** The redaction without rules of its own: the built-in shapes of credentials are looked for all the same. */
export function makeBuiltInRedactor(): Redactor {
  return makeRedactor({ secrets: [], rules: [] });
}

/**
 * The server's own redaction rules (docs/server.md), out of a JSON file.
 * @throws RulesError
 */
export async function readRules(path: string): Promise<Redactor> {
  const { patterns, values } = parseRules(await readText(path), path);
  for (const { id, pattern } of patterns) {
    const fault = findPatternFault(pattern);
    if (fault !== undefined) throw new RulesError('malformed', `${path}: the pattern of ${id}: ${fault}`);
  }
  return makeRedactor({ secrets: values.map(({ id, value }) => ({ name: id, value })), rules: patterns });
}

function parseRules(text: string, path: string): z.infer<typeof rulesFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: a parser's message repeats the text.
    throw new RulesError('malformed', `${path} is no JSON`);
  }
  const result = rulesFile.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 10)
    .map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
  throw new RulesError('malformed', `${path}: ${faults.join('; ')}`);
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new RulesError('malformed', `${path} has more than ${MOST_BYTES} bytes`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof RulesError) throw error;
    throw new RulesError(
      'unreadable',
      `the redaction rules ${path} can't be read (${toErrorCode(error) ?? 'unknown'})`,
    );
  }
}
