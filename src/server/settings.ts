import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDuration } from '../lib/duration.ts';
import { CodedError } from '../lib/errors.ts';
import { defaultServerLimits, type ServerLimits } from './config.ts';
import type { RateLimitOptions } from './observe/rate-limit.ts';

/** A flag or a variable of `quoderat serve` that is not as it should be. Never with the value of a secret one. */
export class SettingsError extends CodedError<'setting'> {}

export type ServeFlags = { port?: string; host?: string; data?: string; publicUrl?: string };

/** What `quoderat serve` was told, parsed once. */
export type ServerSettings = {
  host: string;
  port: number;
  /** null: the address that it listens on. */
  publicUrl: string | null;
  dataDir: string;
  /** null: the embedded one, in the data folder. */
  databaseUrl: string | null;
  databaseConnections: number;
  artifactStore: string;
  /** null: the data folder's own. */
  tokensFile: string | null;
  oidcFile: string | null;
  redactionFile: string | null;
  /** A folder that the server keeps, or files that somebody else provides. */
  sealingKeys: { dir: string } | { files: string[] };
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Addresses of proxies in front whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Where an OpenTelemetry collector takes traces; null: nowhere. */
  tracesUrl: string | null;
  /** Rate limits, where they were set. */
  rates: Partial<Pick<RateLimitOptions, 'perAddress' | 'perPrincipal'>>;
  /** null: artifacts of sealed runs are kept for ever. */
  keepArtifactsMs: number | null;
  limits: ServerLimits;
};

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/**
 * Flags and environment of `quoderat serve`, which docs/server.md lists.
 * @param given the environment; a variable that is empty counts as not set
 * @param cwd what relative paths are relative to
 * @throws SettingsError
 */
export function parseSettings(flags: ServeFlags, given: Readonly<Record<string, string>>, cwd: string): ServerSettings {
  // As compose files and pipelines pass on what nobody has set: an empty host is every interface to node:net.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const dataDir = resolve(cwd, flags.data ?? env['QUODERAT_DATA'] ?? 'quoderat-data');
  const toPath = (name: string): string | null => (env[name] === undefined ? null : resolve(cwd, env[name]));
  const keyFiles = (env['QUODERAT_SEALING_KEYS'] ?? '').split(':').filter((file) => file !== '');
  const lease = toMs(env, 'QUODERAT_LEASE', defaultServerLimits.leaseMs);
  return {
    host: flags.host ?? env['QUODERAT_HOST'] ?? '127.0.0.1',
    port: toInteger(
      flags.port ?? env['QUODERAT_PORT'] ?? '8420',
      toName(flags.port, '--port', 'QUODERAT_PORT'),
      0,
      65_535,
    ),
    publicUrl: toPublicUrl(
      flags.publicUrl ?? env['QUODERAT_PUBLIC_URL'],
      toName(flags.publicUrl, '--public-url', 'QUODERAT_PUBLIC_URL'),
    ),
    dataDir,
    databaseUrl: toDatabaseUrl(env['DATABASE_URL']),
    databaseConnections: toInteger(
      env['QUODERAT_DATABASE_CONNECTIONS'] ?? '10',
      'QUODERAT_DATABASE_CONNECTIONS',
      1,
      1000,
    ),
    artifactStore: env['ARTIFACT_STORE_URI'] ?? pathToFileURL(resolve(dataDir, 'artifacts')).href,
    tokensFile: toPath('QUODERAT_TOKENS_FILE'),
    oidcFile: toPath('QUODERAT_OIDC_FILE'),
    redactionFile: toPath('QUODERAT_REDACTION_FILE'),
    sealingKeys:
      keyFiles.length > 0 ? { files: keyFiles.map((file) => resolve(cwd, file)) } : { dir: resolve(dataDir, 'keys') },
    logLevel: toLogLevel(env['QUODERAT_LOG_LEVEL'] ?? 'info'),
    trustedProxies: (env['QUODERAT_TRUSTED_PROXIES'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    tracesUrl: toTracesUrl(env),
    rates: {
      ...toRate(env, 'QUODERAT_RATE_PER_ADDRESS', 'perAddress'),
      ...toRate(env, 'QUODERAT_RATE_PER_PRINCIPAL', 'perPrincipal'),
    },
    keepArtifactsMs: env['QUODERAT_KEEP_ARTIFACTS'] === undefined ? null : toMs(env, 'QUODERAT_KEEP_ARTIFACTS', 0),
    limits: {
      ...defaultServerLimits,
      leaseMs: lease,
      abandonMs: toMs(env, 'QUODERAT_ABANDON_AFTER', defaultServerLimits.abandonMs),
      // Often enough that a lease of seconds, in a trial, is no lie.
      sweepMs: Math.max(200, Math.min(defaultServerLimits.sweepMs, lease / 4)),
      drainMs: toMs(env, 'QUODERAT_DRAIN', defaultServerLimits.drainMs),
      keepaliveMs: toMs(env, 'QUODERAT_KEEPALIVE', defaultServerLimits.keepaliveMs),
    },
  };
}

/** What people set: a flag wins over its variable. */
function toName(flag: string | undefined, flagName: string, variable: string): string {
  return flag === undefined ? variable : flagName;
}

function toInteger(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^[0-9]{1,9}$/.test(text) || value < least || value > most)
    throw new SettingsError('setting', `${name} must be a whole number from ${least} to ${most}`);
  return value;
}

function toMs(env: Readonly<Record<string, string>>, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0)
    throw new SettingsError('setting', `${name} must be a duration such as 90s, 15m or 2d`);
  return ms;
}

/** Requests a second; ten times as many may come at once. */
function toRate(
  env: Readonly<Record<string, string>>,
  variable: string,
  name: keyof ServerSettings['rates'],
): ServerSettings['rates'] {
  const text = env[variable];
  if (text === undefined) return {};
  const perSecond = toInteger(text, variable, 1, 1_000_000);
  return { [name]: { perSecond, burst: 10 * perSecond } };
}

function toPublicUrl(text: string | undefined, name: string): string | null {
  if (text === undefined || text === '') return null;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new SettingsError('setting', `${name} must be an http(s) address without credentials or query`);
  return url.href.replace(/\/+$/, '');
}

/** What is wrong with it is said without it: it holds a password. */
function toDatabaseUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^postgres(?:ql)?:\/\//.test(text) || URL.parse(text) === null)
    throw new SettingsError(
      'setting',
      'DATABASE_URL must be an address such as postgres://user:password@host/database',
    );
  return text;
}

/** OpenTelemetry's own variables and rules: only the general address gets a path of ours. */
function toTracesUrl(env: Readonly<Record<string, string>>): string | null {
  const own = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  const general = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const text = own ?? (general === undefined ? undefined : `${general.replace(/\/+$/, '')}/v1/traces`);
  if (text === undefined) return null;
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new SettingsError(
      'setting',
      `${own === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'} must be an http(s) address`,
    );
  return text;
}

function toLogLevel(text: string): ServerSettings['logLevel'] {
  const level = logLevels.find((name) => name === text);
  if (level === undefined)
    throw new SettingsError('setting', `QUODERAT_LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  return level;
}
