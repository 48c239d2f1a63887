import { describe, expect, it } from 'vitest';
import { parseJwks, toJwk } from '../../src/seal/jwks.ts';
import { generateKeys } from '../../src/seal/keys.ts';

const jwk = toJwk(generateKeys().publicPem);

describe('a key set that came from anyone', () => {
  it('gives the Ed25519 keys in it, each once', () => {
    const { kid: _kid, alg: _alg, use: _use, ...bare } = jwk;
    expect(parseJwks({ keys: [jwk, bare, jwk], more: 1 })).toMatchObject({ keys: [{ keyid: jwk.kid }], ignored: [] });
  });

  it('knows the key of RFC 8037, appendix A.2', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(parseJwks({ keys: [{ kty: 'OKP', crv: 'Ed25519', x }] }).keys).toHaveLength(1);
  });

  it.each([
    ['another kind of key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    ['another curve', { ...jwk, crv: 'X25519' }],
    ['a key for encryption', { ...jwk, use: 'enc' }],
    ['another algorithm', { ...jwk, alg: 'ES256' }],
    ['31 bytes', { ...jwk, x: jwk.x.slice(0, 42) }],
    ['33 bytes', { ...jwk, x: `${jwk.x}A` }],
    ['what is no base64url', { ...jwk, x: `${jwk.x.slice(0, 42)}=` }],
    ['base64url with bits left over', { ...jwk, x: `${'A'.repeat(42)}B` }],
    ['no x', { ...jwk, x: undefined }],
    ['a foreign kid', { ...jwk, kid: 'f'.repeat(64) }],
    ['a number', 7],
    ['null', null],
  ])('passes over %s with a note', (_what, member) => {
    const { keys, ignored } = parseJwks({ keys: [member] });
    expect(keys).toEqual([]);
    expect(ignored).toHaveLength(1);
  });

  it.each([[null], [[]], [{}], [{ keys: {} }], ['keys'], [{ keys: Array.from({ length: 1001 }, () => jwk) }]])(
    'is none: %#',
    (value) => {
      expect(() => parseJwks(value)).toThrow(expect.objectContaining({ code: 'not_jwks' }));
    },
  );

  it('is worthless when it holds a private key', () => {
    expect(() => parseJwks({ keys: [{ ...jwk, d: 'secret' }] })).toThrow(
      expect.objectContaining({ code: 'wrong_half' }),
    );
  });
});
