import type { EventOf } from '../schema/event.ts';
import { makeLineFeed } from './line-feed.ts';

/** The last lines of a step's output, raw and bounded: they have to be made inert where they are shown. */
export type RecentLines = {
  push(event: Pick<EventOf<'step_output'>, 'stream' | 'text'>): void;
  /** The last line that is not blank. */
  last(): string;
  /** All that are kept, with what had no end: for the end of a step. */
  lines(): string[];
};

const keptLines = 20;
const keptChars = 1000;
/** What is looked at of one text: a terminal can't show more, and steps may print 100 MB/s. */
const glimpseChars = 16 * 1024;

export function makeRecentLines(): RecentLines {
  const feeds = { stdout: makeLineFeed(), stderr: makeLineFeed() };
  let kept: string[] = [];

  const keep = (lines: string): void => {
    if (lines === '') return;
    const fresh = lines.slice(0, -1).split('\n');
    kept = [...kept, ...fresh].slice(-keptLines).map((line) => line.slice(0, keptChars));
  };

  return {
    push({ stream, text }) {
      const feed = feeds[stream];
      if (text.length <= glimpseChars) return keep(feed.push(text));
      // What was held belongs to a line whose middle is passed over.
      feed.end();
      const glimpse = text.slice(-glimpseChars);
      keep(feed.push(glimpse.slice(glimpse.indexOf('\n') + 1)));
    },
    last: () => kept.findLast((line) => line.trim() !== '') ?? '',
    lines() {
      keep(feeds.stdout.end());
      keep(feeds.stderr.end());
      return kept;
    },
  };
}
