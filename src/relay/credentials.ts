import { isObject } from '../lib/json.ts';
import { RelayError } from './errors.ts';

/** A token that was given, or one that the forge hands out when asked. */
export type RelayAuth = { token: string } | { oidc: () => Promise<string> };

export type Credentials = {
  /** @throws RelayError when there is none to be had */
  read(): Promise<string>;
  /** Told that the server refused a token: true when the next read() may give a better one. */
  renew(refused: string): boolean;
};

/** How long before its end a token is given up, and how long one is used that does not say when it ends. */
const MARGIN_MS = 30_000;
const UNKNOWN_LIFE_MS = 120_000;

/** @param now milliseconds since the epoch. @throws RelayError bad_options for a token that no header can carry */
export function makeCredentials(auth: RelayAuth, now: () => number): Credentials {
  if ('token' in auth) {
    const token = assertToken(auth.token);
    return { read: () => Promise.resolve(token), renew: () => false };
  }
  let held: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    try {
      const token = assertToken(await auth.oidc());
      held = { token, until: toEnd(token, now()) };
      return token;
    } catch (error) {
      if (error instanceof RelayError) throw error;
      // Its message is left out: it may hold the request's URL, which is a secret of the job.
      throw new RelayError('unreachable', 'the forge gave no id token for the server; may the job ask for one?', {
        retryable: true,
      });
    } finally {
      asking = undefined;
    }
  };
  return {
    read() {
      if (held !== undefined && now() < held.until) return Promise.resolve(held.token);
      asking ??= ask();
      return asking;
    },
    renew(refused) {
      if (held?.token === refused) held = undefined;
      return true;
    },
  };
}

function assertToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  const what = token === '' ? 'is empty' : 'holds characters that no header can carry';
  throw new RelayError('bad_options', `the token for the server ${what}`, { retryable: false });
}

/** RFC 7519, 4.1.4: `exp` in seconds. It is the server's clock that decides; this one only saves a refused request. */
function toEnd(token: string, now: number): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const exp = isObject(claims) ? claims['exp'] : undefined;
    if (typeof exp === 'number') return exp * 1000 - MARGIN_MS;
  } catch {
    // No JWT: its end is not known.
  }
  return now + UNKNOWN_LIFE_MS;
}
