import { type Context, Hono } from 'hono';
import { uuidV7 } from '../../schema/primitives.ts';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { isAllowed, mayWrite } from '../principal.ts';
import { readRun } from '../store/runs.ts';
import { makeBodyStream } from './body-stream.ts';
import { claimArtifacts, noteArtifact, selectReadable, touchArtifact } from './claims.ts';
import { patiently } from './digesting.ts';
import { parseRange } from './range.ts';
import { ArtifactError, type Bytes, DIGEST } from './store.ts';

const PATH = '/v1/artifacts/sha256/:hex';
type ArtifactDeps = Pick<ServerDeps, 'db' | 'artifacts' | 'metrics' | 'config'>;
type ArtifactContext = Context<AppEnv>;

/**
 * HEAD, PUT and GET `/v1/artifacts/sha256/{hex}`. `?run_id=` on HEAD and PUT claims the artifact for a run at once; its
 * finalize does so too. An artifact is a stranger's file, perhaps HTML: it is handed out as a download that no browser
 * interprets or runs.
 */
export function makeArtifactRoutes(deps: ArtifactDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get(PATH, (context) => (context.req.raw.method === 'HEAD' ? answerHead(deps, context) : answerGet(deps, context)))
    .put(PATH, (context) => takePut(deps, context));
}

async function takePut(deps: ArtifactDeps, context: ArtifactContext): Promise<Response> {
  const sha256 = parseDigest(context);
  const principal = context.get('principal');
  if (!isAllowed(principal, 'write')) throw new ApiFault('forbidden', 'sending artifacts needs the scope "write"');
  const { db, artifacts: store, metrics, config } = deps;
  const { artifactBytes: maxBytes } = config.limits;
  const encoding = context.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new ApiFault(
      'unsupported_media_type',
      'a body with a Content-Encoding is not taken: its digest would be another',
    );
  const declared = context.req.header('content-length');
  if (declared !== undefined && Number(declared) > maxBytes)
    // Not makeClosing(): what is on its way already would reset the connection, and the answer would be lost.
    throw toFault(new ArtifactError('too_large', `the artifact has more than the ${maxBytes} bytes that are taken`));
  const runId = await parseRun(deps, context);
  const body: Bytes = context.req.raw.body ?? emptyBody();
  await touchArtifact(db, sha256);
  const { size, isNew } = await store
    .put(
      sha256,
      patiently(body, () => performance.now()),
      { maxBytes },
    )
    .catch((error: unknown) => {
      throw makeClosing(error);
    });
  metrics.artifactBytes('in', size);
  await noteArtifact(db, principal, { sha256, size });
  if (runId !== undefined) await claimArtifacts(db, runId, [{ sha256, size }]);
  return context.json({ sha256, size_bytes: size }, isNew ? 201 : 200);
}

async function answerHead(deps: ArtifactDeps, context: ArtifactContext): Promise<Response> {
  const { sha256, size } = await findReadable(deps, context);
  const runId = await parseRun(deps, context);
  await touchArtifact(deps.db, sha256);
  if (runId !== undefined) await claimArtifacts(deps.db, runId, [{ sha256, size }]);
  return new Response(null, { status: 200, headers: { ...toHeaders(sha256), 'content-length': String(size) } });
}

async function answerGet(deps: ArtifactDeps, context: ArtifactContext): Promise<Response> {
  const { sha256, size } = await findReadable(deps, context);
  const headers = toHeaders(sha256);
  if (isNotModified(context, headers.etag)) return new Response(null, { status: 304, headers });
  const condition = context.req.header('if-range');
  // What is under a digest never changes: any other validator is of something else.
  const asked = condition === undefined || condition === headers.etag ? context.req.header('range') : undefined;
  const range = parseRange(asked, size);
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  const bytes = await deps.artifacts.open(sha256, range).catch((error: unknown) => {
    throw toFault(error);
  });
  if (bytes === null) throw makeNotHere();
  const length = range === undefined ? size : range.end - range.start + 1;
  deps.metrics.artifactBytes('out', length);
  return new Response(makeBodyStream(bytes), {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
    },
  });
}

/** One answer for what is not here and for what the caller may not see. */
async function findReadable(
  { db, artifacts: store }: ArtifactDeps,
  context: ArtifactContext,
): Promise<{ sha256: string; size: number }> {
  const sha256 = parseDigest(context);
  const principal = context.get('principal');
  // Whoever sends asks first whether it must.
  if (!isAllowed(principal, 'read') && !isAllowed(principal, 'write'))
    throw new ApiFault('forbidden', 'reading artifacts needs the scope "read"');
  const readable = await selectReadable(db, principal, [sha256]);
  const found = readable.has(sha256)
    ? await store.head(sha256).catch((error: unknown) => {
        throw toFault(error);
      })
    : null;
  if (found === null) throw makeNotHere();
  return { sha256, size: found.size };
}

function parseDigest(context: ArtifactContext): string {
  const hex = context.req.param('hex') ?? '';
  if (!DIGEST.test(hex))
    throw new ApiFault('bad_request', 'the address must end in 64 lower-case hex digits (SHA-256)');
  return hex;
}

async function parseRun({ db }: ArtifactDeps, context: ArtifactContext): Promise<string | undefined> {
  const runId = context.req.query('run_id');
  if (runId === undefined) return undefined;
  if (!uuidV7.safeParse(runId).success) throw new ApiFault('bad_request', 'run_id is no UUIDv7');
  const principal = context.get('principal');
  if (!isAllowed(principal, 'write')) throw new ApiFault('forbidden', 'claiming artifacts needs the scope "write"');
  const run = await readRun(db, runId);
  if (run === undefined || !mayWrite(principal, run)) throw new ApiFault('not_found', 'there is no such run');
  return runId;
}

function toHeaders(sha256: string): Record<'etag', string> & Record<string, string> {
  return {
    etag: `"sha256:${sha256}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${sha256}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

function isNotModified(context: ArtifactContext, etag: string): boolean {
  const condition = context.req.header('if-none-match');
  return condition !== undefined && condition.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()));
}

async function* emptyBody(): AsyncGenerator<Uint8Array, void> {}

/** The rest of the body is not read: the connection can't be used again. */
function makeClosing(error: unknown): unknown {
  const fault = toFault(error);
  if (!(fault instanceof ApiFault) || fault.code === 'digest_mismatch') return fault;
  const { code, message, details, headers } = fault;
  return new ApiFault(code, message, {
    headers: { ...headers, connection: 'close' },
    cause: error,
    ...(details && { details }),
  });
}

function toFault(error: unknown): unknown {
  if (!(error instanceof ArtifactError)) return error;
  const { code, message } = error;
  if (code === 'cut_off') return new ApiFault('bad_request', message, { cause: error });
  if (code === 'misconfigured' || code === 'unavailable')
    // Where the store is, is not the client's to know; the log has it by the cause.
    return new ApiFault('unavailable', 'the artifact store can not be used now', {
      headers: { 'retry-after': '5' },
      cause: error,
    });
  return new ApiFault(code, message, { cause: error });
}

function makeNotHere(): ApiFault {
  return new ApiFault('not_found', 'there are no such bytes here');
}
