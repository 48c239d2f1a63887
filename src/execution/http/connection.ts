import { lookup } from 'node:dns';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../schema/step-observations.ts';
import { isRefusedAddress, isRefusedName } from './address-guard.ts';
import { RequestError, toErrorCode } from './request-error.ts';
import { explainTlsError, toTlsFacts } from './tls-facts.ts';

export type ConnectOptions = {
  url: URL;
  /** PEM: trusted beside the roots that Node has. */
  ca: string | null;
  verifyTls: boolean;
  allowLinkLocal: boolean;
  /** Aborted: the connection is destroyed, and what waits for it ends. */
  signal: AbortSignal;
};

/** An open connection and what was seen on the way. Times in ms, fractions kept. */
export type Connection = {
  socket: Socket;
  remote: { address: string; port: number };
  /** null: the host is an address. */
  dnsMs: number | null;
  connectMs: number;
  tlsMs: number | null;
  tls: TlsFacts | null;
};

/**
 * Opens a connection to a URL's host, without any proxy. No byte is sent before the address that was really reached has been
 * looked at: what a name is resolved to may change between two looks.
 * @throws RequestError
 */
export async function openConnection(options: ConnectOptions): Promise<Connection> {
  const { url, allowLinkLocal, signal } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (!allowLinkLocal && (isRefusedName(host) || isRefusedAddress(host))) throw refuse(host);
  const start = performance.now();
  let resolvedAt: number | null = null;
  const guardedLookup = makeGuardedLookup(allowLinkLocal, () => (resolvedAt = performance.now()));
  const socket = connect({ host, port, lookup: guardedLookup, noDelay: true });
  const onAbort = (): void => void socket.destroy(new RequestError('stopped', `${url.host} was no longer waited for`));
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
  if (signal.aborted) onAbort();
  // What happens to it between two things that are waited for shows in the next one.
  socket.on('error', () => {});

  await waitFor(socket, 'connect', (error) => toConnectError(error, url.host));
  const remote = { address: socket.remoteAddress ?? host, port: socket.remotePort ?? port };
  if (!allowLinkLocal && isRefusedAddress(remote.address)) {
    socket.destroy();
    throw refuse(remote.address);
  }
  const connectedAt = performance.now();
  const dnsMs = resolvedAt === null || isIP(host) !== 0 ? null : resolvedAt - start;
  const facts = { remote, dnsMs, connectMs: connectedAt - start - (dnsMs ?? 0) };
  if (url.protocol !== 'https:') return { ...facts, socket, tlsMs: null, tls: null };
  const secure = await secureSocket(socket, host, options);
  return { ...facts, socket: secure, tlsMs: performance.now() - connectedAt, tls: toTlsFacts(secure) };
}

async function secureSocket(socket: Socket, host: string, { url, ca, verifyTls }: ConnectOptions): Promise<TLSSocket> {
  const secure = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== null && { ca: [...rootCertificates, ca] }),
    rejectUnauthorized: verifyTls,
    ALPNProtocols: ['http/1.1'],
  });
  secure.on('error', () => {});
  await waitFor(secure, 'secureConnect', (error) => {
    socket.destroy();
    if (error instanceof RequestError) return error;
    return new RequestError('tls_failed', `TLS with ${url.host} failed: ${explainTlsError(error)}`, { cause: error });
  });
  return secure;
}

/** The system's own lookup, whose answers are looked at before anything is connected to. */
function makeGuardedLookup(allowLinkLocal: boolean, onResolved: () => void): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      onResolved();
      const bad = allowLinkLocal ? undefined : addresses?.find(({ address }) => isRefusedAddress(address));
      const [first] = addresses ?? [];
      const failure = error ?? (bad === undefined ? null : refuse(bad.address, hostname));
      if (failure !== null || first === undefined) callback(failure ?? new Error('no address'), '', 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function waitFor(socket: Socket, event: string, toError: (error: unknown) => RequestError): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(toError(new Error('it was closed')));
    socket.once(event, () => {
      socket.off('close', onClose);
      resolve();
    });
    socket.once('error', (error) => reject(toError(error)));
    socket.once('close', onClose);
  });
}

function refuse(address: string, hostname?: string): RequestError {
  const what = hostname === undefined ? address : `${hostname}, which is ${address},`;
  return new RequestError(
    'address_refused',
    `${what} is link-local or a cloud's metadata service, where credentials are handed out; allow_link_local: true would ask it`,
  );
}

function toConnectError(error: unknown, host: string): RequestError {
  if (error instanceof RequestError) return error;
  const code = toErrorCode(error);
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return new RequestError('not_resolved', `the name of ${host} is not known (${code})`, { cause: error });
  if (code === 'ECONNREFUSED')
    return new RequestError('not_connected', `nothing listens at ${host} (${code})`, { cause: error });
  return new RequestError('not_connected', `${host} can't be reached (${code})`, { cause: error });
}
