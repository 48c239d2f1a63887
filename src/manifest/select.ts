import type { FaultPath } from './fault.ts';

/** A place in a value that a pattern leads to. */
export type Place = { path: FaultPath; value: unknown };

/**
 * Every place that a pattern such as `steps.*.env.*` leads to; `*` is any key or list position,
 * `0` that position of a list. Works on values that
 * follow no schema: what is not there is not selected.
 */
export function selectPlaces(root: unknown, pattern: string): Place[] {
  let places: Place[] = [{ path: [], value: root }];
  for (const part of pattern.split('.')) places = places.flatMap((place) => toChildren(place, part));
  return places;
}

/** What is at a path; undefined when nothing is. */
export function selectValue(root: unknown, path: FaultPath): unknown {
  let value = root;
  for (const key of path) value = Array.isArray(value) ? value[Number(key)] : asMapping(value)?.[key];
  return value;
}

/** A mapping (it has no prototype: plain.ts), or undefined when the value is none. */
export function asMapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isMapping(value) ? value : undefined;
}

function toChildren({ path, value }: Place, part: string): Place[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) =>
      part === '*' || part === String(index) ? [{ path: [...path, index], value: item }] : [],
    );
  const mapping = asMapping(value);
  if (mapping === undefined) return [];
  const keys = part === '*' ? Object.keys(mapping) : Object.hasOwn(mapping, part) ? [part] : [];
  return keys.map((key) => ({ path: [...path, key], value: mapping[key] }));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
