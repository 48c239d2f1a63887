/** Which characters: bit n for U+00nn up to U+00FF, and bit 256 for any beyond. */
export type CharSet = bigint;

const LATIN_1 = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
let beyond: string | undefined;

/** The characters that a one-character pattern (`a`, `\d`, `[^x-z]`) matches. An impossible class gives the empty set. */
export function toCharSet(source: string): CharSet {
  if (source.length === 1 && source !== '.') return 1n << BigInt(Math.min(source.charCodeAt(0), 256));
  let expression: RegExp;
  try {
    expression = new RegExp(source);
  } catch {
    return 0n;
  }
  // Made when the first pattern is read: few manifests have one, and every start would wait for it.
  beyond ??= Array.from({ length: 0xffff - 256 }, (_, code) => String.fromCharCode(code + 256)).join('');
  let set = expression.test(beyond) ? 1n << 256n : 0n;
  for (const [code, char] of LATIN_1.entries()) if (expression.test(char)) set |= 1n << BigInt(code);
  return set;
}
