import { toTimestamp } from '../../lib/clock.ts';
import { type Found, redactJson } from '../../redaction/json.ts';
import type { Redactor } from '../../redaction/types.ts';
import type { Identities } from '../../schema/context.ts';
import type { Attempt, RedactionReceipt, RunRecord, StepRecord } from '../../schema/record.ts';

/**
 * A record whose free texts have passed the server's rules, with a receipt for each replacement. What is text is listed
 * here, member by member: ids, digests, times, words of the schema and everything that another member refers to stay as
 * they are, whatever a rule says of them, so the record holds together as before. Receipts are only added.
 * @param now milliseconds since the epoch, for the receipts
 */
export function redactRecord(record: RunRecord, redactor: Redactor, now: number): RunRecord {
  const found: Found[] = [];
  const remembering = makeRememberingRedactor(redactor);
  const json = <T>(value: T, pointer: string): T => {
    const redacted = redactJson(value, remembering, pointer);
    for (const each of redacted.found) found.push(each);
    return redacted.value;
  };
  const { worker, identities, intent, subject, plan, runner_context: runner, execution } = record;
  const redacted: RunRecord = {
    ...record,
    worker: { ...worker, ...json({ name: worker.name, version: worker.version }, '/producer/worker') },
    identities: redactIdentities(identities, json),
    intent: { ...intent, ...json({ event: intent.event, actor: intent.actor }, '/intent') },
    subject: {
      ...subject,
      repo: {
        ...json({ url: subject.repo.url, name: subject.repo.name }, '/subject/repo'),
        provider: json(subject.repo.provider, '/subject/repo/provider'),
      },
      git: json(subject.git, '/subject/git'),
      meta: json(subject.meta, '/subject/meta'),
    },
    plan: { ...plan, ...json({ name: plan.name, manifest_path: plan.manifest_path }, '/plan') },
    runner_context: {
      ...runner,
      ...json(
        {
          os: runner.os,
          arch: runner.arch,
          toolchain: runner.toolchain,
          os_release: runner.os_release,
          image: runner.image,
          runner_name: runner.runner_name,
          ...(runner.verified_claims && { verified_claims: runner.verified_claims }),
        },
        '/runner_context',
      ),
    },
    execution: { ...execution, steps: execution.steps.map((step, index) => redactStep(step, index, json)) },
    artifacts: record.artifacts.map((artifact, index) => ({
      ...artifact,
      ...json({ name: artifact.name, media_type: artifact.media_type }, `/artifacts/${index}`),
    })),
    observations: record.observations.map((observation, index) => ({
      ...observation,
      ...json(
        { summary: observation.summary, value: observation.value, parser: observation.parser },
        `/observations/${index}`,
      ),
    })),
    gates: record.gates.map((gate, index) => ({ ...gate, ...json({ reason: gate.reason }, `/gates/${index}`) })),
    // A receipt may name a file whose name has changed above.
    redactions: record.redactions.map((receipt, index) => ({
      ...receipt,
      ...json({ path: receipt.path }, `/redactions/${index}`),
    })),
  };
  return { ...redacted, redactions: addReceipts(redacted, found, now) };
}

type Walk = <T>(value: T, pointer: string) => T;

/** An account's id is the forge's own name for it; no other member refers to it. */
function redactIdentities(identities: Identities, json: Walk): Identities {
  const redact = (identity: Identities['producer'], at: string): Identities['producer'] => ({
    ...identity,
    ...(identity.name !== undefined && json({ name: identity.name }, at)),
    id: json(identity.id, `${at}/id`),
  });
  const { producer, subject, viewer } = identities;
  return {
    producer: redact(producer, '/identities/producer'),
    subject: redact(subject, '/identities/subject'),
    ...(viewer && { viewer: redact(viewer, '/identities/viewer') }),
  };
}

function redactStep(step: StepRecord, index: number, json: Walk): StepRecord {
  const at = `/execution/steps/${index}`;
  const { name, signal, command, cwd, warnings, cause, skipped_reason, attempts } = step;
  return {
    ...step,
    ...json({ name, signal, cwd, warnings }, at),
    command: command === null ? null : json(command, `${at}/command`),
    ...(cause && { cause: { ...cause, ...json({ message: cause.message }, `${at}/cause`) } }),
    ...(skipped_reason !== undefined && json({ skipped_reason }, at)),
    attempts: attempts.map((attempt, nth) => redactAttempt(attempt, `${at}/attempts/${nth}`, json)),
  };
}

function redactAttempt(attempt: Attempt, at: string, json: Walk): Attempt {
  const { signal, cause } = attempt;
  return {
    ...attempt,
    ...json({ signal }, at),
    ...(cause && { cause: { ...cause, ...json({ message: cause.message }, `${at}/cause`) } }),
  };
}

function addReceipts(record: RunRecord, found: readonly Found[], now: number): RedactionReceipt[] {
  if (found.length === 0) return record.redactions;
  const taken = new Set(record.redactions.map(({ id }) => id));
  const timestamp = toTimestamp(now);
  const receipts = found.map(({ path, hit }): RedactionReceipt => {
    let id = `server${path}/${hit.rule_id}/${hit.match_type}`;
    // A worker may give its receipts any ids.
    while (taken.has(id)) id += '+';
    taken.add(id);
    return { id, path, artifact_id: null, stage: 'record', timestamp, ...hit };
  });
  // Behind the worker's: pointers into theirs hold, before and after.
  return [...record.redactions, ...receipts];
}

/** Texts remembered: a record says `.` and `vitest run` a thousand times over. */
const MOST_TEXTS = 20_000;
const MOST_CHARS = 200;

function makeRememberingRedactor(redactor: Redactor): Redactor {
  const known = new Map<string, ReturnType<Redactor['text']>>();
  return {
    stream: () => redactor.stream(),
    text(value) {
      const earlier = known.get(value);
      if (earlier !== undefined) return earlier;
      const result = redactor.text(value);
      if (value.length <= MOST_CHARS && known.size < MOST_TEXTS) known.set(value, result);
      return result;
    },
  };
}
