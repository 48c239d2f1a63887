import { toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { PublishError, toCleanLine } from './failure.ts';

const HOPS = 3;

/**
 * Where GitHub keeps the bytes of an artifact: the address to which `GET .../artifacts/{id}/zip` redirects. The token
 * goes to the API alone, never to that address.
 * Source: docs.github.com, "Download an artifact".
 * @returns a function of the path below the API's base
 */
export function makeZipLocator(options: {
  apiUrl: string;
  token: string;
  giveUp: AbortSignal;
}): (path: string) => Promise<string> {
  const { apiUrl, token, giveUp } = options;
  return async (path) => {
    if (!URL.canParse(apiUrl)) throw new PublishError('failed', 'GITHUB_API_URL is no web address');
    const base = new URL(apiUrl);
    let url = new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base);
    for (let hops = 0; hops <= HOPS; hops += 1) {
      const { status, location } = await ask(url, token, giveUp);
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (status === 302 && next !== undefined) return next.href;
      // A repository that was renamed has moved within the API.
      const hasMoved = [301, 307, 308].includes(status) && next?.origin === base.origin;
      if (!hasMoved || next === undefined) throw toError(status);
      url = next;
    }
    throw new PublishError('failed', 'GitHub would not give the artifact: it redirects without end');
  };
}

async function ask(url: URL, token: string, giveUp: AbortSignal): Promise<{ status: number; location: string }> {
  const { EnvHttpProxyAgent, request } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: limits.artifactRequestMs } });
  try {
    const answer = await request(url, {
      method: 'GET',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'quoderat',
        'x-github-api-version': '2022-11-28',
      },
      signal: AbortSignal.any([giveUp, AbortSignal.timeout(limits.artifactRequestMs)]),
      dispatcher,
    });
    answer.body.on('error', () => {}).destroy();
    const { location } = answer.headers;
    return { status: answer.statusCode, location: typeof location === 'string' ? location : '' };
  } catch (error) {
    throw new PublishError('failed', `GitHub could not be asked for the artifact: ${toCleanLine(toMessage(error))}`);
  } finally {
    await dispatcher.destroy();
  }
}

function toError(status: number): PublishError {
  const text = `GitHub would not give the artifact: status ${status}`;
  if (status === 403 || status === 401) return new PublishError('read_only', `${text}; it needs \`actions: read\``);
  if (status === 404 || status === 410) return new PublishError('not_found', text);
  return new PublishError('failed', text);
}
