import * as z from 'zod';
import type { FaultPath } from './fault.ts';
import { asMapping } from './select.ts';

/** The keys that a schema knows at a path of a value; none where it takes any key, or nothing that has keys. */
export function toKnownKeys(schema: unknown, path: FaultPath, value: unknown): string[] {
  let here: unknown = toMember(schema, value);
  let at = value;
  for (const key of path) {
    at = Array.isArray(at) ? at[Number(key)] : asMapping(at)?.[key];
    here = toMember(toChildSchema(here, key), at);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function toChildSchema(schema: unknown, key: string | number): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[key];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** Takes the wrapping off, and picks the member of a union of kinds that the value names. */
function toMember(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional) return toMember(schema.unwrap(), value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const name = schema.def.discriminator;
  return schema.options.find(
    (option) => option instanceof z.ZodObject && option.shape[name]?.safeParse(asMapping(value)?.[name]).success,
  );
}
