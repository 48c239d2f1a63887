import type { Json } from '../lib/json.ts';
import { makeJsonTokens } from './json-tokens.ts';
import { refuse } from './report-error.ts';

/**
 * What is to be kept of a JSON document: of an object the members named, of an array the elements, and anything that is
 * no container. All that no shape names is read and dropped.
 */
export type Shape = {
  readonly members?: Readonly<Record<string, Shape>>;
  readonly elements?: Shape;
  /** Of members that are not named. */
  readonly others?: Shape;
  /** Handed over as soon as it is read, by this name, and then dropped. */
  readonly item?: string;
};

/** The objects and arrays around an item, from the root inwards, as far as they have been read. */
export type Surroundings = readonly Json[];

/** Takes only what is no container. */
export const leaf: Shape = {};

/** An object of leaves. */
export function leaves(...names: string[]): Shape {
  return { members: Object.fromEntries(names.map((name) => [name, leaf])) };
}

/** Values kept beside the items. */
const MAX_KEPT = 500_000;

/**
 * Reads a JSON report of any size: its items one by one, and in the end the rest of what its shape names.
 * @throws ReportError when it is no JSON, a member that is to be kept stands twice, or too much would be kept
 */
export async function readJson(
  texts: AsyncIterable<string>,
  shape: Shape,
  onItem: (item: Json, name: string, around: Surroundings) => void,
): Promise<Json> {
  let root: Json = null;
  let kept = 0;
  let skipping = 0;
  let key = '';
  const open: { value: Json[] | { [key: string]: Json }; shape: Shape; keptBefore: number }[] = [];

  const toShape = (): Shape | undefined => {
    const top = open.at(-1);
    if (top === undefined) return shape;
    if (Array.isArray(top.value)) return top.shape.elements;
    const { members, others } = top.shape;
    if (members !== undefined && Object.hasOwn(members, key)) return members[key];
    return key === '__proto__' ? undefined : others;
  };
  const attach = (value: Json): void => {
    kept += 1;
    if (kept > MAX_KEPT) refuse(`it holds more than ${MAX_KEPT} values beside its results`);
    const top = open.at(-1)?.value;
    if (top === undefined) root = value;
    else if (Array.isArray(top)) top.push(value);
    else if (Object.hasOwn(top, key))
      refuse(`it is ambiguous: the member ${JSON.stringify(key)} stands twice in one object`);
    else top[key] = value;
  };

  const tokens = makeJsonTokens({
    open(kind) {
      const own = skipping > 0 ? undefined : toShape();
      const fits = kind === 'array' ? own?.elements !== undefined : (own?.members ?? own?.others) !== undefined;
      if (own === undefined || !fits) {
        if (open.length === 0 && skipping === 0) root = kind === 'array' ? [] : {};
        skipping += 1;
        return;
      }
      const value = kind === 'array' ? [] : {};
      const keptBefore = kept;
      if (own.item === undefined) attach(value);
      open.push({ value, shape: own, keptBefore });
    },
    close() {
      if (skipping > 0) {
        skipping -= 1;
        return;
      }
      const closed = open.pop();
      if (closed?.shape.item === undefined) return;
      // What an item holds is let go with it.
      kept = closed.keptBefore;
      onItem(
        closed.value,
        closed.shape.item,
        open.map(({ value }) => value),
      );
    },
    key(name) {
      key = name;
    },
    value(value) {
      if (skipping > 0) return;
      if (toShape() !== undefined) attach(value);
    },
  });
  for await (const text of texts) tokens.write(text);
  tokens.end();
  return root;
}
