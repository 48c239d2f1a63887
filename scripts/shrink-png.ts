import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteSize = 256;

/**
 * A screenshot with 256 colours instead of millions, a third of the size: of colours that differ by little the most
 * frequent stay (PNG, third edition; truecolour of 8 bits in, indexed colour out, as Chromium writes and all read).
 */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = readChunks(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header.readUInt8(9)];
  if (header.readUInt8(8) !== 8 || channels === undefined) throw new Error('not a truecolour PNG of 8 bits');
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)));
  const pixels = unfilter(data, { width, height, channels });
  const { palette, indexes } = toPalette(pixels, channels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row += 1) indexes.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  header.set([8, 3], 8);
  const written = [
    { type: 'IHDR', data: header },
    { type: 'PLTE', data: palette },
    { type: 'IDAT', data: deflateSync(rows, { level: 9, memLevel: 9 }) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([signature, ...written.map(toChunk)]);
}

type Chunk = { type: string; data: Buffer };

function readChunks(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12)
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)),
    });
  return chunks;
}

function toChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** Section 9: each row says by which of its neighbours it was written. */
function unfilter(
  data: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
): Buffer {
  const stride = width * channels;
  const pixels = Buffer.alloc(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at < channels ? 0 : (pixels[here - channels] ?? 0);
      const up = row === 0 ? 0 : (pixels[here - stride] ?? 0);
      const corner = at < channels || row === 0 ? 0 : (pixels[here - stride - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, toPaeth(left, up, corner)][filter] ?? 0;
      pixels[here] = (data[row * (stride + 1) + 1 + at] ?? 0) + guess;
    }
  }
  return pixels;
}

function toPaeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function toPalette(pixels: Buffer, channels: number): { palette: Buffer; indexes: Buffer } {
  const counts = new Map<number, number>();
  const colors = Uint32Array.from({ length: pixels.length / channels }, (_, pixel) =>
    pixels.readUIntBE(pixel * channels, 3),
  );
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  // One colour for all that share their upper four bits, and the most frequent ones as they are.
  const byCount = [...counts].toSorted((a, b) => b[1] - a[1]).map(([color]) => color);
  const exact = byCount.slice(0, paletteSize / 2);
  const coarse = byCount
    .slice(exact.length)
    .filter((color, index, all) => all.findIndex((other) => isNear(other, color)) === index);
  const chosen = [...exact, ...coarse].slice(0, paletteSize);
  const nearest = new Map([...counts.keys()].map((color) => [color, toNearest(color, chosen)]));
  const palette = Buffer.alloc(chosen.length * 3);
  for (const [index, color] of chosen.entries()) palette.writeUIntBE(color, index * 3, 3);
  return { palette, indexes: Buffer.from(Uint8Array.from(colors, (color) => nearest.get(color) ?? 0)) };
}

function isNear(a: number, b: number): boolean {
  return (a & 0xf0f0f0) === (b & 0xf0f0f0);
}

function toNearest(color: number, chosen: number[]): number {
  const distances = chosen.map((other) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((color >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}
