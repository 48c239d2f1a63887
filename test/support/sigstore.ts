import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fulcioHandler, initializeCA, initializeCTLog } from '@sigstore/mock/dist/fulcio/index.js';
import { initializeTSA, tsaHandler } from '@sigstore/mock/dist/timestamp/index.js';
import type { SigstoreInstance } from '../../src/sign/instance.ts';
import { makeRekor, trustedSince as start, toPublicKey } from './rekor.ts';

/** What a service does instead of its work: an HTTP status, an answer of one's own, or silence. */
export type Fault = { status: number; body?: string } | { body: string } | 'silence';

export type FakeSigstore = {
  /** Of all services. */
  url: string;
  instance: SigstoreInstance;
  /** By path: `/api/v2/signingCert`, `/api/v1/log/entries`, `/api/v1/timestamp`, or what `answer` serves. */
  faults: Map<string, Fault>;
  requests: { method: string; path: string; body: string; authorization: string }[];
  /** Answers for other paths: an API of GitHub. */
  answers: Map<string, (body: string) => { status: number; body: string }>;
  /** trusted_root.json of this instance, of one without a log, or with another authority's certificate. */
  trustedRoot: (kind?: { log?: false; stamps?: false; otherCa?: true; otherLog?: true; otherCtLog?: true }) => string;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/**
 * A Sigstore instance on loopback: the certificate authority, its log and the timestamp authority of @sigstore/mock, and
 * a log for signatures of our own, since the mock's does not write entries as Rekor does.
 * @param clock of the certificate authority, to let certificates be expired
 */
export async function startSigstore({ clock }: { clock?: Date } = {}): Promise<FakeSigstore> {
  const caKeys = makeKeys();
  const ctLog = await initializeCTLog(makeKeys());
  const ca = await initializeCA(caKeys, ctLog, clock);
  const otherCa = await initializeCA(makeKeys(), ctLog);
  const otherCtLog = await initializeCTLog(makeKeys());
  const tsa = await initializeTSA(makeKeys());
  // On whole seconds: the mock writes fractions with fewer digits than verifiers read.
  Object.assign(tsa, { getCurrentTime: () => new Date(Math.floor(Date.now() / 1000) * 1000) });
  const rekor = makeRekor();
  const fulcio = fulcioHandler(ca);
  const stamp = tsaHandler(tsa);
  const faults: FakeSigstore['faults'] = new Map();
  const answers: FakeSigstore['answers'] = new Map();
  const requests: FakeSigstore['requests'] = [];

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    let body = '';
    for await (const chunk of request) body += String(chunk);
    requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      body,
      authorization: request.headers.authorization ?? '',
    });
    const fault = faults.get(path);
    if (fault === 'silence') return;
    const answer = fault ?? answers.get(path)?.(body) ?? (await work(path, body));
    response.writeHead('status' in answer ? answer.status : 200, { 'content-type': 'application/json' });
    response.end('body' in answer ? answer.body : undefined);
  };
  const work = async (path: string, body: string): Promise<{ status: number; body: string | Uint8Array }> => {
    if (path === '/api/v1/log/entries') return rekor.add(body);
    const handler = [fulcio, stamp].find((known) => known.path === path);
    if (handler === undefined) return { status: 404, body: '{}' };
    const { statusCode, response } = await handler.fn(body);
    return { status: statusCode, body: typeof response === 'string' ? response : toBytes(response) };
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const url = `http://127.0.0.1:${address.port}`;

  const trustedRoot: FakeSigstore['trustedRoot'] = (kind = {}) =>
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: kind.log === false ? [] : [(kind.otherLog === true ? makeRekor() : rekor).trusted],
      certificateAuthorities: [
        {
          subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
          uri: 'https://fulcio.test',
          certChain: {
            certificates: [toCertificate(kind.otherCa === true ? otherCa.rootCertificate : ca.rootCertificate)],
          },
          validFor: { start },
        },
      ],
      ctlogs: [
        {
          baseUrl: 'https://ctfe.test',
          hashAlgorithm: 'SHA2_256',
          publicKey: toPublicKey((kind.otherCtLog === true ? otherCtLog : ctLog).publicKey),
          logId: { keyId: toBytes(ctLog.logID).toString('base64') },
        },
      ],
      timestampAuthorities:
        kind.stamps === false
          ? []
          : [
              {
                subject: { organization: 'sigstore.mock', commonName: 'tsa' },
                certChain: { certificates: [tsa.intCertificate, tsa.rootCertificate].map(toCertificate) },
                validFor: { start },
              },
            ],
    });

  return {
    url,
    instance: { fulcioUrl: url, rekorUrl: url, tsaUrl: url },
    faults,
    answers,
    requests,
    trustedRoot,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const workflow = 'https://github.com/acme/shop/.github/workflows/ci.yml@refs/heads/main';
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** An identity token; nobody here checks its signature. */
export function makeToken(claims: Record<string, unknown> = {}): string {
  const payload = { sub: workflow, iss: githubIssuer, aud: 'sigstore', ...claims };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(payload)}.c2lnbmF0dXJl`;
}

function toCertificate(der: ArrayBufferView): { rawBytes: string } {
  return { rawBytes: toBytes(der).toString('base64') };
}

function toBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(new Uint8Array(buffer, byteOffset, byteLength));
}

function makeKeys(): KeyPairKeyObjectResult {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}
