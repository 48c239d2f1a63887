import { isObject } from '../../../lib/json.ts';
import { hashText } from './chain.ts';
import type { Log } from './logs.ts';
import type { Hasher } from './sha256.ts';

/** How the logs on the page compare with the artifacts they are of. */
export type LogAnswer = { equal: number; different: string[]; partial: number };

/** The digests that an envelope declares for its artifacts. */
export function toDigests(envelope: unknown): { id: string; sha256: string }[] {
  const artifacts = isObject(envelope) && Array.isArray(envelope['artifacts']) ? envelope['artifacts'] : [];
  return artifacts.flatMap((artifact: unknown) => {
    if (!isObject(artifact)) return [];
    const { id, sha256 } = artifact;
    return typeof id === 'string' && typeof sha256 === 'string' ? [{ id, sha256 }] : [];
  });
}

/** Hashes each log that is on the page as a whole. One that holds U+FFFD may have lost bytes that are no text. */
export async function compareLogs(logs: Log[], digests: Map<string, string>, hasher: Hasher): Promise<LogAnswer> {
  const answer: LogAnswer = { equal: 0, different: [], partial: 0 };
  for (const { host, text } of logs) {
    const { artifact = '', whole } = host.dataset;
    const shown = text();
    const wanted = digests.get(artifact);
    // A decoder drops the mark at the beginning of a text; the artifact still has it.
    const found = whole === undefined ? [] : [await hashText(shown, hasher), await hashText(`\uFEFF${shown}`, hasher)];
    if (wanted !== undefined && found.includes(wanted)) answer.equal += 1;
    else if (whole === undefined || shown.includes('\uFFFD')) answer.partial += 1;
    else answer.different.push(artifact);
  }
  return answer;
}
