import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { renderWithinBudget } from './budget.ts';
import { makeHeader } from './summary-header.ts';
import { makeLimitLines, makeSealLines } from './summary-seal.ts';
import { toStepRemarks } from './step-remarks.ts';
import { makeExcerpts, makePassedTable, makeTroubleTable, makeWarningsTable } from './summary-steps.ts';
import { type Block, code, details, type Section, text } from './tree.ts';

export type SummaryOptions = {
  envelope: Envelope;
  /** SHA-256 of the envelope's file. */
  envelopeSha256: string;
  envelopeFileName: string;
  verdict: Verdict;
  /** Bytes of UTF-8 that the page may have; 32 KiB are always enough. */
  budgetBytes: number;
  /** http or https, from the caller, never from the envelope. */
  links?: { run?: string; envelope?: string };
  /** Output texts by artifact id (their ends suffice): the envelope names them only. */
  excerpts?: Record<string, string>;
};

/**
 * The page that a reviewer reads, as GitHub Flavored Markdown: first whether it passed, then what did not, then how to
 * check it. Everything in the envelope is taken for a stranger's text.
 * @throws RangeError when budgetBytes is too small for what must be on the page
 */
export function renderSummary(options: SummaryOptions): string {
  const { envelope, verdict } = options;
  const links = { run: undefined, envelope: undefined, ...options.links };
  const { steps } = envelope.execution;
  const artifacts = new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact]));
  const remarks = toStepRemarks(envelope);
  const sections: Section[] = [
    { keep: 'always', label: 'header', blocks: makeHeader(envelope, verdict, links.run) },
    { keep: 'always', label: 'failures', blocks: makeTroubleTable(steps, artifacts, remarks) },
    ...makeExcerpts(steps, { ...options.excerpts }).map((block) => ({ keep: 30, label: 'excerpts', blocks: [block] })),
    { keep: 40, label: 'approvals', blocks: makeGates(envelope) },
    { keep: 20, label: 'warnings', blocks: makeWarningsTable(steps) },
    { keep: 15, label: 'observations', blocks: makeObservations(envelope) },
    { keep: 10, label: 'passed steps', blocks: makePassedTable(steps, artifacts, remarks) },
    { keep: 'always', label: 'limits', blocks: makeLimitLines(envelope) },
    { keep: 'always', label: 'envelope', blocks: makeSealLines({ ...options, envelopeUrl: links.envelope }) },
  ];
  return renderWithinBudget(
    sections.filter(({ blocks }) => blocks.length > 0),
    options.budgetBytes,
  );
}

function makeGates({ gates }: Envelope): Block[] {
  if (gates.length === 0) return [];
  const titles = ['Approval', 'Decision', 'By', 'At', 'Reason'];
  const rows = gates.map(({ step_id, decision, by, at, reason }) => [
    [code(step_id)],
    [text(decision)],
    [text(by ?? '–')],
    [text(at ?? '–')],
    [text(reason)],
  ]);
  return [{ type: 'table', columns: titles.map((title) => ({ title })), rows }];
}

function makeObservations({ observations }: Envelope): Block[] {
  if (observations.length === 0) return [];
  const titles = ['Observation', 'What', 'Basis'];
  const rows = observations.map(({ type, summary, informational, basis_artifact_ids: basis }) => [
    [code(type)],
    [text(summary)],
    [text(informational ? 'none: a remark' : `${basis.length} ${basis.length === 1 ? 'artifact' : 'artifacts'}`)],
  ]);
  const count = observations.length === 1 ? '1 observation' : `${observations.length} observations`;
  return [details([text(count)], [{ type: 'table', columns: titles.map((title) => ({ title })), rows }])];
}
