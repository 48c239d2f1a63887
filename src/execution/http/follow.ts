import { type Exchange, exchange, type ExchangeOptions, type Header } from './exchange.ts';
import { RequestError } from './request-error.ts';

export type FollowOptions = Omit<ExchangeOptions, 'url'> & {
  url: URL;
  /** Sent to the origin of `url` only (with what else is a credential). */
  secretHeaders: readonly Header[];
  maxRedirects: number;
};

export type Followed = Exchange & { redirects: { status: number; url: string }[] };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CREDENTIALS = new Set(['authorization', 'proxy-authorization', 'cookie']);

/**
 * Sends a request and follows its redirects. Every hop is looked at like the first; once one has led to another origin no
 * credential is sent any more, also not when a later one leads back. With `maxRedirects` 0 a redirect is an answer.
 * @throws RequestError
 */
export async function follow(options: FollowOptions): Promise<Followed> {
  const { maxRedirects, secretHeaders } = options;
  const redirects: Followed['redirects'] = [];
  let hop: ExchangeOptions = { ...options, headers: [...options.headers, ...secretHeaders] };
  for (;;) {
    const answer = await exchange(hop);
    const location = answer.headers.find(({ name }) => name.toLowerCase() === 'location')?.value;
    if (maxRedirects === 0 || !REDIRECTS.has(answer.status) || location === undefined) return { ...answer, redirects };
    if (redirects.length === maxRedirects)
      throw new RequestError('too_many_redirects', `it redirects more than ${maxRedirects} times`);
    redirects.push({ status: answer.status, url: answer.url.href });
    hop = toNextHop(hop, answer.status, location, secretHeaders);
  }
}

/** RFC 9110, section 15.4, with the change of method that all browsers make (Fetch standard, HTTP-redirect fetch). */
function toNextHop(
  hop: ExchangeOptions,
  status: number,
  location: string,
  secretHeaders: readonly Header[],
): ExchangeOptions {
  const url = URL.canParse(location, hop.url.href) ? new URL(location, hop.url.href) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new RequestError('bad_redirect', `${hop.url.host} redirects to something that is no http or https address`);
  const dropsBody =
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD') || (status <= 302 && hop.method === 'POST');
  const isForeign = url.origin !== hop.url.origin;
  const headers = hop.headers.filter((header) => {
    const name = header.name.toLowerCase();
    if (isForeign && (name === 'host' || CREDENTIALS.has(name) || secretHeaders.includes(header))) return false;
    return !dropsBody || !name.startsWith('content-');
  });
  // A user name in the address would become a credential again.
  url.username = '';
  url.password = '';
  return { ...hop, url, headers, ...(dropsBody && { method: 'GET', body: null }) };
}
