import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import * as core from '@actions/core';
import { CodedError } from '../lib/errors.ts';

export class InputError extends CodedError<'bad_input'> {}

const uploadModes = ['auto', 'always', 'never'] as const;

/** The inputs of the action, each in its final form. */
export type ActionInputs = {
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
  upload: (typeof uploadModes)[number];
  retentionDays: number | undefined;
  /** Absolute. */
  outDir: string;
  /** Absolute: for files that need not outlive the job. */
  tempDir: string;
  checkRunId: string | undefined;
  /** The matrix leg as JSON; "null" outside a matrix. */
  matrix: string;
};

/**
 * Reads the inputs of this process, after the signing key has become a mask of the job's log.
 * @throws InputError
 */
export function readMaskedInputs(env: Record<string, string>): ActionInputs {
  const readInput = (name: string): string => core.getInput(name, { trimWhitespace: false });
  const signingKey = readSigningKey(readInput, env);
  if (signingKey !== undefined) core.setSecret(signingKey);
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
  const upload = uploadModes.find((mode) => mode === (read('upload') ?? 'auto'));
  if (upload === undefined) faults.push(`\`upload\` must be one of ${uploadModes.join(', ')}`);
  const retention = read('retention-days');
  if (retention !== undefined && !isWithin(retention, 1, 400)) {
    faults.push('`retention-days` must be a whole number from 1 to 400');
  }
  const name = read('name');
  if (name !== undefined && (name.length > 100 || /\p{Cc}/u.test(name))) {
    faults.push('`name` must be one line of at most 100 characters');
  }
  if (faults.length > 0 || upload === undefined) throw new InputError('bad_input', faults.join('; '));

  return {
    manifest: steps === undefined ? { file: resolve(workspace, path ?? 'quoderat.yml') } : { inline: steps },
    workspace,
    workingDirectory: relative(checkout, workspace).replaceAll(sep, '/') || '.',
    name,
    expectedPlanHash,
    signingKey: readSigningKey(readInput, env),
    upload,
    retentionDays: retention === undefined ? undefined : Number(retention),
    outDir: out === undefined ? join(tempDir, 'quoderat', randomBytes(6).toString('hex')) : resolve(checkout, out),
    tempDir,
    checkRunId: /^\d{1,20}$/.exec(read('check-run-id') ?? '')?.[0],
    matrix: read('matrix') ?? 'null',
  };
}

function readSigningKey(readInput: (name: string) => string, env: Record<string, string>): string | undefined {
  return readInput('signing-key').trim() || env['QUODERAT_SIGNING_KEY']?.trim() || undefined;
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
