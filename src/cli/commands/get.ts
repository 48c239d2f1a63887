import { resolve } from 'node:path';
import { getEvidence } from '../../get-evidence.ts';
import { writeBundle } from '../../publish/files/bundle.ts';
import { RelayError } from '../../relay/errors.ts';
import { toInertLine } from '../../render/inert.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { formatEvidence, formatStatus } from '../run-report.ts';
import { requireServerOptions, type ServerFlags } from '../server-access.ts';
import { isId, openServer, type ServerClient } from '../server-client.ts';

export type GetFlags = ServerFlags & { out?: string; bundle?: true };

/**
 * `quoderat get`: fetches sealed evidence with its artifacts, checks it, and writes it into a folder of its own; what does
 * not verify is not written as evidence.
 * @throws CliError, RelayError, ServerSealError, EvidenceFolderError
 */
export async function get(id: string, flags: GetFlags, io: Io): Promise<number> {
  if (!isId(id)) throw new CliError('usage', 'the id of evidence or of a run is needed, as `quoderat runs` lists it');
  const options = await requireServerOptions(flags, io);
  await using server = openServer(options, io);
  const found = await findEvidence(id, server);
  const { evidenceId } = found;
  const dir = resolve(io.cwd, flags.out ?? `evidence-${evidenceId}`);
  const { evidence, problems } = await getEvidence({
    ...found,
    dir,
    name: server.transport.name,
    ask: (act) => server.ask(act),
    ...(options.key !== undefined && { key: options.key }),
  });
  for (const problem of problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
  if (evidence === null) return exitCodes.usage;
  io.stdout.write(`${formatStatus(evidence)}${formatEvidence(evidence, io, options.url)}`);
  if (flags.bundle === true) {
    const bundle = await writeBundle(dir, `${dir}.tar.gz`);
    io.stdout.write(`  bundle    ${toInertLine(bundle.path)}\n  sha256    ${bundle.sha256}\n`);
  }
  return evidence.verdict.exit_code;
}

/** The id itself, or that of what the run by this id was sealed as. */
async function findEvidence(id: string, server: ServerClient): Promise<{ evidenceId: string; runId?: string }> {
  try {
    const run = await server.ask((api) => api.readRun(id));
    if (run.evidence_id !== null) return { evidenceId: run.evidence_id, runId: id };
    throw new CliError('usage', `this run is ${run.state}: there is no evidence of it yet`);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'not_found') return { evidenceId: id };
    throw error;
  }
}
