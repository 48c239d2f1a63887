import type { Attempt, StepRecord } from '../../schema/record.ts';
import { inertLength, toInertTail } from '../inert.ts';
import { isFailure } from '../outcome.ts';
import { type Hole, type Html, markup, toPreformatted } from './markup.ts';
import { makeArtifactLink, makeSize, type Page, type PageLogs } from './page.ts';

export type LogsOptions = { page: Page; pageLogs: PageLogs; heading: string | null };

/**
 * The outputs of one attempt. What stands here is for readers without script (the last lines of failures); the script
 * puts the whole of what the page carries in its place when the step is opened.
 */
export function makeLogs(
  attempt: Pick<Attempt, 'attempt' | 'stdout_artifact_id' | 'stderr_artifact_id'>,
  step: StepRecord,
  options: LogsOptions,
): Hole {
  const streams = (['stderr', 'stdout'] as const).map((stream) =>
    makeLog(stream, attempt[`${stream}_artifact_id`], step, options),
  );
  if (streams.every((stream) => stream === null)) return null;
  const heading = options.heading === null ? 'Output' : `Output: ${options.heading}`;
  return markup`<h4>${heading}</h4>\n${streams}`;
}

function makeLog(stream: string, id: string | null, step: StepRecord, { page, pageLogs }: LogsOptions): Html | null {
  const artifact = id === null ? undefined : page.artifacts.get(id);
  if (artifact === undefined || id === null) return null;
  if (artifact.size_bytes === 0)
    return markup`<p class="log-head"><strong>${stream}</strong> <span class="sub">empty</span></p>\n`;
  const log = pageLogs.logs.get(id);
  const cut = artifact.truncated && 'its end was not captured';
  const head = markup`<div class="log-head"><strong>${stream}</strong> <span class="sub">${makeSize(artifact.size_bytes)}${artifact.redaction.applied && ', redacted'}${cut && `, ${cut}`}</span> ${makeArtifactLink(artifact)}</div>`;
  if (log === undefined) return markup`${head}<p class="note">Not on this page.</p>\n`;
  const label = `${stream} of ${step.id}`;
  const note =
    log.isCut &&
    markup`<p class="note">The beginning is not on this page: lines are counted from the first one shown.</p>`;
  return markup`<div class="log" data-log="${pageLogs.elementIds.get(id)}" data-label="${label}" data-artifact="${page.artifactIndexes.get(id)}"${!log.isCut && whole}>${head}${note}${makeExcerpt(log.text, step, label)}</div>\n`;
}

/** The script may then hash what is here and compare it with the artifact's digest. */
const whole = markup` data-whole`;

function makeExcerpt(text: string, step: StepRecord, label: string): Hole {
  if (!isFailure(step)) return null;
  const lines = toInertTail(text);
  return markup`<pre class="excerpt" tabindex="0" aria-label="${label}, the last lines">${toPreformatted(lines.join('\n'), inertLength.excerptLines * inertLength.excerptLine * 2)}</pre>`;
}
