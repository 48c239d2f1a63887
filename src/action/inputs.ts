import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import * as core from '@actions/core';
import { CodedError } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';

export class InputError extends CodedError<'bad_input'> {}

const switches = ['auto', 'always', 'never'] as const;
/** auto: where it is possible; always: the same, with a warning where it is not. */
export type Switch = (typeof switches)[number];
const modes = ['run', 'collect', 'report'] as const;
const serverErrors = ['fail', 'warn'] as const;

/** A Quoderat server that seals, as the inputs name it. */
export type ServerInputs = {
  url: string;
  /** undefined: an OIDC token of the job. */
  token: string | undefined;
  audience: string;
  /** Ed25519 public key, PEM. */
  key: string | undefined;
  onError: (typeof serverErrors)[number];
};

/** The inputs of the action, each in its final form. */
export type ActionInputs = {
  mode: (typeof modes)[number];
  /** The manifest: a file, absolute, or text from the workflow. */
  manifest: { file: string } | { inline: string };
  /** Absolute: where steps run. */
  workspace: string;
  /** From GITHUB_WORKSPACE to `workspace`, for paths that GitHub is to find in the repository. */
  workingDirectory: string;
  name: string | undefined;
  expectedPlanHash: string | undefined;
  /** Ed25519 private key, PEM. */
  signingKey: string | undefined;
  upload: Switch;
  check: Switch;
  comment: Switch;
  attest: Switch;
  /** Addresses of a Sigstore instance; undefined: the one that the repository's visibility decides. */
  sigstore: { fulcioUrl: string | undefined; rekorUrl: string | undefined; tsaUrl: string | undefined };
  /** "" when the workflow passes none. */
  githubToken: string;
  /** Absolute. */
  baseEnvelope: string | undefined;
  /** mode: collect. */
  expected: number | undefined;
  server: ServerInputs | undefined;
  retentionDays: number | undefined;
  /** Absolute. */
  outDir: string;
  /** Absolute: for files that need not outlive the job. */
  tempDir: string;
  checkRunId: string | undefined;
  /** The matrix leg as JSON; "null" outside a matrix. */
  matrix: string;
  /** Legs of the matrix; 1 outside a matrix. */
  jobTotal: number;
};

/**
 * Reads the inputs of this process, after the signing key has become a mask of the job's log.
 * @throws InputError
 */
export function readMaskedInputs(env: Record<string, string>): ActionInputs {
  const readInput = (name: string): string => core.getInput(name, { trimWhitespace: false });
  const secrets = [readSigningKey(readInput, env), readInput('server-token').trim(), readInput('github-token').trim()];
  for (const secret of secrets) if (secret) core.setSecret(secret);
  return readInputs(readInput, env);
}

/**
 * Reads and checks all inputs.
 * @param readInput gives the text of an input as it was passed, "" when it was not
 * @param env the runner's environment
 * @throws InputError that names every input that is wrong
 */
export function readInputs(readInput: (name: string) => string, env: Record<string, string>): ActionInputs {
  const faults: string[] = [];
  const read = (name: string): string | undefined => readInput(name).trim() || undefined;

  const checkout = resolve(env['GITHUB_WORKSPACE'] || '.');
  const workspace = resolve(checkout, read('working-directory') ?? '.');
  const tempDir = env['RUNNER_TEMP'] || tmpdir();
  const out = read('out');

  // Not trimmed: the first line's indentation belongs to the YAML.
  const steps = readInput('steps').trim() === '' ? undefined : readInput('steps');
  const path = read('manifest');
  if (steps !== undefined && path !== undefined) {
    faults.push('both `manifest` and `steps` are given; keep the one that is meant');
  }

  const expectedPlanHash = read('expected-plan-hash');
  if (expectedPlanHash !== undefined && !/^[0-9a-f]{64}$/.test(expectedPlanHash)) {
    faults.push('`expected-plan-hash` must be 64 lower-case hex digits, as `quoderat plan` prints them');
  }
  const choose = <Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word => {
    const given = read(name) ?? words[0];
    const word = words.find((known) => known === given);
    if (word === undefined) faults.push(`\`${name}\` must be one of ${words.join(', ')}`);
    return word ?? words[0];
  };
  const readUrl = (name: string): string | undefined => {
    const url = read(name);
    if (url === undefined || isPlainUrl(url)) return url;
    faults.push(`\`${name}\` must be an http or https address without credentials`);
    return undefined;
  };
  const expected = read('expected');
  if (expected !== undefined && !isWithin(expected, 1, limits.collectMembers)) {
    faults.push(`\`expected\` must be a whole number from 1 to ${limits.collectMembers}`);
  }
  const jobTotal = read('job-total') ?? '1';
  const baseEnvelope = read('base-envelope');
  const choices = {
    mode: choose('mode', modes),
    upload: choose('upload', switches),
    check: choose('check', switches),
    comment: choose('comment', switches),
    attest: choose('attest', switches),
    sigstore: {
      fulcioUrl: readUrl('sigstore-fulcio-url'),
      rekorUrl: readUrl('sigstore-rekor-url'),
      tsaUrl: readUrl('sigstore-tsa-url'),
    },
  };
  const serverUrl = readUrl('server-url');
  if (serverUrl !== undefined && readSigningKey(readInput, env) !== undefined) {
    faults.push('`signing-key` signs what this job seals; with `server-url` the server seals and signs');
  }
  const server = {
    token: readInput('server-token').trim() || undefined,
    audience: read('server-audience'),
    key: read('server-key'),
    onError: choose('on-server-error', serverErrors),
  };
  const retention = read('retention-days');
  if (retention !== undefined && !isWithin(retention, 1, 400)) {
    faults.push('`retention-days` must be a whole number from 1 to 400');
  }
  const name = read('name');
  if (name !== undefined && (name.length > 100 || /\p{Cc}/u.test(name))) {
    faults.push('`name` must be one line of at most 100 characters');
  }
  if (faults.length > 0) throw new InputError('bad_input', faults.join('; '));

  return {
    manifest: steps === undefined ? { file: resolve(workspace, path ?? 'quoderat.yml') } : { inline: steps },
    workspace,
    workingDirectory: relative(checkout, workspace).replaceAll(sep, '/') || '.',
    name,
    expectedPlanHash,
    signingKey: readSigningKey(readInput, env),
    ...choices,
    githubToken: readInput('github-token').trim(),
    baseEnvelope: baseEnvelope === undefined ? undefined : resolve(checkout, baseEnvelope),
    expected: expected === undefined ? undefined : Number(expected),
    server: serverUrl === undefined ? undefined : { ...server, url: serverUrl, audience: server.audience ?? serverUrl },
    retentionDays: retention === undefined ? undefined : Number(retention),
    outDir: out === undefined ? join(tempDir, 'quoderat', randomBytes(6).toString('hex')) : resolve(checkout, out),
    tempDir,
    checkRunId: /^\d{1,20}$/.exec(read('check-run-id') ?? '')?.[0],
    matrix: read('matrix') ?? 'null',
    jobTotal: isWithin(jobTotal, 1, 1000) ? Number(jobTotal) : 1,
  };
}

function readSigningKey(readInput: (name: string) => string, env: Record<string, string>): string | undefined {
  return readInput('signing-key').trim() || env['QUODERAT_SIGNING_KEY']?.trim() || undefined;
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
