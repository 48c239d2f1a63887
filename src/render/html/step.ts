import { formatDuration } from '../../lib/duration.ts';
import type { Attempt, StepRecord } from '../../schema/record.ts';
import { toReason, toStepWord } from '../step-words.ts';
import { type Hole, type Html, markup, toPreformatted } from './markup.ts';
import { makeLogs } from './logs.ts';
import { makeArtifactLink, makeSize, makeStepLink, type Page, type PageLogs, toCount } from './page.ts';
import { makeBar, toLook } from './timeline.ts';

const limits = { commandChars: 8000, files: 12, needs: 50, names: 100 } as const;

export type StepOptions = { page: Page; pageLogs: PageLogs; readyMs: number; isOpen: boolean; hasBody: boolean };

/** One step: a line with its place on the time axis, and behind it all that is known of it. */
export function makeStep(step: StepRecord, options: StepOptions): Html {
  const { page, isOpen, hasBody, readyMs } = options;
  const { symbol, word } = toStepWord(step);
  const name = step.name === step.id || step.name === '' ? null : markup` <span class="sub">${step.name}</span>`;
  const time = step.attempt === 0 ? '–' : formatDuration(step.duration_ms);
  const retries = step.attempt > 1 && markup` <span class="tag">${step.attempt}×</span>`;
  return markup`<li class="step ${toLook(step)}" id="step-${step.index}" data-look="${toLook(step)}">
<details${isOpen && opened}><summary><span class="symbol" aria-hidden="true">${symbol}</span><h3>${step.id}${name}</h3><span class="word">${word}${retries}</span>${makeBar(step, page.scale, readyMs)}<span class="time">${time}</span></summary>
${hasBody ? makeBody(step, options) : markup`<p class="note">Left out to keep this page small; envelope.json has it all.</p>`}</details></li>
`;
}

const opened = markup` open`;

