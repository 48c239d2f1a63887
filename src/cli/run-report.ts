import { isAbsolute, relative } from 'node:path';
import type { Diagnostic } from '../manifest/diagnostics.ts';
import type { Evidence, RunOutcome, Unsealed } from '../outcome.ts';
import { toInertLine } from '../render/inert.ts';
import { toHeadline } from '../render/outcome.ts';
import { toShellWord } from '../render/shell-word.ts';
import type { Io } from './io.ts';

/** What `quoderat run --json` prints. null: there is no such thing, because nothing ran or nothing could be written. */
export type RunResult = {
  status: 'success' | 'failed' | 'aborted' | 'refused';
  run_id: string | null;
  evidence_id: string | null;
  head_hash: string | null;
  envelope_path: string | null;
  envelope_sha256: string | null;
  plan_hash: string | null;
  /** Sentences for people: what went wrong beside the steps, or why nothing ran. */
  problems: string[];
  /** The faults of a refused manifest. */
  diagnostics: Diagnostic[];
  /** There when a server was to seal the run and did not: where what it needs is kept, and why. */
  unsealed?: { dir: string; server: string; reason: string };
};

/** The outcome of a run for machines. */
export function toRunResult(outcome: RunOutcome): RunResult {
  if (outcome.kind === 'refused') {
    const nothing = { run_id: null, evidence_id: null, head_hash: null, envelope_path: null, envelope_sha256: null };
    const { message, diagnostics } = outcome;
    return { status: 'refused', ...nothing, plan_hash: null, problems: [message], diagnostics };
  }
  const { evidence, unsealed } = outcome;
  return {
    status: outcome.status,
    run_id: outcome.runId,
    evidence_id: evidence?.envelope.evidence_id ?? null,
    head_hash: evidence?.envelope.integrity.head_entry_hash ?? null,
    envelope_path: evidence?.envelopePath ?? null,
    envelope_sha256: evidence?.envelopeSha256 ?? null,
    plan_hash: outcome.planHash,
    problems: outcome.problems,
    diagnostics: [],
    ...(unsealed && { unsealed: { dir: unsealed.dir, server: unsealed.serverName, reason: unsealed.reason } }),
  };
}

/** How a run ended, in one line. */
export function formatStatus({ envelope }: Evidence): string {
  return `${toHeadline(envelope.execution).sentence}\n`;
}

/** Where the evidence is, its head, and one command that checks it. @param server whose keys tell whether it sealed it */
export function formatEvidence(evidence: Evidence, io: Pick<Io, 'cwd' | 'self'>, server?: string): string {
  const dir = toShortPath(evidence.dir, io.cwd);
  const isItsSeal = server !== undefined && evidence.envelope.producer.component === 'server';
  const keys = isItsSeal ? ` --server ${toShellWord(server)}` : '';
  return [
    `  evidence  ${toInertLine(dir)}`,
    `  head      ${evidence.envelope.integrity.head_entry_hash}`,
    `  verify    ${io.self} verify ${toShellWord(dir)}${keys}`,
    '',
  ].join('\n');
}

/** Where what is not sealed is kept, and the command that lets the server finish. */
export function formatUnsealed({ dir, serverName }: Unsealed, io: Pick<Io, 'cwd' | 'self'>): string {
  const path = toShortPath(dir, io.cwd);
  return [
    `  not sealed  ${toInertLine(path)}`,
    `  finish      ${io.self} push ${toShellWord(path)} --server ${toShellWord(serverName)}`,
    '',
  ].join('\n');
}

/** Relative where that is shorter to read: inside the current folder. */
function toShortPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? path : way;
}
