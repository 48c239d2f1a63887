import { type Context, Hono } from 'hono';
import { type Envelope, envelope as envelopeSchema } from '../../schema/envelope.ts';
import { mediaTypes } from '../../schema/api.ts';
import { uuidV7 } from '../../schema/primitives.ts';
import { makeBodyStream } from '../artifacts/body-stream.ts';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { isAllowed, maySee } from '../principal.ts';
import { makeBundle } from './bundle.ts';

type EvidenceDeps = Pick<ServerDeps, 'db' | 'artifacts' | 'metrics'>;
type EvidenceContext = Context<AppEnv>;

/** GET `/v1/evidence/{id}`, `/attestation`, `/bundle`, and the way there from a run. What was sealed never changes. */
export function makeEvidenceRoutes(deps: EvidenceDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/v1/evidence/:id', async (context) => {
      const { envelope_sha256 } = await find(deps, context);
      return answerBytes(context, `sha256:${envelope_sha256}`, mediaTypes.envelope, async () => {
        const { envelope } = await readBytes(deps, context.req.param('id'));
        return envelope;
      });
    })
    .get('/v1/evidence/:id/attestation', async (context) => {
      const { evidence_id } = await find(deps, context);
      return answerBytes(context, `attestation:${evidence_id}`, mediaTypes.attestation, async () => {
        const { attestation } = await readBytes(deps, evidence_id);
        if (attestation === null) throw new ApiFault('not_found', 'the evidence has no attestation');
        return attestation;
      });
    })
    .get('/v1/evidence/:id/bundle', async (context) => answerBundle(deps, context))
    .get('/v1/runs/:id/evidence', async (context) => {
      const runId = parseId(context.req.param('id'));
      const row = await deps.db
        .selectFrom('evidence')
        .select('evidence_id')
        .where('run_id', '=', runId)
        .executeTakeFirst();
      if (row === undefined) throw makeNoEvidence();
      await assertVisible(deps, context, row.evidence_id);
      return context.body(null, 302, { location: `/v1/evidence/${row.evidence_id}`, 'cache-control': 'no-store' });
    });
}

async function answerBytes(
  context: EvidenceContext,
  tag: string,
  type: string,
  read: () => Promise<Buffer>,
): Promise<Response> {
  const headers = {
    etag: `"${tag}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': type,
    'x-content-type-options': 'nosniff',
  };
  const condition = context.req.header('if-none-match');
  if (condition?.split(',').some((each) => [`"${tag}"`, `W/"${tag}"`].includes(each.trim())) === true)
    return new Response(null, { status: 304, headers });
  const bytes = await read();
  return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-length': String(bytes.length) } });
}

async function answerBundle(deps: EvidenceDeps, context: EvidenceContext): Promise<Response> {
  const { evidence_id } = await find(deps, context);
  const headers = {
    'content-type': 'application/gzip',
    'content-disposition': `attachment; filename="evidence-${evidence_id}.tar.gz"`,
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  };
  if (context.req.raw.method === 'HEAD') return new Response(null, { headers });
  const { envelope: envelopeBytes, attestation } = await readBytes(deps, evidence_id);
  const envelope: Envelope = envelopeSchema.parse(JSON.parse(envelopeBytes.toString()));
  const bytes = makeBundle({ envelope, envelopeBytes, attestation }, deps.artifacts);
  return new Response(makeBodyStream(bytes), { headers });
}

/** The evidence without its bytes, for who may see its run. */
async function find(
  deps: EvidenceDeps,
  context: EvidenceContext,
): Promise<{ evidence_id: string; envelope_sha256: string }> {
  return assertVisible(deps, context, parseId(context.req.param('id') ?? ''));
}

async function assertVisible(
  { db }: EvidenceDeps,
  context: EvidenceContext,
  evidenceId: string,
): Promise<{ evidence_id: string; envelope_sha256: string }> {
  const principal = context.get('principal');
  // A worker reads the evidence of its own run, to check it.
  if (!isAllowed(principal, 'read') && !isAllowed(principal, 'write'))
    throw new ApiFault('forbidden', 'reading evidence needs the scope "read"');
  const row = await db
    .selectFrom('evidence')
    .innerJoin('runs', 'runs.run_id', 'evidence.run_id')
    .select(['evidence.evidence_id', 'evidence.envelope_sha256', 'runs.principal', 'runs.project'])
    .where('evidence.evidence_id', '=', evidenceId)
    .executeTakeFirst();
  if (row === undefined || !maySee(principal, row)) throw makeNoEvidence();
  return row;
}

async function readBytes(
  { db }: EvidenceDeps,
  evidenceId: string,
): Promise<{ envelope: Buffer; attestation: Buffer | null }> {
  return db
    .selectFrom('evidence')
    .select(['envelope', 'attestation'])
    .where('evidence_id', '=', evidenceId)
    .executeTakeFirstOrThrow();
}

function parseId(id: string): string {
  if (!uuidV7.safeParse(id).success) throw new ApiFault('bad_request', 'the address must hold a UUIDv7');
  return id;
}

function makeNoEvidence(): ApiFault {
  return new ApiFault('not_found', 'there is no such evidence');
}
