import { join } from 'node:path';
import { isFailure } from '../../render/outcome.ts';
import type { RunRecord } from '../../schema/record.ts';
import { evidenceFiles } from './evidence-folder.ts';
import { readTail } from './read-tail.ts';

/** Of one output, and of all together: what a page can show is less than what was kept. */
const LOG_BYTES = 1024 * 1024;
const ALL_BYTES = 16 * LOG_BYTES;

/** The outputs of the steps by artifact id, whole or their ends, those of failures first as long as there is room. */
export async function readLogs(
  dir: string,
  { execution, artifacts }: Pick<RunRecord, 'execution' | 'artifacts'>,
): Promise<Record<string, { text: string; truncated: boolean }>> {
  const kept = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  const failuresFirst = execution.steps.toSorted((a, b) => Number(isFailure(b)) - Number(isFailure(a)));
  const ids = failuresFirst.flatMap(({ attempts }) =>
    attempts.flatMap((attempt) => [attempt.stdout_artifact_id, attempt.stderr_artifact_id]),
  );
  const logs: Record<string, { text: string; truncated: boolean }> = {};
  let room = ALL_BYTES;
  for (const artifact of ids.flatMap((id) => kept.get(id ?? '') ?? [])) {
    const bytes = Math.min(LOG_BYTES, room, artifact.size_bytes);
    if (bytes === 0) continue;
    const log = await readTail(join(dir, evidenceFiles.artifacts, artifact.sha256), bytes);
    if (log !== null) logs[artifact.id] = log;
    room -= bytes;
  }
  return logs;
}
