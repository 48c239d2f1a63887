import { type SealedMembers, sealedMembers } from '../schema/envelope.ts';
import type { Problems } from './problems.ts';
import { toPointer } from './quote.ts';
import { type SchemaIssue, toParseOptions } from './schema-issues.ts';

/**
 * Whether every member that version 1.0 declares is there with its type. What a later 1.x may add is let pass: members
 * that 1.0 does not know (the seal covers them), and, when the document says that it is later, new words in closed sets.
 */
export function hasShape(value: Record<string, unknown>, problems: Problems): value is SealedMembers {
  const { integrity: _integrity, unsealed: _unsealed, ...sealed } = value;
  const isLater = value['schema_version'] !== '1.0';
  const options = { ...toParseOptions(value['artifacts']), reportInput: true };
  const parsed = sealedMembers.safeParse({ ...sealed, schema_version: '1.0' }, options);
  const issues = (parsed.error?.issues ?? []).filter((issue) => !isLetPass(issue, isLater));
  for (const issue of issues) problems.add(toPointer(issue.path), 'schema', issue.message);
  return issues.length === 0;
}

function isLetPass(issue: SchemaIssue, isLater: boolean): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  if (issue.code === 'invalid_value') return isLater && typeof issue.input === 'string';
  // Of a union, one branch that would match otherwise is enough.
  if (issue.code !== 'invalid_union') return false;
  return issue.errors.some((branch) => branch.length > 0 && branch.every((inner) => isLetPass(inner, isLater)));
}
