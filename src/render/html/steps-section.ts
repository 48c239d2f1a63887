import { formatDuration } from '../../lib/duration.ts';
import type { StepRecord } from '../../schema/record.ts';
import { type Html, markup } from './markup.ts';
import type { Page, PageLogs } from './page.ts';
import { makeStep } from './step.ts';
import { makeAxis, toLook } from './timeline.ts';

/** Steps that stand open when the page does. */
const openSteps = 3;
/** From here on steps are laid out only when they come into sight. */
const manySteps = 100;
/** Step bodies that a page short of room still has. */
const bodiesWhenShort = 50;

const looks = [
  { look: 'bad', word: 'failed' },
  { look: 'warn', word: 'allowed or cut off' },
  { look: 'idle', word: 'not run' },
  { look: 'good', word: 'passed' },
] as const;

/** All steps in the order of the plan, each with its place on one time axis; those that failed stand open. */
export function makeStepsSection(page: Page, pageLogs: PageLogs): Html {
  const { execution } = page.envelope;
  const troubled = execution.steps.filter((step) => toLook(step) === 'bad' || step.status === 'aborted');
  const open = new Set(troubled.slice(0, openSteps));
  const bodies = page.isFull ? null : new Set(troubled.slice(0, bodiesWhenShort));
  const startMs = page.scale.startMs;
  const isMany = execution.steps.length > manySteps;
  const items = execution.steps.map((step) =>
    makeStep(step, {
      page,
      pageLogs,
      readyMs: toReadyMs(step, page.steps, startMs),
      isOpen: open.has(step),
      hasBody: bodies === null || bodies.has(step),
    }),
  );
  const parallel = execution.max_parallel === 1 ? 'one at a time' : `up to ${execution.max_parallel} at once`;
  return markup`<section aria-labelledby="steps"><h2 id="steps">Steps <span class="sub">${formatDuration(execution.duration_ms)} in all, ${parallel}</span></h2>
${makeToolbar(execution.steps)}
<div class="timeline">${makeAxis(page.scale)}
<ol class="steps${isMany && ' many'}">
${items}</ol></div>
<p class="legend" aria-hidden="true"><span><svg class="key"><rect class="run good" y="2" width="24" height="10" rx="1.5"/></svg>ran</span><span><svg class="key"><line class="wait" x2="24" y1="7" y2="7"/></svg>waited for a free place or the next attempt</span><span><svg class="key"><rect class="run bad" y="2" width="24" height="10" rx="1.5"/><rect class="ending" x="12" y="2" width="12" height="10"/></svg>was being ended</span></p>
</section>`;
}

function makeToolbar(steps: StepRecord[]): Html {
  const chips = looks.flatMap(({ look, word }) => {
    const count = steps.filter((step) => toLook(step) === look).length;
    return count === 0 || count === steps.length
      ? []
      : [
          markup`<button type="button" class="chip ${look}" data-show="${look}" aria-pressed="false">${word} ${count}</button>`,
        ];
  });
  const all = markup`<button type="button" class="chip" data-show="all" aria-pressed="true">all ${steps.length}</button>`;
  return markup`<div class="toolbar" role="group" aria-label="Filter and search" hidden>
<div class="chips" role="group" aria-label="Steps shown">${chips.length > 0 && [all, chips]}</div>
<div class="search" role="search"><label class="hidden" for="log-search">Search in the logs</label><input id="log-search" type="search" placeholder="Search in the logs" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><button type="button" id="log-previous" aria-label="Previous match">↑</button><button type="button" id="log-next" aria-label="Next match">↓</button><label class="check"><input type="checkbox" id="log-only"> matching lines only</label><output id="log-count" for="log-search" aria-live="polite"></output></div>
</div>`;
}

/** When a step could have started: the end of the last thing it needs. */
function toReadyMs({ needs }: StepRecord, steps: Map<string, StepRecord>, startMs: number): number {
  const ends = needs.map((id) => Date.parse(steps.get(id)?.finished_at ?? '')).filter((ms) => !Number.isNaN(ms));
  return Math.max(startMs, ...ends);
}
