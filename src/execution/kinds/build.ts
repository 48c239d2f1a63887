import { makeProcessKind } from '../process-kind.ts';

/** A build: outputs that it declares and does not make are a failure. */
export const build = makeProcessKind({ report: 'warn', output: 'fail' });
