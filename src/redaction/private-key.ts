import { bounds, CARRIAGE_RETURN, LINE_FEED } from './match.ts';

/**
 * A PEM private key (RFC 7468) or PGP key block on its way through a stream. It is masked line by line and never kept:
 * a block that has no end costs no memory, and none of its body is let go. `inside` means that the line at `next` may
 * belong to the block.
 */
export type KeyBlock = {
  inside: boolean;
  next: number;
  /** Where the part ends that was masked last. */
  maskedTo: number;
  /** Blank lines and lines of other writers since. A line break of two bytes counts as a blank line. */
  blanks: number;
  strangers: number;
};

/** Bytes to mask. A part that goes on with what is masked already overlaps it, so that both get one marker. */
type BlockPart = { start: number; end: number };

export type BlockStep = {
  parts: BlockPart[];
  /** Bytes from here on must be kept until more is known. */
  holdFrom: number;
};

export function makeKeyBlock(): KeyBlock {
  return { inside: false, next: 0, maskedTo: 0, blanks: 0, strangers: 0 };
}

/** How far behind the begin line the body must show itself. */
const LEAD = 512;
/** Lines of other writers between lines of the body. */
const MOST_STRANGERS = 4;
const MOST_BLANKS = 8;
const BEGIN = '-----BEGIN ';
const END = '-----END ';
const END_LINE = /-----END (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const FILLER = /(?:\s|\\[nrt\\]|["'+,`;]|[A-Za-z0-9-]{1,15}: [^\r\n\\]{1,76}(?:\r?\n|\\n)){0,40}/y;
const BODY = /[A-Za-z0-9+/=]{16,}|(?:[A-Za-z0-9+/=]{1,15}(?:\s|\\[nr]){1,4}){1,8}-----END /y;
/** Lines that leave it open whether a body comes. */
const UNDECIDED_LINE = /^[\s"'+]*(?:[A-Za-z0-9-]{1,15}: .*|[A-Za-z0-9+/=]{1,15})?\s*$/;
/** The same with what a log puts in front of each line. */
const PREFIXED_BODY = /\s{0,8}[^\r\n]{1,80}[\s|:>][ \t]{0,8}["']?[A-Za-z0-9+/]{40,}={0,2}["',\\nr+ ]{0,8}[\r\n]/y;
const BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{24,}={0,2}(?:["',;\\+ \t]|\\[nr]){0,12}$/;
const SHORT_BODY_LINE =
  /^[\s"'+]*(?:[A-Za-z0-9+/]{1,76}={0,2}|=[A-Za-z0-9+/]{4}|[A-Za-z0-9-]{1,15}: ?.{0,76})?(?:["',;+\s]|\\[nr])*$/;
const LONE_BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{48,}={0,2}(?:["',;+ \t]|\\[nr]){0,12}$/;

/**
 * Follows the block as far as the text reaches.
 * @param begins where the begin lines found in [.., limit) begin and end, ascending
 * @param limit lines that begin before it are complete, or have `bounds.lookAhead` bytes
 * @param isFinal no more text comes
 */
export function followBlock(
  block: KeyBlock,
  text: string,
  begins: { start: number; end: number }[],
  limit: number,
  isFinal: boolean,
): BlockStep {
  const step: BlockStep = { parts: [], holdFrom: limit };
  if (block.inside) followLines(block, text, limit, step);
  for (const { start, end } of begins) {
    if (block.inside || start < block.next) continue;
    const body = toBodyStart(text, end, isFinal);
    if (body === 'later') {
      step.holdFrom = Math.min(step.holdFrom, start);
      break;
    }
    if (body === 'none') continue;
    block.inside = true;
    block.next = end;
    markMasked(block, end);
    step.parts.push({ start, end });
    followLines(block, text, limit, step);
  }
  return step;
}

/** Whether a body follows a begin line: some say `BEGIN PRIVATE KEY` and mean no key. */
function toBodyStart(text: string, from: number, isFinal: boolean): 'body' | 'none' | 'later' {
  FILLER.lastIndex = from;
  FILLER.test(text);
  BODY.lastIndex = FILLER.lastIndex;
  if (BODY.test(text)) return 'body';
  PREFIXED_BODY.lastIndex = from;
  if (PREFIXED_BODY.test(text)) return 'body';
  if (isFinal || text.length - from >= LEAD) return 'none';
  const [, ...lines] = text.slice(from).split('\n');
  return lines.slice(0, -1).every((line) => UNDECIDED_LINE.test(line)) ? 'later' : 'none';
}

function followLines(block: KeyBlock, text: string, limit: number, step: BlockStep): void {
  while (block.inside && block.next < limit) {
    const lineEnd = toLineEnd(text, block.next);
    const nextBegin = text.slice(block.next, lineEnd).indexOf(BEGIN);
    const end = nextBegin < 0 ? lineEnd : block.next + nextBegin;
    const line = text.slice(block.next, end);
    const mark = line.includes(END) ? END_LINE.exec(line) : null;
    // The line break before it is masked with the line, so that what comes after the block keeps its own.
    const start = block.strangers === 0 ? block.maskedTo - 1 : block.next;
    if (nextBegin === 0) {
      block.inside = false;
    } else if (mark !== null) {
      const last = block.next + mark.index + mark[0].length;
      step.parts.push({ start, end: last });
      block.inside = false;
      block.next = last;
    } else if (line.trim() === '' && block.blanks < MOST_BLANKS) {
      block.blanks++;
      block.next = skipLineEnd(text, end);
    } else if (block.strangers === 0 ? isBodyLine(line) : LONE_BODY_LINE.test(line)) {
      step.parts.push({ start, end });
      markMasked(block, end);
      block.next = skipLineEnd(text, end);
    } else if (block.strangers < MOST_STRANGERS) {
      block.strangers++;
      block.next = skipLineEnd(text, end);
    } else {
      block.inside = false;
    }
  }
  if (block.inside && block.strangers === 0) step.holdFrom = Math.min(step.holdFrom, block.maskedTo);
}

function markMasked(block: KeyBlock, end: number): void {
  block.maskedTo = end;
  block.blanks = 0;
  block.strangers = 0;
}

function isBodyLine(line: string): boolean {
  return line.length > 200
    ? /^[A-Za-z0-9+/=\\nr"',:;\s]*$/.test(line.slice(0, 4096)) || /\\n[A-Za-z0-9+/]{40}/.test(line.slice(0, 4096))
    : BODY_LINE.test(line) || SHORT_BODY_LINE.test(line);
}

function toLineEnd(text: string, from: number): number {
  const most = Math.min(text.length, from + bounds.lookAhead / 2);
  for (let at = from; at < most; at++) {
    const char = text.charCodeAt(at);
    if (char === LINE_FEED || char === CARRIAGE_RETURN) return at;
  }
  return most;
}

function skipLineEnd(text: string, at: number): number {
  const char = text.charCodeAt(at);
  return char === LINE_FEED || char === CARRIAGE_RETURN ? at + 1 : at;
}
