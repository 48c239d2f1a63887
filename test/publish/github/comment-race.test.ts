import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSections } from '../../../src/publish/comment/body.ts';
import { type GithubReported, reportToGithub } from '../../../src/publish/github/report.ts';
import { type Forge, startForge } from '../../support/forge/forge.ts';
import { fastPorts, makeDice, makeReport } from './reports.ts';

let forge: Forge;
let pull = 0;

beforeAll(async () => {
  forge = await startForge({ pulls: 20 });
});
afterAll(async () => {
  await forge[Symbol.asyncDispose]();
});
beforeEach(() => {
  pull += 1;
  forge.faults.clear();
  forge.setTravel(undefined);
  forge.requests.length = 0;
});

/** One of `total` legs that end at the same moment. */
function leg(
  node: number,
  total: number,
  random: () => number = () => 0.5,
  sleep = fastPorts(forge).sleep,
): Promise<GithubReported> {
  return reportToGithub(
    makeReport(forge, {
      modes: { check: 'never', comment: 'auto' },
      jobTotal: total,
      status: node % 3 === 0 ? 'failed' : 'success',
      render: () => `page of ${node}.`,
      facts: { pullRequest: pull, matrix: { node: String(node) } },
      ports: { ...fastPorts(forge), random, ...(sleep && { sleep }) },
    }),
  );
}

async function expectAll(total: number): Promise<void> {
  const comments = await forge.comments(pull);
  expect(comments).toHaveLength(1);
  const sections = parseSections(comments[0]?.body ?? '');
  const labels = sections.map(({ leg: { label } }) => Number(label)).toSorted((a, b) => a - b);
  expect(labels).toEqual(Array.from({ length: total }, (_, index) => index));
  for (const { leg, text } of sections) expect(text).toBe(`page of ${leg.label}.`);
}

describe('legs that write the comment at once', () => {
  it.each([1, 2, 3, 4, 5, 6])('all have their section in one comment in the end (seed %i)', async (seed) => {
    const random = makeDice(seed);
    forge.setTravel(() => random() * 25);
    const total = 2 + (seed % 3) * 3;
    const told = await Promise.all(Array.from({ length: total }, (_, node) => leg(node, total, random)));
    expect(told.flatMap(({ notices }) => notices)).toEqual([]);
    await expectAll(total);
  });

  it('put back a section that another leg has written over', async () => {
    await leg(0, 3);
    let late: Promise<GithubReported> | undefined;
    // Leg 1 has read the comment and is about to write. Before its write arrives, leg 2 has read and written.
    const run = async (): Promise<void> => {
      late = leg(2, 3);
      while (!forge.requests.some((line) => /^PATCH .* 200$/.test(line))) await new Promise(setImmediate);
    };
    forge.faults.add({ kind: 'meanwhile', method: 'PATCH', run });
    await leg(1, 3);
    await late;
    await expectAll(3);
    expect(forge.requests.filter((line) => line.startsWith('PATCH')).length).toBeGreaterThanOrEqual(3);
  });

  it('make one comment of two that were created at once', async () => {
    let other: Promise<GithubReported> | undefined;
    const run = async (): Promise<void> => {
      // It must not wait for quiet, which there is not before it has written.
      other = leg(1, 2, undefined, (ms) => delay(ms / 40));
      while (!forge.requests.some((line) => /^POST .*comments 201$/.test(line))) await new Promise(setImmediate);
    };
    forge.faults.add({ kind: 'meanwhile', method: 'POST', path: /comments/, run });
    await leg(0, 2);
    await other;
    await expectAll(2);
    expect(forge.requests.some((line) => /^DELETE .* 204$/.test(line))).toBe(true);
  });

  it('make one comment of duplicates that a killed job left', async () => {
    await leg(0, 3);
    const [{ body } = { body: '' }] = await forge.comments(pull);
    pull += 1;
    await leg(1, 3);
    await forge.comment(pull, body, forge.token);
    await leg(2, 3);
    await expectAll(3);
  });

  it('are told apart where a workflow is called twice, whose jobs look the same', async () => {
    const twin = (name: string, attempt: number): Promise<GithubReported> =>
      reportToGithub(
        makeReport(forge, {
          modes: { check: 'never', comment: 'auto' },
          evidenceRunId: `${name} ${attempt}`,
          render: () => `page of ${name} ${attempt}.`,
          facts: { pullRequest: pull, attempt },
        }),
      );
    const expectTwins = async (attempt: number): Promise<void> => {
      const [{ body } = { body: '' }, ...others] = await forge.comments(pull);
      expect(others).toEqual([]);
      for (const name of ['one', 'two']) expect(body.split(`page of ${name} ${attempt}.`)).toHaveLength(2);
    };
    const told = [await Promise.all([twin('one', 1), twin('two', 1)])];
    await expectTwins(1);
    told.push([await twin('two', 2), await twin('one', 2)]);
    await expectTwins(2);
    expect((await forge.comments(pull))[0]?.body).toContain('2 earlier results');
    expect(told.flat().flatMap(({ notices }) => notices)).toEqual([]);
  });

  it('survive lost answers while they do', async () => {
    const random = makeDice(99);
    forge.setTravel(() => random() * 10);
    forge.faults.add(
      { kind: 'reset', after: true, method: 'POST', path: /comments/ },
      { kind: 'reset', after: true, method: 'PATCH' },
      { kind: 'lost', status: 502, method: 'PATCH', skip: 1 },
      { kind: 'reset', method: 'GET', skip: 3 },
    );
    await Promise.all(Array.from({ length: 4 }, (_, node) => leg(node, 4, random)));
    await expectAll(4);
  });
});
