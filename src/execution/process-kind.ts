import { randomBytes } from 'node:crypto';
import type { Attempt } from '../schema/record.ts';
import { toTimestamp } from '../lib/clock.ts';
import { toArtifact } from './artifacts.ts';
import { toChildEnvironment } from './environment.ts';
import { makeOutput, type Output } from './output.ts';
import { type ProcessResult, runProcess } from './process.ts';
import { toProgram } from './program.ts';
import { SpawnError } from './spawn-error.ts';
import type { AttemptContext } from './step-context.ts';
import { captureFiles, type CapturedFiles, type FileRules, readReportsBefore } from './step-files.ts';
import { toNotStarted, toVerdict, type Verdict, withFileFault } from './verdict.ts';
import { readWorkdir } from './workdir.ts';

/** Makes one attempt of a step. Whatever becomes of it is a value; a throw is a bug. */
export type Kind = (context: AttemptContext) => Promise<Attempt>;

/** The kinds whose steps run a program and end with it. They differ in what they make of declared files. */
export function makeProcessKind(rules: FileRules): Kind {
  return async (context) => {
    const { attempt, now } = context;
    const startedAt = now();
    const start = performance.now();
    const stdout = openOutput(context, 'stdout');
    const stderr = openOutput(context, 'stderr');
    const run = await runStep(context, rules, stdout, stderr);
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
  capture: () => Promise<CapturedFiles>;
};

/** From the plan's words to a process that has ended, or could not begin. */
async function runStep(context: AttemptContext, rules: FileRules, stdout: Output, stderr: Output): Promise<StepRun> {
  const { step, workspace, scratch, runnerEnv, platform } = context;
  const start = performance.now();
  try {
    const cwd = readWorkdir(workspace, step.cwd);
    const before = await readReportsBefore(context, cwd);
    const program = toProgram(step.command, scratch);
    const mark = randomBytes(16).toString('hex');
    const manifestEnv = context.environments[step.id] ?? {};
    const env = toChildEnvironment({ runnerEnv, passEnv: step.pass_env, manifestEnv, mark, platform });
    const preparedMs = performance.now() - start;
    const limits = { timeoutMs: step.timeout_ms, idleTimeoutMs: step.idle_timeout_ms };
    let result: ProcessResult;
    try {
      result = await runProcess({ ...context, ...limits, program, cwd, env, mark, stdout, stderr });
    } finally {
      program.release();
    }
    tellSurvivors(context, result);
    return {
      verdict: toVerdict(result, step),
      phases: toPhases(result, preparedMs),
      outputComplete: result.outputComplete,
      survivorsKilled: result.swept.killed,
      capture: () => captureFiles(context, cwd, before, rules),
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

type StreamName = 'stdout' | 'stderr';

function openOutput(
  { store, redactor, emit, toArtifactId, step, attempt }: AttemptContext,
  stream: StreamName,
): Output {
  return makeOutput({
    redaction: redactor.stream(),
    writer: store.openWriter(toArtifactId(stream)),
    emit: (output) => emit({ type: 'step_output', step_id: step.id, attempt, stream, ...output }),
  });
}

/** @returns whether all of it was kept */
async function keepOutput(context: AttemptContext, stream: StreamName, output: Output): Promise<boolean> {
  const { content, hits } = await output.end();
  const identity = { id: context.toArtifactId(stream), kind: stream, name: stream, stepId: context.step.id };
  const redaction = { class: 'text', applied: hits.length > 0 } as const;
  const artifact = toArtifact(identity, content, { mediaType: 'text/plain', redaction });
  if (content.problem !== null) {
    context.warn(
      'output_incomplete',
      `its ${stream} was not kept whole (${content.problem}): ${content.size} bytes were`,
    );
  }
  await context.announce({ artifact, receipts: hits }, stream, 'output');
  return !content.truncated;
}
