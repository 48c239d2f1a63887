import { randomBytes } from 'node:crypto';
import type { Attempt, Cause } from '../schema/record.ts';
import { toTimestamp } from '../lib/clock.ts';
import { type Conduct, makePlainConduct } from './conduct.ts';
import { toChildEnvironment } from './environment.ts';
import { makeFileJudge } from './file-judge.ts';
import type { Output } from './output.ts';
import { type ProcessResult, runProcess } from './process.ts';
import { toProgram } from './program.ts';
import { readReports } from './read-reports.ts';
import { SpawnError } from './spawn-error.ts';
import type { AttemptContext } from './step-context.ts';
import { keepOutput, openOutput } from './step-output.ts';
import { captureFiles, type FileRules, readReportsBefore } from './step-files.ts';
import { toNotStarted, type Verdict, withFileFault } from './verdict.ts';
import { readWorkdir } from './workdir.ts';

/** Makes one attempt of a step. Whatever becomes of it is a value; a throw is a bug. */
export type Kind = (context: AttemptContext) => Promise<Attempt>;

/** The kinds whose steps run a program. They differ in what they make of declared files, and in what else they do. */
export function makeProcessKind(
  rules: FileRules,
  makeConduct: (context: AttemptContext) => Conduct = makePlainConduct,
): Kind {
  return async (context) => {
    const { attempt, now } = context;
    const startedAt = now();
    const start = performance.now();
    const conduct = makeConduct(context);
    const stdout = openOutput(context, 'stdout', conduct.onText);
    const stderr = openOutput(context, 'stderr', conduct.onText);
    const run = await runStep(context, rules, conduct, { stdout, stderr });
    const keptAt = performance.now();
    const complete = [await keepOutput(context, 'stdout', stdout), await keepOutput(context, 'stderr', stderr)];
    const captured = await run.capture();
    const { cause, ...verdict } = withFileFault(run.verdict, captured.fault);
    return {
      attempt,
      ...verdict,
      ...(cause && { cause }),
      started_at: toTimestamp(startedAt),
      finished_at: toTimestamp(now()),
      duration_ms: Math.round(performance.now() - start),
      phases: { ...run.phases, capture_ms: Math.round(performance.now() - keptAt) },
      stdout_artifact_id: context.toArtifactId('stdout'),
      stderr_artifact_id: context.toArtifactId('stderr'),
      report_artifact_ids: captured.reportIds,
      output_artifact_ids: captured.outputIds,
      output_complete: run.outputComplete && !complete.includes(false),
      survivors_killed: run.survivorsKilled,
    };
  };
}

type StepRun = {
  verdict: Verdict;
  phases: Omit<Attempt['phases'], 'capture_ms'>;
  outputComplete: boolean;
  survivorsKilled: number;
  capture: () => Promise<{ reportIds: string[]; outputIds: string[]; fault: Cause | null }>;
};

/** From the plan's words to a process that has ended, or could not begin. */
async function runStep(
  context: AttemptContext,
  rules: FileRules,
  conduct: Conduct,
  outputs: { stdout: Output; stderr: Output },
): Promise<StepRun> {
  const { step, workspace, scratch, runnerEnv, platform } = context;
  const start = performance.now();
  try {
    const cwd = readWorkdir(workspace, step.cwd);
    const before = await readReportsBefore(context, cwd);
    const ownEnv = await conduct.prepare(cwd);
    if (step.command === null) throw new Error(`step ${step.id} has no command`);
    const program = toProgram(step.command, scratch);
    const mark = randomBytes(16).toString('hex');
    const manifestEnv = { ...ownEnv, ...context.environments[step.id] };
    const env = toChildEnvironment({
      runnerEnv,
      passEnv: step.pass_env,
      manifestEnv,
      mark: `${context.runMark},${mark}`,
      platform,
    });
    const preparedMs = performance.now() - start;
    let result: ProcessResult;
    try {
      result = await runProcess({ ...context, ...conduct, ...conduct.limits, ...outputs, program, cwd, env, mark });
    } finally {
      program.release();
    }
    tellSurvivors(context, result);
    const verdict = redactCause(context, conduct.toVerdict(result));
    return {
      verdict,
      phases: toPhases(result, preparedMs),
      outputComplete: result.outputComplete,
      survivorsKilled: result.swept.killed,
      capture: async () => {
        const { judge, fault } = makeFileJudge(context);
        const captured = await captureFiles(context, cwd, before, { rules, judge });
        const { reportIds } = captured;
        const more = await conduct.capture(cwd, reportIds);
        await readReports(context, captured.reports, { rule: rules.report, exitCode: verdict.exit_code, judge });
        return { reportIds, outputIds: [...captured.outputIds, ...more], fault: fault() };
      },
    };
  } catch (error) {
    if (!(error instanceof SpawnError)) throw error;
    return {
      verdict: toNotStarted(context.redact(error.message, 'cause/message')),
      phases: { spawn_ms: Math.round(performance.now() - start), run_ms: 0, terminate_ms: 0, drain_ms: 0 },
      outputComplete: true,
      survivorsKilled: 0,
      capture: async () => ({ reportIds: [], outputIds: [], fault: null }),
    };
  }
}

function redactCause(context: AttemptContext, verdict: Verdict): Verdict {
  const { cause } = verdict;
  return cause === null
    ? verdict
    : { ...verdict, cause: { ...cause, message: context.redact(cause.message, 'cause/message') } };
}

function toPhases(result: ProcessResult, preparedMs: number): StepRun['phases'] {
  return {
    spawn_ms: Math.round(preparedMs + result.spawnMs),
    run_ms: Math.round(result.runMs),
    terminate_ms: Math.round(result.terminateMs),
    drain_ms: Math.round(result.drainMs),
  };
}

function tellSurvivors({ warn }: AttemptContext, { swept, outputComplete }: ProcessResult): void {
  const were = (count: number): string => (count === 1 ? '1 process was' : `${count} processes were`);
  if (swept.killed > 0) warn('survivors_killed', `${were(swept.killed)} still running when it had ended, and killed`);
  if (swept.left > 0)
    warn('survivors_left', `${were(swept.left)} still running when it had ended, and could not be killed`);
  if (!outputComplete) {
    warn(
      'output_incomplete',
      'its output was cut off: a process that it left behind was still writing, or held it open',
    );
  }
}
