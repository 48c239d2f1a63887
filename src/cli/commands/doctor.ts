import { resolve } from 'node:path';
import { toPlatform } from '../../ci/detect.ts';
import { findOnPath } from '../../ci/find-on-path.ts';
import { readGitState } from '../../ci/git.ts';
import { findGit } from '../../ci/git-program.ts';
import { checkFolders, checkGit, checkMachine, makeCheck } from '../../doctor/machine-checks.ts';
import { type Needs, toNeeds } from '../../doctor/needs.ts';
import { checkCi, checkPrograms, checkVariables } from '../../doctor/plan-checks.ts';
import { readFacts, type ReadOptions } from '../../doctor/read-facts.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { ManifestError } from '../../manifest/read.ts';
import { makePlan } from '../../plan/expand.ts';
import { toServiceProblem } from '../../publish/github/service.ts';
import { renderCheckup } from '../../render/checkup.ts';
import type { Check } from '../../schema/checkup.ts';
import type { Plan } from '../../schema/plan.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readManifestFile } from '../manifest-file.ts';
import { wantsColor, widthOf } from '../terminal.ts';

export type DoctorFlags = { workspace?: string; json?: true; color: boolean };

/**
 * `quoderat doctor`: what is missing on the machine, for Quoderat and for the steps of a manifest, and how to get it.
 * Nothing of the manifest is executed.
 * @returns 0: nothing that is needed is missing; 1: something is
 * @throws CliError and the error of the manifest's reader, for a manifest that was named
 */
export async function doctor(named: string | undefined, flags: DoctorFlags, io: Io): Promise<number> {
  const { plan, check } = await readPlan(named, flags, io);
  const workspace = resolve(io.cwd, flags.workspace ?? '.');
  const needs: Needs = plan === undefined ? { programs: [], files: [] } : toNeeds(plan);
  const facts = await readFacts({
    workspace,
    env: io.env,
    now: io.now,
    platform: process.platform,
    programs: needs.programs.map(({ program }) => program),
    files: needs.files,
    findProgram: (name) => findProgram(name, io.env),
    git: toGit(await readGitState(workspace, findGit(io.env))),
    ci: toCi(io.env),
  });
  const checks = [
    ...checkMachine(facts),
    ...checkGit(facts),
    ...checkFolders(facts),
    check,
    ...checkPrograms(needs, facts),
    ...(plan === undefined ? [] : checkVariables(plan, facts)),
    ...checkCi(facts),
  ];
  const look = { color: wantsColor(io.stdout, io.env, flags.color), width: widthOf(io.stdout) };
  io.stdout.write(flags.json === true ? `${JSON.stringify({ checks })}\n` : renderCheckup(checks, look));
  return checks.some(({ state }) => state === 'missing') ? exitCodes.failed : exitCodes.success;
}

/** The bash in Windows' own folder starts a Linux machine, in which the workspace is elsewhere. */
async function findProgram(name: string, env: Io['env']): Promise<string | null> {
  const file = await findOnPath(name, env);
  return file !== null && /\\system32\\bash\.exe$/i.test(file) ? null : file;
}

/** The plan, if there is a manifest without faults, and what to say of the manifest. */
async function readPlan(named: string | undefined, flags: DoctorFlags, io: Io): Promise<{ plan?: Plan; check: Check }> {
  const read = await readManifestFile(named, flags, io).catch((error: unknown) => {
    if (named !== undefined || !(error instanceof ManifestError) || error.code !== 'not_found') throw error;
    return undefined;
  });
  if (read === undefined) {
    const detail = 'there is none here, so only the machine was looked at';
    return { check: makeCheck('manifest', 'quoderat.yml', 'warn', detail, [`${io.self} init   writes one`]) };
  }
  const { source } = read;
  const parsed = parseManifest(source);
  if (!parsed.ok) {
    const [first] = parsed.diagnostics;
    const detail = `has faults, the first in line ${first?.line ?? 1}: ${first?.message ?? ''}`;
    return { check: makeCheck('manifest', source.path, 'missing', detail, [`${io.self} plan   shows all of them`]) };
  }
  const { plan } = makePlan(parsed.manifest, { path: source.path, sha256: parsed.sha256 });
  const count = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`;
  return { plan, check: makeCheck('manifest', source.path, 'ok', `${count}, no faults`) };
}

function toGit(reading: Awaited<ReturnType<typeof readGitState>>): ReadOptions['git'] {
  if (reading.state === null) return { state: 'fault', fault: reading.fault };
  const { commit, branch, dirty } = reading.state;
  return { state: 'ok', commit, branch, dirty };
}

function toCi(env: Io['env']): ReadOptions['ci'] {
  const forge = toPlatform(env);
  const artifactProblem = forge === 'github' ? toServiceProblem(env) : undefined;
  return { forge, ...(artifactProblem !== undefined && { artifactProblem }) };
}
