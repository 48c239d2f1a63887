import type { Evidence, RunOutcome } from '../outcome.ts';
import { toInertLine } from '../render/inert.ts';
import { toShellWord } from '../render/shell-word.ts';
import type { Signing } from '../sign-evidence.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

export const attestModes = ['auto', 'always', 'never'] as const;
export type AttestMode = (typeof attestModes)[number];

/**
 * Whether to sign through Sigstore: the option, else QUODERAT_ATTEST, else never. An empty variable is none.
 * @throws CliError usage
 */
export function chooseAttestMode(flag: AttestMode | undefined, env: Record<string, string>): AttestMode {
  const named = flag ?? (env['QUODERAT_ATTEST']?.trim() || 'never');
  const mode = attestModes.find((known) => known === named);
  if (mode === undefined) throw new CliError('usage', `QUODERAT_ATTEST must be one of ${attestModes.join(', ')}`);
  return mode;
}

/**
 * Signs sealed evidence through Sigstore as the job or person that the environment's identity token names. Never decides
 * about the run: what goes wrong is in the answer, and in the folder's signing-pending.json.
 */
export async function attestRun(
  evidence: Pick<Evidence, 'envelopePath' | 'envelope' | 'envelopeSha256'>,
  mode: AttestMode,
  { io, signal }: { io: Pick<Io, 'env' | 'now'>; signal: AbortSignal },
): Promise<Signing> {
  if (mode === 'never') return { state: 'not_asked', why: 'nobody asked for it (--attest)' };
  const { hasIdentityToken, readIdentityToken } = await import('../sign/identity-token.ts');
  if (mode === 'auto' && !hasIdentityToken(io.env)) return { state: 'not_asked', why: 'there is no identity token' };
  const { signEvidence } = await import('../sign-evidence.ts');
  const { readOverrides } = await import('../sign/choose-instance.ts');
  const { envelopePath, envelope, envelopeSha256 } = evidence;
  return signEvidence({
    envelopePath,
    envelope,
    envelopeSha256,
    mode,
    getToken: (until) => readIdentityToken(io.env, until),
    env: io.env,
    overrides: readOverrides(io.env),
    signal,
    now: io.now,
  });
}

/** The same for a run that may have left no evidence. */
export async function attestOutcome(
  outcome: RunOutcome,
  mode: AttestMode,
  context: { io: Pick<Io, 'env' | 'now'>; signal: AbortSignal },
): Promise<Signing> {
  const evidence = outcome.kind === 'finished' ? outcome.evidence : null;
  return evidence === null
    ? { state: 'not_asked', why: 'there is nothing to sign' }
    : attestRun(evidence, mode, context);
}

/** What `--json` says of it; nothing where nobody asked. */
export function toSigningResult(signing: Signing): { signing?: Record<string, string> } {
  if (signing.state === 'not_asked') return {};
  if (signing.state === 'failed') return { signing: { state: 'failed', code: signing.code, reason: signing.reason } };
  const { identity, issuer, bundlePath } = signing;
  return { signing: { state: 'signed', identity, issuer, bundle_path: bundlePath } };
}

/** What became of it, for people: on stderr, where a run's JSON does not go. Silent where nobody asked. */
export function writeSigning(signing: Signing, named: string, { stderr, self }: Pick<Io, 'stderr' | 'self'>): void {
  if (signing.state === 'signed')
    stderr.write(
      `quoderat: signed through Sigstore by ${toInertLine(signing.identity, 300)} (${toInertLine(signing.issuer, 200)}): ${toInertLine(signing.bundlePath)}\n`,
    );
  if (signing.state === 'failed')
    stderr.write(
      `quoderat: the evidence is not signed: ${toInertLine(signing.reason)}. Finish later: ${self} sign ${toShellWord(named)}\n`,
    );
}
