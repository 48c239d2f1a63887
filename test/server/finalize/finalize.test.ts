import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { foldEvents } from '../../../src/record/fold.ts';
import { findForeignMember } from '../../../src/relay/agree.ts';
import { apiError, finalizeAnswer, runView, type StreamedEvent, streamedEvent } from '../../../src/schema/api.ts';
import type { EventDraft } from '../../../src/schema/event.ts';
import { parseJwks } from '../../../src/seal/jwks.ts';
import { verifyEnvelope } from '../../../src/seal/verify.ts';
import { abandonRun } from '../../../src/server/finalize/abandon.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { parseEnvelope } from '../../support/evidence.ts';
import { makeTempDir } from '../../support/temp-dir.ts';
import { startPair, type Pair } from '../pair.ts';
import {
  finalize,
  makeSampleRun,
  sendFiles,
  sendRun,
  startServer,
  type SampleRun,
  type TestServer,
} from '../harness.ts';

let cluster: TestCluster;
/** Two server processes' worth of server on one database and one artifact folder. */
let pair: Pair;
let server: TestServer;
beforeAll(async () => {
  cluster = await startTestCluster();
  pair = await startPair(cluster);
  server = pair.one;
});
afterAll(async () => {
  await pair[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

async function sealed(run: SampleRun, at = server): Promise<{ evidence_id: string; bytes: Buffer }> {
  const answer = await finalize(at, run);
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { evidence_id, envelope_sha256 } = finalizeAnswer.parse(await answer.json());
  const envelope = await at.ask('worker', `/v1/evidence/${evidence_id}`);
  const bytes = Buffer.from(await envelope.arrayBuffer());
  expect(sha256(bytes)).toBe(envelope_sha256);
  return { evidence_id, bytes };
}

async function refused(answer: Response): Promise<{ status: number; code: string; details?: unknown }> {
  const { error } = apiError.parse(await answer.json());
  return { status: answer.status, code: error.code, ...(error.details !== undefined && { details: error.details }) };
}

async function readStream(runId: string): Promise<StreamedEvent[]> {
  const answer = await server.ask('worker', `/v1/runs/${runId}/events`, {
    headers: { accept: 'application/x-ndjson' },
  });
  const lines = (await answer.text()).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => streamedEvent.parse(JSON.parse(line)));
}

describe('finalize', () => {
  it('seals the record of the events, signed, as verify and the worker see it', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    const { evidence_id, bytes } = await sealed(run);
    const envelope = parseEnvelope(bytes);
    expect(envelope.producer).toMatchObject({ component: 'server', instance: server.server.deps.instance });
    expect(envelope.claims.mechanical).toEqual(expect.arrayContaining(['sealed_apart_from_job', 'signed_by_key']));
    expect(findForeignMember(foldEvents(run.events), envelope)).toBeNull();
    const { keys } = parseJwks(await (await fetch(`${server.url}/.well-known/jwks.json`)).json());
    const verdict = await verifyEnvelope(bytes, {
      trustedKeys: keys,
      authenticityAsked: true,
      expected: { evidence_id },
    });
    expect(verdict).toMatchObject({ exit_code: 0, authentic: { answer: 'yes' } });
    const last = (await readStream(run.runId)).at(-1);
    expect(last).toMatchObject({ server: { type: 'run_finalized', evidence_id } });
  });

  it('answers the same ever after, in whichever process, also to two requests at once', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    const answers = await Promise.all([0, 1, 2, 3].map((n) => finalize(n % 2 === 0 ? pair.one : pair.other, run)));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(bodies).size).toBe(1);
    const again = await sealed(run, pair.other);
    expect((await sealed(run)).bytes.equals(again.bytes)).toBe(true);
  });

  it('names the events that are missing, and seals when they have come', async () => {
    const run = makeSampleRun();
    await sendRun(server, run, { events: run.events.filter(({ seq }) => seq !== 4 && seq !== 5) });
    await sendFiles(server, run);
    expect(await refused(await finalize(server, run))).toEqual({
      status: 409,
      code: 'events_incomplete',
      details: { missing: [{ from: 4, to: 5 }] },
    });
    await sendRun(server, run);
    await sealed(run);
  });

  it('names the artifacts that are missing, and seals when they have come', async () => {
    const run = makeSampleRun();
    // Other files than its neighbours have sent for the same project.
    const renamed = makeSampleRun({
      drafts: (drafts) => drafts.map((draft) => withFile(draft, 'unit/1/stdout', 'fresh')),
    });
    await sendRun(server, renamed);
    await sendFiles(server, run);
    expect(await refused(await finalize(server, renamed))).toEqual({
      status: 409,
      code: 'artifacts_missing',
      details: { missing: [sha256('fresh')] },
    });
    await server.ask('worker', `/v1/artifacts/sha256/${sha256('fresh')}`, { method: 'PUT', body: 'fresh' });
    await sealed(renamed);
  });

  it("does not take another project's artifact for the run's own, though its digest is known", async () => {
    const secret = 'the file of another project';
    await server.ask('stranger', `/v1/artifacts/sha256/${sha256(secret)}`, { method: 'PUT', body: secret });
    const run = makeSampleRun({ drafts: (drafts) => drafts.map((draft) => withFile(draft, 'unit/1/stdout', secret)) });
    await sendRun(server, run);
    await sendFiles(server, makeSampleRun());
    expect(await refused(await finalize(server, run))).toMatchObject({
      code: 'artifacts_missing',
      details: { missing: [sha256(secret)] },
    });
  });

  it('refuses another plan, another record, another count, and tells those who watch', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    const ask = async (change: object) =>
      refused(await finalize(server, run, { request: { ...run.finalize, ...change } }));
    expect(await ask({ plan_hash: sha256('other') })).toMatchObject({ status: 422, code: 'plan_mismatch' });
    expect(await ask({ record_sha256: sha256('other') })).toMatchObject({ status: 422, code: 'record_mismatch' });
    expect(await ask({ last_seq: run.finalize.last_seq - 1 })).toMatchObject({ status: 422, code: 'record_invalid' });
    await sealed(run);
    const told = (await readStream(run.runId)).flatMap((line) => ('server' in line ? [line.server] : []));
    expect(told.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'finalize_failed record_mismatch',
      'finalize_failed record_invalid',
      'run_finalized success',
    ]);
  });

  it('refuses events that name another subject than the run was created with', async () => {
    const run = makeSampleRun();
    const forged = { ...run, request: { ...run.request, subject: { ...run.request.subject, meta: { job: 'other' } } } };
    await sendRun(server, forged);
    await sendFiles(server, run);
    expect(await refused(await finalize(server, forged))).toMatchObject({
      code: 'record_invalid',
      details: { reason: 'foreign_subject' },
    });
  });

  it('refuses events that tell of other steps than the run was created with, under its plan hash', async () => {
    const run = makeSampleRun();
    const { plan } = run.request;
    const forged = { ...run, request: { ...run.request, plan: { ...plan, steps: plan.steps.slice(0, 1) } } };
    await sendRun(server, forged);
    await sendFiles(server, run);
    expect(await refused(await finalize(server, forged))).toMatchObject({
      code: 'record_invalid',
      details: { reason: 'foreign_plan' },
    });
  });

  it.each(['finalize', 'giving up'])(
    'by %s says how many events it has, whatever the worker has counted',
    async (way) => {
      const beat: EventDraft = { type: 'heartbeat', timestamp: '2026-11-21T09:27:20.000Z' };
      const run = makeSampleRun({ drafts: (drafts) => [...drafts.slice(0, -1), beat, ...drafts.slice(-1)] });
      const lost = run.finalize.last_seq - 1;
      await sendRun(server, run, { events: run.events.filter(({ seq }) => seq !== lost) });
      await server.ask('worker', `/v1/runs/${run.runId}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ events: [], dropped: [{ from: lost, to: lost }] }),
      });
      await sendFiles(server, run);
      if (way === 'giving up') await abandonRun(server.server.deps, run.runId, 'nothing was heard');
      const envelope = parseEnvelope((await sealed(run)).bytes);
      const record = foldEvents(run.events);
      expect(record.events.dropped).toBe(0);
      expect(envelope.execution.status).toBe('success');
      expect(envelope.events).toEqual({ emitted: lost + 1, acknowledged: lost, dropped: 1 });
      expect(envelope.claims.no_claims).toContain('output_partial');
      expect(findForeignMember(record, envelope)).toBeNull();
    },
  );

  it('refuses a success that the steps contradict', async () => {
    const run = makeSampleRun({ drafts: (drafts) => drafts.filter((draft) => !isEndOf(draft, 'lint')) });
    await sendRun(server, run);
    await sendFiles(server, run);
    expect(await refused(await finalize(server, run))).toMatchObject({
      code: 'record_invalid',
      details: { reason: 'status_mismatch' },
    });
    expect(await abandonRun(server.server.deps, run.runId, 'nothing was heard')).toBeNull();
  });

  it('is not there for who may not see the run', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    expect(await refused(await finalize(server, run, { who: 'stranger' }))).toMatchObject({ code: 'not_found' });
    expect(await refused(await finalize(server, run, { who: 'reader' }))).toMatchObject({ code: 'forbidden' });
  });
});

describe("the server's redaction rules", () => {
  it('take texts out with a receipt each, touch no reference, and the worker agrees with the result', async () => {
    await using dir = await makeTempDir();
    const rules = join(dir.path, 'rules.json');
    await writeFile(
      rules,
      JSON.stringify({
        values: [
          { id: 'host', value: 'runner-1' },
          { id: 'step', value: 'unit' },
          { id: 'place', value: 'zanzibar' },
        ],
        patterns: [{ id: 'ticket', pattern: 'SHOP-[0-9]{1,6}' }],
      }),
    );
    await using strict = await startServer(await cluster.makeDatabase(), { env: { QUODERAT_REDACTION_FILE: rules } });
    const run = makeSampleRun({
      drafts: (drafts) => [
        ...drafts.slice(0, -1).map(placed),
        {
          type: 'observation_recorded',
          timestamp: drafts[0]?.timestamp ?? '',
          step_id: 'unit',
          observation: {
            id: 'unit/note',
            type: 'note',
            summary: 'see SHOP-123 of runner-1',
            value: { url: 'https://tracker/SHOP-7', count: 2 },
            basis_artifact_ids: ['unit/1/stdout'],
            informational: false,
            parser: { name: 'unit', version: 'zanzibar' },
          },
        },
        ...drafts.slice(-1),
      ],
    });
    const [started] = run.events;
    if (started?.type === 'run_started') run.request = { ...run.request, subject: started.subject };
    await sendRun(strict, run);
    await sendFiles(strict, run);
    const { bytes } = await sealed(run, strict);
    const envelope = parseEnvelope(bytes);
    expect(JSON.stringify(run.events).match(/zanzibar/g)).toHaveLength(12);
    const [note] = envelope.observations;
    expect(note).toMatchObject({
      id: 'unit/note',
      summary: 'see [redacted:ticket] of [redacted:host]',
      value: { url: 'https://tracker/[redacted:ticket]', count: 2 },
      basis_artifact_ids: ['unit/1/stdout'],
    });
    expect(envelope.runner_context.runner_name).toBe('[redacted:host]');
    expect(bytes.includes('zanzibar')).toBe(false);
    expect(envelope.producer.worker).toMatchObject({ name: '[redacted:place]', version: '[redacted:place]-1' });
    expect(envelope.execution.steps[0]?.attempts[0]?.signal).toBe('SIG[redacted:place]');
    expect(envelope.execution.steps.map(({ id, name }) => [id, name])).toEqual([
      ['unit', '[redacted:step]'],
      ['lint', 'lint'],
    ]);
    expect(envelope.redactions.map(({ rule_id, path, stage }) => `${rule_id} ${stage} ${path}`)).toEqual(
      expect.arrayContaining([
        'host record /runner_context/runner_name',
        'ticket record /observations/0/summary',
        'step record /execution/steps/0/name',
      ]),
    );
    expect(findForeignMember(foldEvents(run.events), envelope)).toBeNull();
    const verdict = await verifyEnvelope(bytes, { trustedKeys: [], authenticityAsked: false, expected: {} });
    expect(verdict).toMatchObject({ intact: { answer: 'yes' } });
    expect(verdict.complete.problems.filter(({ code }) => code === 'unresolved')).toEqual([]);
  });
});

describe('a run whose worker fell silent', () => {
  const giveUp = (run: SampleRun) => abandonRun(server.server.deps, run.runId, 'nothing was heard');

  it('is sealed as aborted with what was received, and counts what was not', async () => {
    const run = makeSampleRun();
    const cut = run.events.findIndex(({ type }) => type === 'step_finished');
    const heard = run.events.slice(0, cut).filter(({ seq }) => seq !== 4);
    await sendRun(server, run, { events: heard });
    await sendFiles(server, run);
    const answers = await Promise.all([giveUp(run), abandonRun(pair.other.server.deps, run.runId, 'also')]);
    const ids = new Set(answers.flatMap((answer) => (answer === null ? [] : [answer.evidence_id])));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    const bytes = Buffer.from(await (await server.ask('worker', `/v1/evidence/${id}`)).arrayBuffer());
    const envelope = parseEnvelope(bytes);
    expect(envelope.execution).toMatchObject({ status: 'aborted', termination: 'process_lost' });
    expect(envelope.execution.steps.map(({ status }) => status)).toEqual(['aborted', 'skipped']);
    expect(envelope.claims.no_claims).toEqual(expect.arrayContaining(['end_of_run_unseen', 'output_partial']));
    const { emitted, acknowledged, dropped } = envelope.events;
    expect({ sum: acknowledged + dropped, dropped }).toEqual({ sum: emitted, dropped: 1 });
    const verdict = await verifyEnvelope(bytes, { trustedKeys: [], authenticityAsked: false, expected: {} });
    expect(verdict.intact.answer).toBe('yes');
    expect(verdict.complete.problems).toEqual([]);
    expect((await readStream(run.runId)).at(-1)).toMatchObject({ server: { type: 'run_aborted', evidence_id: id } });
    // A worker that comes back is given what there is.
    const late = finalizeAnswer.parse(await (await finalize(server, run)).json());
    expect(late).toMatchObject({ evidence_id: id, status: 'aborted' });
  });

  it('is aborted though its end was received, when something before it was not', async () => {
    const run = makeSampleRun();
    const lost = run.events.find(({ type }) => type === 'step_finished')?.seq;
    await sendRun(server, run, { events: run.events.filter(({ seq }) => seq !== lost) });
    await sendFiles(server, run);
    const answer = await giveUp(run);
    expect(answer).toMatchObject({ status: 'aborted' });
    const bytes = Buffer.from(await (await server.ask('worker', `/v1/evidence/${answer?.evidence_id}`)).arrayBuffer());
    const { execution, events } = parseEnvelope(bytes);
    expect(execution.steps.map(({ status }) => status)).toEqual(['aborted', 'success']);
    expect(events.dropped).toBe(1);
    const verdict = await verifyEnvelope(bytes, { trustedKeys: [], authenticityAsked: false, expected: {} });
    expect(verdict.complete.problems).toEqual([]);
  });

  it('is sealed though nothing but its creation was received', async () => {
    const run = makeSampleRun();
    await sendRun(server, run, { events: [] });
    const answer = await giveUp(run);
    const envelope = parseEnvelope(
      Buffer.from(await (await server.ask('worker', `/v1/evidence/${answer?.evidence_id}`)).arrayBuffer()),
    );
    expect(envelope.execution.steps.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(envelope.subject).toEqual(run.request.subject);
  });

  it('leaves out artifacts that never arrived, and tells of them', async () => {
    const run = makeSampleRun({
      drafts: (drafts) => drafts.map((draft) => withFile(draft, 'unit/1/stdout', 'never sent')),
    });
    await sendRun(server, run);
    await sendFiles(server, makeSampleRun());
    const answer = await giveUp(run);
    const bytes = Buffer.from(await (await server.ask('worker', `/v1/evidence/${answer?.evidence_id}`)).arrayBuffer());
    const envelope = parseEnvelope(bytes);
    expect(envelope.execution).toMatchObject({ status: 'aborted', termination: 'process_lost' });
    expect(envelope.artifacts.map(({ id }) => id)).not.toContain('unit/1/stdout');
    expect(envelope.execution.steps[0]).toMatchObject({ stdout_artifact_id: null, output_complete: false });
    expect(envelope.observations.find(({ type }) => type === 'artifacts_not_received')?.value).toMatchObject({
      files: [{ artifact_id: 'unit/1/stdout', sha256: sha256('never sent') }],
    });
    const verdict = await verifyEnvelope(bytes, { trustedKeys: [], authenticityAsked: false, expected: {} });
    expect(verdict.complete.problems).toEqual([]);
  });

  it('that had come to its end with nothing missing is what its events say', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    expect(await giveUp(run)).toMatchObject({ status: 'success' });
    const state = runView.parse(await (await server.ask('worker', `/v1/runs/${run.runId}`)).json());
    expect(state.state).toBe('finalized');
  });

  it.each([
    ['subject', { subject: { ...makeSampleRun().request.subject, meta: { job: 'other' } } }, 'record_invalid'],
    ['plan', { plan_hash: sha256('other') }, 'plan_mismatch'],
  ])('has failed when its events are of another %s than it was created with', async (_what, change, code) => {
    const run = makeSampleRun();
    await sendRun(server, { ...run, request: { ...run.request, ...change } });
    await sendFiles(server, run);
    expect(await giveUp(run)).toBeNull();
    const told = (await readStream(run.runId)).at(-1);
    expect(told).toMatchObject({ server: { type: 'run_aborted', reason: code } });
  });

  it('has failed when its events are not of its plan', async () => {
    const run = makeSampleRun({
      drafts: (drafts) => [
        ...drafts.slice(0, -1),
        { type: 'step_skipped', timestamp: drafts[0]?.timestamp ?? '', step_id: 'unit', attempt: 0, reason: '' },
        ...drafts.slice(-1),
      ],
    });
    const foreign = run.events.map((event) =>
      event.type === 'step_skipped' ? { ...event, step_id: 'no-such-step' } : event,
    );
    await sendRun(server, run, { events: foreign });
    expect(await giveUp(run)).toBeNull();
    const state = runView.parse(await (await server.ask('worker', `/v1/runs/${run.runId}`)).json());
    expect(state.state).toBe('failed');
    expect(await refused(await finalize(server, run))).toMatchObject({ code: 'run_over' });
  });
});

/** The draft with other bytes for one artifact. */
function withFile(draft: EventDraft, id: string, text: string): EventDraft {
  if (draft.type !== 'artifact_captured' || draft.artifact.id !== id) return draft;
  const digest = sha256(text);
  return {
    ...draft,
    artifact: {
      ...draft.artifact,
      sha256: digest,
      content_uri: `urn:sha256:${digest}`,
      size_bytes: Buffer.byteLength(text),
    },
  };
}

/** The draft with a name in each text that no other member refers to, and that looks as if it held none. */
function placed(draft: EventDraft): EventDraft {
  if (draft.type === 'artifact_captured')
    return { ...draft, artifact: { ...draft.artifact, media_type: 'text/zanzibar' } };
  if (draft.type === 'step_finished') return { ...draft, result: { ...draft.result, signal: 'SIGzanzibar' } };
  if (draft.type !== 'run_started') return draft;
  const { worker, identities, subject } = draft;
  return {
    ...draft,
    worker: { ...worker, name: 'zanzibar', version: 'zanzibar-1' },
    identities: {
      producer: { ...identities.producer, id: 'zanzibar/producer' },
      subject: { ...identities.subject, id: 'zanzibar/subject' },
    },
    subject: { ...subject, repo: { ...subject.repo, provider: 'zanzibar' } },
  };
}

function isEndOf(draft: EventDraft, stepId: string): boolean {
  return draft.type === 'step_finished' && draft.step_id === stepId;
}
