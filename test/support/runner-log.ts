import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { makeRunnerCommandParser, type RunnerEffects } from './runner-commands.ts';

/** The log of a step as the runner makes it from what a process writes. */
export type RunnerLog = {
  /** What commands did. */
  effects: RunnerEffects;
  /** What people see: masked lines, with annotations but without the other commands. */
  shown(): string;
  /** The bytes of both streams as text, as they came: nobody sees these. */
  raw(): string;
  /** Resolves when the shown log holds the text; rejects when the streams end without it. */
  until(text: string): Promise<void>;
  /** Resolves when both streams have ended. */
  ended: Promise<unknown>;
};

const annotations = new Set(['error', 'warning', 'notice']);

/** Reads the pipes of a process line by line, as they come; commands of both go to one manager. */
export function makeRunnerLog(streams: Readable[], secrets: string[]): RunnerLog {
  const parser = makeRunnerCommandParser();
  const { effects } = parser;
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let raw = '';

  const take = (line: string): void => {
    const command = parser.feed(line);
    if (command === null) lines.push(toMasked(line, [...secrets, ...effects.masks]));
    else if (annotations.has(command)) {
      const message = effects.annotations.at(-1)?.message ?? '';
      lines.push(`##[${command}]${toMasked(message, [...secrets, ...effects.masks])}`);
    }
    for (const look of waiting) look();
  };
  const shown = (): string => lines.join('\n');
  const ends = Promise.all(streams.map((stream) => readLines(stream, (text) => void (raw += text), take)));

  return {
    effects,
    shown,
    raw: () => raw,
    ended: ends,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!shown().includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ends.finally(() => reject(new Error(`the log ended without ${JSON.stringify(text)}:\n${shown()}`)));
      }),
  };
}

/** A line of the runner ends with LF, CR, or CRLF. */
function readLines(stream: Readable, onText: (text: string) => void, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk);
      onText(text);
      // A CR at the end may be half of a CRLF.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    stream.once('close', () => {
      if (rest !== '') onLine(rest);
      resolve();
    });
  });
}

/** Each line of a multi-line mask is masked by itself (AddMaskCommandExtension). */
function toMasked(line: string, masks: string[]): string {
  const values = masks.flatMap((mask) => [mask, ...mask.split(/[\r\n]+/)]).filter((value) => value.trim() !== '');
  return values.reduce((text, value) => text.replaceAll(value, '***'), line);
}
