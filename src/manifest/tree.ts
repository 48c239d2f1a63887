import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Node } from 'yaml';
import { limits } from '../lib/limits.ts';
import { findExcess } from './budget.ts';
import { explainYamlError } from './explain-yaml.ts';
import type { FaultPath } from './fault.ts';
import { locateNode } from './locate.ts';
import { toPlain, type PlainFault } from './plain.ts';

type Position = { line: number; column: number };
/** A fault of the text itself: it has a position, and no path yet. */
export type TextFault = Position & { message: string; hint?: string };

/** A parsed manifest: its plain value, and the way back from a path to the text. */
export type Tree = {
  /** Objects without a prototype, arrays, strings, numbers, booleans, null. */
  value: unknown;
  /** The value at a path, or the key that holds it; the nearest parent of what is not there. */
  locate(path: FaultPath, at?: 'key'): Position;
  /** How the number at a path is written. */
  numberText(path: FaultPath): string | undefined;
};

export type TreeResult = { tree?: Tree; faults: TextFault[] };

/**
 * Text to a tree, as YAML 1.2 core schema: `yes` and `no` are text, merge keys and tags of other schemas are refused.
 * With faults there may be a tree too (a duplicate key does not hide other faults); without a tree nothing can be said.
 */
export function toTree(text: string): TreeResult {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const tell = ({ offset, ...fault }: PlainFault): TextFault => ({ ...positionOf(offset), ...fault });

  const excess = findExcess(text);
  if (excess !== undefined) {
    addLines(text, lines);
    return { faults: [tell(excess)] };
  }
  const document = compose(text, lines);
  if (document === undefined) return { faults: [{ line: 1, column: 1, message: 'this is nested too deeply' }] };
  const wrong: YAMLError[] = [...document.errors, ...document.warnings];
  if (wrong.length > 0) return { faults: wrong.slice(0, limits.manifestFaults).map((e) => tell(explainYamlError(e))) };
  // A `%YAML 1.1` line would bring back that version's booleans and octal numbers.
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2')
    return { faults: [{ line: 1, column: 1, message: 'must be YAML 1.2', hint: 'remove the %YAML line' }] };

  const root: Node | null = document.contents;
  const plain = toPlain(root);
  const faults = plain.faults.map(tell);
  if (plain.kind === 'abandoned') return { faults };
  const find = (path: FaultPath, at?: 'key') => locateNode(root, path, plain.targets, at);
  const tree: Tree = {
    value: plain.value,
    locate: (path, at) => positionOf(find(path, at).offset),
    numberText: (path) => find(path).numberText,
  };
  return { tree, faults };
}

/** undefined: the parser ran out of stack. */
function compose(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      // Compared pair by pair, which is quadratic; plain.ts does it in linear time and says where the first one is.
      uniqueKeys: false,
      prettyErrors: false,
      // With "silent" the parser forgets to complain of a second document.
      logLevel: 'error',
      lineCounter,
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function addLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
}
