import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import type { QuarantineValue } from '../../schema/step-observations.ts';
import { readFoundFile, type FoundFile } from '../file-globs.ts';
import type { AttemptContext } from '../step-context.ts';
import type { NamedFile } from './attachments.ts';

type Quarantined = QuarantineValue['files'][number];

/**
 * Keeps screenshots, and recordings that the manifest allows, as artifacts; lists the other recordings by digest in an
 * observation. What lies outside of the workspace is left alone.
 * @returns the ids of the artifacts
 */
export async function keepAttachments(
  context: AttemptContext,
  named: readonly NamedFile[],
  reportIds: string[],
): Promise<string[]> {
  const { step, workspace, warn, stop } = context;
  const ids: string[] = [];
  const numbers = { screenshot: 0, trace: 0, video: 0 };
  const listed: Quarantined[] = [];
  const seen = new Set<string>();
  let leftOut = 0;
  for (const { path, what } of named) {
    const file = await readFoundFile(workspace, path);
    if (file === undefined) {
      warn('file_not_captured', `a ${what} that its report names is not there, or not in the workspace`);
      continue;
    }
    if (seen.has(file.path)) continue;
    seen.add(file.path);
    if (stop.reason() !== null || seen.size > limits.playwrightAttachments) {
      leftOut += 1;
      continue;
    }
    try {
      if (what === 'screenshot' || step.attach?.includes(what) === true)
        ids.push(await keep(context, file, what, (numbers[what] += 1)));
      else listed.push(await list(context, file, what));
    } catch (error) {
      warn('file_not_captured', `${file.name} can't be read: ${toMessage(error)}`);
    }
  }
  if (leftOut > 0) warn('file_not_captured', `${leftOut} screenshots and recordings were neither kept nor listed`);
  if (listed.length > 0) await tellQuarantine(context, { files: listed, files_left_out: leftOut }, reportIds);
  return ids;
}

async function keep(
  context: AttemptContext,
  file: FoundFile,
  kind: NamedFile['what'],
  number: number,
): Promise<string> {
  const { store, redactor, step, toArtifactId } = context;
  const id = toArtifactId(`${kind}/${number}`);
  const name = context.redact(file.name, 'artifacts');
  const isStopped = (): boolean => context.stop.reason() !== null;
  const captured = await store.captureFile({ id, kind, name, stepId: step.id, path: file.path, redactor, isStopped });
  if (captured.problem !== null)
    context.warn('file_not_captured', `${file.name} was not kept whole (${captured.problem})`);
  await context.announce(captured, name, 'artifact');
  return id;
}

async function list(context: AttemptContext, file: FoundFile, what: Quarantined['what']): Promise<Quarantined> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name: context.redact(file.name, 'observations'), what, sha256: hash.digest('hex'), size_bytes: size };
}

async function tellQuarantine(context: AttemptContext, value: QuarantineValue, reportIds: string[]): Promise<void> {
  const { step, attempt, emit } = context;
  const count = value.files.length;
  const observation = {
    id: `${step.id}/${attempt}/quarantine`,
    type: 'quarantine',
    summary: `${count} ${count === 1 ? 'recording was' : 'recordings were'} not kept: a trace or video may show passwords`,
    value,
    basis_artifact_ids: reportIds,
    informational: reportIds.length === 0,
    parser: { name: 'quoderat/playwright', version: '1' },
  };
  await emit({ type: 'observation_recorded', step_id: step.id, observation });
}
