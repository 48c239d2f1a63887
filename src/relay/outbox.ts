import type { SequenceRange } from '../schema/api.ts';
import type { RunEvent } from '../schema/event.ts';
import type { RelayLimits } from './relay-limits.ts';
import type { Place, Spool } from './spool.ts';

/** An EventBatch as JSON, and how many events are in it. */
export type Batch = { body: string; events: number };

/**
 * The events of one run on their way to the server, in their order. Output waits in memory, beyond a bound in the spool,
 * and is dropped and counted when that is full, too. Other events are never dropped. Nothing here waits or throws.
 */
export type Outbox = {
  offer(event: RunEvent): void;
  /** For a run that is gone on with: output that lies in the spool, or that only the server may have; not counted. */
  offerSpooled(seq: number, place: Place | undefined): void;
  /** What the server has not acknowledged, from the first on; null when that is nothing. */
  take(most: { bytes: number; events: number }): Batch | null;
  /** Everything up to `seq` is there. A lower one than before: the server has lost what came after it. */
  acknowledge(seq: number): void;
  /** What has to be offered by restore() before take() can go on: it was acknowledged once and is gone from memory. */
  toRestore(): SequenceRange | null;
  /** @param events as far as they are known; what is not among them counts as dropped */
  restore(range: SequenceRange, events: readonly RunEvent[]): void;
  /** Gives up the first event that waits, if it is output and may be: the server takes none of its size. */
  dropFirst(): boolean;
  /** Whether anything is not acknowledged, and how many bytes that is. */
  hasOpen(): boolean;
  openBytes(): number;
  /** Puts on disk what is in memory only, and says how many events were dropped: after it, none is. */
  settle(): number;
};

type Entry = {
  seq: number;
  bytes: number;
  isOutput: boolean;
  /** The event as JSON, where it lies in the spool, or null: dropped. */
  body: string | Place | null;
};

export function makeOutbox(options: {
  spool: Spool;
  limits: Pick<RelayLimits, 'queueBytes' | 'spoolBytes' | 'keptEvents'>;
}): Outbox {
  const { spool, limits } = options;
  /** Oldest first, without a gap in seq. */
  let entries: Entry[] = [];
  /** The first that is not acknowledged, by its place in `entries`. */
  let open = 0;
  let acked = 0;
  let last = 0;
  let openBytes = 0;
  /** Bytes of output in memory, and lines of the spool that are still needed. */
  let memory = 0;
  let spooled = 0;
  let dropped = 0;
  let isSettled = false;

  const forget = (entry: Entry): void => {
    if (typeof entry.body === 'string' && entry.isOutput) memory -= entry.bytes;
    if (typeof entry.body === 'object' && entry.body !== null) {
      spooled -= 1;
      // What settle() has put there is for a push, should this process not live to send it.
      if (spooled === 0 && !isSettled) spool.clear();
    }
  };
  /** Acknowledged entries stay as long as there is room: a server may have lost what it took. */
  const evict = (isCrowded: (gone: number) => boolean): void => {
    let gone = 0;
    for (let entry = entries[0]; entry !== undefined && gone < open && isCrowded(gone); entry = entries[gone]) {
      forget(entry);
      gone += 1;
    }
    entries.splice(0, gone);
    open -= gone;
  };
  const keep = (text: string, bytes: number, isOutput: boolean): Entry['body'] => {
    if (!isOutput) return text;
    evict(() => memory + bytes > limits.queueBytes);
    if (memory + bytes <= limits.queueBytes) {
      memory += bytes;
      return text;
    }
    const place = spool.append(text, limits.spoolBytes);
    if (place === undefined) dropped += 1;
    else spooled += 1;
    return place ?? null;
  };
  const add = (entry: Entry): void => {
    entries.push(entry);
    last = entry.seq;
    openBytes += entry.bytes;
    if (open > limits.keptEvents) evict((gone) => open - gone > limits.keptEvents / 2);
  };
  const toText = (entry: Entry): string | null => {
    if (typeof entry.body === 'string' || entry.body === null) return entry.body;
    const text = spool.read(entry.body);
    if (text !== undefined) return text;
    drop(entry);
    return null;
  };
  const drop = (entry: Entry): void => {
    forget(entry);
    entry.body = null;
    dropped += 1;
  };

  return {
    offer(event) {
      const text = JSON.stringify(event);
      const bytes = Buffer.byteLength(text);
      const isOutput = event.type === 'step_output';
      add({ seq: event.seq, bytes, isOutput, body: keep(text, bytes, isOutput) });
    },
    offerSpooled(seq, place) {
      if (place !== undefined) spooled += 1;
      add({ seq, bytes: place?.bytes ?? 0, isOutput: true, body: place ?? null });
    },
    take(most) {
      const texts: string[] = [];
      const gaps: SequenceRange[] = [];
      let bytes = 0;
      let index = open;
      for (; index < entries.length && texts.length < most.events && gaps.length < most.events; index += 1) {
        const entry = entries[index];
        if (entry === undefined || (texts.length > 0 && bytes + entry.bytes > most.bytes)) break;
        const text = toText(entry);
        if (text === null) {
          const last = gaps.at(-1);
          if (last?.to === entry.seq - 1) last.to = entry.seq;
          else gaps.push({ from: entry.seq, to: entry.seq });
        } else {
          texts.push(text);
          bytes += entry.bytes;
        }
      }
      if (index === open) return null;
      const body = `{"events":[${texts.join(',')}],"dropped":${JSON.stringify(gaps)}}`;
      return { body, events: texts.length };
    },
    acknowledge(seq) {
      acked = Math.min(seq, last);
      const first = entries[0]?.seq ?? last + 1;
      const next = Math.min(Math.max(0, acked + 1 - first), entries.length);
      for (let index = open; index < next; index += 1) openBytes -= entries[index]?.bytes ?? 0;
      for (let index = next; index < open; index += 1) openBytes += entries[index]?.bytes ?? 0;
      open = next;
    },
    toRestore() {
      const to = (entries[0]?.seq ?? last + 1) - 1;
      return to > acked ? { from: acked + 1, to } : null;
    },
    restore({ from, to }, events) {
      const known = new Map(events.map((event) => [event.seq, event]));
      const earlier: Entry[] = [];
      for (let seq = from; seq <= to; seq += 1) {
        const event = known.get(seq);
        const text = event === undefined ? null : JSON.stringify(event);
        const bytes = text === null ? 0 : Buffer.byteLength(text);
        // Of the output that was in memory nothing is left.
        if (text === null) dropped += 1;
        earlier.push({ seq, bytes, isOutput: false, body: text });
        openBytes += bytes;
      }
      entries = [...earlier, ...entries];
      open = 0;
    },
    dropFirst() {
      const first = entries[open];
      if (isSettled || first?.isOutput !== true || first.body === null) return false;
      drop(first);
      return true;
    },
    hasOpen: () => open < entries.length,
    openBytes: () => openBytes,
    settle() {
      isSettled = true;
      for (const entry of entries.slice(open)) {
        if (!entry.isOutput || typeof entry.body !== 'string') continue;
        // Beyond the bound, by no more than what memory holds. It is read from memory as long as this process lives.
        spool.append(entry.body, limits.spoolBytes + limits.queueBytes * 2);
      }
      return dropped;
    },
  };
}