function makeBody(step: StepRecord, { page, pageLogs }: StepOptions): Html {
  const { attempts } = step;
  const earlier = attempts.slice(0, -1);
  return markup`<div class="body">
${makeReason(step)}${step.warnings.map((warning) => markup`<p class="warning"><span aria-hidden="true">!</span> Warning: ${warning}</p>\n`)}
${makeCommand(step)}
<dl class="facts">${toFacts(step, page).map(([term, value]) => markup`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl>
${makeLogs(attempts.at(-1) ?? step, step, { page, pageLogs, heading: attempts.length > 1 ? `Attempt ${attempts.length}, the last` : null })}
${earlier.map((attempt) => makeEarlier(attempt, step, page, pageLogs))}${makeFiles(step, page)}</div>`;
}

function makeReason(step: StepRecord): Hole {
  const reason = toReason(step);
  if (reason === '') return null;
  const code = step.cause === undefined ? null : markup` <code>${step.cause.code}</code>`;
  return markup`<p class="cause">${reason}${code}</p>\n`;
}

function makeCommand({ command, cwd }: StepRecord): Hole {
  if (command === null) return null;
  const text = 'run' in command ? command.run.replace(/\s+$/, '') : command.argv.map(toArgument).join(' ');
  const how = 'run' in command ? `script for ${command.shell}` : 'program and arguments, no shell';
  return markup`<figure class="command"><figcaption>${how}${cwd === '.' ? null : markup`, in <code>${cwd}</code>`}</figcaption><pre tabindex="0">${toPreformatted(text, limits.commandChars)}</pre></figure>`;
}

/** As JSON where it would not stand for itself: the list is an argument vector, and nobody's shell reads it. */
function toArgument(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument);
}

function toFacts(step: StepRecord, page: Page): [string, Hole][] {
  const last = step.attempts.at(-1);
  const started = step.started_at === null ? null : Date.parse(step.started_at) - page.scale.startMs;
  const facts: [string, Hole][] = [
    ['Kind', step.kind],
    ['Exit', toExit(step)],
    ['Attempts', step.max_attempts > 1 && `${step.attempt} of ${step.max_attempts}`],
    [
      'Started',
      started !== null &&
        markup`${formatDuration(Math.max(0, started))} into the run <time datetime="${step.started_at}">${step.started_at?.slice(11, 19)} UTC</time>`,
    ],
    ['Phases', last !== undefined && toPhases(last)],
    ['Needs', step.needs.length > 0 && toList(step.needs, limits.needs, (id) => makeStepLink(id, page))],
    [
      'Time limit',
      `${formatDuration(step.timeout_ms)}${step.idle_timeout_ms === null ? '' : `, silent for ${formatDuration(step.idle_timeout_ms)}`}`,
    ],
    [
      'Environment',
      step.env_names.length > 0 && toList(step.env_names, limits.names, (name) => markup`<code>${name}</code>`),
    ],
    ['Part of', step.parent_id !== undefined && markup`<code>${step.parent_id}</code>`],
    ['May fail', step.continue_on_error && 'yes: a failure does not fail the run'],
    ['Output', step.attempt > 0 && !step.output_complete && 'incomplete: bytes that it wrote may be missing'],
    [
      'Left behind',
      (last?.survivors_killed ?? 0) > 0 &&
        `${toCount(last?.survivors_killed ?? 0, 'process', 'processes')} killed after its end`,
    ],
  ];
  return facts.filter(([, value]) => value !== false && value !== null);
}

function toExit({ exit_code: exit, signal, termination, attempt }: StepRecord | Attempt): Hole {
  if (attempt === 0) return null;
  if (signal !== null) return markup`signal <code>${signal}</code>`;
  return exit === null ? `no exit code (${termination.replaceAll('_', ' ')})` : markup`code <code>${exit}</code>`;
}

function toPhases({ phases, termination }: Attempt): string {
  const { spawn_ms, run_ms, terminate_ms, drain_ms, capture_ms } = phases;
  const parts: [string, number][] = [
    ['start', spawn_ms],
    ['run', run_ms],
    [termination === 'exited' ? 'sweep' : 'end by force', terminate_ms],
    ['read the rest', drain_ms],
    ['keep files', capture_ms],
  ];
  return parts
    .flatMap(([name, ms]) => (ms === 0 && name !== 'run' ? [] : [`${name} ${formatDuration(ms)}`]))
    .join(' · ');
}

function makeEarlier(attempt: Attempt, step: StepRecord, page: Page, pageLogs: PageLogs): Html {
  const { word } = toStepWord({ status: attempt.status, continue_on_error: step.continue_on_error });
  const title = `Attempt ${attempt.attempt}: ${word}, ${formatDuration(attempt.duration_ms)}`;
  return markup`<details class="attempt"><summary>${title}</summary>
<p>${toExit(attempt)}${toReason({ ...attempt }) !== '' && ` · ${toReason({ ...attempt })}`} · ${toPhases(attempt)}</p>
${makeLogs(attempt, step, { page, pageLogs, heading: null })}</details>\n`;
}

function makeFiles(step: StepRecord, { artifacts }: Page): Hole {
  const ids = [
    ...step.report_artifact_ids,
    ...step.output_artifact_ids,
    ...(step.diff_artifact_id === undefined ? [] : [step.diff_artifact_id]),
  ];
  const files = ids.slice(0, limits.files).flatMap((id) => artifacts.get(id) ?? []);
  if (files.length === 0) return null;
  const left = ids.length - files.length;
  return markup`<h4>Files</h4>
<ul class="files">${files.map((file) => markup`<li>${makeArtifactLink(file)} <span class="sub">${file.kind}, ${makeSize(file.size_bytes)}</span></li>`)}${left > 0 && markup`<li>and ${toCount(left, 'more', 'more')} in <a href="#artifacts">Artifacts</a></li>`}</ul>\n`;
}

function toList(items: string[], most: number, make: (item: string) => Html): Hole {
  const left = items.length - most;
  return [items.slice(0, most).map((item, index) => [index > 0 && ', ', make(item)]), left > 0 && ` and ${left} more`];
}
