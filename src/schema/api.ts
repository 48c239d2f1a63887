import * as z from 'zod';
import { identities, intent, runnerContext, subject } from './context.ts';
import { runEvent } from './event.ts';
import { plan } from './plan.ts';
import { count, sha256Hex, timestamp, uuidV7 } from './primitives.ts';
import { runStatus, worker } from './record.ts';
import { runStates } from './run-states.ts';

/** The protocol between a worker and a Quoderat server (docs/protocol.md), version 1. */
export const PROTOCOL_VERSION = 1;

/** Media types of what is not application/json. */
export const mediaTypes = {
  envelope: 'application/vnd.quoderat.envelope.v1+json',
  attestation: 'application/vnd.dsse.envelope.v1+json',
  events: 'application/x-ndjson',
} as const;

/** Why a request was refused: a closed set. What a client does depends on these words, never on the message. */
export const apiErrorCodes = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'request_timeout',
  'too_large',
  'unsupported_media_type',
  'rate_limited',
  /** The run id or idempotency key is taken by another run. */
  'run_conflict',
  /** The run is finalized, failed or aborted: it takes no more events. */
  'run_over',
  /** finalize: events are missing; details.missing lists the client sequence numbers as ranges. */
  'events_incomplete',
  /** finalize: the plan's hash is not the one the run was created with. */
  'plan_mismatch',
  /** finalize: the events give another record than the worker's. */
  'record_mismatch',
  /** finalize: the events give no record (details.reason says which event is missing or foreign). */
  'record_invalid',
  /** finalize: bytes of artifacts are not here; details.missing lists their digests. */
  'artifacts_missing',
  /** PUT of an artifact: the bytes have another digest than the address. */
  'digest_mismatch',
  'insufficient_storage',
  'unavailable',
  'internal',
] as const;
export const apiErrorCode = z.enum(apiErrorCodes);
export type ApiErrorCode = z.infer<typeof apiErrorCode>;

/** First and last of consecutive sequence numbers. */
export const sequenceRange = z.strictObject({ from: count.min(1), to: count.min(1) });
export type SequenceRange = z.infer<typeof sequenceRange>;

export const apiError = z.strictObject({
  error: z.strictObject({
    code: apiErrorCode,
    message: z.string(),
    /** true: the same request may succeed later. */
    retryable: z.boolean(),
    details: z
      .strictObject({
        missing: z.array(z.union([sequenceRange, sha256Hex])).optional(),
        reason: z.string().optional(),
      })
      .optional(),
  }),
});
export type ApiError = z.infer<typeof apiError>;

export const runState = z.enum(runStates);
export type RunState = z.infer<typeof runState>;

/** GET /v1/info */
export const serverInfo = z.strictObject({
  name: z.literal('quoderat'),
  version: z.string(),
  protocol: z.literal(PROTOCOL_VERSION),
  /** This server among those that share a database. */
  instance: z.string(),
  limits: z.strictObject({ batch_events: count, batch_bytes: count, artifact_bytes: count, heartbeat_ms: count }),
});
export type ServerInfo = z.infer<typeof serverInfo>;

/** POST /v1/runs. The worker chooses run_id; sending the same again attaches to the run that is there. */
export const createRun = z.strictObject({
  run_id: uuidV7,
  /** As recorded: redacted. */
  plan,
  /** Of the plan before redaction. */
  plan_hash: sha256Hex,
  worker,
  identities,
  intent,
  subject,
  runner_context: runnerContext,
});
export type CreateRun = z.infer<typeof createRun>;

/** Answer to creation, re-attachment, and a look at a run. */
export const runView = z.strictObject({
  run_id: uuidV7,
  state: runState,
  name: z.string(),
  plan_hash: sha256Hex,
  subject,
  created_at: timestamp,
  updated_at: timestamp,
  heartbeat_at: timestamp,
  /** The outcome, once it is known. */
  status: runStatus.nullable(),
  evidence_id: uuidV7.nullable(),
  envelope_sha256: sha256Hex.nullable(),
  /** Every client sequence number up to this one is stored, or was declared dropped. */
  acked_seq: count,
  /** The last number that the server gave: where a stream is. */
  last_server_seq: count,
  cancel_requested: z.boolean(),
  steps: z.array(z.strictObject({ id: z.string(), kind: z.string(), name: z.string(), needs: z.array(z.string()) })),
});
export type RunView = z.infer<typeof runView>;

/** GET /v1/runs?limit&before&state&repo&commit: newest first. `next` goes into `before`. */
export const runList = z.strictObject({ runs: z.array(runView.omit({ steps: true })), next: z.string().nullable() });
export type RunList = z.infer<typeof runList>;

