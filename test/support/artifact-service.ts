import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** What the service does instead of its work: an HTTP status, silence, or other bytes than it was sent. */
type Fault =
  | { kind: 'status'; status: number; message: string; times: number }
  | { kind: 'hang' }
  | { kind: 'wrong_hash' };

type StoredArtifact = {
  id: number;
  name: string;
  mimeType: string;
  expiresAt: string | undefined;
  bytes: Buffer;
  sha256: string;
  /** The job that uploaded it, by the service's own id. */
  jobId: string;
};

export type ArtifactService = {
  /** What the runner gives to actions. */
  env: { ACTIONS_RESULTS_URL: string; ACTIONS_RUNTIME_TOKEN: string };
  /** Finalized artifacts, in that order. */
  artifacts: StoredArtifact[];
  /** `METHOD name` of every request, in that order. */
  requests: string[];
  /** The signatures that were given out: no log may show them. */
  signatures: string[];
  fail(
    method: 'CreateArtifact' | 'PutBlob' | 'FinalizeArtifact' | 'ListArtifacts' | 'GetSignedArtifactURL' | 'GetBlob',
    fault: Fault,
  ): void;
  /** Resolves when a request for the method has come. */
  untilRequested(method: string): Promise<void>;
  /** No fault any more. */
  recover(): void;
  /** Takes a name as if an earlier attempt had. */
  take(name: string): void;
  /** Puts an artifact there as another job of the run would have. @param shownDigest what the list says of it */
  put(name: string, bytes: Buffer, shownDigest?: string | null): StoredArtifact;
  /** The address of an artifact's bytes, as the service gives it out. */
  sign(name: string): string;
  [Symbol.asyncDispose](): Promise<void>;
};

type Pending = {
  name: string;
  mimeType: string;
  expiresAt: string | undefined;
  blocks: Map<string, Buffer>;
  blob: Buffer;
};
/** The messages of results/api/v1/artifact.proto, as far as they are sent. */
const bodySchema = z.object({
  workflow_run_backend_id: z.string(),
  workflow_job_run_backend_id: z.string(),
  name: z.string().default(''),
  version: z.int().optional(),
  mime_type: z.string().optional(),
  expires_at: z.string().optional(),
  size: z.string().optional(),
  hash: z.string().optional(),
});
type Body = z.infer<typeof bodySchema>;
type Answer = { status: number; body?: object; bytes?: Buffer; headers?: Record<string, string> };

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

/**
 * GitHub's artifact service, version 4, as far as uploads and downloads see it: Twirp JSON over HTTP with the job's bearer token,
 * Azure block blobs behind signed addresses, a name once in a run, the hash checked at the end.
 */
