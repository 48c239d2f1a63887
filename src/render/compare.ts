import { formatDuration } from '../lib/duration.ts';
import {
  type Change,
  type ChangeArea,
  changeAreas,
  type ChangeValue,
  type ComparedSide,
  type Comparison,
} from '../schema/comparison.ts';
import { makePaint, type Paint, type Tone } from './ansi.ts';
import { formatBytes } from './bytes.ts';
import { toPhrase } from './change-phrases.ts';
import { toShortCommit } from './digest.ts';
import { toInertLine } from './inert.ts';
import { type Look, toColumns, toPart } from './terminal.ts';
import { toTextChange } from './text-change.ts';

/** Changes of one area that are told; the rest is counted, and all are in the JSON. */
const maxLines = 60;
const maxProblems = 10;

const looks: Record<Change['sense'], { symbol: string; tone: Tone }> = {
  worse: { symbol: '✗', tone: 'red' },
  better: { symbol: '✓', tone: 'green' },
  neutral: { symbol: '~', tone: 'dim' },
};

const titles: Record<ChangeArea, string> = {
  run: 'Run',
  plan: 'Plan',
  materials: 'Materials',
  steps: 'Steps',
  tests: 'Tests',
  findings: 'Findings',
  coverage: 'Coverage',
  outputs: 'Outputs',
  redactions: 'Redactions',
  toolchain: 'Tools',
  runner: 'Runner',
  seal: 'Seal',
};

/** What `quoderat diff` prints: first whether each side is intact, then what differs. Ends with a line break. */
export function renderComparison(comparison: Comparison, look: Look): string {
  const paint = makePaint(look.color);
  const { before, after, changes, notes } = comparison;
  const lines = [
    ...toColumns([toSideRow('before', before), toSideRow('after', after)], ''),
    ...[before, after].flatMap((side) => toProblemLines(side, paint)),
    '',
    toHeadline(comparison, paint),
    ...notes.map((note) => `  ${paint('yellow', '!')} ${toInertLine(note)}`),
    ...changeAreas.flatMap((area) => toArea(area, changes ?? [], paint)),
  ];
  return `${lines.join('\n')}\n`;
}

function toSideRow(name: string, side: ComparedSide): string[] {
  return [
    name,
    side.intact === 'yes' ? '✓ intact' : '✗ NOT INTACT',
    side.status,
    side.commit_sha === null ? 'no commit' : toShortCommit(side.commit_sha),
    side.started_at,
    toInertLine(side.named, 200),
  ].map((cell) => toInertLine(cell));
}

function toProblemLines({ named, intact, problems }: ComparedSide, paint: Paint): string[] {
  if (intact === 'yes') return [];
  const shown = problems.slice(0, maxProblems).map(({ pointer, message }) => {
    const where = pointer === '' ? 'the envelope' : toInertLine(pointer, 300);
    return `  ${where}: ${toInertLine(message)}`;
  });
  const left = problems.length - shown.length;
  return [
    '',
    paint('red', `${toInertLine(named, 200)} is not intact:`),
    ...shown,
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function toHeadline({ changes }: Comparison, paint: Paint): string {
  if (changes === null) return paint('red', '✗ Nothing was compared: what is not intact is no evidence.');
  if (changes.length === 0) return paint('green', '✓ No relevant difference.');
  const count = (sense: Change['sense']): number => changes.filter((change) => change.sense === sense).length;
  const parts = [
    ...(count('worse') > 0 ? [`${count('worse')} for the worse`] : []),
    ...(count('better') > 0 ? [`${count('better')} for the better`] : []),
    ...(count('neutral') > 0 ? [`${count('neutral')} neither`] : []),
  ];
  const total = changes.length === 1 ? '1 difference' : `${changes.length} differences`;
  return paint('bold', `${total}: ${parts.join(', ')}`);
}

function toArea(area: ChangeArea, changes: readonly Change[], paint: Paint): string[] {
  const own = changes.filter((change) => change.area === area);
  const lines = own.slice(0, maxLines).flatMap((change) => toChangeLines(change, paint));
  const left = own.length - maxLines;
  return toPart(titles[area], left > 0 ? [...lines, `  and ${left} more; --json has all`] : lines, paint);
}

function toChangeLines(change: Change, paint: Paint): string[] {
  const { symbol, tone } = looks[change.sense];
  const { subject, before, after } = change;
  const [was, is] = [toShown(change, before), toShown(change, after)];
  const about = subject === null ? '' : `${toInertLine(subject, 400)}: `;
  const start = `  ${paint(tone, symbol)} ${about}`;
  const texts = toTextChange(before, after);
  if (texts !== undefined) {
    return [
      `${start}${toPhrase(change.code, '', '').trimEnd()}`,
      ...texts.map((line) => `      ${toInertLine(line, 200)}`),
    ];
  }
  return [start + toPhrase(change.code, was, is)];
}

const durations = new Set(['run_duration', 'step_duration', 'step_timeout', 'step_idle_timeout']);

function toShown({ code, area }: Change, value: ChangeValue): string {
  if (value === null) return 'none';
  if (typeof value === 'number') {
    if (durations.has(code)) return formatDuration(value);
    if (code === 'memory_bytes') return formatBytes(value);
    return code === 'coverage' ? `${value.toFixed(2)} %` : String(value);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const isDigest = (area === 'plan' || area === 'outputs' || area === 'materials') && /^[0-9a-f]{64}$/.test(value);
  return isDigest ? value.slice(0, 16) : toInertLine(value, 400);
}
