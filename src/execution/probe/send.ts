import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../lib/limits.ts';
import type { Probe } from '../../schema/plan-http.ts';
import { type Followed, follow } from '../http/follow.ts';
import type { Header } from '../http/exchange.ts';
import { RequestError } from '../http/request-error.ts';
import type { AttemptContext } from '../step-context.ts';

/** Makes requests; the credentials that they need are read once. Gives the answer and how long all of it took, in ms. */
export type Send = (signal: AbortSignal) => Promise<{ answer: Followed; totalMs: number }>;

/** @throws RequestError `not_sendable` when a variable or a file that the request needs is not there */
export async function makeSend(context: AttemptContext, { request }: Probe): Promise<Send> {
  const secretHeaders = request.headers_from_env.map((header) => toSecretHeader(header, context));
  const ca = request.ca === null ? null : await readCertificates(context.workspace, request.ca);
  const options = {
    url: new URL(request.url),
    method: request.method,
    headers: request.headers,
    secretHeaders,
    body: request.body,
    ca,
    verifyTls: request.verify_tls,
    allowLinkLocal: request.allow_link_local,
    maxRedirects: request.max_redirects,
    bodyBytes: limits.probeKeptBytes,
  };
  return async (signal) => {
    const start = performance.now();
    const answer = await follow({ ...options, signal });
    return { answer, totalMs: performance.now() - start };
  };
}

function toSecretHeader(
  { name, env, prefix }: Probe['request']['headers_from_env'][number],
  { environments, runnerEnv, step }: AttemptContext,
): Header {
  const value = environments[step.id]?.[env] ?? runnerEnv[env];
  if (value === undefined)
    throw new RequestError('not_sendable', `the variable ${env}, which the header ${name} is taken from, is not set`);
  if (!/^[\t\x20-\x7e]+$/.test(value))
    throw new RequestError(
      'not_sendable',
      `the value of ${env} is empty, or not one line of printable ASCII, and so no header`,
    );
  return { name, value: `${prefix}${value}` };
}

async function readCertificates(workspace: string, path: string): Promise<string> {
  try {
    await using file = await open(join(workspace, path));
    const { bytesRead, buffer } = await file.read(Buffer.alloc(limits.certificateBytes), 0, limits.certificateBytes, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no certificate in PEM');
    return text;
  } catch (error) {
    throw new RequestError('not_sendable', `its ca ${path} is no readable PEM file in the workspace`, { cause: error });
  }
}
