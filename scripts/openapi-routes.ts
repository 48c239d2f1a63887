import * as z from 'zod';
import { limits } from '../src/lib/limits.ts';
import {
  apiError,
  batchAnswer,
  createRun,
  eventBatch,
  finalizeAnswer,
  finalizeRun,
  gateAnswer,
  gateDecision,
  jwks,
  mediaTypes,
  runList,
  runState,
  runView,
  serverInfo,
  stateAnswer,
  streamedEvent,
} from '../src/schema/api.ts';
import { envelope } from '../src/schema/envelope.ts';
import { runEvent } from '../src/schema/event.ts';
import { plan } from '../src/schema/plan.ts';
import { count, gitObjectId, sha256Hex, uuidV7 } from '../src/schema/primitives.ts';

/** What is a component of the document, by its name there. */
export const components = {
  ApiError: apiError,
  ServerInfo: serverInfo,
  CreateRun: createRun,
  RunView: runView,
  RunList: runList,
  Plan: plan,
  EventBatch: eventBatch,
  BatchAnswer: batchAnswer,
  RunEvent: runEvent,
  StreamedEvent: streamedEvent,
  StateAnswer: stateAnswer,
  GateDecision: gateDecision,
  GateAnswer: gateAnswer,
  FinalizeRun: finalizeRun,
  FinalizeAnswer: finalizeAnswer,
  ArtifactAnswer: z.strictObject({ sha256: sha256Hex, size_bytes: count }),
  Envelope: envelope,
  Jwks: jwks,
} as const;
export type ComponentName = keyof typeof components;

export type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: z.ZodType; description: string };
export type Body = { type: string; component?: ComponentName };
export type Route = {
  method: 'get' | 'head' | 'put' | 'post';
  /** As Hono has it: `/v1/runs/:id`. */
  path: string;
  id: string;
  summary: string;
  /** Scopes of which one is needed; none: anyone may. */
  scopes: readonly string[];
  parameters?: readonly Parameter[];
  request?: Body;
  /** By status; a list: by Accept. */
  responses: Record<string, { description: string; body?: Body | readonly Body[] }>;
  /** Statuses of ApiError, beside 400, 401, 403, 429, 500 and 503. */
  errors?: readonly number[];
};

const json = (component: ComponentName): Body => ({ type: 'application/json', component });
const bytes: Body = { type: 'application/octet-stream' };
const inPath = (name: string, schema: z.ZodType, description: string): Parameter => ({
  name,
  in: 'path',
  schema,
  description,
});
const inQuery = (name: string, schema: z.ZodType, description: string): Parameter => ({
  name,
  in: 'query',
  schema,
  description,
});
const runId = inPath('id', uuidV7, 'The run.');
const evidenceId = inPath('id', uuidV7, 'The evidence.');
const digest = inPath('hex', sha256Hex, 'SHA-256 of the bytes.');
const claimRun = inQuery('run_id', uuidV7, 'Claims the artifact for this run at once.');
const stream = [
  inQuery('after', count, 'Only what comes after this server_seq.'),
  inQuery('follow', z.enum(['true', 'false']), 'false: ends with what is there now.'),
  { name: 'last-event-id', in: 'header', schema: count, description: 'As `after`, and newer than it.' },
] as const satisfies Parameter[];

