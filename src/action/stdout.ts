/**
 * Writes to the job log and waits while its reader is behind. A reader that has gone ends the waiting: the steps go on.
 */
export function makeWriter(stream: NodeJS.WritableStream): (text: string) => void | Promise<void> {
  let open = true;
  const close = (): void => {
    open = false;
  };
  stream.on('error', close);
  stream.on('close', close);
  return (text) => {
    if (!open || stream.write(text)) return undefined;
    return new Promise((resolve) => {
      for (const event of ['drain', 'error', 'close']) stream.once(event, () => resolve());
    });
  };
}

/** Resolves when all that was written has left the process, or has nowhere to go. */
export function flush(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
