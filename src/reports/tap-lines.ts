export type TapLine =
  | { kind: 'point'; ok: boolean; name: string; directive: 'skip' | 'todo' | null; reason: string }
  | { kind: 'plan'; count: number; skip: string | null }
  | { kind: 'bail-out'; reason: string }
  | { kind: 'subtest'; name: string }
  | { kind: 'comment'; text: string }
  | { kind: 'yaml' }
  | { kind: 'other' };

const POINT = /^(not )?ok(?:[ \t]+(\d{1,9}))?(?:[ \t]+(?:-[ \t]*)?(.*))?$/;
const PLAN = /^1\.\.(\d{1,9})[ \t]*(?:#[ \t]*(.*))?$/;
const DIRECTIVE = /(?:^|[^\\])#[ \t]*(skip|todo)\S*[ \t]*(.*)$/i;

/** One line of TAP 13 or 14 (https://testanything.org/tap-version-14-specification.html), its indentation taken off. */
export function parseTapLine(text: string): TapLine {
  const point = POINT.exec(text);
  if (point) return toPoint(point[1] === undefined, point[3] ?? '');
  const plan = PLAN.exec(text);
  if (plan)
    return { kind: 'plan', count: Number(plan[1]), skip: /^skip/i.test(plan[2] ?? '') ? (plan[2] ?? '') : null };
  if (text.startsWith('Bail out!')) return { kind: 'bail-out', reason: text.slice('Bail out!'.length).trim() };
  if (text.startsWith('# Subtest:')) return { kind: 'subtest', name: unescape(text.slice('# Subtest:'.length).trim()) };
  if (text.startsWith('#')) return { kind: 'comment', text: text.slice(1).trim() };
  return /^ {2}---\s*$/.test(text) ? { kind: 'yaml' } : { kind: 'other' };
}

function toPoint(ok: boolean, rest: string): TapLine {
  const directive = DIRECTIVE.exec(rest);
  const name = directive === null ? rest : rest.slice(0, directive.index + (rest[directive.index] === '#' ? 0 : 1));
  return {
    kind: 'point',
    ok,
    name: unescape(name.trim()),
    directive: directive === null ? null : directive[1]?.toLowerCase() === 'skip' ? 'skip' : 'todo',
    reason: directive?.[2]?.trim() ?? '',
  };
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\#])/g, '$1');
}
