import { SignError, type SignErrorCode } from './errors.ts';
import { type SigstoreInstance, toHost } from './instance.ts';

/**
 * What went wrong between us and Sigstore's services. Only codes and HTTP statuses are taken from what was thrown: the
 * library's messages may quote the identity token, and a service's own words may too. No cause is kept for that reason.
 */
export function toSignError(error: unknown, instance: SigstoreInstance): SignError {
  if (error instanceof SignError) return error;
  const service = toService(readText(error, 'code') ?? '', instance);
  const cause = read(error, 'cause');
  const status = readNumber(cause, 'statusCode');
  const type = readText(cause, 'type') ?? readText(cause, 'code');
  if (type === 'request-timeout' || type === 'body-timeout' || type === 'ERR_SOCKET_TIMEOUT' || type === 'EIDLETIMEOUT')
    return new SignError('timed_out', `${service.name} did not answer in time`);
  if (service.code === 'bad_answer' || (status === undefined && !isUnreachable(cause)))
    return new SignError('bad_answer', `${service.name} gave an answer that cannot be understood`);
  if (status === undefined)
    return new SignError(service.code, `${service.name} cannot be reached (${type ?? 'no answer'})`);
  if (service.code === 'certificate_unavailable' && status < 500 && status !== 408 && status !== 429) {
    const hint = 'does it trust the issuer of the identity token, and is the token still valid?';
    return new SignError(
      'certificate_refused',
      `${service.name} refused to certify this identity (HTTP ${status}); ${hint}`,
    );
  }
  return new SignError(service.code, `${service.name} failed (HTTP ${status})`);
}

function toService(
  code: string,
  { fulcioUrl, rekorUrl, tsaUrl }: SigstoreInstance,
): { code: SignErrorCode; name: string } {
  if (code.startsWith('CA_'))
    return { code: 'certificate_unavailable', name: `the certificate authority ${toHost(fulcioUrl)}` };
  if (code.startsWith('TLOG_')) return { code: 'log_unavailable', name: `the log ${toHost(rekorUrl ?? '')}` };
  if (code.startsWith('TSA_'))
    return { code: 'timestamp_unavailable', name: `the timestamp authority ${toHost(tsaUrl ?? '')}` };
  return { code: 'bad_answer', name: `the Sigstore instance of ${toHost(fulcioUrl)}` };
}

/** A failure of the network has the system's word for it, `ECONNREFUSED`; one of reading the answer has none. */
function isUnreachable(cause: unknown): boolean {
  return /^E[A-Z]{3,}|^(?:UNABLE|CERT|DEPTH|SELF_SIGNED|ERR_TLS|ERR_SSL)/.test(readText(cause, 'code') ?? '');
}

function readText(value: unknown, name: string): string | undefined {
  const found = read(value, name);
  return typeof found === 'string' ? found : undefined;
}

function readNumber(value: unknown, name: string): number | undefined {
  const found = read(value, name);
  return typeof found === 'number' ? found : undefined;
}

/** Errors of three libraries meet here, whose classes are not all exported. */
function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
