import { toCanonicalJson } from '../lib/canonical.ts';
import { isObject } from '../lib/json.ts';
import { EnvelopeError } from './errors.ts';
import type { TrustedKey } from './keys.ts';
import type { Signer } from './signer.ts';

export const payloadTypes = {
  seal: 'application/vnd.quoderat.seal.v1+json',
  statement: 'application/vnd.in-toto+json',
} as const;

/** What is signed: DSSE v1's pre-authentication encoding, `DSSEv1 <length> <type> <length> <body>`, lengths in bytes. */
export function toPreAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** A DSSE v1 envelope of exactly these payload bytes, in RFC 8785 form; without a signer its signatures are empty. */
export async function makeDsse(payloadType: string, payload: Uint8Array, signer?: Signer): Promise<Buffer> {
  const signatures = [];
  if (signer !== undefined) {
    const signature = await signer.sign(toPreAuthEncoding(payloadType, payload));
    signatures.push({ keyid: signer.keyid, sig: Buffer.from(signature).toString('base64') });
  }
  const body = Buffer.from(payload).toString('base64');
  return Buffer.from(toCanonicalJson({ payload: body, payloadType, signatures }));
}

/**
 * The payload of a DSSE v1 envelope, and the keyids of the trusted keys whose signature over it holds.
 * @throws EnvelopeError `not_an_envelope` for anything but a DSSE envelope of that payload type.
 */
export function openDsse(
  bytes: Uint8Array,
  options: { payloadType: string; trustedKeys: readonly TrustedKey[] },
): { payload: Buffer; keyids: string[] } {
  const { payloadType, trustedKeys } = options;
  const { payload, signatures } = parseDsse(bytes, payloadType);
  const message = toPreAuthEncoding(payloadType, payload);
  const keyids = trustedKeys
    .filter((key) => signatures.some(({ keyid, sig }) => keyid === key.keyid && key.verify(message, sig)))
    .map((key) => key.keyid);
  return { payload, keyids };
}

function parseDsse(bytes: Uint8Array, payloadType: string): { payload: Buffer; signatures: DsseSignature[] } {
  const value = parseJson(bytes);
  if (!isObject(value) || value['payloadType'] !== payloadType)
    throw new EnvelopeError('not_an_envelope', `no DSSE envelope with the payload type ${payloadType}`);
  const { payload, signatures } = value;
  if (typeof payload !== 'string' || !Array.isArray(signatures))
    throw new EnvelopeError('not_an_envelope', 'a DSSE envelope without payload or signatures');
  return { payload: Buffer.from(payload, 'base64'), signatures: signatures.flatMap(parseSignature) };
}

type DsseSignature = { keyid: string; sig: Uint8Array };

function parseSignature(value: unknown): DsseSignature[] {
  if (!isObject(value) || typeof value['keyid'] !== 'string' || typeof value['sig'] !== 'string') return [];
  return [{ keyid: value['keyid'], sig: Buffer.from(value['sig'], 'base64') }];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new EnvelopeError('not_json', 'the DSSE envelope is no JSON', { cause: error });
  }
}
