import { type Check, type CheckGroup, checkGroups } from '../schema/checkup.ts';
import { makePaint, type Paint, type Tone } from './ansi.ts';
import { pad, toCells } from './cells.ts';
import { toInertLine } from './inert.ts';
import { type Look, toPart } from './terminal.ts';

const looks: Record<Check['state'], { symbol: string; word: string; tone: Tone }> = {
  ok: { symbol: '✓', word: 'ok', tone: 'green' },
  warn: { symbol: '!', word: 'warn', tone: 'yellow' },
  missing: { symbol: '✗', word: 'missing', tone: 'red' },
};

const titles: Record<CheckGroup, string> = {
  machine: 'Machine',
  git: 'Git',
  folders: 'Folders',
  manifest: 'Manifest',
  programs: 'Programs',
  variables: 'Variables',
  ci: 'CI',
};

/** What `quoderat doctor` prints: each check with a symbol and a word, and what to do about it. Ends with a line break. */
export function renderCheckup(checks: readonly Check[], look: Look): string {
  const paint = makePaint(look.color);
  const width = Math.min(32, Math.max(0, ...checks.map(({ name }) => toCells(toInertLine(name)))));
  const groups = checkGroups.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    return toPart(
      titles[group],
      own.flatMap((check) => toLines(check, width, paint)),
      paint,
    );
  });
  return `${[...groups.slice(1), '', toSum(checks, paint)].join('\n')}\n`;
}

function toLines({ name, state, detail, remedies }: Check, width: number, paint: Paint): string[] {
  const { symbol, word, tone } = looks[state];
  return [
    `  ${paint(tone, `${symbol} ${word.padEnd(7)}`)}  ${pad(toInertLine(name), width)}  ${toInertLine(detail)}`,
    ...remedies.map((remedy) => `             ${paint('dim', `→ ${toInertLine(remedy)}`)}`),
  ];
}

function toSum(checks: readonly Check[], paint: Paint): string {
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
  const [missing, warnings] = [count('missing'), count('warn')];
  const rest = warnings === 0 ? '' : warnings === 1 ? ', 1 warning' : `, ${warnings} warnings`;
  if (missing > 0) return paint('red', `✗ ${missing} missing${rest}`);
  return paint('green', `✓ Nothing that is needed is missing${rest}`);
}
