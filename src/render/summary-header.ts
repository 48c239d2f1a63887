import { formatDuration } from '../lib/duration.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { toShortCommit } from './digest.ts';
import { type Mood, toBrokenAnswers, toHeadline } from './outcome.ts';
import { isOfBase } from './tested-commit.ts';
import { type Block, code, dotted, type Inline, link, paragraph, strong, text } from './tree.ts';

/** Symbols of the answers; a word beside each says the same. */
export const emojis: Record<Mood, string> = { pass: '✅', fail: '❌', incomplete: '⚠️', waiting: '⏸️' };

export type HeaderOptions = {
  envelope: Envelope;
  verdict: Verdict;
  runUrl: string | undefined;
  level: 3 | 4;
  isSigned: boolean;
};

/** The answer, then on what it was given: commit, attempt, matrix leg, time. */
export function makeHeader(options: HeaderOptions): Block[] {
  const { envelope, verdict, level, isSigned } = options;
  const answer = toAnswer(envelope, verdict, isSigned);
  return [
    { type: 'heading', level, children: [text(`${answer} · `), code(envelope.plan.name)] },
    ...toAlarm(verdict),
    makeSubjectLine(options),
  ];
}

/** A page that a later one has taken the place of: by what, and what it said. */
export function makeSupersededHeader(options: HeaderOptions, by: Superseded): Block[] {
  const { envelope, verdict, level, isSigned } = options;
  const successor: Inline[] =
    by.by_commit === undefined
      ? [text(by.by_attempt === undefined ? 'a later run' : `attempt ${by.by_attempt}`)]
      : [
          text('commit '),
          code(toShortCommit(by.by_commit)),
          text(by.by_attempt === undefined ? '' : `, attempt ${by.by_attempt}`),
        ];
  return [
    {
      type: 'heading',
      level,
      children: [text('⏭️ Superseded by '), ...successor, text(' · '), code(envelope.plan.name)],
    },
    paragraph(text(`It said: ${toAnswer(envelope, verdict, isSigned)}`)),
    ...toAlarm(verdict),
    makeSubjectLine(options),
  ];
}

/** The commit that was pushed since, or the newer attempt, by which a page has become history. */
export type Superseded = { by_commit?: string; by_attempt?: number };

function makeSubjectLine({ envelope, runUrl }: HeaderOptions): Block {
  const facts: Inline[][] = [
    toCommit(envelope),
    ...toLeg(envelope.subject.meta),
    ...(runUrl === undefined ? [] : [link(runUrl, text('run'))]),
    [text(formatDuration(envelope.execution.duration_ms))],
  ];
  return paragraph(...dotted(facts));
}

function toAnswer(envelope: Envelope, verdict: Verdict, isSigned: boolean): string {
  if (toBrokenAnswers(verdict).length > 0) return '⛔ Do not rely on this: the envelope does not hold';
  const { mood, sentence } = toHeadline(envelope.execution);
  const { meta } = envelope.subject;
  const isFork = meta['pr_from_fork'] === true || meta['mr_from_fork'] === true;
  const base = isOfBase(envelope.subject) ? " · of the base, not of the pull request's commit" : '';
  return `${emojis[mood]} ${sentence}${base}${isFork && !isSigned ? ' · not signed (pull request from a fork)' : ''}`;
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
  if (isOfBase(subject)) {
    const head = code(toShortCommit(git.head_sha));
    return [text('Commit '), tested, text(' of the base: '), head, text(' was not checked out'), ...dirty];
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
