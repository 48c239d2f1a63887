import { formatDiagnostics } from '../../manifest/diagnostics.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { makePlan } from '../../plan/expand.ts';
import { hashPlan } from '../../plan/hash.ts';
import { renderPlan } from '../../render/plan.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readManifestFile } from '../manifest-file.ts';
import { wantsColor, widthOf } from '../terminal.ts';

export type PlanFlags = { workspace?: string; expectedPlanHash?: string; json?: true; color: boolean };

/**
 * `quoderat plan`: prints what would run and the plan hash. Executes nothing and writes nothing.
 * @throws CliError and the error of the manifest's reader
 */
export async function printPlan(named: string | undefined, flags: PlanFlags, io: Io): Promise<number> {
  const { source } = await readManifestFile(named, flags, io);
  const parsed = parseManifest(source);
  if (!parsed.ok) {
    io.stderr.write(formatDiagnostics(source, parsed.diagnostics));
    return exitCodes.usage;
  }
  const { plan } = makePlan(parsed.manifest, { path: source.path, sha256: parsed.sha256 });
  const hash = hashPlan(plan);
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  const text = flags.json === true ? `${JSON.stringify({ plan_hash: hash, plan })}\n` : renderPlan(plan, hash, look);
  io.stdout.write(text);
  if (flags.expectedPlanHash === undefined || flags.expectedPlanHash === hash) return exitCodes.success;
  io.stderr.write(`quoderat: the plan hash is ${hash}, not the expected ${flags.expectedPlanHash}\n`);
  return exitCodes.usage;
}
