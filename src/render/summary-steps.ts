import { formatDuration } from '../lib/duration.ts';
import type { Artifact, StepRecord } from '../schema/record.ts';
import { toShortDigest } from './digest.ts';
import { inertLength, toInertTail } from './inert.ts';
import { isFailure } from './outcome.ts';
import { toReason, toStepWord } from './step-words.ts';
import { type Block, code, type Column, details, type Inline, strong, text } from './tree.ts';

/** What was seen of steps beside their outcome, by step id. */
type Remarks = ReadonlyMap<string, string>;

const columns: Column[] = [
  { title: '' },
  { title: 'Step' },
  { title: 'Kind' },
  { title: 'Result' },
  { title: 'Time', align: 'right' },
  { title: 'Evidence' },
];
/** Artifacts that one row names, and failed steps whose output is quoted. */
const evidencePerRow = 3;
const excerptSteps = 5;

/** What did not pass, worst first; nothing when all did. */
export function makeTroubleTable(steps: StepRecord[], artifacts: Map<string, Artifact>, remarks: Remarks): Block[] {
  const rows = steps.filter(({ status }) => status !== 'success').toSorted((a, b) => toRank(a) - toRank(b));
  return rows.length === 0 ? [] : [makeTable(rows, artifacts, remarks)];
}

/** The passed steps, folded. */
export function makePassedTable(steps: StepRecord[], artifacts: Map<string, Artifact>, remarks: Remarks): Block[] {
  const rows = steps.filter(({ status }) => status === 'success');
  if (rows.length === 0) return [];
  return [
    details(
      [text(`${rows.length} ${rows.length === 1 ? 'step' : 'steps'} passed`)],
      [makeTable(rows, artifacts, remarks)],
    ),
  ];
}

/** The warnings of the steps, by step. */
export function makeWarningsTable(steps: StepRecord[]): Block[] {
  const rows = steps.flatMap(({ id, warnings }) => warnings.map((warning) => [[code(id)], [text(warning)]]));
  if (rows.length === 0) return [];
  return [{ type: 'table', columns: [{ title: 'Step' }, { title: 'Warning' }], rows }];
}

/** The ends of the outputs of failed steps, a block for each step and stream, for as many as texts are given. */
export function makeExcerpts(steps: StepRecord[], excerpts: Record<string, string>): Block[] {
  const failed = steps
    .filter((step) => isFailure(step) || step.status === 'aborted')
    .toSorted((a, b) => toRank(a) - toRank(b));
  return failed.slice(0, excerptSteps).flatMap((step) =>
    (['stderr', 'stdout'] as const).flatMap((stream) => {
      const lines = toInertTail(toExcerpt(excerpts, step[`${stream}_artifact_id`]));
      if (lines.length === 0) return [];
      const shown = lines.length < inertLength.excerptLines ? stream : `last ${lines.length} lines of ${stream}`;
      return [details([strong(text(step.id)), text(`: ${shown}`)], [{ type: 'code_block', language: 'text', lines }])];
    }),
  );
}

function toExcerpt(excerpts: Record<string, string>, artifactId: string | null): string {
  return artifactId !== null && Object.hasOwn(excerpts, artifactId) ? (excerpts[artifactId] ?? '') : '';
}

function makeTable(steps: StepRecord[], artifacts: Map<string, Artifact>, remarks: Remarks): Block {
  return {
    type: 'table',
    columns,
    rows: steps.map((step) => [
      [text(toStepWord(step).emoji)],
      toName(step),
      [text(step.kind)],
      toResult(step, remarks.get(step.id) ?? ''),
      [text(step.attempt === 0 ? '–' : formatDuration(step.duration_ms))],
      toEvidence(step, artifacts),
    ]),
  };
}

function toName({ id, name }: StepRecord): Inline[] {
  return name === id || name === '' ? [code(id)] : [code(id), text(` ${name}`)];
}

function toResult(step: StepRecord, remark: string): Inline[] {
  const reason = toReason(step) || remark;
  const warnings = step.warnings.length;
  const notes = [
    ...(step.max_attempts > 1 && step.attempt > 0 ? [`attempt ${step.attempt} of ${step.max_attempts}`] : []),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ...(step.output_complete || step.attempt === 0 ? [] : ['output incomplete']),
  ];
  return [
    strong(text(toStepWord(step).word)),
    ...(reason === '' ? [] : [text(`: ${reason}`)]),
    ...(notes.length === 0 ? [] : [text(` · ${notes.join(' · ')}`)]),
  ];
}

function toEvidence(step: StepRecord, artifacts: Map<string, Artifact>): Inline[] {
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

function toRank(step: StepRecord): number {
  if (isFailure(step)) return step.continue_on_error ? 4 : 0;
  if (step.status === 'aborted') return 1;
  return step.status === 'waiting' ? 2 : 3;
}
