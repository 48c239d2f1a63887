import type { Diagnostic } from './manifest/diagnostics.ts';
import type { Envelope } from './schema/envelope.ts';
import type { RunStatus, RunTermination } from './schema/record.ts';
import type { Verdict } from './schema/verdict.ts';

/** The sealed evidence as it lies in its folder. */
export type Evidence = {
  dir: string;
  envelopePath: string;
  /** SHA-256 of the envelope file: the digest a forge shows for a raw upload. */
  envelopeSha256: string;
  envelope: Envelope;
  verdict: Verdict;
  /** summary.md, and its text; the text alone when the file could not be written. */
  summaryPath: string;
  summary: string;
};

/** What a run left that was to be sealed by a server, and was not: nothing of it is evidence yet. */
export type Unsealed = {
  /** Which `quoderat push` is to be given. */
  dir: string;
  /** The record as the worker has it, perhaps in another folder; null when it could be written nowhere. */
  recordPath: string | null;
  serverName: string;
  /** A sentence for people. */
  reason: string;
};

export type RunOutcome =
  /** Nothing ran: the manifest has faults, the plan is not the expected one, or the folder is taken. */
  | { kind: 'refused'; message: string; diagnostics: Diagnostic[] }
  | {
      kind: 'finished';
      status: RunStatus;
      termination: RunTermination;
      runId: string;
      planHash: string;
      /** null: not sealed (`unsealed`), or nothing could be written anywhere; `problems` says why. */
      evidence: Evidence | null;
      /** There when a server was to seal the run and did not: `quoderat push` lets it finish later. */
      unsealed?: Unsealed;
      /** What went wrong beside the steps, each a sentence for people. */
      problems: string[];
    };
