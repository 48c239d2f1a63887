import { makePaint, type Tone } from '../../render/ansi.ts';
import { toInertLine } from '../../render/inert.ts';
import { toColumns } from '../../render/terminal.ts';
import type { RunList, RunState } from '../../schema/api.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { requireServerOptions, type ServerFlags } from '../server-access.ts';
import { openServer } from '../server-client.ts';
import { wantsColor } from '../terminal.ts';

export type RunsFlags = ServerFlags & { state?: RunState; limit?: number; json?: true; color: boolean };

type Listed = RunList['runs'][number];

/** `quoderat runs`: the newest runs of a server. @throws CliError, RelayError */
export async function runs(flags: RunsFlags, io: Io): Promise<number> {
  await using server = openServer(await requireServerOptions(flags, io), io);
  const { state, limit = 20 } = flags;
  const list = await server.ask((api) => api.listRuns({ limit, ...(state !== undefined && { state }) }));
  if (flags.json === true) io.stdout.write(`${JSON.stringify(list)}\n`);
  else io.stdout.write(formatRuns(list.runs, wantsColor(io.stdout, io.env, flags.color)));
  return exitCodes.success;
}

const tones: Record<string, Tone> = { success: 'green', failed: 'red', aborted: 'yellow' };

function formatRuns(listed: Listed[], color: boolean): string {
  if (listed.length === 0) return 'There is no such run.\n';
  const paint = makePaint(color);
  const rows = listed.map(({ run_id, state, status, evidence_id, created_at, name, subject }) => [
    run_id,
    created_at.slice(0, 19).replace('T', ' '),
    paint(tones[status ?? ''] ?? 'dim', status ?? state),
    // A lost run is sealed, too, as far as it was received.
    evidence_id === null ? 'not sealed' : 'sealed',
    subject.id?.slice(0, 10) ?? '-',
    toInertLine(`${name}${subject.repo.name === null ? '' : `, ${subject.repo.name}`}`, 100),
  ]);
  return `${toColumns(rows, '').join('\n')}\n`;
}
