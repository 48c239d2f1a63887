import type { sealedMembers } from '../schema/envelope.ts';
import type { ProblemCode, Problems } from './problems.ts';
import { toPointer } from './quote.ts';

/** zod's compiler for a schema takes as long as a few hundred elements without it; most envelopes have fewer. */
export function toParseOptions(artifacts: unknown): { jitless: boolean } {
  return { jitless: !Array.isArray(artifacts) || artifacts.length < 500 };
}

/** One fault that a schema found. */
export type SchemaIssue = NonNullable<ReturnType<typeof sealedMembers.safeParse>['error']>['issues'][number];

/** What a strict schema says of a part outside the chain: members that it does not know are bytes that nothing covers. */
export function tellIssues(
  issues: readonly SchemaIssue[],
  at: string,
  { code, problems }: { code: ProblemCode; problems: Problems },
): void {
  for (const issue of issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
    for (const name of names)
      problems.add(at + toPointer([...issue.path, name]), 'uncovered', 'no hash covers this member');
    if (names.length === 0) problems.add(at + toPointer(issue.path), code, issue.message);
  }
}
