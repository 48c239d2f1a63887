import { sha256 } from '../../lib/hash.ts';

/** What tells one use of the action from every other in a workflow run, as the runner's variables say it. */
export type ArtifactOrigin = {
  /** Unique for a job, a matrix leg and an attempt; undefined on runners that don't tell. */
  checkRunId: string | undefined;
  job: string;
  /** GITHUB_ACTION: the step's id, or a name made by the runner that begins with "__". */
  action: string;
  attempt: string;
  /** The matrix leg as JSON. */
  matrix: string;
};

/**
 * The first part of the names of what one step uploads. Names must be unique in a workflow run over all its attempts,
 * and may not hold " : < > | * ? CR LF \ / (github.com/actions/toolkit, packages/artifact).
 */
export function toArtifactStem(name: string, origin: ArtifactOrigin): string {
  const head = toSafePart(name, 60) || 'quoderat';
  if (origin.checkRunId !== undefined) return [head, origin.checkRunId, ...toStepPart(origin.action)].join('-');
  const leg = sha256(JSON.stringify([origin.matrix, origin.action, origin.job, origin.attempt])).slice(0, 8);
  return [head, toSafePart(origin.job, 60) || 'job', leg, toSafePart(origin.attempt, 10) || '1'].join('-');
}

/** A check run id is shared by all steps of a job; a step that is not the first of its sort adds what sets it apart. */
function toStepPart(action: string): string[] {
  const part = action.startsWith('__') ? (/_(\d{1,6})$/.exec(action)?.[1] ?? '') : toSafePart(action, 60);
  return part === '' ? [] : [part];
}

function toSafePart(text: string, length: number): string {
  return text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, length)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}