/**
 * POST /v1/runs/{id}/events. At least once, in any order: what is here already is passed over by `seq`. `dropped`: what
 * the worker gave up (step_output only), so that its place in the sequence is not waited for.
 */
export const eventBatch = z.strictObject({
  events: z.array(runEvent).max(1000),
  dropped: z.array(sequenceRange).max(1000).default([]),
});
export type EventBatch = z.infer<typeof eventBatch>;
export const batchAnswer = z.strictObject({ acked_seq: count, stored: count, cancel_requested: z.boolean() });
export type BatchAnswer = z.infer<typeof batchAnswer>;

/** POST /v1/runs/{id}/gates/{gate}: a decision on what a step waits for (needs_input), of one plan. The first stands. */
export const gateVerdict = z.enum(['approved', 'rejected']);
export const gateDecision = z.strictObject({
  decision: gateVerdict,
  /** Of the plan that was looked at. */
  plan_hash: sha256Hex,
  reason: z.string().max(4096).default(''),
});
export type GateDecision = z.infer<typeof gateDecision>;
export const gateAnswer = z.strictObject({
  gate: z.string(),
  decision: gateVerdict,
  /** The principal who decided. */
  by: z.string(),
  at: timestamp,
});
export type GateAnswer = z.infer<typeof gateAnswer>;

/** What a reader of a run's stream gets: the worker's event as it came, under the server's number (the SSE id). */
export const streamedEvent = z.union([
  z.strictObject({ server_seq: count.min(1), received_at: timestamp, event: runEvent }),
  /** Client sequence numbers that will not come. */
  z.strictObject({
    server_seq: count.min(1),
    received_at: timestamp,
    gap: sequenceRange,
  }),
  /** What the server itself says of the run: it turned stale, it was finalized by the server. */
  z.strictObject({
    server_seq: count.min(1),
    received_at: timestamp,
    server: z.strictObject({
      type: z.enum([
        'run_stale',
        'run_resumed',
        'cancel_requested',
        'gate_decided',
        'finalize_failed',
        'run_finalized',
        'run_aborted',
      ]),
      reason: z.string(),
      evidence_id: uuidV7.optional(),
      envelope_sha256: sha256Hex.optional(),
      head_entry_hash: sha256Hex.optional(),
      /** gate_decided */
      gate: z.string().optional(),
      decision: gateVerdict.optional(),
      by: z.string().optional(),
      at: timestamp.optional(),
    }),
  }),
]);
export type StreamedEvent = z.infer<typeof streamedEvent>;

/**
 * GET /v1/runs/{id}/logs?step&after: what the steps printed, in the worker's order; seq (the worker's) is the SSE id. With
 * `Accept: text/plain` only the texts.
 */
export const logEntry = z.union([
  z.strictObject({
    seq: count.min(1),
    timestamp,
    step_id: z.string(),
    attempt: count,
    stream: z.enum(['stdout', 'stderr']),
    offset: count,
    bytes: count,
    text: z.string(),
  }),
  /** Output that the worker gave up. */
  z.strictObject({ seq: count.min(1), gap: sequenceRange }),
]);
export type LogEntry = z.infer<typeof logEntry>;

/** POST /v1/runs/{id}/heartbeat and /cancel: the state reached. */
export const stateAnswer = z.strictObject({ state: runState, cancel_requested: z.boolean() });
export type StateAnswer = z.infer<typeof stateAnswer>;

/** POST /v1/runs/{id}/finalize. Idempotent: the same envelope ever after. */
export const finalizeRun = z.strictObject({
  plan_hash: sha256Hex,
  /** SHA-256 of the RFC 8785 form of the worker's record: the fold of the events it sent. */
  record_sha256: sha256Hex,
  /** seq of finalize_started: how many events the record counts. */
  last_seq: count.min(1),
});
export type FinalizeRun = z.infer<typeof finalizeRun>;
export const finalizeAnswer = z.strictObject({
  evidence_id: uuidV7,
  envelope_sha256: sha256Hex,
  head_entry_hash: sha256Hex,
  status: runStatus,
});
export type FinalizeAnswer = z.infer<typeof finalizeAnswer>;

/** GET /.well-known/jwks.json (RFC 7517, RFC 8037): kid is the envelope's keyid. Keys that sign no more stay listed. */
export const jwks = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
      kid: sha256Hex,
      x: z.string(),
    }),
  ),
});
export type Jwks = z.infer<typeof jwks>;
