import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import { limits } from '../lib/limits.ts';
import { quote } from './fault.ts';

/** A fault at an offset of the text. */
export type PlainFault = { offset: number; message: string; hint?: string };

export type PlainResult =
  | { kind: 'plain'; value: unknown; targets: ReadonlyMap<Alias, Node>; faults: PlainFault[] }
  /** The value would be too large or too deep: there is one fault, and no value. */
  | { kind: 'abandoned'; faults: PlainFault[] };

/** size counts values as if aliases were copies; height counts the levels below. */
type Built = { value: unknown; size: number; height: number };

/** Thrown to leave the recursion; never leaves this file. */
class Abandoned extends Error {
  readonly fault: PlainFault;
  constructor(fault: PlainFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * A YAML node to plain values, in time linear in the text: an alias gives the value that its anchor was built to, so
 * that an alias bomb costs nothing, and is counted as if it were copied, so that it is refused.
 */
export function toPlain(root: Node | null): PlainResult {
  const faults: PlainFault[] = [];
  const targets = new Map<Alias, Node>();
  /** The node that an anchor's name means at this place in the text, and what the anchored nodes were built to. */
  const anchors = new Map<string, Node>();
  const built = new Map<Node, Built>();

  const build = (node: unknown, depth: number): Built => {
    if (isAlias(node)) return buildAlias(node, depth);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return { value: null, size: 1, height: 0 };
    const offset = offsetOf(node);
    if (depth > limits.manifestDepth) throw new Abandoned(tooDeep(node));
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) checkText(node.value, offset);
    const result = isMap(node)
      ? buildMap(node, depth)
      : isSeq(node)
        ? buildList(node.items, depth)
        : { value: node.value, size: 1, height: 0 };
    if (node.anchor !== undefined) built.set(node, result);
    if (result.size > limits.manifestValues)
      throw new Abandoned({ offset, message: 'with its aliases expanded, this is too large' });
    return result;
  };

  const buildAlias = (alias: Alias, depth: number): Built => {
    const target = anchors.get(alias.source);
    const result = target === undefined ? undefined : built.get(target);
    if (target !== undefined && result !== undefined) {
      if (depth + result.height > limits.manifestDepth) throw new Abandoned(tooDeep(alias));
      targets.set(alias, target);
      return result;
    }
    const message =
      target === undefined ? `there is no anchor &${alias.source} above` : `*${alias.source} holds itself`;
    throw new Abandoned({ offset: offsetOf(alias), message });
  };

  const buildList = (items: readonly unknown[], depth: number): Built => {
    const values = items.map((item) => build(item, depth + 1));
    return {
      value: values.map((item) => item.value),
      size: values.reduce((sum, item) => sum + item.size, 1),
      height: values.reduce((most, item) => Math.max(most, item.height + 1), 0),
    };
  };

  const buildMap = (map: YAMLMap, depth: number): Built => {
    // Without a prototype a key such as "constructor" is a key like any other.
    const value: Record<string, unknown> = { __proto__: null };
    let size = 1;
    let height = 0;
    for (const pair of map.items) {
      const key = toKey(pair, map);
      const item = build(pair.value, depth + 1);
      size += item.size + 1;
      height = Math.max(height, item.height + 1);
      if (key === undefined) continue;
      if (Object.hasOwn(value, key)) tell(pair.key, `${quote(key)} is given twice`, 'keep one of the two');
      else value[key] = item.value;
    }
    return { value, size, height };
  };

  const toKey = ({ key }: Pair, map: YAMLMap): string | undefined => {
    if (!isScalar(key) || key.value === null) {
      tell(isAlias(key) || isMap(key) || isSeq(key) ? key : map, 'a key must be a word', 'put it in quotes');
      return undefined;
    }
    if (key.anchor !== undefined) build(key, 0);
    if (typeof key.value !== 'string') {
      tell(key, `a key must be text, but this is a ${typeof key.value}`, `put it in quotes: '${key.source ?? ''}'`);
      return undefined;
    }
    if (key.value === '<<') {
      tell(
        key,
        'merge keys (<<) are not part of YAML 1.2',
        'repeat the keys, or use `defaults` or the top-level `env`',
      );
      return undefined;
    }
    if (key.value === '__proto__') {
      tell(key, '"__proto__" cannot be a key');
      return undefined;
    }
    checkText(key.value, offsetOf(key));
    return key.value;
  };

  const checkText = (value: unknown, offset: number): void => {
    if (typeof value !== 'string') return;
    if (value.includes('\0'))
      faults.push({ offset, message: 'this text holds a NUL character, which no process takes' });
    if (!value.isWellFormed()) faults.push({ offset, message: 'this text holds half of a surrogate pair' });
  };

  const tell = (node: unknown, message: string, hint?: string): void => {
    const offset = offsetOf(node);
    faults.push(hint === undefined ? { offset, message } : { offset, message, hint });
  };

  try {
    const { value } = build(root, 0);
    return { kind: 'plain', value, targets, faults };
  } catch (error) {
    if (error instanceof Abandoned) return { kind: 'abandoned', faults: [error.fault] };
    throw error;
  }
}

function tooDeep(node: unknown): PlainFault {
  return { offset: offsetOf(node), message: 'this is nested too deeply' };
}

/** Where a node begins in the text. */
export function offsetOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}
