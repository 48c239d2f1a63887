import { createParser } from 'eventsource-parser';
import { limits } from '../lib/limits.ts';
import { type RunView, type StreamedEvent, streamedEvent } from '../schema/api.ts';
import { makeApi } from './api.ts';
import { RelayError } from './errors.ts';
import { makeInOrder } from './in-order.ts';
import type { RelayLimits } from './relay-limits.ts';
import { pause, retrying } from './retry.ts';
import { toTransportError, type Transport } from './transport.ts';

/** No event of the protocol is longer. In UTF-16 units, which is what the parser counts. */
const MESSAGE_CHARS = 4 * 1024 * 1024;

export type WatchOptions = {
  transport: Transport;
  runId: string;
  limits: Pick<RelayLimits, 'retryFirstMs' | 'retryMostMs' | 'retryAfterMs' | 'watchIdleMs'>;
  /** Aborted: the watching ends. */
  signal: AbortSignal;
  /** Told once each time that the stream can't be had for now. */
  onProblem: (problem: string) => void;
};

/**
 * A run's stream from its beginning to its end, each item once and in the order of the server's numbers, over as many
 * connections and servers as it takes. What the server sends twice, out of turn or in another form does no harm.
 * @returns the run as it stands at the end
 * @throws RelayError when the server refuses
 */
export async function* watchRun(options: WatchOptions): AsyncGenerator<StreamedEvent, RunView> {
  const { transport, runId, signal } = options;
  const api = makeApi(transport);
  const order = makeInOrder<StreamedEvent>(limits.watchHeldEvents);
  let futile = 0;
  for (;;) {
    const before = order.last();
    const told: StreamedEvent[] = [];
    try {
      for await (const item of readStream(options, order.last())) {
        told.push(...order.push(item.server_seq, item));
        yield* told.splice(0);
      }
      const view = await api.readRun(runId);
      if (isOver(view) && order.last() >= view.last_server_seq) return view;
      // It sends no more than this: what is missing in between does not come.
      if (order.last() === before) yield* order.flush();
      if (isOver(view) && order.last() >= view.last_server_seq) return view;
    } catch (error) {
      if (!(error instanceof RelayError) || !error.retryable || signal.aborted) throw error;
    }
    futile = order.last() > before ? 0 : futile + 1;
    const wait = Math.min(options.limits.retryFirstMs * 2 ** Math.min(futile, 10), options.limits.retryMostMs);
    await pause(wait * (0.5 + Math.random() / 2), signal);
    if (signal.aborted) throw new RelayError('gave_up', 'the run is no longer watched', { retryable: false });
  }
}

/** What one connection brings. */
async function* readStream(
  { transport, runId, limits: bounds, signal, onProblem }: WatchOptions,
  after: number,
): AsyncGenerator<StreamedEvent> {
  let isTold = false;
  const onRetry = ({ message }: RelayError): void => {
    if (!isTold) onProblem(`${message}; it is tried again`);
    isTold = true;
  };
  const { body } = await retrying(
    () =>
      transport.open({
        method: 'GET',
        route: `/v1/runs/${runId}/events`,
        headers: { accept: 'text/event-stream', 'last-event-id': String(after) },
        bodyMs: bounds.watchIdleMs,
        signal,
      }),
    { limits: bounds, signal, onRetry },
  );
  let items: StreamedEvent[] = [];
  const parser = createParser({
    maxBufferSize: MESSAGE_CHARS,
    onEvent({ data }) {
      const item = parseItem(data);
      if (item !== null) items.push(item);
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded')
        throw new RelayError('bad_answer', `${transport.name} sends an event without an end`, { retryable: false });
    },
  });
  try {
    const decoder = new TextDecoder();
    for await (const chunk of body as AsyncIterable<Buffer>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      const read = items;
      items = [];
      yield* read;
    }
  } catch (error) {
    throw toTransportError(error, transport.name);
  } finally {
    body.on('error', () => {}).destroy();
  }
}

/** null: of a newer protocol, or nonsense; either way nothing to show. */
function parseItem(data: string): StreamedEvent | null {
  try {
    const parsed = streamedEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isOver({ state }: RunView): boolean {
  return state === 'finalized' || state === 'failed' || state === 'aborted';
}
