import { limits } from '../lib/limits.ts';

/** A repository as its URL names it; url carries no credentials. */
export type RemoteRepository = { url: string; host: string; name: string };

/** A path with `@` is refused: `user:password@host:path` would pass as the path of a host called `user`. */
const SCP_LIKE = /^(?:([^@/\\:\s]+)@)?([^/\\:@\s]{2,}):(?!\/\/|:)([^@\s]+)$/;

/**
 * An http(s) URL without user, password, query and fragment, and without a slash at its end; null for anything else.
 * Tokens travel in every one of those places (`https://oauth2:<token>@host/`, `?private_token=`).
 */
export function toBareUrl(value: unknown): string | null {
  const url = parseUrl(value);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/**
 * Reads a git remote: http(s), ssh, git and scp-like (`git@host:owner/repo.git`). A path on this machine names nothing
 * that another machine could find, and gives null.
 */
export function parseRemote(value: unknown): RemoteRepository | null {
  if (typeof value !== 'string' || value.length > limits.contextTextChars) return null;
  const scp = SCP_LIKE.exec(value);
  if (scp !== null) {
    const [, user, host = '', path = ''] = scp;
    return toRemote(`${user === 'git' ? 'git@' : ''}${host}:${path}`, host, path);
  }
  const url = parseUrl(value);
  if (url === null || url.hostname === '' || !['https:', 'http:', 'ssh:', 'git:'].includes(url.protocol)) return null;
  const user = url.protocol === 'ssh:' && url.username === 'git' ? 'git@' : '';
  return toRemote(`${url.protocol}//${user}${url.host}${url.pathname}`.replace(/\/+$/, ''), url.hostname, url.pathname);
}

/** The forge that a host name gives away; null when it does not. */
export function toProvider(host: string): string | null {
  if (host === 'github.com' || host.endsWith('.ghe.com') || host.startsWith('github.')) return 'github';
  if (host === 'gitlab.com' || host.startsWith('gitlab.')) return 'gitlab';
  return host === 'bitbucket.org' ? 'bitbucket' : null;
}

function toRemote(url: string, host: string, path: string): RemoteRepository | null {
  const name = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  const lowerHost = host.toLowerCase();
  return name === '' || !url.isWellFormed() || /\p{Cc}/u.test(url) ? null : { url, host: lowerHost, name };
}

function parseUrl(value: unknown): URL | null {
  if (typeof value !== 'string' || value.length > limits.contextTextChars) return null;
  try {
    return new URL(value);
  } catch {
    return null;
  }
}
