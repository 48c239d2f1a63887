import { formatDuration } from '../lib/duration.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { toShortCommit } from './digest.ts';
import { type Mood, toBrokenAnswers, toHeadline } from './outcome.ts';
import { type Block, code, type Inline, link, paragraph, strong, text } from './tree.ts';

const emojis: Record<Mood, string> = { pass: '✅', fail: '❌', incomplete: '⚠️', waiting: '⏸️' };

/** The answer, then on what it was given: commit, attempt, matrix leg, time. */
export function makeHeader(envelope: Envelope, verdict: Verdict, runUrl: string | undefined): Block[] {
  const { execution, plan, subject } = envelope;
  const facts: Inline[][] = [
    toCommit(envelope),
    ...toLeg(subject.meta),
    ...(runUrl === undefined ? [] : [link(runUrl, text('run'))]),
    [text(formatDuration(execution.duration_ms))],
  ];
  return [
    { type: 'heading', level: 3, children: [text(`${toAnswer(envelope, verdict)} · `), code(plan.name)] },
    ...toAlarm(verdict),
    paragraph(...facts.flatMap((fact) => [text(' · ')].concat(fact)).slice(1)),
  ];
}

function toAnswer(envelope: Envelope, verdict: Verdict): string {
  if (toBrokenAnswers(verdict).length > 0) return '⛔ Do not rely on this: the envelope does not hold';
  const { mood, sentence } = toHeadline(envelope.execution);
  const { meta } = envelope.subject;
  const isFork = meta['pr_from_fork'] === true || meta['mr_from_fork'] === true;
  const isUnsigned = envelope.integrity.signatures.length === 0;
  return `${emojis[mood]} ${sentence}${isFork && isUnsigned ? ' · not signed (pull request from a fork)' : ''}`;
}

function toAlarm(verdict: Verdict): Block[] {
  const broken = toBrokenAnswers(verdict);
  if (broken.length === 0) return [];
  const [first] = broken.flatMap(({ problems }) => problems);
  const words = broken.map(({ name }) => name).join(', ');
  const detail = first === undefined ? [] : [text(': '), code(first.pointer), text(` ${first.message}`)];
  return [paragraph(strong(text(words)), ...detail)];
}

function toCommit({ subject }: Envelope): Inline[] {
  const { git, meta } = subject;
  if (git === null) return [text('No commit: the workspace is no git checkout')];
  const base = typeof meta['base_ref'] === 'string' ? meta['base_ref'] : meta['mr_target_branch'];
  const tested = code(toShortCommit(git.commit_sha));
  const dirty = git.dirty === true ? [text(' with changes that are in no commit')] : [];
  if (git.head_sha === null || git.head_sha === git.commit_sha) {
    const name = git.tag ?? git.branch;
    return [text('Commit '), tested, ...(name === null ? [] : [text(' of '), code(name)]), ...dirty];
  }
  const into = [
    ...(typeof base === 'string' ? [text(' into '), code(base)] : []),
    ...(git.base_sha === null
      ? []
      : [text(typeof base === 'string' ? ' ' : ' into '), code(toShortCommit(git.base_sha))]),
  ];
  const how = git.merge_sha === git.commit_sha ? ' (tested as merge ' : ' (tested as ';
  return [text('Commit '), code(toShortCommit(git.head_sha)), text(how), tested, ...into, text(')'), ...dirty];
}

function toLeg(meta: Envelope['subject']['meta']): Inline[][] {
  const { matrix, run_attempt: attempt, node_index: index, node_total: total } = meta;
  const leg = typeof matrix === 'object' ? Object.entries(matrix).map(([key, value]) => `${key}=${value}`) : [];
  return [
    ...(typeof attempt === 'number' ? [[text(`attempt ${attempt}`)]] : []),
    ...(leg.length === 0 ? [] : [[text('leg '), code(leg.join(', '))]]),
    ...(typeof index === 'number' && typeof total === 'number' ? [[text(`leg ${index} of ${total}`)]] : []),
  ];
}
