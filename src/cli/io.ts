/** A stream for people or machines to read: process.stdout and process.stderr are such. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** What an entry may touch, read once in main.ts and handed to each command. */
export type Io = {
  stdin: AsyncIterable<Uint8Array>;
  stdout: Output;
  stderr: Output;
  env: Record<string, string>;
  /** Absolute. */
  cwd: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** How the user calls this program: `quoderat`, `npx quoderat`, `node dist/cli.js`. */
  self: string;
  /** Where SIGINT and its like are heard. */
  signals: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  /** Ends the process at once. */
  quit: (exitCode: number) => void;
};
