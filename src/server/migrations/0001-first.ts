import type { Migration } from './migration.ts';

/** The first version. Never edited again: a database that has it must be told apart from one that has another. */
export const first: Migration = {
  number: 1,
  name: 'first',
  sql: `
-- The request is moved out of the row: each batch of events rewrites the row, and would copy the plan each time.
-- fillfactor leaves room for that to happen on the same page (HOT), without touching an index.
CREATE TABLE runs (
  run_id uuid PRIMARY KEY,
  principal text NOT NULL,
  oidc bytea,
  project text,
  repo text,
  commit_sha text,
  name text NOT NULL,
  state text NOT NULL CHECK (state IN
    ('pending', 'running', 'needs_input', 'finalizing', 'finalized', 'failed', 'aborted', 'stale')),
  plan_hash text NOT NULL,
  request bytea NOT NULL,
  request_sha256 text NOT NULL,
  subject bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  heartbeat_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  status text CHECK (status IN ('success', 'failed', 'aborted')),
  received int8multirange NOT NULL DEFAULT '{}',
  acked_seq int8 NOT NULL DEFAULT 0,
  last_server_seq int8 NOT NULL DEFAULT 0,
  dropped int8 NOT NULL DEFAULT 0,
  cancel_requested boolean NOT NULL DEFAULT false,
  terminal boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50, toast_tuple_target = 256);
-- Newest first is by run_id: UUIDv7 sorts by time.
CREATE INDEX runs_by_project ON runs (project, run_id DESC);
CREATE INDEX runs_by_repo ON runs (repo, run_id DESC) WHERE repo IS NOT NULL;
CREATE INDEX runs_by_principal ON runs (principal, run_id DESC);
CREATE INDEX runs_by_commit ON runs (commit_sha, run_id DESC) WHERE commit_sha IS NOT NULL;
CREATE INDEX runs_going_on ON runs (run_id) WHERE NOT terminal;
-- No reference to runs: rows are only written by the statement that has just changed the run's row.
CREATE TABLE event_batches (
  run_id uuid NOT NULL,
  first_server_seq int8 NOT NULL,
  last_server_seq int8 NOT NULL CHECK (last_server_seq >= first_server_seq),
  kind text NOT NULL CHECK (kind IN ('events', 'gap', 'server')),
  first_seq int8,
  last_seq int8 CHECK (last_seq >= first_seq),
  payload bytea NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run_id, first_server_seq)
);
-- Text of logs hardly shrinks under pglz in the time that it costs.
ALTER TABLE event_batches ALTER COLUMN payload SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX event_batches_by_seq ON event_batches (run_id, first_seq) WHERE first_seq IS NOT NULL;
CREATE TABLE gates (
  run_id uuid NOT NULL REFERENCES runs,
  gate_id text NOT NULL,
  plan_hash text NOT NULL,
  requested_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  decision text CHECK (decision IN ('approved', 'rejected')),
  decided_by text,
  decided_at timestamptz(3),
  reason text,
  PRIMARY KEY (run_id, gate_id)
);
CREATE TABLE evidence (
  evidence_id uuid PRIMARY KEY,
  run_id uuid NOT NULL UNIQUE REFERENCES runs,
  envelope_sha256 text NOT NULL,
  head_entry_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('success', 'failed', 'aborted')),
  envelope bytea NOT NULL,
  attestation bytea,
  sealed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE artifacts (
  sha256 text PRIMARY KEY,
  size int8 NOT NULL,
  stored_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE run_artifacts (
  run_id uuid NOT NULL REFERENCES runs,
  sha256 text NOT NULL,
  size int8 NOT NULL,
  PRIMARY KEY (run_id, sha256)
);
CREATE INDEX run_artifacts_by_sha256 ON run_artifacts (sha256);
CREATE TABLE artifact_senders (
  sha256 text NOT NULL REFERENCES artifacts ON DELETE CASCADE,
  principal text NOT NULL,
  PRIMARY KEY (sha256, principal)
);
CREATE INDEX artifacts_by_use ON artifacts (last_used_at);
CREATE TABLE sealing_keys (
  keyid text PRIMARY KEY,
  public_spki text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  retired_at timestamptz(3)
);
`,
};
