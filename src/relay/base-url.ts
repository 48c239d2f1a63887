import { RelayError } from './errors.ts';

/**
 * The address of a server, which may lie below a path (`https://ci.example.com/quoderat`); without a "/" at its end.
 * @param allowInsecure takes plain HTTP from other machines too; the token is then readable on the way
 * @throws RelayError bad_options; it does not repeat the address, which may hold a password
 */
export function parseServerUrl(text: string, allowInsecure: boolean): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refuse('the address of the server is no http or https URL');
  if (url.username !== '' || url.password !== '')
    throw refuse('the address of the server holds a user or password; pass a token instead');
  if (url.search !== '' || url.hash !== '') throw refuse('the address of the server ends in a query or fragment');
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allowInsecure)
    throw refuse(
      `${url.origin} is plain HTTP, which can be read and changed on the way; use https (only a server on this machine may do without)`,
    );
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** How the server is called in messages. */
export function toServerName(base: URL): string {
  return `${base.origin}${base.pathname.replace(/\/$/, '')}`;
}

/** The address of a route, `/v1/runs`, below the server's own path. */
export function toRouteUrl(base: URL, route: string): URL {
  return new URL(`${toServerName(base)}${route}`);
}

/** RFC 6761 (localhost), RFC 1122 (127/8), RFC 4291 (::1). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function refuse(message: string): RelayError {
  return new RelayError('bad_options', message, { retryable: false });
}
