import { limits } from '../lib/limits.ts';

/** Texts that wait, with a bound; the oldest are lost first, and counted. */
export type Backlog = {
  add(text: string): void;
  /** Everything that waits, and how many UTF-16 units were lost before it. The backlog is empty then. */
  take(): { text: string; lost: number };
  size(): number;
  dropOldest(): void;
};

/** The waiting output of all steps: bounded for each step, and in all. */
export type Backlogs = { make(): Backlog };

export function makeBacklogs(): Backlogs {
  const open = new Set<Backlog>();
  let total = 0;

  const make = (): Backlog => {
    let texts: string[] = [];
    let size = 0;
    let lost = 0;
    const backlog: Backlog = {
      add(text) {
        texts.push(text);
        size += text.length;
        total += text.length;
        while (size > limits.logBufferedCharsPerStep) backlog.dropOldest();
        while (total > limits.logBufferedChars) largest(open).dropOldest();
      },
      take() {
        const taken = { text: texts.join(''), lost };
        total -= size;
        texts = [];
        size = 0;
        lost = 0;
        open.delete(backlog);
        return taken;
      },
      size: () => size,
      dropOldest() {
        const length = texts.shift()?.length ?? 0;
        size -= length;
        total -= length;
        lost += length;
      },
    };
    open.add(backlog);
    return backlog;
  };
  return { make };
}

function largest(backlogs: Iterable<Backlog>): Backlog {
  return [...backlogs].reduce((a, b) => (b.size() > a.size() ? b : a));
}
