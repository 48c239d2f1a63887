import { limits } from '../lib/limits.ts';
import { payloadTypes } from '../seal/dsse.ts';
import { areStampsOfSignature, inspectBundle } from './bundle.ts';
import type { CertifiedSigner } from './certificate.ts';
import { SignError } from './errors.ts';
import { parseTokenClaims } from './identity-token.ts';
import { checkInstance, type SigstoreInstance, toHost } from './instance.ts';
import { toSignError } from './service-error.ts';

export type SignStatementOptions = {
  /** The in-toto statement; exactly these bytes are signed. */
  statement: Uint8Array;
  /** An OIDC token with the audience `sigstore`. It is sent to the instance's Fulcio and to nobody else. */
  identityToken: string;
  instance: SigstoreInstance;
  signal?: AbortSignal;
  /** Of one request, and of everything. */
  requestMs?: number;
  totalMs?: number;
  retries?: number;
};

/** The signature, as the text of a Sigstore bundle v0.3, and whose it is. */
export type SignedStatement = CertifiedSigner & {
  bundle: Uint8Array;
  /** When the log took it, and as which entry; undefined without a log. */
  loggedAt?: string;
  logIndex?: string;
};

/**
 * Signs a statement keyless: a fresh key, a short-lived certificate for whoever the token names, and a log entry or a
 * timestamp that says when (docs.sigstore.dev). Every wait ends. What comes back is looked at before it is believed:
 * the signature holds under the certificate that came with it. Whether the certificate is to be trusted is for a verifier.
 * @throws SignError
 */
export async function signStatement(options: SignStatementOptions): Promise<SignedStatement> {
  const instance = checkInstance(options.instance);
  parseTokenClaims(options.identityToken);
  const { requestMs = limits.signRequestMs, totalMs = limits.signMs, retries = 2, signal } = options;
  const timeout = AbortSignal.timeout(totalMs);
  const bundle = await beforeAbort(
    createBundle(options, instance, { timeout: requestMs, retry: { retries, minTimeout: 500, maxTimeout: 4000 } }),
    signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  ).catch((error: unknown) => {
    if (signal?.aborted === true) throw new SignError('cancelled', 'signing was given up: the job is being cancelled');
    if (timeout.aborted) throw new SignError('timed_out', `signing took longer than ${totalMs / 1000} s`);
    throw toSignError(error, instance);
  });
  return toSigned(Buffer.from(JSON.stringify(bundle)), options.statement, instance);
}

async function createBundle(
  { statement, identityToken }: SignStatementOptions,
  { fulcioUrl, rekorUrl, tsaUrl }: SigstoreInstance,
  fetching: { timeout: number; retry: { retries: number; minTimeout: number; maxTimeout: number } },
): Promise<unknown> {
  const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = await import('@sigstore/sign');
  const { bundleToJSON } = await import('@sigstore/bundle');
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      fulcioBaseURL: fulcioUrl,
      identityProvider: { getToken: () => Promise.resolve(identityToken) },
      ...fetching,
    }),
    witnesses: [
      ...(rekorUrl === null ? [] : [new RekorWitness({ rekorBaseURL: rekorUrl, fetchOnConflict: true, ...fetching })]),
      ...(tsaUrl === null ? [] : [new TSAWitness({ tsaBaseURL: tsaUrl, ...fetching })]),
    ],
  });
  return bundleToJSON(await builder.create({ data: Buffer.from(statement), type: payloadTypes.statement }));
}

async function toSigned(bundle: Buffer, statement: Uint8Array, instance: SigstoreInstance): Promise<SignedStatement> {
  const found = await inspectBundle(bundle).catch((error: unknown) => {
    const message = `${toHost(instance.fulcioUrl)} and its services gave no bundle that can be read`;
    throw new SignError('bad_answer', message, { cause: error });
  });
  if (!found.signatureHolds || Buffer.compare(found.payload, statement) !== 0)
    throw new SignError('bad_answer', `${toHost(instance.fulcioUrl)} certified another key than the one that signed`);
  if (instance.tsaUrl !== null && !(await areStampsOfSignature(found.bundle)))
    throw new SignError('bad_answer', `${toHost(instance.tsaUrl)} gave no timestamp of this signature`);
  const [entry] = found.logEntries;
  if (instance.rekorUrl !== null && entry === undefined)
    throw new SignError('bad_answer', `${toHost(instance.rekorUrl)} gave no entry of its log`);
  return {
    ...found.signer,
    bundle,
    ...(entry?.at && { loggedAt: entry.at }),
    ...(entry && { logIndex: entry.index }),
  };
}

/** The work, or the reason of the signal. Work that is left behind ends by its own time-outs, unheard. */
async function beforeAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  work.catch(() => {});
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
