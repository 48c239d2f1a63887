import { formatDuration } from '../lib/duration.ts';
import type { Artifact, StepRecord } from '../schema/record.ts';
import { toShortDigest } from './digest.ts';
import { toReason, toStepWord } from './step-words.ts';
import { code, type Column, type Inline, strong, text } from './tree.ts';

/** The columns of a table of steps, as `toStepCells` fills them. */
export const stepColumns: Column[] = [
  { title: '' },
  { title: 'Step' },
  { title: 'Kind' },
  { title: 'Result' },
  { title: 'Time', align: 'right' },
  { title: 'Evidence' },
];
/** Artifacts that one row names. */
const evidencePerRow = 3;

/** A step as a row; `remark` is what was seen of it beside its outcome. */
export function toStepCells(step: StepRecord, artifacts: ReadonlyMap<string, Artifact>, remark: string): Inline[][] {
  return [
    [text(toStepWord(step).emoji)],
    toName(step),
    [text(step.kind)],
    toResult(step, remark),
    [text(step.attempt === 0 ? '–' : toUnbroken(formatDuration(step.duration_ms)))],
    toEvidence(step, artifacts),
  ];
}

/** With spaces at which no line is broken. */
export function toUnbroken(words: string): string {
  return words.replaceAll(' ', '\u00A0');
}

function toName({ id, name }: StepRecord): Inline[] {
  return name === id || name === '' ? [code(id)] : [code(id), text(` ${name}`)];
}

function toResult(step: StepRecord, remark: string): Inline[] {
  const reasons = [remark, toReason(step)].filter((part) => part !== '');
  const warnings = step.warnings.length;
  const notes = [
    ...(step.max_attempts > 1 && step.attempt > 0 ? [`attempt ${step.attempt} of ${step.max_attempts}`] : []),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ...(step.output_complete || step.attempt === 0 ? [] : ['output incomplete']),
  ];
  return [
    strong(text(toStepWord(step).word)),
    ...reasons.map((reason, index) => text(`${index === 0 ? ': ' : ' · '}${reason}`)),
    ...(notes.length === 0 ? [] : [text(` · ${notes.join(' · ')}`)]),
  ];
}

function toEvidence(step: StepRecord, artifacts: ReadonlyMap<string, Artifact>): Inline[] {
  const ids = [
    ...step.report_artifact_ids,
    step.stderr_artifact_id,
    step.stdout_artifact_id,
    ...step.output_artifact_ids,
  ];
  const found = ids.flatMap((id) => (id === null ? [] : (artifacts.get(id) ?? [])));
  const telling = found.filter(({ size_bytes }) => size_bytes > 0);
  const shown = telling.slice(0, evidencePerRow);
  const left = telling.length - shown.length;
  if (shown.length === 0) return [text('–')];
  return [
    ...shown.flatMap(({ kind, sha256 }, index) => [
      text(index === 0 ? `${kind} ` : ` ${kind} `),
      code(toShortDigest(sha256)),
    ]),
    text(left > 0 ? ` and ${left} more` : ''),
  ];
}
