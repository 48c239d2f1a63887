import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseExpected } from '../../src/collect/expected.ts';
import { gather, type Gathered } from '../../src/collect/gather.ts';
import { type Candidate, judgeCandidate } from '../../src/collect/judge.ts';
import type { ExpectedRun } from '../../src/collect/same-run.ts';
import { limits } from '../../src/lib/limits.ts';
import { generateKeys, makeSigner } from '../../src/seal/keys.ts';
import { type Legs, makeLegs, theRun } from '../support/legs.ts';
import { type Loose, tamper } from '../seal/forge.ts';

let legs: Legs;
beforeAll(async () => {
  legs = await makeLegs();
});

async function gatherAll(
  files: Record<string, Uint8Array>,
  { expected = '', run = theRun }: { expected?: string; run?: ExpectedRun } = {},
): Promise<Gathered> {
  const candidates: Candidate[] = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  return gather(await Promise.all(candidates.map((file) => judgeCandidate(file, run))), parseExpected(expected));
}

function toStates({ legs: outcomes }: Gathered): string[] {
  return outcomes.map(
    (leg) => `${leg.label}: ${leg.state === 'in' ? leg.member.facts.status : `${leg.state}, ${leg.reason}`}`,
  );
}

const node = (version: string) => ({ matrix: { node: version } });

