import type { Envelope } from '../../schema/envelope.ts';

/** The port to an OpenTelemetry collector. Never throws, never waits: what can't be sent is dropped. */
export type RunTraces = {
  /** Takes a sealed run: itself and its steps as spans. */
  sealed(envelope: Envelope): void;
  /** Sends what is left, for so long. */
  stop(): Promise<void>;
};

/** Without a collector nothing is made. */
export const noTraces: RunTraces = { sealed: () => {}, stop: () => Promise.resolve() };
