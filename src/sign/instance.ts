import { SignError } from './errors.ts';

/** The services of one Sigstore instance. null: it has none of that kind, or is not to be asked. */
export type SigstoreInstance = { fulcioUrl: string; rekorUrl: string | null; tsaUrl: string | null };

/** Addresses of services other than those that the forge would choose. */
export type InstanceOverrides = {
  fulcioUrl?: string | undefined;
  rekorUrl?: string | undefined;
  tsaUrl?: string | undefined;
};

/** The instance that anyone may use. What it signs is in a public log for ever, the signer's identity included. */
export const publicGood: SigstoreInstance = {
  fulcioUrl: 'https://fulcio.sigstore.dev',
  rekorUrl: 'https://rekor.sigstore.dev',
  tsaUrl: null,
};

/**
 * GitHub's own instance, for repositories that are not public: a certificate and a timestamp, and no log. Of GitHub.com,
 * or of an enterprise at *.ghe.com (actions/toolkit, packages/attest).
 */
export function toGithubInstance(serverUrl: string): SigstoreInstance {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : 'github.com';
  const domain = host === 'github.com' ? 'githubapp.com' : host;
  return { fulcioUrl: `https://fulcio.${domain}`, rekorUrl: null, tsaUrl: `https://timestamp.${domain}` };
}

/**
 * The instance with the addresses that were given in its place. Naming one service names the instance: the others are
 * then not asked unless they are named too.
 * @throws SignError bad_instance
 */
export function applyOverrides(instance: SigstoreInstance, overrides: InstanceOverrides): SigstoreInstance {
  const { fulcioUrl, rekorUrl, tsaUrl } = overrides;
  if (fulcioUrl === undefined && rekorUrl === undefined && tsaUrl === undefined) return instance;
  if (fulcioUrl === undefined)
    throw new SignError(
      'bad_instance',
      'a log or a timestamp authority of your own needs the Fulcio URL that it belongs to',
    );
  return { fulcioUrl, rekorUrl: rekorUrl ?? null, tsaUrl: tsaUrl ?? null };
}

/**
 * The same instance with addresses that can be called: https, or http on this very machine, since the authority is sent
 * the identity token.
 * @throws SignError bad_instance; also when nothing in it could tell the time of the signature, which nobody could verify
 */
export function checkInstance({ fulcioUrl, rekorUrl, tsaUrl }: SigstoreInstance): SigstoreInstance {
  if (rekorUrl === null && tsaUrl === null) {
    const message = 'a signature needs a log (Rekor) or a timestamp authority, or nobody can tell when it was made';
    throw new SignError('bad_instance', message);
  }
  return {
    fulcioUrl: toBase(fulcioUrl, 'Fulcio'),
    rekorUrl: rekorUrl === null ? null : toBase(rekorUrl, 'Rekor'),
    tsaUrl: tsaUrl === null ? null : toBase(tsaUrl, 'timestamp authority'),
  };
}

/** The name of a service for a message: its host, never the credentials or queries of an address. */
export function toHost(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'its address';
}

function toBase(address: string, service: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHere = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)))
    throw new SignError('bad_instance', `the ${service} URL must begin with https://`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new SignError('bad_instance', `the ${service} URL must hold no credentials, query or fragment`);
  return url.href.replace(/\/+$/, '');
}