describe('gathering', () => {
  it('is a success when every expected leg is in and a success', async () => {
    const files = { a: await legs.make(node('22')), b: await legs.make(node('24')) };
    const found = await gatherAll(files, { expected: '2' });
    expect(toStates(found)).toEqual(['test (node=22): success', 'test (node=24): success']);
    expect(found).toMatchObject({ status: 'success', expected: 2, expectedBasis: 'number', newestAttempt: 1 });
  });

  it('is failed when a leg failed, whatever is missing', async () => {
    const files = { a: await legs.make(node('22')), b: await legs.make({ ...node('24'), fails: true }) };
    expect(await gatherAll(files, { expected: '2' })).toMatchObject({ status: 'failed' });
    expect(await gatherAll(files, { expected: '3' })).toMatchObject({ status: 'failed' });
  });

  it('is never a success when a leg is missing, and says so', async () => {
    const found = await gatherAll({ a: await legs.make(node('22')) }, { expected: '3' });
    expect(toStates(found)).toEqual([
      'test (node=22): success',
      'missing leg 1: missing, no envelope arrived',
      'missing leg 2: missing, no envelope arrived',
    ]);
    expect(found.status).toBe('aborted');
  });

  it('names the legs that are missing when it was given names: of legs, of jobs or of manifests', async () => {
    const files = { a: await legs.make(node('22')), b: await legs.make({ job: 'lint' }) };
    const found = await gatherAll(files, { expected: 'test (node=22), lint\nrelease\ndocs' });
    expect(toStates(found)).toEqual(['lint: success', 'test (node=22): success', 'docs: missing, no envelope arrived']);
    expect(found).toMatchObject({ status: 'aborted', expected: 3, expectedBasis: 'names' });
    expect(await gatherAll(files, { expected: '{"test":{"result":"success"},"lint":{}}' })).toMatchObject({
      status: 'success',
      expectedBasis: 'names',
    });
  });

  it('hears from the members themselves how many legs their job has', async () => {
    const one = {
      a: await legs.make({ ...node('22'), jobTotal: 2 }),
      b: await legs.make({ job: 'lint', jobTotal: 1 }),
    };
    const found = await gatherAll(one);
    expect(found).toMatchObject({ status: 'aborted', expected: 3, expectedBasis: 'members' });
    expect(toStates(found).at(-1)).toBe('missing leg: missing, no envelope arrived; job test says that it has 2 legs');
    // A number that somebody typed before the matrix grew hides nothing.
    expect(await gatherAll(one, { expected: '2' })).toMatchObject({ status: 'aborted', expected: 3 });
    expect(await gatherAll(one, { expected: 'test, lint' })).toMatchObject({ status: 'aborted' });
    const both = { ...one, c: await legs.make({ ...node('24'), jobTotal: 2 }) };
    expect(await gatherAll(both)).toMatchObject({ status: 'success', expected: 3 });
  });

  it('is no success when nobody says how many there must be, or nothing came', async () => {
    expect(await gatherAll({ a: await legs.make() })).toMatchObject({ status: 'aborted', expected: null });
    expect(await gatherAll({})).toMatchObject({ status: 'aborted', expectedBasis: 'unknown' });
    expect(await gatherAll({}, { expected: '1' })).toMatchObject({ status: 'aborted', expected: 1 });
  });

  it('takes the newest attempt of each leg, and shows which legs did not run again', async () => {
    const run = { ...theRun, attempt: 2 };
    const files = {
      a: await legs.make({ ...node('22'), fails: true }),
      b: await legs.make(node('24')),
      c: await legs.make({ ...node('22'), attempt: 2 }),
    };
    const found = await gatherAll(files, { expected: '2', run });
    expect(found.status).toBe('success');
    expect(found.newestAttempt).toBe(2);
    expect(found.legs).toMatchObject([
      { label: 'test (node=22)', isOlderAttempt: false, member: { source: 'c' } },
      { label: 'test (node=24)', isOlderAttempt: true, member: { source: 'b' } },
    ]);
    expect(found.superseded.map(({ source }) => source)).toEqual(['a']);
  });

  it('counts the same file twice as one', async () => {
    const bytes = await legs.make();
    expect(await gatherAll({ a: bytes, b: Buffer.from(bytes) }, { expected: '1' })).toMatchObject({
      status: 'success',
      legs: [{ state: 'in' }],
    });
  });

  it('rejects two different envelopes of one leg and attempt, since nobody can tell which is true', async () => {
    const files = { a: await legs.make({ fails: true }), b: await legs.make() };
    const found = await gatherAll(files, { expected: '1' });
    expect(found.status).toBe('failed');
    expect(found.legs).toMatchObject([{ state: 'rejected', files: [{ source: 'a' }, { source: 'b' }] }]);
    // An ambiguity of an older attempt is history.
    const again = { ...files, c: await legs.make({ attempt: 2 }) };
    expect(await gatherAll(again, { expected: '1', run: { ...theRun, attempt: 2 } })).toMatchObject({
      status: 'success',
      superseded: [{ source: 'a' }, { source: 'b' }],
    });
  });

  it('tells apart legs of one job by their manifests', async () => {
    const other = (name: string, path: string) =>
      legs.make({
        change: (envelope) => {
          envelope.plan.name = name;
          envelope.plan.manifest_path = path;
        },
      });
    const files = {
      a: await legs.make(),
      b: await other('docs', 'quoderat.yml'),
      c: await other('docs', 'b/quoderat.yml'),
    };
    const found = await gatherAll(files, { expected: '3' });
    expect(found.legs.map(({ label }) => label)).toEqual([
      'test · docs · b/quoderat.yml',
      'test · docs · quoderat.yml',
      'test · release',
    ]);
  });

  it.each([
    ['another repository', (e: Loose) => void (e.subject.repo.name = 'evil/widgets'), 'it is about another repository'],
    ['another run', (e: Loose) => void (e.subject.meta.run_id = '9002'), 'it is not of run 9001'],
    ['no run', (e: Loose) => void delete e.subject.meta.run_id, 'it is not of run 9001'],
    [
      'another commit',
      (e: Loose) => void (e.subject.id = e.subject.git.commit_sha = 'b'.repeat(40)),
      'it is not about commit aaaaaaaaaaaa',
    ],
    [
      'an attempt to come',
      (e: Loose) => void (e.subject.meta.run_attempt = 7),
      'it says attempt 7, and there are only 1',
    ],
    ['no attempt', (e: Loose) => void delete e.subject.meta.run_attempt, 'it does not say of which attempt it is'],
  ])('rejects an envelope of %s', async (_what, change, reason) => {
    const found = await gatherAll({ a: await legs.make({ change }) }, { expected: '1' });
    expect(found.status).toBe('failed');
    expect(found.legs).toMatchObject([{ state: 'rejected', label: 'a', reason }]);
  });

  it('takes an envelope whose job checked out something else when the event was the same', async () => {
    const change = (e: Loose): void => {
      e.subject.id = e.subject.git.commit_sha = 'b'.repeat(40);
      e.subject.meta.event_sha = theRun.commit;
    };
    expect(await gatherAll({ a: await legs.make({ change }) }, { expected: '1' })).toMatchObject({ status: 'success' });
  });

  it.each([
    ['an empty file', () => Buffer.alloc(0), /^it is no envelope/],
    ['text', () => Buffer.from('::error::boo'), /^it is no envelope/],
    ['other JSON', () => Buffer.from('{"schema_version":"2.0"}'), /^it is no envelope/],
    ['deep nesting', () => Buffer.from('['.repeat(100_000)), /^it is no envelope/],
    ['too many bytes', () => Buffer.alloc(limits.memberBytes + 1, ' '), /a member has at most/],
  ])('rejects %s', async (_what, make, reason) => {
    const found = await gatherAll({ a: make() }, { expected: '1' });
    expect(found).toMatchObject({ status: 'failed', legs: [{ state: 'rejected' }] });
    expect(found.legs[0]).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it('rejects what was altered after sealing, and does not believe what it says of itself', async () => {
    const altered = tamper(await legs.make({ fails: true }), (e) => void (e.execution.status = 'success'));
    const found = await gatherAll({ a: altered }, { expected: '1' });
    expect(found.legs).toMatchObject([
      { state: 'rejected', label: 'a', reason: expect.stringMatching(/^it is not intact/) },
    ]);
  });

  it('rejects what does not hold together though its chain does', async () => {
    const change = (e: Loose): void => void (e.execution.status = 'success');
    const found = await gatherAll({ a: await legs.make({ fails: true, change }) }, { expected: '1' });
    expect(found.legs).toMatchObject([
      { state: 'rejected', reason: expect.stringMatching(/^it is not complete: status_mismatch/) },
    ]);
  });

  it.each([
    ['a time that does not exist', (e: Loose) => void (e.execution.started_at = '2026-99-99T99:99:99.999Z'), /time/],
    [
      'more steps than any plan',
      (e: Loose) => {
        const [step] = e.execution.steps;
        const none = { attempts: [], attempt: 0, stdout_artifact_id: null, stderr_artifact_id: null };
        for (let index = 1; index <= 1000; index += 1)
          e.execution.steps.push({ ...step, ...none, id: `s${index}`, index, status: 'skipped', skipped_reason: 'x' });
      },
      /1001 steps/,
    ],
    [
      'any number of signatures',
      (e: Loose) => {
        const sig = Buffer.alloc(64).toString('base64');
        e.integrity.signatures = Array.from({ length: 2000 }, (_, index) => ({
          keyid: index.toString(16).padStart(64, '0'),
          alg: 'Ed25519',
          sig,
        }));
      },
      /2000 signatures/,
    ],
  ])('rejects %s', async (_what, change, reason) => {
    const found = await gatherAll({ a: await legs.make({ change }) }, { expected: '1' });
    expect(found.legs).toMatchObject([{ state: 'rejected', reason: expect.stringMatching(reason) }]);
  });

  it('takes no envelope in which any one byte was changed', async () => {
    const bytes = await legs.make();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(await judgeCandidate({ name: 'a', bytes: changed }, theRun)).toMatchObject({ kind: 'rejected' });
      }),
      { numRuns: 300 },
    );
  });

  it('says how far the seal of each member carries', async () => {
    const keys = generateKeys();
    const server = (e: Loose): void => void (e.producer.component = 'server');
    const files = {
      a: await legs.make({ job: 'a' }),
      b: await legs.make({ job: 'b', change: server }),
      c: await legs.make({ job: 'c', signer: makeSigner(keys.privatePem) }),
    };
    const found = await gatherAll(files, { expected: '3' });
    expect(found.legs).toMatchObject([
      { member: { facts: { trust: 'hash_only', keyids: [] } } },
      { member: { facts: { trust: 'server_sealed', keyids: [] } } },
      { member: { facts: { trust: 'signed', keyids: [keys.keyid], verdict: { authentic: 'not_checked' } } } },
    ]);
  });

  it('takes the last of the jobs that were retried on GitLab', async () => {
    const of = (id: string, fails: boolean) =>
      legs.make({
        fails,
        change: ({ subject }) => {
          subject.source = 'gitlab';
          subject.meta = { job: 'unit: [a]', job_id: id, pipeline_id: '77', node_total: 1 };
        },
      });
    // As numbers, not as texts: 9 comes before 10.
    const files = { a: await of('9', true), b: await of('10', false) };
    const run = { repo: theRun.repo, commit: theRun.commit, run: '77', attempt: null };
    expect(await gatherAll(files, { run })).toMatchObject({
      status: 'success',
      expected: 1,
      newestAttempt: null,
      legs: [{ label: 'unit: [a]', member: { source: 'b' } }],
      superseded: [{ source: 'a' }],
    });
  });
});

describe('the expected legs', () => {
  const many = Array.from({ length: 400 }, (_, index) => `leg-${index}`).join(',');
  it.each(['0', '301', '{"a":', '{}', many])('are refused when they are %.20s', (text) => {
    expect(() => parseExpected(text)).toThrow(/expected/);
  });
});
