import { setTimeout as sleep } from 'node:timers/promises';
import { toMessage } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import { collectBytes } from '../../lib/collect-bytes.ts';
import { limits } from '../../lib/limits.ts';
import type { ArtifactSource, ListedArtifact } from './artifacts-list.ts';
import { PublishError, toCleanLine } from './failure.ts';
import { isZip, unzipOnly } from './unzip.ts';

/** One try: a fixed part, and the time that the largest file may take. */
const DOWNLOAD_MS = limits.artifactRequestMs + Math.ceil(limits.memberBytes / limits.uploadBytesPerMs);

/**
 * The bytes of an artifact that is one file, which anybody may have uploaded: bounded, equal to the digest that GitHub
 * shows for it, and never written anywhere. A zip that holds one file gives that file.
 * @throws PublishError too_large, changed (the digest is another), timeout or failed
 */
export async function downloadFile(
  source: Pick<ArtifactSource, 'locate'>,
  artifact: ListedArtifact,
  giveUp: AbortSignal,
): Promise<Buffer> {
  if (artifact.sizeBytes > limits.memberBytes)
    throw new PublishError('too_large', `it has ${artifact.sizeBytes} bytes, more than ${limits.memberBytes}`);
  const bytes = await fetchAgain(source, artifact, giveUp);
  if (artifact.sha256 !== null && sha256(bytes) !== artifact.sha256)
    throw new PublishError('changed', 'what was downloaded is not what GitHub shows the digest of');
  return isZip(bytes) ? unzipOnly(bytes, limits.memberBytes) : bytes;
}

async function fetchAgain(
  source: Pick<ArtifactSource, 'locate'>,
  artifact: ListedArtifact,
  giveUp: AbortSignal,
): Promise<Buffer> {
  for (let tries = 1; ; tries += 1) {
    if (giveUp.aborted) throw new PublishError('timeout', 'it could not be downloaded in time');
    try {
      // A new address for each try: it is good for a few minutes only.
      return await fetchBounded(await source.locate(artifact), giveUp);
    } catch (error) {
      if (error instanceof PublishError && error.code !== 'failed') throw error;
      if (tries >= limits.artifactTries || giveUp.aborted) {
        const reason = toCleanLine(toMessage(error)) || 'unknown error';
        // The cause is not kept: it may carry the signed address.
        throw new PublishError(giveUp.aborted ? 'timeout' : 'failed', `it could not be downloaded: ${reason}`);
      }
      await sleep(limits.githubPauseMs, undefined, { signal: giveUp }).catch(() => {});
    }
  }
}

async function fetchBounded(address: string, giveUp: AbortSignal): Promise<Buffer> {
  const url = parseAddress(address);
  // Loaded only here: it takes longer to load than many a run lasts.
  const { EnvHttpProxyAgent, request } = await import('undici');
  const timeout = AbortSignal.timeout(DOWNLOAD_MS);
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: limits.artifactRequestMs } });
  try {
    const answer = await request(url, { method: 'GET', signal: AbortSignal.any([giveUp, timeout]), dispatcher });
    if (answer.statusCode !== 200) {
      const isFinal = answer.statusCode < 500 && answer.statusCode !== 429;
      const text = `the store of the artifacts answered with status ${answer.statusCode}`;
      throw new PublishError(isFinal ? 'not_found' : 'failed', text);
    }
    const toTooLarge = (): PublishError =>
      new PublishError('too_large', `it has more than ${limits.memberBytes} bytes`);
    return await collectBytes(answer.body, limits.memberBytes, toTooLarge);
  } finally {
    await dispatcher.destroy();
  }
}

/** Signed addresses are https; plain http is for a service on this very machine. */
function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHere = url !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\]|.*\.localhost)$/.test(url.hostname);
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url;
  throw new PublishError('not_found', 'GitHub gave no address to download it from');
}
