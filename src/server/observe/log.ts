import pino, { type DestinationStream, type Logger } from 'pino';
import { isObject } from '../../lib/json.ts';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Members that may hold a credential, should a library's object ever be logged. */
const SECRET_MEMBERS = [
  'authorization',
  'Authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'token',
  'password',
  'secret',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'connectionString',
  'headers',
];

/**
 * The server's log: one JSON object a line. Nothing of a request's headers, body or address goes into it but what
 * observation.ts names; credentials that a careless caller hands over are masked all the same.
 * @param options.destination standard output unless given
 */
export function makeLogger(options: { level: LogLevel; version: string; destination?: DestinationStream }): Logger {
  const { level, version, destination } = options;
  return pino(
    {
      level,
      base: { service: 'quoderat', version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: toLoggedError },
      redact: {
        paths: SECRET_MEMBERS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: '[masked]',
      },
    },
    destination ?? pino.destination({ dest: 1, sync: false, minLength: 0 }),
  );
}

/** All that is told of a request: a closed set of members, none of them a client's free text but the method. */
export type RequestEntry = {
  request_id: string;
  method: string;
  /** The template. */
  route: string;
  status: number;
  ms: number;
  /** Of the answer. */
  bytes?: number;
  /** Principal.id: no secret. */
  principal?: string;
};

type RequestLogger = Record<'debug' | 'info' | 'error', (entry: RequestEntry) => void>;

/**
 * Writes the line of each request to the same log, without looking in it for members to mask: that takes half of a line's
 * time, and there is nothing to find. So it takes nothing but these members, whatever else a caller's object has.
 */
export function makeRequestLogger(log: Logger): RequestLogger {
  const plain = log.child({}, { redact: [] });
  const write =
    (level: keyof RequestLogger) =>
    ({ request_id, method, route, status, ms, bytes, principal }: RequestEntry): void =>
      plain[level]({ request_id, method, route, status, ms, bytes, principal }, 'request');
  return { debug: write('debug'), info: write('info'), error: write('error') };
}

/**
 * What is known to be fit for a log: the error's class, code, words and place, and those of its causes. Errors of
 * libraries carry whole requests and rows (pg: `detail`, the SDK of AWS: `$response`).
 */
function toLoggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error.slice(0, 2000) : typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    message: maskUrls(error.message).slice(0, 2000),
    ...(depth === 0 && typeof error.stack === 'string' && { stack: maskUrls(error.stack).slice(0, 8000) }),
    ...(error.cause !== undefined &&
      depth < 4 &&
      isLoggable(error.cause) && { cause: toLoggedError(error.cause, depth + 1) }),
  };
}

function isLoggable(cause: unknown): boolean {
  return cause instanceof Error || typeof cause === 'string' || isObject(cause);
}

/** Passwords and signatures stand in addresses. */
function maskUrls(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,512}@/gi, '$1[masked]@')
    .replaceAll(/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi, '$1 [masked]')
    .replaceAll(/\?[^\s"']{0,4096}(?:X-Amz-|sig=|token=|signature=)[^\s"']{0,4096}/gi, '?[masked]');
}
