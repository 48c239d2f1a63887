import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isFailure } from '../../render/outcome.ts';
import type { RunRecord } from '../../schema/record.ts';
import { evidenceFiles } from './evidence-folder.ts';

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
    found.map(async ({ id, sha256 }) => [id, await readTail(join(dir, evidenceFiles.artifacts, sha256))] as const),
  );
  return Object.fromEntries(texts);
}

async function readTail(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    // The first line may be cut, even within a character.
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } catch {
    return '';
  }
}
