import { toCanonicalJson } from '../lib/canonical.ts';
import { isObject } from '../lib/json.ts';
import { limits } from '../lib/limits.ts';
import { EnvelopeError } from './errors.ts';
import { scanJson } from './json-scan.ts';
import { quote } from './quote.ts';

/** An envelope as it was read: nothing but its version has been checked, and no member has been dropped. */
export type RawEnvelope = {
  value: Record<string, unknown>;
  /** The RFC 8785 form of the value; the very bytes of the file when `isCanonical`. */
  canonical: Uint8Array;
  isCanonical: boolean;
};

const VERSION = /^1\.(?:0|[1-9][0-9]{0,8})$/;

/**
 * Bytes of an envelope file to its raw value. Limits and everything that JSON.parse would lose come first.
 * @throws EnvelopeError for bytes that are no Evidence Envelope of version 1.x; where it knows, with the byte's offset.
 */
export function parseEnvelope(bytes: Uint8Array): RawEnvelope {
  if (bytes.length > limits.envelopeBytes)
    throw new EnvelopeError('too_large', `${bytes.length} bytes; an envelope has at most ${limits.envelopeBytes}`);
  const text = toText(bytes);
  const { canonical: isCanonical } = scanJson(bytes);
  const value: unknown = JSON.parse(text);
  assertEnvelope(value);
  return { value, isCanonical, canonical: isCanonical ? bytes : Buffer.from(toCanonicalJson(value)) };
}

function toText(bytes: Uint8Array): string {
  try {
    // ignoreBOM keeps a byte order mark in the text, where JSON refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new EnvelopeError('not_utf8', 'the file is no UTF-8 text');
  }
}

function assertEnvelope(value: unknown): asserts value is Record<string, unknown> {
  if (!isObject(value)) throw new EnvelopeError('not_an_envelope', 'the document is no JSON object');
  const version = value['schema_version'];
  if (version === undefined) throw new EnvelopeError('not_an_envelope', 'the document has no schema_version');
  if (typeof version !== 'string' || !VERSION.test(version))
    throw new EnvelopeError(
      'unknown_version',
      `schema_version ${quote(JSON.stringify(version))} is none that this verifier knows (1.x)`,
    );
}
