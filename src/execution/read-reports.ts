import { createReadStream } from 'node:fs';
import { toMessage } from '../lib/errors.ts';
import { redactJson } from '../redaction/json.ts';
import type { ReportFormat } from '../schema/kinds.ts';
import type { ParsedReport } from '../schema/parsed-report.ts';
import type { Artifact, Observation } from '../schema/record.ts';
import type { FileJudge } from './file-judge.ts';
import type { AttemptContext } from './step-context.ts';

/** The port to the reports stage. */
export type ReportReader = {
  /** Reads a report in bounded memory; rejects only when the chunks do. */
  read(format: ReportFormat, chunks: AsyncIterable<Uint8Array>): Promise<ParsedReport>;
  /** Where the exit code and the reports tell different things: one sentence. */
  findDisagreement(exitCode: number | null, reports: { name: string; report: ParsedReport }[]): string | undefined;
};

/** A report of an attempt, kept. */
export type KeptReport = {
  artifact: Artifact;
  format: ReportFormat;
  /** Of the file as it was written. */ path: string;
};

/**
 * Reads the reports that were kept: the redacted bytes, which are the basis of what is said of them. Each gives an
 * observation; one that can't be read, or says that nothing ran, is held against the step as its kind's rule says.
 */
export async function readReports(
  context: AttemptContext,
  reports: KeptReport[],
  { rule, exitCode, judge }: { rule: 'fail' | 'warn'; exitCode: number | null; judge: FileJudge['judge'] },
): Promise<void> {
  const readings: { name: string; report: ParsedReport }[] = [];
  for (const kept of reports) {
    const { artifact } = kept;
    // An empty one was judged when it was kept.
    if (artifact.size_bytes === 0) continue;
    const report = await readEither(context, kept);
    readings.push({ name: artifact.name, report });
    if (!report.ok) {
      judge(rule, { code: report.code, message: `its report ${artifact.name} ${report.message}` });
      continue;
    }
    await context.emit({
      type: 'observation_recorded',
      step_id: context.step.id,
      observation: toObservation(context, artifact, report),
    });
    if (!report.ran && report.type !== 'coverage')
      judge(rule, { code: 'nothing_ran', message: `its report ${artifact.name} says that nothing ran` });
  }
  const disagreement = context.reports.findDisagreement(exitCode, readings);
  if (disagreement !== undefined) context.warn('report_disagrees', disagreement);
}

/**
 * What the kept bytes say. Where the redactor took something out of a report so that its form was lost, that must not
 * fail the step: then it is read as the step wrote it, and what is told of it is redacted.
 */
async function readEither(context: AttemptContext, kept: KeptReport): Promise<ParsedReport> {
  const { artifact, format, path } = kept;
  const report = await readOne(context, artifact, format);
  if (report.ok || !artifact.redaction.applied) return report;
  const whole = await readFrom(context, format, async () => createReadStream(path));
  if (whole.ok)
    context.warn(
      'report_read_unredacted',
      `its report ${artifact.name} was read before redaction, which broke its form`,
    );
  return whole.ok ? whole : report;
}

function readOne(context: AttemptContext, artifact: Artifact, format: ReportFormat): Promise<ParsedReport> {
  return readFrom(context, format, () => context.store.read(artifact.sha256));
}

async function readFrom(
  context: AttemptContext,
  format: ReportFormat,
  open: () => Promise<AsyncIterable<Uint8Array> | null>,
): Promise<ParsedReport> {
  try {
    const chunks = await open();
    if (chunks !== null) return await context.reports.read(format, chunks);
    return { ok: false, code: 'report_unreadable', message: 'was not kept, so it was not read' };
  } catch (error) {
    return { ok: false, code: 'report_unreadable', message: `can't be read: ${toMessage(error)}` };
  }
}

/** Redacted once more: what was spelt with entities or escapes in the report is plain text now. */
function toObservation(
  { redactor, redact, step }: AttemptContext,
  artifact: Artifact,
  { type, summary, value, parser }: Extract<ParsedReport, { ok: true }>,
): Observation {
  return {
    id: `${artifact.id}/${type}`,
    type,
    summary: redact(`${step.id}: ${summary}`, `observations/${artifact.id}`),
    value: redactJson(value, redactor).value,
    basis_artifact_ids: [artifact.id],
    informational: false,
    parser,
  };
}
