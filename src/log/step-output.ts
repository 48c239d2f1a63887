import type { EventOf } from '../schema/event.ts';
import { toInertOutput } from './inert-output.ts';
import { makeLineFeed } from './line-feed.ts';

/** One step's output on its way into a log: both streams as whole inert lines, in the order in which lines end. */
export type StepOutput = {
  push(event: Pick<EventOf<'step_output'>, 'stream' | 'text'>): string;
  /** Lines that had no end. */
  end(): string;
};

export function makeStepOutput(colors: boolean): StepOutput {
  const feeds = { stdout: makeLineFeed(), stderr: makeLineFeed() };
  return {
    push: ({ stream, text }) => toInertOutput(feeds[stream].push(text), colors),
    end: () => toInertOutput(feeds.stdout.end() + feeds.stderr.end(), colors),
  };
}
