/** A regular expression as a tree. `source` of a char node matches exactly one character. */
export type PatternNode =
  | { type: 'char'; source: string }
  | { type: 'assertion'; body?: PatternNode }
  | { type: 'sequence'; items: PatternNode[] }
  | { type: 'choice'; options: PatternNode[] }
  | { type: 'repeat'; body: PatternNode; min: number; max: number };

/** Something that a safe pattern may not hold; the message is for people. */
export class PatternFault extends Error {}

const MAX_REPEAT = 1000;
const QUANTIFIER = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/;
/** One character of a class or outside of one, written with a backslash; what is not listed here has other meanings. */
const ESCAPE = /^\\(?:[dDsSwWtnvfr0]|x[0-7][0-9a-fA-F]|u00[0-7][0-9a-fA-F]|[^a-zA-Z0-9])/s;
/** Output is searched as bytes of UTF-8, where any other character is two to four. */
const WHY_ASCII = 'the search is for bytes, and other characters have several';
const CLASS = /^\[\^?(?:[^\]\\]|\\.)*\]/s;

/**
 * Reads the part of ECMAScript's patterns (ECMA-262, 22.2.1) that is safe to run over text of strangers.
 * @throws PatternFault for the rest: unbounded repeats, back-references, lookbehind, named groups, inline flags
 */
export function parsePattern(source: string): PatternNode {
  let at = 0;
  const rest = (): string => source.slice(at);
  const take = (text: string): boolean => {
    const found = source.startsWith(text, at);
    if (found) at += text.length;
    return found;
  };

  const parseChoice = (): PatternNode => {
    const options = [parseSequence()];
    while (take('|')) options.push(parseSequence());
    return options.length === 1 && options[0] !== undefined ? options[0] : { type: 'choice', options };
  };

  const parseSequence = (): PatternNode => {
    const items: PatternNode[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(parseTerm());
    return { type: 'sequence', items };
  };

  const parseTerm = (): PatternNode => {
    if (take('^') || take('$') || take('\\b') || take('\\B')) return { type: 'assertion' };
    if (take('(?=') || take('(?!')) return { type: 'assertion', body: parseGroup() };
    return parseRepeat(parseAtom());
  };

  const parseAtom = (): PatternNode => {
    if (take('(?:')) return parseGroup();
    if (take('(?<=') || take('(?<!')) throw new PatternFault('a lookbehind is not allowed');
    if (take('(?'))
      throw new PatternFault('of the groups that begin with "(?", only "(?:", "(?=" and "(?!" are allowed');
    if (take('(')) return parseGroup();
    return { type: 'char', source: takeChar() };
  };

  const parseGroup = (): PatternNode => {
    const body = parseChoice();
    if (!take(')')) throw new PatternFault('a group is not closed by ")"');
    return body;
  };

  const takeChar = (): string => {
    const first = source[at] ?? '';
    if (first === '\\') return takeMatch(ESCAPE, explainEscape(source[at + 1] ?? ''));
    if (first === '[') return takeClass();
    if ('*+?'.includes(first))
      throw new PatternFault(`"${first}" repeats nothing; write "\\${first}" for the character`);
    if ('{}'.includes(first)) throw new PatternFault(`"${first}" stands alone; write "\\${first}" for the character`);
    at += 1;
    return first;
  };

  const takeClass = (): string => {
    const found = takeMatch(CLASS, 'a class is not closed by "]"');
    if (!isAscii(found) || /\\(?:x[89a-f]|u(?!00[0-7]))/i.test(found))
      throw new PatternFault(`a class holds ASCII only: ${WHY_ASCII}`);
    return found;
  };

  const takeMatch = (expression: RegExp, otherwise: string): string => {
    const [found] = expression.exec(rest()) ?? [];
    if (found === undefined) throw new PatternFault(otherwise);
    at += found.length;
    return found;
  };

  const parseRepeat = (body: PatternNode): PatternNode => {
    const bounds = takeBounds();
    if (bounds === undefined) return body;
    if (body.type === 'char' && !isAscii(body.source))
      throw new PatternFault(`"${body.source}" cannot be repeated by itself; put it in (?: ): ${WHY_ASCII}`);
    // A lazy repeat finds the same matches by another way, at the same cost.
    take('?');
    return { type: 'repeat', body, ...bounds };
  };

  const takeBounds = (): { min: number; max: number } | undefined => {
    if (take('?')) return { min: 0, max: 1 };
    if (take('*')) throw new PatternFault('"*" has no bound; write {0,200}');
    if (take('+')) throw new PatternFault('"+" has no bound; write {1,200}');
    const match = QUANTIFIER.exec(rest());
    if (match === null) return undefined;
    const [text, least = '', comma, most = ''] = match;
    if (comma !== undefined && most === '')
      throw new PatternFault(`"${text}" has no upper bound; write {${least},200}`);
    at += text.length;
    const max = Number(comma === undefined ? least : most);
    if (max > MAX_REPEAT) throw new PatternFault(`"${text}" repeats more than ${MAX_REPEAT} times`);
    return { min: Number(least), max };
  };

  const tree = parseChoice();
  if (at < source.length) throw new PatternFault('a ")" closes no group');
  return tree;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function explainEscape(letter: string): string {
  if (/[1-9k]/.test(letter)) return 'a back-reference is not allowed';
  if (letter === 'x' || letter === 'u') return `"\\${letter}" is allowed for ASCII only: ${WHY_ASCII}`;
  if (letter === '') return 'a "\\" ends the pattern; write "\\\\" for the character';
  return `"\\${letter}" is not allowed; a class such as [A-Za-z] says it plainly`;
}
