import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalFileName } from './journal/journal.ts';
import { isObject } from './lib/json.ts';
import type { Unsealed } from './outcome.ts';
import { evidenceFiles, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import { spoolFileName } from './relay/spool.ts';
import type { RunRecord } from './schema/record.ts';

/** The names in an evidence folder whose run a server is to seal (docs/protocol.md, "When the server is away"). */
export const relayedFiles = { server: 'server.json', record: 'record.unsealed.json', note: 'UNSEALED.txt' } as const;

/** All that `quoderat push` needs of a folder, beside its artifacts. */
export const pushFiles: readonly string[] = [
  journalFileName,
  spoolFileName,
  evidenceFiles.manifest,
  ...Object.values(relayedFiles),
];

/** Notes who is to seal this run, so that nobody else does it unasked. Holds no secret. */
export function noteServer(dir: string, server: { url: string }): void {
  writeFileSync(join(dir, relayedFiles.server), `${JSON.stringify({ url: server.url })}\n`);
}

/** The address of the server that is to seal the run of this folder; null: none is. */
export function readServerNote(dir: string): string | null {
  try {
    const note: unknown = JSON.parse(readFileSync(join(dir, relayedFiles.server), 'utf8'));
    return isObject(note) && typeof note['url'] === 'string' ? note['url'] : null;
  } catch {
    return null;
  }
}

/**
 * Keeps the record under a name that says what it is not, and a note on what to do where the rest of the run lies: in the
 * first folder, which stays the one to push though the record had to be written into another.
 */
export async function writeUnsealed(
  record: RunRecord,
  { dirs, serverName, reason }: { dirs: string[]; serverName: string; reason: string },
): Promise<Unsealed> {
  const [first = '.'] = dirs;
  const { run_id, plan } = record;
  const text = JSON.stringify({ unsealed: true, run_id, plan_hash: plan.plan_hash, server: serverName, record });
  for (const dir of dirs) {
    try {
      const recordPath = await writeEvidenceFile(dir, relayedFiles.record, `${text}\n`);
      if (dir === first) await writeEvidenceFile(dir, relayedFiles.note, toNote(record, serverName));
      return { dir: first, recordPath, serverName, reason };
    } catch {
      // The next folder, or none: what the journal holds is enough for a push.
    }
  }
  return { dir: first, recordPath: null, serverName, reason };
}

/** Takes away what only an unsealed run has. */
export function dropUnsealed(dir: string): void {
  for (const name of [relayedFiles.record, relayedFiles.note]) rmSync(join(dir, name), { force: true });
}

/** The reason is not in it: it holds words of the server's, and a file has no surface that makes them inert. */
function toNote({ run_id, execution }: RunRecord, serverName: string): string {
  return `This run is NOT sealed, and nothing in this folder is evidence yet.

  run      ${run_id}
  outcome  ${execution.status}
  server   ${serverName}

The server that was to seal it could not be brought to do so in time. All that it needs is in this folder:
journal.ndjson (what happened), artifacts/ (what was captured), and spool.ndjson, if there is one (output that the
server has not seen). Keep all of it together, and let the server finish:

  quoderat push <this folder> --server ${serverName}

with the token in QUODERAT_SERVER_TOKEN. ${relayedFiles.record} is what the worker recorded, for reading only.
`;
}
