import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { detectContext } from './ci/detect.ts';
import { findGit } from './ci/git-program.ts';
import { probeToolchain } from './ci/toolchain.ts';
import { makeEventSink } from './event-sink.ts';
import { openArtifactStore } from './execution/artifacts.ts';
import { toRunMark } from './execution/environment.ts';
import { type ExecuteOptions, execute } from './execution/execute.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import { claimFolder, releaseFolder } from './journal/owner.ts';
import { toMessage } from './lib/errors.ts';
import { limits } from './lib/limits.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import { makeForgivingLog } from './log/forgiving-log.ts';
import type { JobLog } from './log/job-log.ts';
import type { Diagnostic } from './manifest/diagnostics.ts';
import { parseManifest } from './manifest/parse.ts';
import type { ManifestSource } from './manifest/read.ts';
import type { RunOutcome } from './outcome.ts';
import { makePlan } from './plan/expand.ts';
import { hashPlan } from './plan/hash.ts';
import { EvidenceFolderError, evidenceFiles, makeEvidenceFolder } from './publish/files/evidence-folder.ts';
import { collectAllSecrets } from './redaction/all-secrets.ts';
import { redactJson } from './redaction/json.ts';
import { makeRedactor } from './redaction/redactor.ts';
import { makeStop } from './run-stop.ts';
import { emitDiff, emitMaterials } from './run-worktree.ts';
import { reportReader } from './report-reader.ts';
import {
  emitEnd,
  emitStart,
  emitToolchain,
  emitUnsearched,
  keepInputs,
  type RunScope,
  toFinalized,
  toUnfinalized,
} from './run-events.ts';
import type { Plan } from './schema/plan.ts';
import type { Worker } from './schema/record.ts';
import type * as SealRun from './seal-run.ts';
import type { Signer } from './seal/signer.ts';
import type { ServerOptions } from './server-options.ts';
import { openWorktree, type WorktreeWatch } from './worktree/watch.ts';

export type RunOptions = {
  source: ManifestSource;
  /** Absolute; steps run in it, globs are read in it. */
  workspace: string;
  /** The evidence folder: made when it does not exist, refused when it holds anything. */
  outDir: string;
  /** Where evidence goes when outDir can't be written. */
  fallbackDir: string;
  /** The runner's environment as the entry read it; children get only what the manifest lets through. */
  env: Record<string, string>;
  /** Called when there is something else to wait for. */
  readWorker: () => Promise<Worker>;
  log: JobLog;
  /** Aborted by the entry on SIGINT or SIGTERM. */
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now: () => number;
  signer?: Signer;
  /** Who seals in place of this process. What it was told of while the steps ran is what it seals. */
  server?: ServerOptions;
  /** Refuse to run any other plan. */
  expectedPlanHash?: string;
  /** Told as soon as there is a folder, so that whoever comes after a lost process can find it. */
  onFolder?: (dir: string) => void;
};

/**
 * Runs a manifest and seals what happened, whatever it was: success, failure, time-out or cancellation. What goes wrong
 * beside the steps (a full disk, a broken log) is told in `problems` and does not touch their outcome.
 * Rejects only for a bug.
 */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { now, env, workspace, server } = options;
  const relaying = server && import('./run-relay.ts');
  // The work tree is judged as the run finds it, before its folder is made; meanwhile there is enough to do.
  const git = findGit(env);
  const looking = new AbortController();
  const context = detectContext({ env, cwd: workspace, now, git, signal: looking.signal });
  const evidence = [options.outDir, options.fallbackDir];
  const runId = makeUuidV7(now(), randomBytes(10));
  const runMark = toRunMark(runId);
  const watched = AbortSignal.any([options.signal, looking.signal]);
  const opening = openWorktree({ program: git, workspace, evidence, runMark, signal: watched });
  // Git is at work from here on.
  await git;
  // And does not outlive a run that there will not be.
  const giveUp = (refusal: Refusal): Refusal => {
    looking.abort();
    return refusal;
  };
  const prepared = preparePlan(options);
  if (prepared.kind === 'refused') return giveUp(prepared);
  const { plan, environments } = prepared;
  const fault = server && (await relaying)?.findServerFault(server, env);
  if (fault !== undefined) return giveUp(refuse(fault));

  const reading = options.readWorker();
  const secrets = collectAllSecrets([env, ...Object.values(environments)], plan.secrets);
  const redactor = makeRedactor({ secrets: secrets.secrets, rules: plan.redaction_rules });
  const recordedPlan = redactJson(plan, redactor);
  const recordedContext = redactJson(await context, redactor);
  await using worktree = await opening.watch(recordedContext.value.subject.git?.dirty ?? null);
  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const folder = await openFolder(options, onProblem);
  if (folder.kind === 'taken') return refuse(folder.message);

  const stop = makeStop(options.signal, plan.max_duration_ms);
  const { planHash } = prepared;
  const worker = await reading;
  const created = { run_id: runId, plan: recordedPlan.value, plan_hash: planHash, worker };
  const relay = (await relaying)?.startRelay({
    ...options,
    run: { ...created, ...recordedContext.value },
    dir: folder.dir,
    onCancel: stop.cancel,
    onProblem,
  });
  const log = makeForgivingLog({ log: options.log, stop: stop.signal, onProblem });
  const sink = makeEventSink({ runId, journal: folder.journal, log, now, onProblem, ...(relay && { relay }) });
  const store = await openArtifactStore(join(folder.dir, evidenceFiles.artifacts));
  try {
    const scope = { sink, redactor, now };
    await emitStart(scope, { ...options, ...prepared, worker, context: recordedContext, plan: recordedPlan });
    await emitUnsearched(scope, secrets.skipped);
    const manifest = await keepInputs(scope, { store, manifest: options.source, plan: recordedPlan.value });
    const sealing = await emitSteps(scope, {
      plan,
      environments,
      runnerEnv: env,
      runMark,
      workspace,
      store,
      redactor,
      reports: reportReader(workspace),
      now,
      signal: stop.signal,
      worktree,
    });
    const end = await emitEnd(scope, stop.signal, relay?.settle);
    const sealed = {
      record: sink.record(),
      manifestSha256: manifest.sha256,
      dirs: [...new Set([folder.dir, options.fallbackDir])],
      onProblem,
    };
    const { evidence: found, unsealed } =
      relay === undefined ? { evidence: await sealing.sealRun({ ...options, ...sealed }) } : await relay.seal(sealed);
    if (found) await sink.emit(toFinalized(found, now()));
    if (unsealed) await sink.emit(toUnfinalized(unsealed, now()));
    return { kind: 'finished', ...end, runId, planHash, evidence: found, ...(unsealed && { unsealed }), problems };
  } finally {
    stop.dispose();
    await relay?.close();
    folder.close();
    await log.end();
  }
}

