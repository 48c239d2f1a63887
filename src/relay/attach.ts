import type { CreateRun, RunView } from '../schema/api.ts';
import { makeApi } from './api.ts';
import { type RelayLimits, relayLimits } from './relay-limits.ts';
import { retrying } from './retry.ts';
import { makeTransport, type TransportOptions } from './transport.ts';

/**
 * Makes a run at the server, or finds it there, and says how it stands.
 * @param signal aborted: no further try
 * @throws RelayError
 */
export async function attachRun(
  options: Omit<TransportOptions, 'limits'> & { limits?: Partial<RelayLimits> },
  run: CreateRun,
  signal: AbortSignal,
): Promise<RunView> {
  const limits = { ...relayLimits, ...options.limits };
  const transport = makeTransport({ ...options, limits });
  try {
    return await retrying(() => makeApi(transport).createRun(run), { limits, signal });
  } finally {
    await transport.close();
  }
}
