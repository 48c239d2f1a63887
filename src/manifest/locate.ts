import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import type { FaultPath } from './fault.ts';
import { offsetOf } from './plain.ts';

/**
 * Follows a path from the root. Where it leads to nothing, or to nothing written (`key:` and no value), the last thing
 * on the way stands for it.
 */
export function locateNode(
  root: unknown,
  path: FaultPath,
  targets: ReadonlyMap<Alias, Node>,
  at?: 'key',
): { offset: number; numberText: string | undefined } {
  let node = root;
  let offset = offsetOf(root);
  for (const [index, key] of path.entries()) {
    const holder = isAlias(node) ? targets.get(node) : node;
    const child = toChild(holder, key);
    if (child === undefined) return { offset, numberText: undefined };
    node = child.value;
    const wanted = at === 'key' && index === path.length - 1;
    if (child.key !== undefined && (wanted || isUnwritten(node))) offset = offsetOf(child.key);
    else if (node !== null) offset = offsetOf(node);
  }
  const scalar = isAlias(node) ? targets.get(node) : node;
  const isNumber = isScalar(scalar) && typeof scalar.value === 'number';
  return { offset, numberText: isNumber ? scalar.source : undefined };
}

function toChild(holder: unknown, key: string | number): { key?: unknown; value: unknown } | undefined {
  if (isSeq(holder) && typeof key === 'number') {
    const value = holder.items[key];
    return value === undefined ? undefined : { value };
  }
  if (!isMap(holder)) return undefined;
  return toIndex(holder).get(key);
}

/** Made once for each mapping: asked for every number of a large `env`, a search would take quadratic time. */
const indexes = new WeakMap<YAMLMap, Map<unknown, Pair>>();

function toIndex(map: YAMLMap): Map<unknown, Pair> {
  const known = indexes.get(map);
  if (known !== undefined) return known;
  const index = new Map<unknown, Pair>();
  // The first of two equal keys is the one that counts (plain.ts).
  for (const pair of map.items.toReversed()) if (isScalar(pair.key)) index.set(pair.key.value, pair);
  indexes.set(map, index);
  return index;
}

function isUnwritten(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && node.source === '');
}
