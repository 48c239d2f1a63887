import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeOutbox } from '../../src/relay/outbox.ts';
import { openSpool, readSpoolIndex } from '../../src/relay/spool.ts';
import { eventBatch } from '../../src/schema/api.ts';
import { runId } from '../record/sample-run.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeOutputs, stampOne } from './relayed-run.ts';

const output = (seq: number, text: string) => {
  const [draft] = makeOutputs({ step_id: 'unit', attempt: 1 }, 1, 10);
  if (draft?.type !== 'step_output') throw new Error('no output was made');
  return stampOne({ ...draft, text }, seq);
};
/** Texts that end lines for some readers of lines, and bytes that fill any buffer. */
const texts = ['plain', 'a\nb\r\nc', 'line\u2028separator\u2029', '\u0000\u001B', 'x'.repeat(200_000), 'ä€😀', ''];
const most = { bytes: 1e9, events: 1000 };

describe('the spool', () => {
  it('gives back what was put into it, in this process and in the next', async () => {
    await using dir = await makeTempDir();
    const events = texts.map((text, index) => output(index + 1, text));
    const spool = openSpool(dir.path);
    const outbox = makeOutbox({ spool, limits: { queueBytes: 0, spoolBytes: 1e9, keptEvents: 10 } });
    for (const event of events) outbox.offer(event);
    expect(eventBatch.parse(JSON.parse(outbox.take(most)?.body ?? '')).events).toEqual(events);
    spool.close();

    const { places, end } = await readSpoolIndex(dir.path, runId);
    const again = openSpool(dir.path, end);
    const next = makeOutbox({ spool: again, limits: { queueBytes: 1e9, spoolBytes: 1e9, keptEvents: 10 } });
    for (const { seq } of events) next.offerSpooled(seq, places.get(seq));
    expect(eventBatch.parse(JSON.parse(next.take(most)?.body ?? '')).events).toEqual(events);
    again.remove();
    expect((await readSpoolIndex(dir.path, runId)).places.size).toBe(0);
  });

  it('passes over what was cut off, is of another run, or is no output', async () => {
    await using dir = await makeTempDir();
    const spool = openSpool(dir.path);
    spool.append(JSON.stringify(output(1, 'good')), 1e9);
    spool.append(JSON.stringify({ ...output(2, 'other'), run_id: '019aa5c1-7d00-7000-8000-00000000abcd' }), 1e9);
    spool.append(JSON.stringify(stampOne({ type: 'heartbeat', timestamp: output(3, '').timestamp }, 3)), 1e9);
    spool.append('no JSON', 1e9);
    spool.append(JSON.stringify(output(5, 'good, too')), 1e9);
    spool.close();
    const path = join(dir.path, 'spool.ndjson');
    await appendFile(path, JSON.stringify(output(6, 'cut off')).slice(0, 50));
    const { places, end } = await readSpoolIndex(dir.path, runId);
    expect([...places.keys()]).toEqual([1, 5]);
    expect(end).toBe((await readFile(path)).length);
    await writeFile(path, '\n\n\n');
    expect((await readSpoolIndex(dir.path, runId)).places.size).toBe(0);
  });

  it('is made empty when nothing in it is needed any more, and not before', async () => {
    await using dir = await makeTempDir();
    const spool = openSpool(dir.path);
    const outbox = makeOutbox({ spool, limits: { queueBytes: 300, spoolBytes: 1500, keptEvents: 1 } });
    let seq = 0;
    for (let round = 0; round < 20; round += 1) {
      for (let count = 0; count < 4; count += 1) outbox.offer(output((seq += 1), 'some text'));
      expect(outbox.take(most)?.events).toBe(4);
      outbox.acknowledge(seq);
    }
    expect(outbox.settle()).toBe(0);
    expect((await readFile(join(dir.path, 'spool.ndjson'))).length).toBeLessThan(1500);
    spool.close();
  });
});
