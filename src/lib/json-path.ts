/** A way into a JSON value: names of members and positions in arrays. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.([A-Za-z_][A-Za-z0-9_-]{0,200})|\[(0|[1-9][0-9]{0,8})\]|\["([^"\\]{1,200})"\]|\['([^'\\]{1,200})'\]/y;

/**
 * The part of JSONPath (RFC 9535) that names exactly one place: `$`, `.name`, `[0]`, `["any name"]` and `['any name']`.
 * undefined: the text is no such path.
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const path: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) return undefined;
    const [, name, position, double, single] = match;
    path.push(position === undefined ? (name ?? double ?? single ?? '') : Number(position));
  }
  return path;
}

/** What is at a path of a parsed JSON value; undefined: nothing is. */
export function selectJson(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) !== (typeof key === 'number') || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