type Prepared = {
  kind: 'prepared';
  plan: Plan;
  environments: Record<string, Record<string, string>>;
  planHash: string;
};

/** From the manifest's text to what will run, or why nothing will. */
function preparePlan({ source, expectedPlanHash }: RunOptions): Prepared | Refusal {
  const parsed = parseManifest(source);
  if (!parsed.ok) return refuse(`${source.path} can't be used as it is`, parsed.diagnostics);
  const { plan, environments } = makePlan(parsed.manifest, { path: source.path, sha256: parsed.sha256 });
  const planHash = hashPlan(plan);
  if (expectedPlanHash === undefined || expectedPlanHash === planHash)
    return { kind: 'prepared', plan, environments, planHash };
  return refuse(`the plan of ${source.path} is ${planHash}, not the expected ${expectedPlanHash}; nothing was run`);
}

/**
 * Runs the steps and tells of them, and of what is found beside them: tools are asked for their versions while the steps
 * run, since that takes longer than many a build, and after them for no longer than the steps took.
 * @returns what seals: loaded before the first step, which may take this program's files away (`npm ci`, where it lies in
 * node_modules)
 */
async function emitSteps(
  scope: RunScope,
  { worktree, ...stage }: ExecuteOptions & { worktree: WorktreeWatch },
): Promise<typeof SealRun> {
  const { sink, redactor, now } = scope;
  const begun = now();
  const probing = new AbortController();
  const toolchain = probeToolchain({ env: stage.runnerEnv, cwd: stage.workspace, signal: probing.signal }).then(
    (found) => emitToolchain(scope, redactJson(found, redactor, '/runner_context/toolchain')),
  );
  const materials = emitMaterials(scope, stage.store, worktree);
  const sealing = await import('./seal-run.ts');
  for await (const draft of execute(stage)) await sink.emit(draft);
  const graceMs = stage.signal.aborted ? 0 : Math.min(now() - begun, limits.probeMs);
  const grace = setTimeout(() => probing.abort(), graceMs);
  await Promise.all([toolchain, materials, emitDiff(scope, stage.store, worktree)]);
  clearTimeout(grace);
  return sealing;
}

type Refusal = Extract<RunOutcome, { kind: 'refused' }>;

function refuse(message: string, diagnostics: Diagnostic[] = []): Refusal {
  return { kind: 'refused', message, diagnostics };
}

type Folder =
  | { kind: 'open'; dir: string; journal: Journal | null; close: () => void }
  | { kind: 'taken'; message: string };

/** The evidence folder with its journal, or the fallback: where evidence lies never decides whether steps run. */
async function openFolder(options: RunOptions, onProblem: (problem: string) => void): Promise<Folder> {
  for (const dir of [options.outDir, options.fallbackDir]) {
    try {
      await makeEvidenceFolder(dir);
      claimFolder(dir);
      const journal = openJournal(dir);
      options.onFolder?.(dir);
      return {
        kind: 'open',
        dir,
        journal,
        close: () => {
          journal.close();
          releaseFolder(dir);
        },
      };
    } catch (error) {
      if (error instanceof EvidenceFolderError && error.code === 'not_empty')
        return { kind: 'taken', message: error.message };
      onProblem(`no evidence can be kept in ${dir}: ${toMessage(error)}`);
    }
  }
  return { kind: 'open', dir: options.outDir, journal: null, close: () => {} };
}
