import { makeProcessKind } from '../process-kind.ts';
import { makeServiceConduct } from '../service/conduct.ts';

/** A server that runs beside the other steps until they are over. */
export const service = makeProcessKind({ report: 'warn', output: 'warn' }, makeServiceConduct);
