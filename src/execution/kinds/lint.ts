import { makeProcessKind } from '../process-kind.ts';

/** A linter: without the report it declares it has said nothing. */
export const lint = makeProcessKind({ report: 'fail', output: 'warn' });
