import { resolve } from 'node:path';
import { parseDuration } from '../lib/duration.ts';
import { limits } from '../lib/limits.ts';
import { KeyError } from '../seal/errors.ts';
import { parseTrustedKey } from '../seal/keys.ts';
import type { ServerOptions } from '../server-options.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import { readFileBounded } from './read-bounded.ts';

/** What the commands that talk to a server have in common. */
export type ServerFlags = { server?: string; serverKey?: string; serverTimeout?: string };

/**
 * The server that was named, by --server or QUODERAT_SERVER, with the token for it; undefined when none was. Tokens come
 * from the environment or a file, never from the command line, where other processes could read them.
 * @throws CliError
 */
export async function readServerOptions(
  flags: ServerFlags,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<ServerOptions | undefined> {
  const url = flags.server ?? toGiven(io.env['QUODERAT_SERVER']);
  if (url === undefined) {
    // Whoever pins who must seal gets no seal by anyone else in silence.
    if (flags.serverKey !== undefined)
      throw new CliError(
        'usage',
        '--server-key says who must seal, and no server is named: add --server or QUODERAT_SERVER',
      );
    return undefined;
  }
  const key = flags.serverKey === undefined ? undefined : await readPublicKey(flags.serverKey, io);
  return {
    url,
    auth: { token: await readToken(io) },
    ...(key !== undefined && { key }),
    ...(flags.serverTimeout !== undefined && { timeoutMs: toTimeout(flags.serverTimeout) }),
  };
}

/** As readServerOptions(), where there has to be one. @throws CliError */
export async function requireServerOptions(flags: ServerFlags, io: Pick<Io, 'cwd' | 'env'>): Promise<ServerOptions> {
  const options = await readServerOptions(flags, io);
  if (options === undefined) throw new CliError('usage', 'name the server with --server or QUODERAT_SERVER');
  return options;
}

/** The first of the three ways that is not empty: forges give secrets to pull requests from forks as empty variables. */
async function readToken({ cwd, env }: Pick<Io, 'cwd' | 'env'>): Promise<string> {
  const token = toGiven(env['QUODERAT_SERVER_TOKEN']);
  if (token !== undefined) return token;
  const file = toGiven(env['QUODERAT_SERVER_TOKEN_FILE']);
  if (file !== undefined)
    return (await readFileBounded(resolve(cwd, file), limits.keyBytes, 'QUODERAT_SERVER_TOKEN_FILE')).toString('utf8');
  const idToken = toGiven(env['QUODERAT_ID_TOKEN']);
  if (idToken !== undefined) return idToken;
  throw new CliError(
    'usage',
    'there is no token for the server: set QUODERAT_SERVER_TOKEN, QUODERAT_SERVER_TOKEN_FILE, or in a GitLab job the id token QUODERAT_ID_TOKEN',
  );
}

async function readPublicKey(file: string, io: Pick<Io, 'cwd'>): Promise<string> {
  const pem = (await readFileBounded(resolve(io.cwd, file), limits.keyBytes, `--server-key ${file}`)).toString('utf8');
  try {
    parseTrustedKey(pem);
    return pem;
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CliError('unreadable', `--server-key ${file}: ${error.message}`, { cause: error });
  }
}

function toTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0 && ms <= limits.runMaxDurationMs) return ms;
  throw new CliError('usage', '--server-timeout must be a duration such as 90s or 5m, at most 1h');
}

function toGiven(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
