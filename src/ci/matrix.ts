import { parseText } from './parse-values.ts';

const MAX_KEYS = 64;

/**
 * The leg of a matrix: `toJSON(matrix)` as GitHub gives it ("null" without a matrix), each value as text; a value that
 * is an object is its JSON. null when there is no leg.
 */
export function parseMatrix(text: string | undefined): Record<string, string> | null {
  const entries = Object.entries(toObject(text)).flatMap(([key, value]): [string, string][] => {
    const name = parseText(key);
    const said = parseText(typeof value === 'string' ? value : JSON.stringify(value));
    return name === null || name === '__proto__' ? [] : [[name, said ?? '']];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries.slice(0, MAX_KEYS));
}

function toObject(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
