/** What can't be seen, or is no character, and so is written as an escape: YAML 1.2.2, 5.1 and 5.7. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** A text as a YAML scalar in one line: plain where no reader could take it for anything else, else in quotes. */
export function toYamlScalar(text: string): string {
  return isPlain(text) ? text : toQuoted(text);
}

/** `key: text`; a script of several lines as a block. `indent` is the key's own. */
export function toYamlEntry(key: string, text: string, indent: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  // A block keeps one line break at its end and drops others.
  const isBlock =
    lines.length > 1 && lines.at(-1) !== '' && lines.every((line) => !hasUnseen(line)) && /^\S/.test(lines[0] ?? '');
  if (!isBlock) return [`${indent}${key}: ${toYamlScalar(text)}`];
  return [
    `${indent}${key}: |${text.endsWith('\n') ? '' : '-'}`,
    ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)),
  ];
}

/** Texts as a list in one line. */
export function toYamlList(texts: readonly string[]): string {
  return `[${texts.map(toFlowScalar).join(', ')}]`;
}

/** Pairs as a mapping in one line. */
export function toYamlMapping(pairs: Readonly<Record<string, string>>): string {
  const members = Object.entries(pairs).map(([key, value]) => `${toFlowScalar(key)}: ${toFlowScalar(value)}`);
  return `{ ${members.join(', ')} }`;
}

/** A comment in one line, whatever the text holds. */
export function toYamlComment(text: string, indent = ''): string {
  const line = text.toWellFormed().replaceAll(unseen, '\u00B7');
  return `${indent}# ${line.length > maxComment ? `${line.slice(0, maxComment).toWellFormed()}…` : line}`.trimEnd();
}

const maxComment = 400;

/** In brackets more characters mean something. */
function toFlowScalar(text: string): string {
  return /^[A-Za-z_./][\w./@+=-]*$/.test(text) && isPlain(text) ? text : toQuoted(text);
}

function toQuoted(text: string): string {
  if (!hasUnseen(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text.toWellFormed()).replaceAll(unseen, toEscape);
}

function isPlain(text: string): boolean {
  if (!/^[A-Za-z_./][\w./@+=:, ()$"'~*<>|&;!{}?^%-]*$/.test(text)) return false;
  // What a reader of YAML (1.1 too) takes for something else: a key, a comment, a word, a number.
  return !/:(?:\s|$)|\s#|\s$|^(?:~|null|true|false|yes|no|on|off|y|n)$|^\.(?:inf|nan|\d)/i.test(text);
}

function hasUnseen(text: string): boolean {
  return !text.isWellFormed() || text.search(unseen) !== -1;
}

function toEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
