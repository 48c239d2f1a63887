import type * as z from 'zod';
import { toMessage } from '../../lib/errors.ts';
import { isObject } from '../../lib/json.ts';
import { scanJson } from '../../seal/json-scan.ts';
import { ApiFault } from '../errors.ts';
import { type BodyBound, readBody } from './read-body.ts';

/** A JSON body: what it says, and its text. */
type JsonBody = { value: unknown; text: string; bytes: Buffer };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A body that is said to be JSON, before anything is read of it.
 * @throws ApiFault unsupported_media_type, and what readBody throws
 */
export async function readJsonBytes(request: Request, bound: BodyBound): Promise<Buffer> {
  const [type = ''] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json')
    throw new ApiFault('unsupported_media_type', 'the body must be application/json');
  return readBody(request, bound);
}

/**
 * What JSON says, when it says one thing.
 * @throws ApiFault bad_request
 */
export function parseStrictJson(bytes: Buffer): unknown {
  const body = parseJson(bytes);
  assertStrict(body);
  return body.value;
}

function parseJson(bytes: Buffer): JsonBody {
  try {
    const text = utf8.decode(bytes);
    return { value: JSON.parse(text), text, bytes };
  } catch (error) {
    // V8 quotes the text in its message; it is the caller's own.
    throw new ApiFault('bad_request', `the body is no JSON in UTF-8: ${toMessage(error).slice(0, 200)}`);
  }
}

/**
 * Refuses JSON that two readers may take for two things (duplicate keys, numbers that would change, lone surrogates) or
 * that is nested too deep.
 * @throws ApiFault bad_request
 */
function assertStrict({ bytes, text, value }: JsonBody): void {
  try {
    scanJson(bytes);
  } catch (error) {
    throw new ApiFault('bad_request', `the body is no JSON that can be kept: ${toMessage(error)}`);
  }
  // The text is searched first: nearly none has the word.
  if (/__proto__|\\u00(?:5f|[67])/i.test(text) && hasProtoKey(value))
    throw new ApiFault('bad_request', 'the key "__proto__" is not taken');
}

/** Whether a key `__proto__` is anywhere: it would be dropped in silence further on. */
export function hasProtoKey(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const element of next) open.push(element);
    else if (isObject(next)) {
      if (Object.hasOwn(next, '__proto__')) return true;
      for (const member of Object.values(next)) open.push(member);
    }
  }
  return false;
}

/** @throws ApiFault bad_request, naming the first fault by its path */
export function parseAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const path = (issue?.path ?? []).join('.').slice(0, 200);
  throw new ApiFault(
    'bad_request',
    `the body is not as it should be: ${path === '' ? '' : `${path}: `}${issue?.message}`,
  );
}

/** A small strict JSON body of a known shape. */
export async function readAs<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  bound: BodyBound,
): Promise<z.output<Schema>> {
  return parseAs(schema, parseStrictJson(await readJsonBytes(request, bound)));
}
