import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { readTrustedCas } from '../lib/trusted-cas.ts';
import { RelayError } from './errors.ts';
import type { RelayLimits } from './relay-limits.ts';

export type AgentOptions = {
  base: URL;
  /** PEM, trusted beside the CAs that Node trusts (which NODE_EXTRA_CA_CERTS adds to). */
  ca?: string;
  /** Of it the proxies are read: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case. */
  env: Record<string, string>;
  limits: Pick<RelayLimits, 'connectMs' | 'headMs' | 'bodyMs'>;
};

/**
 * Connections to one server, kept open between requests.
 * @throws RelayError bad_options when a proxy's address is none; it is not repeated, since it may hold a password
 */
export function makeAgent({ base, ca, env, limits }: AgentOptions): Dispatcher {
  const trust = ca === undefined ? {} : { ca: [...readTrustedCas(), ca] };
  const own = {
    connect: { timeout: limits.connectMs, ...trust },
    connectTimeout: limits.connectMs,
    headersTimeout: limits.headMs,
    bodyTimeout: limits.bodyMs,
    // Longer than between two heartbeats, so that they find a connection.
    keepAliveTimeout: 15_000,
    pipelining: 1,
  };
  const proxies = readProxies(env);
  if (proxies.httpProxy === '' && proxies.httpsProxy === '') return new Agent(own);
  try {
    return new EnvHttpProxyAgent({ ...own, ...proxies, requestTls: own.connect });
  } catch {
    const variable = base.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    const message = `the proxy to the server is no http or https URL; look at ${variable} (or http_proxy, https_proxy)`;
    throw new RelayError('bad_options', message, { retryable: false });
  }
}

/** "" is what keeps undici from looking into the environment itself. */
function readProxies(env: Record<string, string>): { httpProxy: string; httpsProxy: string; noProxy: string } {
  return {
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
  };
}
