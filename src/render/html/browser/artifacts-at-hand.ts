import { isObject } from '../../../lib/json.ts';
import { hashText } from './chain.ts';
import type { Log } from './logs.ts';
import type { Hasher } from './sha256.ts';

/** How the logs on the page compare with the artifacts they are of. */
export type LogAnswer = { equal: number; different: string[]; partial: number };

/** The artifacts that an envelope declares, in its order. */
export function toDigests(envelope: unknown): { id: string; sha256: string }[] {
  const artifacts = isObject(envelope) && Array.isArray(envelope['artifacts']) ? envelope['artifacts'] : [];
  return artifacts.map((artifact: unknown) => {
    const { id, sha256 } = isObject(artifact) ? artifact : {};
    return { id: typeof id === 'string' ? id : '', sha256: typeof sha256 === 'string' ? sha256 : '' };
  });
}

/** Hashes each log that is on the page as a whole. One that holds U+FFFD may have lost bytes that are no text. */
export async function compareLogs(logs: Log[], digests: { sha256: string }[], hasher: Hasher): Promise<LogAnswer> {
  const answer: LogAnswer = { equal: 0, different: [], partial: 0 };
  for (const log of logs) {
    const { artifact, whole, label = '' } = log.host.dataset;
    const shown = log.text();
    const wanted = digests[Number(artifact)]?.sha256;
    // A decoder drops the mark at the beginning of a text; the artifact still has it.
    const found = whole === undefined ? [] : [await hashText(shown, hasher), await hashText(`\uFEFF${shown}`, hasher)];
    if (wanted !== undefined && found.includes(wanted)) answer.equal += 1;
    else if (whole === undefined || shown.includes('\uFFFD')) answer.partial += 1;
    else answer.different.push(label);
  }
  return answer;
}
