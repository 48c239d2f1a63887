import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArtifactStore } from '../../src/execution/artifacts.ts';
import { makeOutput, type OutputText } from '../../src/execution/output.ts';
import { limits } from '../../src/lib/limits.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, makePlan, node, noRedactor } from './rig.ts';

describe('output', () => {
  it('keeps characters whole that come in pieces', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([node('a', ['split-utf8.js', '€😀'])]));
    expect(execution.text('a')).toBe('€😀');
    expect(execution.of('step_output').length).toBeGreaterThan(1);
  });

  it('keeps bytes that are no text, and shows them as U+FFFD', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([node('a', ['binary.js'])]));
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(await execution.content('a/1/stdout')).toEqual(all);
    expect(execution.text('a')).toContain('xyz{|}~\u007F\uFFFD');
  });

  it('is, however it was cut, the same bytes, text and offsets (property)', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(dir.path);
    const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.string({ unit: 'grapheme' }).map(toBytes)), {
      maxLength: 30,
    });
    let id = 0;
    await fc.assert(
      fc.asyncProperty(pieces, async (chunks) => {
        const all = Buffer.concat(chunks);
        const { texts, kept } = await play(store, `s/${(id += 1)}/stdout`, chunks);
        expect(kept.content).toEqual({ sha256: sha256(all), size: all.length, truncated: false, problem: null });
        expect(texts.map(({ text }) => text).join('')).toBe(all.toString('utf8'));
        let offset = 0;
        for (const text of texts) {
          expect(text.offset).toBe(offset);
          offset += text.bytes;
        }
        expect(offset).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });

  it('is handed on in pieces of the size that limits name, not in those that come', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(dir.path);
    const chunks = Array.from({ length: 10_000 }, () => Buffer.alloc(40, 'x'));
    const { texts } = await play(store, 'a/1/stdout', chunks);
    const sizes = texts.map(({ bytes }) => bytes);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([limits.outputChunkBytes]));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(400_000);
  });
});

async function play(store: Awaited<ReturnType<typeof openArtifactStore>>, id: string, chunks: Uint8Array[]) {
  const texts: OutputText[] = [];
  const output = makeOutput({
    redaction: noRedactor.stream(),
    writer: store.openWriter(id),
    emit: (text) => void texts.push(text),
  });
  // As a reader does it: one buffer for all that comes.
  const buffer = Buffer.alloc(64 * 1024);
  for (const chunk of chunks) {
    buffer.set(chunk);
    await output.sink(buffer.subarray(0, chunk.length));
  }
  return { kept: await output.end(), texts };
}

function toBytes(text: string): Uint8Array {
  return Buffer.from(text);
}
