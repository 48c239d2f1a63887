import type { StepRecord } from '../schema/record.ts';
import { inertLength, toInertTail } from './inert.ts';
import { type Block, details, paragraph, type Section, strong, text } from './tree.ts';

/** Failed steps whose output is quoted. */
const excerptSteps = 5;

/**
 * The ends of the outputs of failed steps, a section for each step and stream, for as many as texts are given. The
 * first is in sight unless the failing tests of its step are named already; the others are folded.
 * @param failed worst first
 */
export function makeExcerptSections(
  failed: readonly StepRecord[],
  excerpts: Readonly<Record<string, string>>,
  hasTests: (stepId: string) => boolean,
): Section[] {
  let isFirst = true;
  return failed.slice(0, excerptSteps).flatMap((step) =>
    (['stderr', 'stdout'] as const).flatMap((stream): Section[] => {
      const lines = toInertTail(toExcerpt(excerpts, step[`${stream}_artifact_id`]));
      if (lines.length === 0) return [];
      const shown = lines.length < inertLength.excerptLines ? stream : `last ${lines.length} lines of ${stream}`;
      const title = [strong(text(step.id)), text(`: ${shown}`)];
      const quote: Block = { type: 'code_block', language: 'text', lines };
      const isOpen = isFirst && !hasTests(step.id);
      isFirst = false;
      const blocks = isOpen ? [paragraph(...title), quote] : [details(title, [quote])];
      return [{ keep: isOpen ? 35 : 30, label: 'excerpts', blocks }];
    }),
  );
}

function toExcerpt(excerpts: Readonly<Record<string, string>>, artifactId: string | null): string {
  return artifactId !== null && Object.hasOwn(excerpts, artifactId) ? (excerpts[artifactId] ?? '') : '';
}
