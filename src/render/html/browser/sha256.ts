/** SHA-256 of bytes as lower-case hex digits, and what computes it, for people. */
export type Hasher = { name: string; hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> };

/** WebCrypto where the browser has it; some have none on pages opened from a file, and then the code below does it. */
export function makeHasher(): Hasher {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined)
    return {
      name: 'this page’s own SHA-256, as the browser has no WebCrypto here',
      hash: async (bytes) => hashInScript(bytes),
    };
  return {
    name: 'WebCrypto SHA-256',
    hash: async (bytes) => toHex(new Uint8Array(await subtle.digest('SHA-256', bytes))),
  };
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function toRootBits(count: number, root: (prime: number) => number): Uint32Array {
  const bits: number[] = [];
  for (let candidate = 2; bits.length < count; candidate += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) isPrime = false;
    if (isPrime) bits.push(Math.floor((root(candidate) % 1) * 2 ** 32));
  }
  return Uint32Array.from(bits);
}

const rounds = toRootBits(64, Math.cbrt);
const initial = toRootBits(8, Math.sqrt);

/** FIPS 180-4, section 6.2. */
export function hashInScript(bytes: Uint8Array): string {
  const state = Uint32Array.from(initial);
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  const words = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 16; at += 1) words[at] = view.getUint32(block + at * 4);
    for (let at = 16; at < 64; at += 1) {
      const early = words[at - 15] ?? 0;
      const late = words[at - 2] ?? 0;
      const mixed =
        (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
      words[at] = mixed + (words[at - 16] ?? 0) + (words[at - 7] ?? 0);
    }
    compress(state, words);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (rounds[at] ?? 0) + (words[at] ?? 0)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
