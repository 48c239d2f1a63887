import { limits } from '../lib/limits.ts';
import { refuse } from './report-error.ts';

export type JsonSink = {
  open(kind: 'object' | 'array'): void;
  close(): void;
  key(name: string): void;
  value(value: string | number | boolean | null): void;
};

export type JsonTokens = {
  write(text: string): void;
  /** No more text comes. */
  end(): void;
};

/** Of a longer string the beginning is kept: reports carry screenshots and whole source files. */
const MAX_STRING_CHARS = 64 * 1024;
const MAX_LITERAL_CHARS = 400;
/** Their lastIndex is set before each use. */
const SPECIAL = /["\\\u0000-\u001F]/g;
const DELIMITER = /[^\w.+-]/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'end';

/**
 * Reads strict JSON (RFC 8259) from texts as they come, in memory that does not grow with them.
 * @throws ReportError (from write and end) with line and column for what is no JSON or nested over `limits.jsonDepth`
 */
export function makeJsonTokens(sink: JsonSink): JsonTokens {
  const stack: ('object' | 'array')[] = [];
  let expected: Expected = 'value';
  let mode: 'between' | 'string' | 'escape' | 'literal' = 'between';
  let held = '';
  let escape = '';
  let line = 1;
  let lineStart = 0;
  let offset = 0;

  const stop = (reason: string, at: number): never =>
    refuse(`it is not valid JSON: ${reason} (line ${line}, column ${offset + at - lineStart + 1})`);

  const afterValue = (): void => {
    const top = stack.at(-1);
    expected = top === undefined ? 'end' : top === 'object' ? ', or }' : ', or ]';
  };
  const expectsValue = (): boolean => expected === 'value' || expected === 'value or ]';

  const endString = (at: number): void => {
    mode = 'between';
    const text = held;
    held = '';
    if (expected === 'key' || expected === 'key or }') {
      sink.key(text);
      expected = ':';
    } else if (expectsValue()) {
      sink.value(text);
      afterValue();
    } else {
      stop(`a string where ${expected} is expected`, at);
    }
  };
  const endLiteral = (at: number): void => {
    mode = 'between';
    const word = held;
    held = '';
    if (!expectsValue()) stop(`${quote(word)} where ${expected} is expected`, at);
    if (word === 'true' || word === 'false') sink.value(word === 'true');
    else if (word === 'null') sink.value(null);
    else if (NUMBER.test(word)) sink.value(Number(word));
    else stop(`${quote(word)} is no value`, at);
    afterValue();
  };

  /** Each reads from `at` and answers where the next is to go on. */
  const readString = (text: string, at: number): number => {
    SPECIAL.lastIndex = at;
    const found = SPECIAL.exec(text)?.index ?? text.length;
    if (held.length < MAX_STRING_CHARS) held += text.slice(at, Math.min(found, at + MAX_STRING_CHARS));
    if (found === text.length) return found;
    const char = text.charAt(found);
    if (char === '"') endString(found);
    else if (char === '\\') mode = 'escape';
    else stop('a control character in a string', found);
    return found + 1;
  };
  const readEscape = (text: string, at: number): number => {
    escape += text.charAt(at);
    const isUnicode = escape.startsWith('u');
    if (isUnicode && escape.length < 5) return at + 1;
    const char = isUnicode ? toCodeUnit(escape.slice(1)) : ESCAPES[escape];
    if (char === undefined) stop(`\\${quote(escape)} is no escape`, at);
    if (held.length < MAX_STRING_CHARS) held += char;
    escape = '';
    mode = 'string';
    return at + 1;
  };
  const readLiteral = (text: string, at: number): number => {
    DELIMITER.lastIndex = at;
    const found = DELIMITER.exec(text)?.index ?? text.length;
    held += text.slice(at, Math.min(found, at + MAX_LITERAL_CHARS + 1));
    if (held.length > MAX_LITERAL_CHARS) stop(`a number or word of more than ${MAX_LITERAL_CHARS} characters`, at);
    if (found < text.length) endLiteral(found);
    return found;
  };
  const readBetween = (text: string, at: number): number => {
    const char = text.charAt(at);
    switch (char) {
      case '\n':
        line += 1;
        lineStart = offset + at + 1;
        break;
      case ' ':
      case '\t':
      case '\r':
        break;
      case '"':
        mode = 'string';
        break;
      case '{':
      case '[':
        if (!expectsValue()) stop(`"${char}" where ${expected} is expected`, at);
        if (stack.length >= limits.jsonDepth) stop(`nested more than ${limits.jsonDepth} deep`, at);
        stack.push(char === '{' ? 'object' : 'array');
        sink.open(char === '{' ? 'object' : 'array');
        expected = char === '{' ? 'key or }' : 'value or ]';
        break;
      case '}':
        if (expected !== 'key or }' && expected !== ', or }') stop(`"}" where ${expected} is expected`, at);
        stack.pop();
        sink.close();
        afterValue();
        break;
      case ']':
        if (expected !== 'value or ]' && expected !== ', or ]') stop(`"]" where ${expected} is expected`, at);
        stack.pop();
        sink.close();
        afterValue();
        break;
      case ':':
        if (expected !== ':') stop(`":" where ${expected} is expected`, at);
        expected = 'value';
        break;
      case ',':
        if (expected !== ', or }' && expected !== ', or ]') stop(`"," where ${expected} is expected`, at);
        expected = expected === ', or }' ? 'key' : 'value';
        break;
      case '\uFEFF':
        if (offset + at > 0) stop('a byte order mark in the middle', at);
        break;
      default:
        if (!/[\w.+-]/.test(char)) stop(`${quote(char)} where ${expected} is expected`, at);
        mode = 'literal';
        return at;
    }
    return at + 1;
  };

  const readers = { between: readBetween, string: readString, escape: readEscape, literal: readLiteral };
  return {
    write(text) {
      for (let at = 0; at < text.length;) at = readers[mode](text, at);
      offset += text.length;
    },
    end() {
      if (mode === 'literal') endLiteral(0);
      if (expected !== 'end' || mode !== 'between') stop('it ends in the middle', 0);
    },
  };
}

function toCodeUnit(digits: string): string | undefined {
  return /^[0-9a-fA-F]{4}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
