import { toTimestamp } from '../../lib/clock.ts';
import { makeDeferred } from '../../lib/deferred.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Probe } from '../../schema/plan-http.ts';
import type { Attempt } from '../../schema/record.ts';
import { makeDeadline, sleepUntil } from '../../lib/deadline.ts';
import { RequestError } from '../http/request-error.ts';
import { type Judged, keepResponse, toHttpObservation, toSummary } from '../probe/evidence.ts';
import { judge } from '../probe/expectations.ts';
import { makeSend, type Send } from '../probe/send.ts';
import type { Kind } from '../process-kind.ts';
import type { AttemptContext } from '../step-context.ts';
import { keepOutput, openOutput } from '../step-output.ts';
import { toVerdict, type Verdict } from '../verdict.ts';
import { watch } from '../watchdog.ts';

/** Between two requests of a probe that asks again. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/** Asks a server over HTTP and judges the answer. No process runs: what it does is told in a transcript of its own. */
export const httpProbe: Kind = async (context) => {
  const { step, attempt, now } = context;
  if (step.probe === undefined) throw new Error(`step ${step.id} says nothing to ask`);
  const startedAt = now();
  const start = performance.now();
  const transcript = openOutput(context, 'stdout', () => {});
  const tell: Tell = async (line) => {
    await transcript.sink(Buffer.from(`${line}\n`));
  };
  const { verdict, last } = await ask(context, step.probe, tell);
  const run_ms = Math.round(performance.now() - start);
  if (last !== null) {
    const response = await keepResponse(context, last);
    const observation = toHttpObservation(context, last, response);
    await context.emit({ type: 'observation_recorded', step_id: step.id, observation });
  }
  const output_complete = await keepOutput(context, 'stdout', transcript);
  const { cause, ...facts } = verdict;
  const duration_ms = Math.round(performance.now() - start);
  return {
    attempt,
    ...facts,
    ...(cause && { cause: { ...cause, message: context.redact(cause.message, 'cause/message') } }),
    started_at: toTimestamp(startedAt),
    finished_at: toTimestamp(now()),
    duration_ms,
    phases: { spawn_ms: 0, run_ms, terminate_ms: 0, drain_ms: 0, capture_ms: duration_ms - run_ms },
    stdout_artifact_id: context.toArtifactId('stdout'),
    stderr_artifact_id: null,
    report_artifact_ids: [],
    output_artifact_ids: last === null ? [] : [context.toArtifactId('response')],
    output_complete,
    survivors_killed: 0,
  } satisfies Attempt;
};

type Tell = (line: string) => Promise<void>;
type Outcome = { verdict: Verdict; last: Judged | null };

/** Asks once, or until the answer is as expected; the step's timeout and the run's end come first. */
async function ask(context: AttemptContext, probe: Probe, tell: Tell): Promise<Outcome> {
  const { step, stop, warn } = context;
  const ended = new AbortController();
  const endedBy = makeDeferred<Parameters<typeof toVerdict>[0]['endedBy']>();
  const activity = { lastAt: () => performance.now(), isBlocked: () => false };
  const end = (reason: Parameters<Parameters<typeof watch>[0]['end']>[0]): void => {
    if (reason === 'over' || reason === 'not_ready') return;
    endedBy.resolve(reason);
    ended.abort();
  };
  using _ = watch({ timeoutMs: step.timeout_ms, idleTimeoutMs: null, activity, stop, warn, end });
  const found = await askUntil(context, probe, ended.signal, tell);
  if (!ended.signal.aborted || found.verdict.status === 'success') return found;
  return { ...found, verdict: toVerdict({ exit: null, endedBy: await endedBy.promise }, step) };
}

async function askUntil(context: AttemptContext, probe: Probe, signal: AbortSignal, tell: Tell): Promise<Outcome> {
  const deadline = performance.now() + (probe.until_ms ?? 0);
  let send: Send;
  try {
    send = await makeSend(context, probe);
  } catch (error) {
    return { verdict: toFailure(error), last: null };
  }
  let last: Judged | null = null;
  const { method, url } = probe.request;
  await tell(`${method} ${url}`);
  for (let requests = 1, pause = FIRST_PAUSE_MS; ; requests += 1, pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const result = await askOnce({
      send,
      probe,
      signal,
      requests,
      redact: (text) => context.redact(text, 'observations'),
    });
    if ('judged' in result) last = result.judged;
    await tell('judged' in result ? toSummary(result.judged) : result.words);
    const left = deadline - performance.now();
    const { verdict } = result;
    if (verdict.status === 'success' || result.isFinal || left <= 0 || signal.aborted) return { verdict, last };
    await sleepUntil(Math.min(pause, left), signal);
    if (signal.aborted) return { verdict, last };
  }
}

type Result = { verdict: Verdict; isFinal: boolean } & ({ judged: Judged } | { words: string });

async function askOnce({
  send,
  probe,
  signal,
  requests,
  redact,
}: {
  send: Send;
  probe: Probe;
  signal: AbortSignal;
  requests: number;
  redact: (text: string) => string;
}): Promise<Result> {
  const { timeout_ms: timeoutMs } = probe.request;
  using deadline = makeDeadline(timeoutMs, signal);
  try {
    const { answer, totalMs } = await send(deadline.signal);
    const expectations = judge(answer, totalMs, probe.expect, redact);
    return { verdict: toJudgement(expectations), isFinal: false, judged: { answer, totalMs, expectations, requests } };
  } catch (error) {
    const verdict = toFailure(error, deadline.isLate() ? timeoutMs : undefined);
    const isFinal = verdict.cause?.code === 'address_refused';
    return { verdict, isFinal, words: verdict.cause?.message ?? '' };
  }
}

const facts = { exit_code: null, signal: null, termination: 'completed' } as const;

function toJudgement(expectations: Judged['expectations']): Verdict {
  const wrong = expectations.filter(({ holds }) => !holds);
  if (wrong.length === 0) return { ...facts, status: 'success', cause: null };
  const message = wrong.map((expectation) => expectation.message).join('; ');
  return { ...facts, status: 'failed', cause: { code: 'expectation_failed', message } };
}

/** @param timeoutMs given when the request was ended for that */
function toFailure(error: unknown, timeoutMs?: number): Verdict {
  if (!(error instanceof RequestError)) throw error;
  const code = error.code === 'address_refused' ? 'address_refused' : 'request_failed';
  const isLate = error.code === 'stopped' && timeoutMs !== undefined;
  const message = isLate ? `no whole answer within ${formatDuration(timeoutMs)}` : error.message;
  return { ...facts, status: 'failed', cause: { code, message } };
}
