import { resolve } from 'node:path';
import { limits } from '../lib/limits.ts';
import { KeyError } from '../seal/errors.ts';
import { parseJwks } from '../seal/jwks.ts';
import type { TrustedKey } from '../seal/keys.ts';
import type { EnvelopeInput } from './envelope-input.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import { readFileBounded } from './read-bounded.ts';

/** Where keys to trust are asked for: a key set in a file or at an address, or a Quoderat server. */
export type JwksFlags = { jwks?: string; server?: string };

type ReadIo = Pick<Io, 'cwd' | 'env' | 'now' | 'stderr'>;

/**
 * The keys that --jwks and --server name; undefined: neither was given. What is fetched is not kept, redirects are not
 * followed, and a key set may come from anyone: what is no key of ours in it is passed over with a note.
 * @throws CliError, RelayError (the network)
 */
export async function readJwksKeys({ jwks, server }: JwksFlags, io: ReadIo): Promise<TrustedKey[] | undefined> {
  if (jwks === undefined && server === undefined) return undefined;
  const sets = await Promise.all([
    ...(jwks === undefined ? [] : [readKeySet('--jwks', jwks, io)]),
    ...(server === undefined ? [] : [fetchKeySet('--server', server, '/.well-known/jwks.json', io)]),
  ]);
  return sets.flat();
}

/**
 * The envelope that a server has under an id.
 * @throws CliError usage when there is no token for the server; RelayError
 */
export async function fetchEnvelope(id: string, server: string, io: ReadIo): Promise<EnvelopeInput> {
  const [{ openServer }, { requireServerOptions }] = await Promise.all([
    import('./server-client.ts'),
    import('./server-access.ts'),
  ]);
  await using client = openServer(await requireServerOptions({ server }, io), io);
  const bytes = await client.ask((api) => api.readEnvelope(id));
  return {
    bytes,
    artifactsDir: undefined,
    path: undefined,
    sigstorePath: undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function readKeySet(flag: string, named: string, io: ReadIo): Promise<TrustedKey[]> {
  if (/^https?:\/\//i.test(named)) {
    const at = named.lastIndexOf('/');
    return fetchKeySet(flag, named.slice(0, at), named.slice(at), io);
  }
  const bytes = await readFileBounded(resolve(io.cwd, named), limits.jwksBytes, `${flag} ${named}`);
  return toKeys(`${flag} ${named}`, bytes, io);
}

async function fetchKeySet(flag: string, base: string, route: string, io: ReadIo): Promise<TrustedKey[]> {
  const [{ makeTransport }, { relayLimits }] = await Promise.all([
    import('../relay/transport.ts'),
    import('../relay/relay-limits.ts'),
  ]);
  const transport = makeTransport({ url: base, auth: null, env: io.env, now: io.now, limits: relayLimits });
  try {
    const signal = AbortSignal.timeout(limits.jwksMs);
    const bytes = await transport.bytes({ method: 'GET', route, signal }, limits.jwksBytes);
    return toKeys(`${flag} ${transport.name}`, bytes, io);
  } finally {
    await transport.close();
  }
}

function toKeys(source: string, bytes: Buffer, { stderr }: Pick<Io, 'stderr'>): TrustedKey[] {
  try {
    const { keys, ignored } = parseJwks(parseJson(bytes));
    for (const note of ignored.slice(0, 20)) stderr.write(`${source}: passed over: ${note}\n`);
    return keys;
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CliError('unreadable', `${source}: ${error.message}`, { cause: error });
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser quotes what it was given, which may be a token or a key: a wrong file is named easily.
    throw new KeyError('not_jwks', 'this is no JSON');
  }
}
