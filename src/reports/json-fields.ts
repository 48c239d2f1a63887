import { isObject, type Json } from '../lib/json.ts';

/** What stands at the end of a path of members; undefined where there is none. */
export function dig(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let found = value;
  for (const part of path) {
    if (Array.isArray(found)) found = typeof part === 'number' ? found[part] : undefined;
    else if (isObject(found) && Object.hasOwn(found, part)) found = found[part];
    else return undefined;
  }
  return found;
}

export function digText(value: Json | undefined, ...path: (string | number)[]): string | undefined {
  const found = dig(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function digNumber(value: Json | undefined, ...path: (string | number)[]): number | undefined {
  const found = dig(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The elements of an array; none where there is no array. */
export function digList(value: Json | undefined, ...path: (string | number)[]): Json[] {
  const found = dig(value, ...path);
  return Array.isArray(found) ? found : [];
}
