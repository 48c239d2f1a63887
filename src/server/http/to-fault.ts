import { toErrorCode } from '../../lib/errors.ts';
import { ApiFault, makeUnavailable } from '../errors.ts';

/** Errors of the network and of PostgreSQL (appendix A of its manual) after which the same may succeed. */
const transient = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '40001',
  '40P01',
  '55P03',
  '57014',
]);
const transientMessages =
  /timeout exceeded when trying to connect|Connection terminated|connection error|Query read timeout|Cannot use a pool/i;
/** Disk full, and its like. */
const full = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/** What a client is told of anything that was thrown: of a bug, only that it was one. */
export function toFault(error: unknown): ApiFault {
  if (error instanceof ApiFault) return error;
  const code = toErrorCode(error) ?? '';
  if (full.has(code))
    return new ApiFault('insufficient_storage', 'there is no room left on the server', { cause: error });
  // 08: connection exceptions, 53: too many connections, 57P: shut down or starting up.
  if (
    transient.has(code) ||
    /^(?:08|53|57P)/.test(code) ||
    (error instanceof Error && transientMessages.test(error.message))
  )
    return makeUnavailable('the database is away for the moment', error);
  return new ApiFault('internal', 'something went wrong in the server', { cause: error });
}
