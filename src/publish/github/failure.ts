import { CodedError, toErrorCode, toMessage } from '../../lib/errors.ts';

type PublishErrorCode =
  | 'conflict'
  | 'timeout'
  | 'changed'
  | 'failed'
  | 'too_large'
  | 'not_writable'
  /** The token may not do it, or nobody may (a locked conversation). */
  | 'read_only'
  | 'not_found'
  /** GitHub takes no text of this length. */
  | 'too_long'
  | 'rate_limited';

/** Why something could not be handed to GitHub. It never decides about the job. */
export class PublishError extends CodedError<PublishErrorCode> {}

const CREDENTIALS: [RegExp, string][] = [
  // A signed address is a key to the blob for as long as it is valid.
  [/(https?:\/\/[^\s"'<>?]{1,2000})\?[^\s"'<>]*/g, '$1?…'],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g, '…'],
  [/\b(?:gh[a-z]_|github_pat_)\w{8,}/g, '…'],
  [/\b(bearer|authorization:?)\s+\S+/gi, '$1 …'],
];

/** The file system's word for an error (`EACCES`), or `otherwise` when it has none. */
export function toReason(error: unknown, otherwise: string): string {
  return toErrorCode(error) ?? otherwise;
}

/** What went wrong in a conversation with GitHub, on one line and without tokens or signed addresses. */
export function toPublishError(error: unknown): PublishError {
  if (error instanceof PublishError) return error;
  const line = toCleanLine(toMessage(error)) || 'unknown error';
  // The cause is not kept: it may carry the request with its headers.
  return new PublishError(/\(409\)|already exists/i.test(line) ? 'conflict' : 'failed', line);
}

/** Somebody else's words on one line of bounded length, without tokens or signed addresses. */
export function toCleanLine(words: string): string {
  let text = words.slice(0, 4000);
  for (const [pattern, stand] of CREDENTIALS) text = text.replaceAll(pattern, stand);
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
