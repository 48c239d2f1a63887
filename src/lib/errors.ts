/**
 * The base of the one error class that each seam has. `code` is from a closed set; the message says what, which and
 * what to do, and never holds a token, a header object or an environment.
 */
export class CodedError<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The sentence to show for anything that was thrown. */
export function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's word for what went wrong (`ENOENT`, `ENOSPC` ...); undefined when it was not the system. */
export function toErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
