import { Lexer } from 'yaml';
import { limits } from '../lib/limits.ts';

/**
 * Refuses text that would cost the YAML parser too much time or stack, before it is parsed. Returns the offset and
 * what is wrong. The parser recurses once per level, and takes quadratic time on some hostile runs of brackets.
 */
export function findExcess(text: string): { offset: number; message: string } | undefined {
  let offset = 0;
  let tokens = 0;
  let flowDepth = 0;
  let indicatorsInLine = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const isMark = MARKS.has(lexeme);
    if (!isMark && !/^[ \t]+$/.test(lexeme)) tokens += 1;
    if (lexeme === '[' || lexeme === '{') flowDepth += 1;
    else if ((lexeme === ']' || lexeme === '}') && flowDepth > 0) flowDepth -= 1;
    else if (flowDepth === 0 && INDICATORS.has(lexeme)) indicatorsInLine += 1;
    else if (lexeme.includes('\n')) indicatorsInLine = 0;
    if (tokens > limits.manifestTokens) return { offset, message: 'the manifest is too large: too many words' };
    if (Math.max(flowDepth, indicatorsInLine) > limits.manifestDepth)
      return { offset, message: 'this is nested too deeply' };
    // The lexer's own marks (byte order mark, document, flow error, scalar) are single characters that are not in the text.
    if (!isMark) offset += lexeme.length;
  }
  return undefined;
}

/** Each opens a level of block nesting when it stands with others in one line: `- - - x`. */
const INDICATORS = new Set(['-', '?', ':']);

const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
