export type TapPoint = {
  kind: 'point';
  ok: boolean;
  name: string;
  directive: 'skip' | 'todo' | null;
  reason: string;
  durationMs: number | undefined;
  /** Its subtests follow, up to a line "}". */
  opens: boolean;
};
export type TapLine =
  | TapPoint
  | { kind: 'plan'; count: number; skip: string | null }
  | { kind: 'bail-out'; reason: string }
  | { kind: 'subtest'; name: string }
  | { kind: 'comment'; text: string }
  | { kind: 'closing' }
  | { kind: 'other' };

const POINT = /^(not )?ok(?:[ \t]+(\d{1,9}))?(?:[ \t]+(?:-[ \t]*)?(.*))?$/;
const PLAN = /^1\.\.(\d{1,9})[ \t]*(?:#[ \t]*(.*))?$/;
/** What stands behind a "#" that is not escaped. */
const BEHIND = /(?:^|[^\\])#[ \t]*(.*)$/;
const DIRECTIVE = /^(skip|todo)\S*[ \t]*(.*)$/i;
const TIME = /^time=([\d.]{1,20})ms$/;

/** One line of TAP 13 or 14 (https://testanything.org/tap-version-14-specification.html), its indentation taken off. */
export function parseTapLine(text: string): TapLine {
  const point = POINT.exec(text);
  if (point) return toPoint(point[1] === undefined, point[3] ?? '');
  const plan = PLAN.exec(text);
  if (plan) {
    const said = plan[2] ?? '';
    return { kind: 'plan', count: Number(plan[1]), skip: /^skip/i.test(said) ? said : null };
  }
  if (text.startsWith('Bail out!')) return { kind: 'bail-out', reason: text.slice('Bail out!'.length).trim() };
  if (text.startsWith('# Subtest:')) return { kind: 'subtest', name: unescape(text.slice('# Subtest:'.length).trim()) };
  if (text.startsWith('#')) return { kind: 'comment', text: text.slice(1).trim() };
  return { kind: text === '}' ? 'closing' : 'other' };
}

function toPoint(ok: boolean, rest: string): TapPoint {
  const opens = /(?:^|\s)\{$/.test(rest);
  const told = opens ? rest.slice(0, -1).trimEnd() : rest;
  const behind = BEHIND.exec(told);
  const directive = DIRECTIVE.exec(behind?.[1] ?? '');
  const time = TIME.exec(behind?.[1] ?? '');
  const marked = behind !== null && (directive !== null || time !== null);
  const name = marked ? told.slice(0, behind.index + (behind[0].startsWith('#') ? 0 : 1)) : told;
  return {
    kind: 'point',
    ok,
    name: unescape(name.trim()),
    directive: directive === null ? null : directive[1]?.toLowerCase() === 'skip' ? 'skip' : 'todo',
    reason: directive?.[2]?.trim() ?? '',
    durationMs: time === null ? undefined : Number(time[1]),
    opens,
  };
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\#])/g, '$1');
}
