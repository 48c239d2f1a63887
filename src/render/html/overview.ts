import { formatDuration } from '../../lib/duration.ts';
import type { Envelope } from '../../schema/envelope.ts';
import type { Verdict } from '../../schema/verdict.ts';
import { toShortCommit } from '../digest.ts';
import { type Mood, toBrokenAnswers, toHeadline } from '../outcome.ts';
import { isOfBase } from '../tested-commit.ts';
import { type Hole, type Html, markup } from './markup.ts';
import type { Page } from './page.ts';

const moods: Record<Mood | 'broken', { symbol: string; look: string }> = {
  pass: { symbol: '✓', look: 'good' },
  fail: { symbol: '✗', look: 'bad' },
  incomplete: { symbol: '!', look: 'warn' },
  waiting: { symbol: '…', look: 'warn' },
  broken: { symbol: '✗', look: 'bad' },
};

/** The answer as a title for the window, a symbol and a sentence; an envelope that does not hold comes before all. */
export function toAnswer(
  { execution }: Envelope,
  verdict: Verdict,
): { symbol: string; look: string; sentence: string } {
  if (toBrokenAnswers(verdict).length > 0)
    return { ...moods.broken, sentence: 'Do not rely on this: the envelope does not hold' };
  const { mood, sentence } = toHeadline(execution);
  return { ...moods[mood], sentence };
}

/** The head of the page: what came out, of what, where and when. */
export function makeOverview({ envelope, verdict }: Page): Html {
  const { symbol, look, sentence } = toAnswer(envelope, verdict);
  const { subject, plan } = envelope;
  return markup`<header class="overview ${look}">
<p class="brand">Quoderat <span class="sub">evidence of one run</span></p>
<h1><span class="symbol" aria-hidden="true">${symbol}</span>${sentence}</h1>
${toBrokenAnswers(verdict).map(makeAlarm)}<p class="where">${[subject.repo.name !== null && markup`<strong>${subject.repo.name}</strong>`, toCommit(envelope), markup`<code>${plan.name}</code>`, ...toRun(envelope)].filter((fact) => fact !== false).map((fact) => markup`<span>${fact}</span>`)}</p>
</header>`;
}

function makeAlarm({ name, problems }: { name: string; problems: Verdict['intact']['problems'] }): Html {
  const shown = problems
    .slice(0, 20)
    .map(
      ({ pointer, message, code }) =>
        markup`<li><code>${pointer === '' ? '(the envelope)' : pointer}</code> ${message} <code>${code}</code></li>`,
    );
  const left = problems.length - shown.length;
  return markup`<div class="alarm"><p><strong>${name}</strong></p><ul>${shown}${left > 0 && markup`<li>and ${left} more</li>`}</ul></div>\n`;
}

function toCommit({ subject }: Envelope): Hole {
  const { git } = subject;
  if (git === null) return 'no git checkout';
  const name = git.tag ?? git.branch;
  const isHead = git.head_sha === null || git.head_sha === git.commit_sha || isOfBase(subject);
  const head = isHead ? null : git.head_sha;
  return markup`commit <code>${toShortCommit(head ?? git.commit_sha)}</code>${head !== null && markup` (tested as <code>${toShortCommit(git.commit_sha)}</code>)`}${isOfBase(subject) ? ", not the pull request's" : name !== null && markup` of <code>${name}</code>`}${git.dirty === true && ', with changes that are in no commit'}`;
}

function toRun({ intent, execution, subject }: Envelope): Hole[] {
  const { run_attempt: attempt, matrix } = subject.meta;
  const leg = typeof matrix === 'object' ? Object.entries(matrix).map(([key, value]) => `${key}=${value}`) : [];
  const started = `${execution.started_at.slice(0, 10)} ${execution.started_at.slice(11, 16)} UTC`;
  return [
    markup`${intent.trigger.replaceAll('_', ' ')}${intent.actor !== null && ` by ${intent.actor}`}`,
    typeof attempt === 'number' && attempt > 1 && `attempt ${attempt}`,
    leg.length > 0 && markup`leg <code>${leg.join(', ')}</code>`,
    markup`<time datetime="${execution.started_at}">${started}</time>`,
    formatDuration(execution.duration_ms),
  ];
}