export async function startArtifactService(): Promise<ArtifactService> {
  const runId = randomUUID();
  const jobId = randomUUID();
  const token = makeRuntimeToken(runId, jobId);
  const pending = new Map<string, Pending>();
  const faults = new Map<string, Fault>();
  const artifacts: StoredArtifact[] = [];
  const requests: string[] = [];
  const arrivals = new EventEmitter();
  const signatures: string[] = [];
  const shown = new Map<string, string | null>();
  let origin = '';

  const create = (body: Body): Answer => {
    const { name, mime_type: mimeType, expires_at: expiresAt } = body;
    if (pending.has(name)) {
      return twirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
    }
    if (/[":<>|*?\r\n\\/]/.test(name)) return twirpError(400, 'invalid_argument', 'bad artifact name');
    if (body.version !== 7) return twirpError(400, 'invalid_argument', 'this stub takes version 7 only');
    pending.set(name, { name, mimeType: mimeType ?? '', expiresAt, blocks: new Map(), blob: Buffer.alloc(0) });
    const sig = randomBytes(24).toString('base64url');
    signatures.push(sig);
    const url = `${origin}/blob/${encodeURIComponent(name)}?sv=2025-01-01&sp=cw&sig=${sig}`;
    return { status: 200, body: { ok: true, signed_upload_url: url } };
  };

  const list = (): Answer => {
    const found = artifacts.map(({ id, name, bytes, sha256, jobId: uploader }) => ({
      workflow_run_backend_id: runId,
      workflow_job_run_backend_id: uploader,
      database_id: String(id),
      name,
      size: String(bytes.length),
      created_at: '2026-11-21T09:27:19Z',
      ...(shown.get(name) !== null && { digest: shown.get(name) ?? `sha256:${sha256}` }),
    }));
    // Protobuf's JSON leaves out what is empty.
    return { status: 200, body: found.length === 0 ? {} : { artifacts: found } };
  };

  const sign = (name: string): string => {
    const sig = randomBytes(24).toString('base64url');
    signatures.push(sig);
    return `${origin}/blob/${encodeURIComponent(name)}?sv=2025-01-01&sp=r&sig=${sig}`;
  };

  const getBlob = (url: URL): Answer => {
    const name = decodeURIComponent(url.pathname.slice('/blob/'.length));
    const found = artifacts.find((artifact) => artifact.name === name);
    if (found === undefined || !signatures.includes(url.searchParams.get('sig') ?? '')) return { status: 403 };
    return { status: 200, bytes: found.bytes, headers: { 'content-type': found.mimeType } };
  };

  const finalize = (body: Body): Answer => {
    const upload = pending.get(body.name);
    if (upload === undefined) return twirpError(404, 'not_found', 'no such artifact');
    const sha256 = createHash('sha256').update(upload.blob).digest('hex');
    if (body.size !== String(upload.blob.length)) return twirpError(400, 'invalid_argument', 'wrong size');
    if (body.hash !== `sha256:${sha256}`) return twirpError(400, 'invalid_argument', 'wrong hash');
    const id = 4_000_000_000 + artifacts.length;
    const { name, mimeType, expiresAt, blob } = upload;
    artifacts.push({ id, name, mimeType, expiresAt, bytes: blob, sha256, jobId });
    return { status: 200, body: { ok: true, artifact_id: String(id) } };
  };

  /** Put Block, Put Block List and Put Blob of the Azure Blob REST API. */
  const putBlob = (url: URL, bytes: Buffer): Answer => {
    const upload = pending.get(decodeURIComponent(url.pathname.slice('/blob/'.length)));
    if (upload === undefined || !signatures.includes(url.searchParams.get('sig') ?? '')) return { status: 403 };
    const stored = faults.get('PutBlob')?.kind === 'wrong_hash' ? Buffer.concat([bytes, Buffer.from('!')]) : bytes;
    const comp = url.searchParams.get('comp');
    if (comp === 'block') upload.blocks.set(url.searchParams.get('blockid') ?? '', stored);
    else if (comp === 'blocklist') {
      const ids = [...bytes.toString().matchAll(/<Latest>([^<]*)<\/Latest>/g)].map((match) => match[1] ?? '');
      upload.blob = Buffer.concat(ids.map((id) => upload.blocks.get(id) ?? Buffer.alloc(0)));
    } else upload.blob = stored;
    const headers = { etag: '"0x1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': randomUUID() };
    return {
      status: 201,
      headers: { ...headers, 'x-ms-version': '2025-01-01', 'x-ms-request-server-encrypted': 'true' },
    };
  };

  const answer = async (request: IncomingMessage): Promise<Answer | undefined> => {
    const url = new URL(request.url ?? '/', origin);
    const bytes = await readBody(request);
    const blobMethod = request.method === 'GET' ? 'GetBlob' : 'PutBlob';
    const method = url.pathname.startsWith(SERVICE) ? url.pathname.slice(SERVICE.length) : blobMethod;
    requests.push(`${request.method ?? ''} ${method}`);
    arrivals.emit(method);
    const fault = faults.get(method);
    if (fault?.kind === 'hang') return undefined;
    if (fault?.kind === 'status' && fault.times > 0) {
      fault.times -= 1;
      return twirpError(fault.status, 'unavailable', fault.message);
    }
    if (method === 'PutBlob') return putBlob(url, bytes);
    if (method === 'GetBlob') return getBlob(url);
    if (request.headers.authorization !== `Bearer ${token}`) return twirpError(401, 'unauthenticated', 'bad token');
    const body = bodySchema.parse(JSON.parse(bytes.toString()));
    if (method === 'GetSignedArtifactURL') {
      // A file is found under the job that uploaded it, in this run.
      const isThere = artifacts.some(
        ({ name, jobId: uploader }) => name === body.name && uploader === body.workflow_job_run_backend_id,
      );
      if (body.workflow_run_backend_id !== runId || !isThere) return twirpError(404, 'not_found', 'no such artifact');
      return { status: 200, body: { signed_url: sign(body.name) } };
    }
    if (body.workflow_run_backend_id !== runId || body.workflow_job_run_backend_id !== jobId) {
      return twirpError(403, 'permission_denied', 'another job');
    }
    if (method === 'CreateArtifact') return create(body);
    if (method === 'FinalizeArtifact') return finalize(body);
    if (method === 'ListArtifacts') return list();
    return twirpError(404, 'bad_route', method);
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (found) => respond(response, found),
      (error: unknown) => respond(response, { status: 500, body: { msg: String(error) } }),
    );
  });
  origin = await listen(server);

  return {
    env: { ACTIONS_RESULTS_URL: `${origin}/`, ACTIONS_RUNTIME_TOKEN: token },
    artifacts,
    requests,
    signatures,
    fail: (method, fault) => void faults.set(method, fault),
    async untilRequested(method) {
      if (!requests.some((request) => request.endsWith(` ${method}`))) await once(arrivals, method);
    },
    recover: () => faults.clear(),
    put(name, bytes, shownDigest) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const id = 4_000_000_000 + artifacts.length;
      const uploaded = {
        id,
        name,
        mimeType: 'application/json',
        expiresAt: undefined,
        bytes,
        sha256,
        jobId: randomUUID(),
      };
      artifacts.push(uploaded);
      if (shownDigest !== undefined) shown.set(name, shownDigest);
      return uploaded;
    },
    sign,
    take(name) {
      pending.set(name, { name, mimeType: '', expiresAt: undefined, blocks: new Map(), blob: Buffer.alloc(0) });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Unsigned, since only the service itself could tell; `scp` carries the ids that requests must name. */
function makeRuntimeToken(runId: string, jobId: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.ExampleScope Actions.Results:${runId}:${jobId}`;
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ scp, exp: 4_000_000_000 })}.${randomBytes(32).toString('base64url')}`;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the service has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function respond(response: ServerResponse, answer: Answer | undefined): void {
  if (answer === undefined) return;
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.bytes ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)));
}

function twirpError(status: number, code: string, msg: string): Answer {
  return { status, body: { code, msg } };
}