/** Every route of the server; test/server/openapi.test.ts holds this and what is mounted together. */
export const routes: readonly Route[] = [
  {
    method: 'get',
    path: '/healthz',
    id: 'health',
    summary: 'The process lives.',
    scopes: [],
    responses: { 200: { description: 'It does.', body: { type: 'application/json' } } },
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'ready',
    summary: 'The process takes requests, and its database answers.',
    scopes: [],
    responses: { 200: { description: 'It does.', body: { type: 'application/json' } } },
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'metrics',
    summary: 'Numbers for Prometheus.',
    scopes: ['metrics'],
    responses: { 200: { description: 'The text exposition.', body: { type: 'text/plain' } } },
  },
  {
    method: 'get',
    path: '/v1/info',
    id: 'info',
    summary: 'Version, protocol and limits.',
    scopes: [],
    responses: { 200: { description: 'Of this server.', body: json('ServerInfo') } },
  },
  {
    method: 'get',
    path: '/.well-known/jwks.json',
    id: 'jwks',
    summary: 'The sealing keys, those that sign no more included.',
    scopes: [],
    responses: { 200: { description: 'RFC 7517.', body: { type: 'application/jwk-set+json', component: 'Jwks' } } },
  },
  {
    method: 'post',
    path: '/v1/runs',
    id: 'createRun',
    summary: 'Create a run, or attach to the one that the same request made.',
    scopes: ['write'],
    request: json('CreateRun'),
    responses: {
      200: { description: 'It was there.', body: json('RunView') },
      201: { description: 'It was made.', body: json('RunView') },
    },
    errors: [408, 409, 413, 415],
  },
  {
    method: 'get',
    path: '/v1/runs',
    id: 'listRuns',
    summary: 'The runs that the token may see, the newest first.',
    scopes: ['read'],
    parameters: [
      inQuery('limit', z.int().min(1).max(limits.listedRuns), 'How many; 50 when nothing is said.'),
      inQuery('before', uuidV7, '`next` of the page before.'),
      inQuery('state', runState, 'Only those.'),
      inQuery('repo', z.string(), 'Only of this repository.'),
      inQuery('commit', gitObjectId, 'Only of this commit.'),
    ],
    responses: { 200: { description: 'A page.', body: json('RunList') } },
  },
  {
    method: 'get',
    path: '/v1/runs/:id',
    id: 'readRun',
    summary: 'A run: its state and its steps.',
    scopes: ['read'],
    parameters: [runId],
    responses: { 200: { description: 'The run.', body: json('RunView') } },
    errors: [404],
  },
  {
    method: 'post',
    path: '/v1/runs/:id/events',
    id: 'sendEvents',
    summary: 'Send events, at least once, in any order.',
    scopes: ['write'],
    parameters: [runId],
    request: json('EventBatch'),
    responses: { 200: { description: 'What is stored.', body: json('BatchAnswer') } },
    errors: [404, 408, 409, 413, 415],
  },
  {
    method: 'get',
    path: '/v1/runs/:id/events',
    id: 'readEvents',
    summary: 'The run’s stream: SSE, or NDJSON by Accept; each event is a StreamedEvent.',
    scopes: ['read'],
    parameters: [runId, ...stream],
    responses: {
      200: {
        description: 'The events, until the terminal one.',
        body: [{ type: 'text/event-stream' }, { type: mediaTypes.events, component: 'StreamedEvent' }],
      },
      204: { description: 'There is and will be nothing after that (SSE): do not come again.' },
    },
    errors: [404],
  },
  {
    method: 'get',
    path: '/v1/runs/:id/logs',
    id: 'readLogs',
    summary: 'The output of the steps in order: SSE, NDJSON or plain text by Accept.',
    scopes: ['read'],
    parameters: [runId, ...stream, inQuery('step', z.string(), 'Only of this step.')],
    responses: {
      200: {
        description: 'The log.',
        body: [{ type: 'text/event-stream' }, { type: mediaTypes.events }, { type: 'text/plain' }],
      },
    },
    errors: [404],
  },
  {
    method: 'post',
    path: '/v1/runs/:id/heartbeat',
    id: 'heartbeat',
    summary: 'The worker lives.',
    scopes: ['write'],
    parameters: [runId],
    responses: { 200: { description: 'The state reached.', body: json('StateAnswer') } },
    errors: [404],
  },
  {
    method: 'post',
    path: '/v1/runs/:id/cancel',
    id: 'cancelRun',
    summary: 'Ask the worker to stop.',
    scopes: ['write'],
    parameters: [runId],
    responses: { 200: { description: 'The state reached.', body: json('StateAnswer') } },
    errors: [404],
  },
  {
    method: 'post',
    path: '/v1/runs/:id/gates/:gate',
    id: 'decideGate',
    summary: 'Approve or reject what a step waits for; the first decision stands.',
    scopes: ['decide'],
    parameters: [runId, inPath('gate', z.string(), 'The gate.')],
    request: json('GateDecision'),
    responses: { 200: { description: 'The decision that stands.', body: json('GateAnswer') } },
    errors: [404, 409, 422],
  },
  {
    method: 'post',
    path: '/v1/runs/:id/finalize',
    id: 'finalizeRun',
    summary: 'Seal the run. Idempotent: the same evidence ever after.',
    scopes: ['write'],
    parameters: [runId],
    request: json('FinalizeRun'),
    responses: { 200: { description: 'The evidence.', body: json('FinalizeAnswer') } },
    errors: [404, 409, 422],
  },
  {
    method: 'get',
    path: '/v1/runs/:id/evidence',
    id: 'findEvidence',
    summary: 'The way to the run’s evidence.',
    scopes: ['read', 'write'],
    parameters: [runId],
    responses: { 302: { description: 'Location: /v1/evidence/{id}.' } },
    errors: [404],
  },
  {
    method: 'put',
    path: '/v1/artifacts/sha256/:hex',
    id: 'putArtifact',
    summary: 'Send bytes under their SHA-256; they are hashed again.',
    scopes: ['write'],
    parameters: [digest, claimRun],
    request: bytes,
    responses: {
      200: { description: 'They were here.', body: json('ArtifactAnswer') },
      201: { description: 'They are stored.', body: json('ArtifactAnswer') },
    },
    errors: [404, 408, 413, 415, 422, 507],
  },
  {
    method: 'head',
    path: '/v1/artifacts/sha256/:hex',
    id: 'hasArtifact',
    summary: 'Whether the bytes are here, for this token.',
    scopes: ['read', 'write'],
    parameters: [digest, claimRun],
    responses: { 200: { description: 'They are.' } },
    errors: [404],
  },
  {
    method: 'get',
    path: '/v1/artifacts/sha256/:hex',
    id: 'getArtifact',
    summary: 'The bytes, as a download; one Range.',
    scopes: ['read', 'write'],
    parameters: [digest, { name: 'range', in: 'header', schema: z.string(), description: 'bytes=from-to' }],
    responses: {
      200: { description: 'All of them.', body: bytes },
      206: { description: 'The range.', body: bytes },
      304: { description: 'As they were.' },
      416: { description: 'No such range.' },
    },
    errors: [404],
  },
  {
    method: 'get',
    path: '/v1/evidence/:id',
    id: 'getEvidence',
    summary: 'The sealed envelope, byte for byte.',
    scopes: ['read', 'write'],
    parameters: [evidenceId],
    responses: {
      200: { description: 'The envelope.', body: { type: mediaTypes.envelope, component: 'Envelope' } },
      304: { description: 'As it was.' },
    },
    errors: [404],
  },
  {
    method: 'get',
    path: '/v1/evidence/:id/attestation',
    id: 'getAttestation',
    summary: 'The DSSE envelope of the in-toto statement about the evidence.',
    scopes: ['read', 'write'],
    parameters: [evidenceId],
    responses: {
      200: { description: 'DSSE v1.', body: { type: mediaTypes.attestation } },
      304: { description: 'As it was.' },
    },
    errors: [404],
  },
  {
    method: 'get',
    path: '/v1/evidence/:id/bundle',
    id: 'getBundle',
    summary: 'Envelope, attestation and artifacts as one .tar.gz.',
    scopes: ['read', 'write'],
    parameters: [evidenceId],
    responses: { 200: { description: 'The bundle.', body: { type: 'application/gzip' } } },
    errors: [404],
  },
];
