import { makeRedactor } from '../../src/redaction/redactor.ts';
import type { Hit, Redactor } from '../../src/redaction/types.ts';

/** The output and the receipts of a stream that gets `bytes` cut at the given places. */
export function redactChunks(redactor: Redactor, bytes: Buffer, cuts: number[]): { output: Buffer; hits: Hit[] } {
  const stream = redactor.stream();
  const parts: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]) {
    parts.push(stream.push(bytes.subarray(from, cut)));
    from = cut;
  }
  parts.push(stream.end());
  return { output: Buffer.concat(parts), hits: stream.hits() };
}

/** Redaction by the built-in shapes alone. */
export const shapesOnly = makeRedactor({ secrets: [], rules: [] });
