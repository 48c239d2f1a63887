import { limits } from '../lib/limits.ts';
import type { Problem } from '../schema/verdict.ts';

/** Everything that `problemCodes` may say; docs/envelope.md explains each, and a test holds the two together. */
export const problemCodes = [
  'not_canonical',
  'missing',
  'wrong_type',
  'changed',
  'removed',
  'added',
  'moved',
  'chain_broken',
  'chain_mismatch',
  'wrong_value',
  'uncovered',
  'unknown_member',
  'schema',
  'subject_mismatch',
  'status_mismatch',
  'no_outcome',
  'duplicate_id',
  'unresolved',
  'informational_mismatch',
  'artifact_uri_mismatch',
  'artifact_mismatch',
  'artifact_unreadable',
  'member_not_intact',
  'member_mismatch',
  'bad_signature',
  'no_trusted_key',
  'unsigned',
  'no_trusted_signature',
  'not_expected',
  'more',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Problems of one answer. A hostile file can have millions: those beyond the bound are counted, not kept. */
export type Problems = { add(pointer: string, code: ProblemCode, message: string): void; list(): Problem[] };

export function makeProblems(): Problems {
  const kept: Problem[] = [];
  let beyond = 0;
  return {
    add(pointer, code, message) {
      if (kept.length < limits.verdictProblems) kept.push({ pointer, code, message });
      else beyond += 1;
    },
    list: () =>
      beyond === 0 ? kept : [...kept, { pointer: '', code: 'more', message: `and ${beyond} more problems` }],
  };
}
