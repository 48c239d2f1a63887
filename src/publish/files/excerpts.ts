import { join } from 'node:path';
import { isFailure } from '../../render/outcome.ts';
import type { RunRecord } from '../../schema/record.ts';
import { evidenceFiles } from './evidence-folder.ts';
import { readTail } from './read-tail.ts';

/** Of one output, and steps whose output is read. The page shows less of both. */
const TAIL_BYTES = 16 * 1024;
const STEPS = 10;

/**
 * The ends of what the steps that did not pass wrote, by artifact id. They passed the redactor before they were kept.
 * An output that can't be read is left out.
 */
export async function readExcerpts(
  dir: string,
  { execution, artifacts }: Pick<RunRecord, 'execution' | 'artifacts'>,
): Promise<Record<string, string>> {
  const failed = execution.steps.filter((step) => isFailure(step) || step.status === 'aborted').slice(0, STEPS);
  const wanted = new Set(failed.flatMap((step) => [step.stdout_artifact_id, step.stderr_artifact_id]));
  const found = artifacts.filter(({ id, size_bytes: size }) => wanted.has(id) && size > 0);
  const texts = await Promise.all(
    found.map(async ({ id, sha256 }) => {
      const tail = await readTail(join(dir, evidenceFiles.artifacts, sha256), TAIL_BYTES);
      return [id, tail?.text ?? ''] as const;
    }),
  );
  return Object.fromEntries(texts);
}
