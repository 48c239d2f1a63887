import { releaseFolder, readLivingOwner } from './journal/owner.ts';
import { readJournal } from './journal/read-journal.ts';
import { endLostRun } from './lost-run.ts';
import type { RunOutcome } from './outcome.ts';
import { readSealed } from './read-sealed.ts';
import { readServerNote } from './relayed-folder.ts';
import type { Worker } from './schema/record.ts';
import { sealRun } from './seal-run.ts';
import type { Signer } from './seal/signer.ts';
import type { ServerOptions } from './server-options.ts';

/**
 * Seals, as aborted, the run that a killed process left in `dir`: what its journal tells, and the output that it had
 * written. A folder that is sealed already is given as it is. A run that a server is to seal goes to the server; without
 * one it is refused rather than sealed by whoever happens to come by, unless `embedded` asks for just that.
 * @throws JournalError when there is no journal, or it is damaged; RecordError when it ends before the plan was made
 */
export async function sealLostRun(options: {
  dir: string;
  worker: Worker;
  now: () => number;
  signer?: Signer;
  /** The server that is to seal it, with what is needed to reach it. */
  server?: { options: ServerOptions; env: Record<string, string>; signal: AbortSignal };
  /** Seal here what a server was to seal. */
  embedded?: boolean;
}): Promise<RunOutcome> {
  const { dir, now, signer, server } = options;
  const owner = readLivingOwner(dir);
  if (owner !== undefined) {
    const message = `the run in ${dir} is not lost: process ${owner} is still writing it; end that process first`;
    return { kind: 'refused', message, diagnostics: [] };
  }
  const sealed = await readSealed(dir);
  if (sealed !== null) return sealed;

  const url = readServerNote(dir);
  if (url !== null && options.embedded !== true) {
    if (server !== undefined) return (await import('./push-run.ts')).pushRun({ dir, now, ...server });
    const message = `the run in ${dir} was to be sealed by ${url}: \`quoderat push\` lets it; \`quoderat seal --embedded\` seals it here, and says so in the envelope`;
    return { kind: 'refused', message, diagnostics: [] };
  }

  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  try {
    const { record } = await endLostRun(dir, await readJournal(dir), { now, onProblem });
    const evidence = await sealRun({
      record,
      manifestSha256: record.artifacts.find(({ id }) => id === 'manifest')?.sha256 ?? '',
      dirs: [dir],
      now,
      onProblem,
      ...(signer && { signer }),
    });
    const { status, termination } = record.execution;
    const planHash = record.plan.plan_hash;
    return { kind: 'finished', status, termination, runId: record.run_id, planHash, evidence, problems };
  } finally {
    releaseFolder(dir);
  }
}
