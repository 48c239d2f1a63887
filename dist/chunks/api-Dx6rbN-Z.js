import { c as runStatus, d as identities, f as intent, m as subject, p as runnerContext, u as worker } from "./record-CgEmn-RJ.js";
import { r as plan, t as runEvent } from "./event-BBeg8omg.js";
import { D as string, E as strictObject, S as literal, a as sha256Hex, c as timestamp, g as array, h as _enum, k as union, l as uuidV7, t as count, v as boolean } from "./primitives-B201jKT5.js";
import { t as runStates } from "./run-states-BJglhtXc.js";

// src/schema/api.ts
/** The protocol between a worker and a Quoderat server (docs/protocol.md), version 1. */
const PROTOCOL_VERSION = 1;
/** Media types of what is not application/json. */
const mediaTypes = {
	envelope: "application/vnd.quoderat.envelope.v1+json",
	attestation: "application/vnd.dsse.envelope.v1+json",
	events: "application/x-ndjson"
};
/** Why a request was refused: a closed set. What a client does depends on these words, never on the message. */
const apiErrorCodes = [
	"bad_request",
	"unauthorized",
	"forbidden",
	"not_found",
	"method_not_allowed",
	"request_timeout",
	"too_large",
	"unsupported_media_type",
	"rate_limited",
	"run_conflict",
	"run_over",
	"events_incomplete",
	"plan_mismatch",
	"record_mismatch",
	"record_invalid",
	"artifacts_missing",
	"digest_mismatch",
	"insufficient_storage",
	"unavailable",
	"internal"
];
const apiErrorCode = _enum(apiErrorCodes);
/** First and last of consecutive sequence numbers. */
const sequenceRange = strictObject({
	from: count.min(1),
	to: count.min(1)
});
const apiError = strictObject({ error: strictObject({
	code: apiErrorCode,
	message: string(),
	/** true: the same request may succeed later. */
	retryable: boolean(),
	details: strictObject({
		missing: array(union([sequenceRange, sha256Hex])).optional(),
		reason: string().optional()
	}).optional()
}) });
const runState = _enum(runStates);
/** GET /v1/info */
const serverInfo = strictObject({
	name: literal("quoderat"),
	version: string(),
	protocol: literal(1),
	/** This server among those that share a database. */
	instance: string(),
	limits: strictObject({
		batch_events: count,
		batch_bytes: count,
		artifact_bytes: count,
		heartbeat_ms: count
	})
});
/** POST /v1/runs. The worker chooses run_id; sending the same again attaches to the run that is there. */
const createRun = strictObject({
	run_id: uuidV7,
	/** As recorded: redacted. */
	plan,
	/** Of the plan before redaction. */
	plan_hash: sha256Hex,
	worker,
	identities,
	intent,
	subject,
	runner_context: runnerContext
});
/** Answer to creation, re-attachment, and a look at a run. */
const runView = strictObject({
	run_id: uuidV7,
	state: runState,
	name: string(),
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
	cancel_requested: boolean(),
	steps: array(strictObject({
		id: string(),
		kind: string(),
		name: string(),
		needs: array(string())
	}))
});
/** GET /v1/runs?limit&before&state&repo&commit: newest first. `next` goes into `before`. */
const runList = strictObject({
	runs: array(runView.omit({ steps: true })),
	next: string().nullable()
});
/**
* POST /v1/runs/{id}/events. At least once, in any order: what is here already is passed over by `seq`. `dropped`: what
* the worker gave up (step_output only), so that its place in the sequence is not waited for.
*/
const eventBatch = strictObject({
	events: array(runEvent).max(1e3),
	dropped: array(sequenceRange).max(1e3).default([])
});
const batchAnswer = strictObject({
	acked_seq: count,
	stored: count,
	cancel_requested: boolean()
});
/** POST /v1/runs/{id}/gates/{gate}: a decision on what a step waits for (needs_input), of one plan. The first stands. */
const gateVerdict = _enum(["approved", "rejected"]);
const gateDecision = strictObject({
	decision: gateVerdict,
	/** Of the plan that was looked at. */
	plan_hash: sha256Hex,
	reason: string().max(4096).default("")
});
const gateAnswer = strictObject({
	gate: string(),
	decision: gateVerdict,
	/** The principal who decided. */
	by: string(),
	at: timestamp
});
/** What a reader of a run's stream gets: the worker's event as it came, under the server's number (the SSE id). */
const streamedEvent = union([
	strictObject({
		server_seq: count.min(1),
		received_at: timestamp,
		event: runEvent
	}),
	strictObject({
		server_seq: count.min(1),
		received_at: timestamp,
		gap: sequenceRange
	}),
	strictObject({
		server_seq: count.min(1),
		received_at: timestamp,
		server: strictObject({
			type: _enum([
				"run_stale",
				"run_resumed",
				"cancel_requested",
				"gate_decided",
				"finalize_failed",
				"run_finalized",
				"run_aborted"
			]),
			reason: string(),
			evidence_id: uuidV7.optional(),
			envelope_sha256: sha256Hex.optional(),
			head_entry_hash: sha256Hex.optional(),
			/** gate_decided */
			gate: string().optional(),
			decision: gateVerdict.optional(),
			by: string().optional(),
			at: timestamp.optional()
		})
	})
]);
/**
* GET /v1/runs/{id}/logs?step&after: what the steps printed, in the worker's order; seq (the worker's) is the SSE id. With
* `Accept: text/plain` only the texts.
*/
const logEntry = union([strictObject({
	seq: count.min(1),
	timestamp,
	step_id: string(),
	attempt: count,
	stream: _enum(["stdout", "stderr"]),
	offset: count,
	bytes: count,
	text: string()
}), strictObject({
	seq: count.min(1),
	gap: sequenceRange
})]);
/** POST /v1/runs/{id}/heartbeat and /cancel: the state reached. */
const stateAnswer = strictObject({
	state: runState,
	cancel_requested: boolean()
});
/** POST /v1/runs/{id}/finalize. Idempotent: the same envelope ever after. */
const finalizeRun = strictObject({
	plan_hash: sha256Hex,
	/** SHA-256 of the RFC 8785 form of the worker's record: the fold of the events it sent. */
	record_sha256: sha256Hex,
	/** seq of finalize_started: how many events the record counts. */
	last_seq: count.min(1)
});
const finalizeAnswer = strictObject({
	evidence_id: uuidV7,
	envelope_sha256: sha256Hex,
	head_entry_hash: sha256Hex,
	status: runStatus
});
/** GET /.well-known/jwks.json (RFC 7517, RFC 8037): kid is the envelope's keyid. Keys that sign no more stay listed. */
const jwks = strictObject({ keys: array(strictObject({
	kty: literal("OKP"),
	crv: literal("Ed25519"),
	alg: literal("EdDSA"),
	use: literal("sig"),
	kid: sha256Hex,
	x: string()
})) });

export { finalizeAnswer as a, jwks as c, runState as d, runView as f, streamedEvent as h, eventBatch as i, mediaTypes as l, stateAnswer as m, batchAnswer as n, finalizeRun as o, sequenceRange as p, createRun as r, gateDecision as s, apiError as t, runList as u };