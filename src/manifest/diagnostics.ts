import type { ManifestSource } from './read.ts';
import { decodeText } from './text.ts';

/** One fault of a manifest, where it is and what to do. */
export type Diagnostic = {
  /** `steps[2].timeout`; "" is the manifest as a whole. */
  path: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units, as editors count. */
  column: number;
  message: string;
  hint?: string;
};

/** How much of a source line is shown. */
const EXCERPT = 120;

/**
 * The diagnostics for a terminal or a log: each as `file:line:column: path: message`, the source line, a caret, a hint.
 * Whatever comes from the manifest is made inert, so that it can neither move the cursor nor speak to a runner.
 */
export function formatDiagnostics(source: ManifestSource, diagnostics: readonly Diagnostic[]): string {
  const lines = decodeText(source.bytes, { fatal: false }).split(/\r\n|\n|\r/);
  return diagnostics.map((diagnostic) => formatDiagnostic(source.path, lines, diagnostic)).join('\n');
}

function formatDiagnostic(path: string, lines: readonly string[], diagnostic: Diagnostic): string {
  const { line, column, hint } = diagnostic;
  const message = diagnostic.path === '' ? diagnostic.message : `${diagnostic.path}: ${diagnostic.message}`;
  const gutter = `${line} | `.padStart(7);
  const { text, caret } = toExcerpt(lines[line - 1] ?? '', column - 1);
  const shown = [`${toInert(path)}:${line}:${column}: ${toInert(message)}`];
  if (text.trim() !== '') shown.push(`${gutter}${text}`, `${' '.repeat(gutter.length - 2)}| ${' '.repeat(caret)}^`);
  if (hint !== undefined) shown.push(`${' '.repeat(gutter.length - 2)}= hint: ${toInert(hint)}`);
  return `${shown.join('\n')}\n`;
}

/** The part of a line around a position, and where in it the position is. */
function toExcerpt(line: string, at: number): { text: string; caret: number } {
  const position = Math.min(at, line.length);
  const start = line.length <= EXCERPT ? 0 : Math.max(0, Math.min(position - EXCERPT / 2, line.length - EXCERPT));
  const before = start > 0 ? '…' : '';
  const after = start + EXCERPT < line.length ? '…' : '';
  // Cutting may halve a surrogate pair: toWellFormed closes the wound.
  const text = toInert(`${before}${line.slice(start, start + EXCERPT).toWellFormed()}${after}`);
  return { text, caret: position - start + before.length };
}

/**
 * Control and bidirectional characters become visible marks of the same width. GitHub's runner obeys `##[command]`
 * anywhere in a line (ActionCommand.cs), so that is broken too.
 */
function toInert(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\u00b7')
    .replaceAll('##[', '#\u00b7[');
}
