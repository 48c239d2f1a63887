import { resolve } from 'node:path';
import { toErrorCode } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { CheckSigstore } from '../seal/authentic.ts';
import { TrustError } from '../sign/errors.ts';
import type { TrustedRoots } from '../sign/trusted-root.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';
import { readFileBounded } from './read-bounded.ts';

/** The options of `quoderat verify` about Sigstore. Any of them asks for the check. */
export type SigstoreFlags = {
  sigstore?: true;
  sigstoreBundle?: string;
  identity?: string;
  identityRegexp?: string;
  issuer?: string;
  trustedRoot?: string;
  fetchTrustedRoot?: true;
};

/**
 * The check that the options ask for; undefined: none is asked for. Offline, unless a trusted root is to be fetched.
 * @param beside where a bundle that came with the envelope would be
 * @throws CliError for options that contradict each other, and for files that were named and can't be used
 */
export async function makeSigstoreCheck(
  flags: SigstoreFlags,
  beside: string | undefined,
  io: Pick<Io, 'cwd'>,
): Promise<CheckSigstore | undefined> {
  const { sigstore, sigstoreBundle, identity, identityRegexp, issuer, trustedRoot, fetchTrustedRoot } = flags;
  const asked = [sigstore, sigstoreBundle, identity, identityRegexp, issuer, trustedRoot, fetchTrustedRoot];
  if (asked.every((flag) => flag === undefined)) return undefined;
  if (identity !== undefined && identityRegexp !== undefined)
    throw new CliError('usage', '--identity and --identity-regexp both say who must have signed; keep one');
  if (trustedRoot !== undefined && fetchTrustedRoot === true)
    throw new CliError('usage', '--trusted-root and --fetch-trusted-root both say whom to trust; keep one');
  const expected = identityRegexp === undefined ? identity : toPattern(identityRegexp);
  const bundle = sigstoreBundle === undefined ? await readBeside(beside) : await readNamed(sigstoreBundle, io);
  const roots = await readRoots(flags, io);
  const { checkSigstore } = await import('../sign/verify-bundle.ts');
  return (facts) => checkSigstore({ bundle, roots, identity: expected, issuer }, facts);
}

async function readRoots({ trustedRoot, fetchTrustedRoot }: SigstoreFlags, io: Pick<Io, 'cwd'>): Promise<TrustedRoots> {
  if (trustedRoot === undefined && fetchTrustedRoot !== true) return [];
  const { fetchTrustedRoots, parseTrustedRoots } = await import('../sign/trusted-root.ts');
  try {
    if (trustedRoot === undefined) return await fetchTrustedRoots();
    const named = `--trusted-root ${trustedRoot}`;
    return await parseTrustedRoots(await readFileBounded(resolve(io.cwd, trustedRoot), limits.trustedRootBytes, named));
  } catch (error) {
    if (!(error instanceof TrustError)) throw error;
    throw new CliError('unreadable', trustedRoot === undefined ? error.message : `${trustedRoot}: ${error.message}`, {
      cause: error,
    });
  }
}

function readNamed(file: string, io: Pick<Io, 'cwd'>): Promise<Buffer> {
  return readFileBounded(resolve(io.cwd, file), limits.sigstoreBundleBytes, `--sigstore-bundle ${file}`);
}

async function readBeside(path: string | undefined): Promise<Buffer | null> {
  if (path === undefined) return null;
  return readFileBounded(path, limits.sigstoreBundleBytes, path).catch((error: unknown) => {
    if (error instanceof CliError && toErrorCode(error.cause) === 'ENOENT') return null;
    throw error;
  });
}

function toPattern(source: string): RegExp {
  if (source === '' || source.length > 1000)
    throw new CliError('usage', '--identity-regexp must have 1 to 1000 characters');
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    throw new CliError('usage', '--identity-regexp is no regular expression', { cause: error });
  }
}
