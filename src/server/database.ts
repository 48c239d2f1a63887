import type { ColumnType, Generated, Kysely, Selectable, Transaction } from 'kysely';
import type { RunStatus } from '../schema/record.ts';
import type { RunState } from '../schema/api.ts';

/**
 * The tables, as src/server/migrations makes them. int8 is read as a number (src/server/connect.ts): every count here
 * stays under 2^53. What a worker sent is kept as bytes, not jsonb: jsonb refuses U+0000 and reorders keys.
 */
export type Database = {
  runs: RunsTable;
  event_batches: EventBatchesTable;
  gates: GatesTable;
  evidence: EvidenceTable;
  run_artifacts: RunArtifactsTable;
  artifacts: ArtifactsTable;
  artifact_senders: ArtifactSendersTable;
  sealing_keys: SealingKeysTable;
};

/** A database, or a transaction in it: what every query function takes first. */
export type Db = Kysely<Database> | Transaction<Database>;

/** Set by the database's clock unless given, so that servers with clocks apart agree. */
type Stamp = Generated<Date>;

export type RunsTable = {
  run_id: string;
  /** Principal.id of who created it. */
  principal: string;
  /** Principal.oidc of who created it, as JSON text: what the envelope may call verified. */
  oidc: ColumnType<Buffer | null, Buffer | null | undefined, never>;
  /** What a principal's `projects` are compared with: subject.repo.name, when its maker was trusted with that one. */
  project: string | null;
  /** subject.repo.name, as the worker said. */
  repo: string | null;
  commit_sha: string | null;
  name: string;
  state: RunState;
  plan_hash: string;
  /** The body of POST /v1/runs as parsed (src/schema/api.ts createRun), as JSON text. */
  request: Buffer;
  /** SHA-256 of its RFC 8785 form: what makes a second POST the same one. */
  request_sha256: string;
  /** Its subject, as JSON text: what a list shows without reading the whole request. */
  subject: Buffer;
  created_at: Stamp;
  updated_at: Stamp;
  heartbeat_at: Stamp;
  /** The outcome, once it is known. */
  status: RunStatus | null;
  /** Client sequence numbers that are stored or were declared dropped, as a multirange's text: `{[1,41),[50,51)}`. */
  received: ColumnType<string, string | undefined, string>;
  /** Upper end of the first of them, when it begins at 1. */
  acked_seq: Generated<number>;
  last_server_seq: Generated<number>;
  /** How many client sequence numbers were declared dropped. */
  dropped: Generated<number>;
  cancel_requested: Generated<boolean>;
  /** The stream has had its last event; no event is taken any more. */
  terminal: Generated<boolean>;
};
export type RunRow = Selectable<RunsTable>;

/**
 * Append-only. A row holds events with consecutive client numbers (first_seq..last_seq) under consecutive server numbers
 * (first_server_seq..last_server_seq), one JSON text a line. So the rows of a run never overlap, in either numbering,
 * and `ORDER BY first_seq` is the worker's order.
 */
export type EventBatchesTable = {
  run_id: string;
  first_server_seq: number;
  last_server_seq: number;
  /** events: a line is a RunEvent. gap: one line, the SequenceRange that was dropped. server: a line is what the server says. */
  kind: 'events' | 'gap' | 'server';
  /** null: of kind server. */
  first_seq: number | null;
  last_seq: number | null;
  payload: Buffer;
  received_at: Stamp;
};
export type EventBatchRow = Selectable<EventBatchesTable>;

export type GatesTable = {
  run_id: string;
  gate_id: string;
  plan_hash: string;
  requested_at: Stamp;
  decision: 'approved' | 'rejected' | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
};

export type EvidenceTable = {
  evidence_id: string;
  run_id: string;
  envelope_sha256: string;
  head_entry_hash: string;
  status: RunStatus;
  /** The sealed bytes, answered as they are ever after. */
  envelope: Buffer;
  /** DSSE; null: not signed. */
  attestation: Buffer | null;
  sealed_at: Stamp;
};

export type RunArtifactsTable = { run_id: string; sha256: string; size: number };

export type ArtifactsTable = { sha256: string; size: number; stored_at: Stamp; last_used_at: Stamp };

/** Who has had the bytes: to know a digest is not to have had them. */
export type ArtifactSendersTable = { sha256: string; principal: string };

export type SealingKeysTable = {
  keyid: string;
  /** SPKI, PEM. */
  public_spki: string;
  created_at: Stamp;
  /** Signs no more from then on; verifies for ever. */
  retired_at: Date | null;
};
