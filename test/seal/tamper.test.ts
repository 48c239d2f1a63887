import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import type { Json } from '../../src/lib/json.ts';
import { EnvelopeError } from '../../src/seal/errors.ts';
import { verifyEnvelope } from '../../src/seal/verify.ts';
import type { RunEvent } from '../../src/schema/event.ts';
import type { Verdict } from '../../src/schema/verdict.ts';
import {
  captured,
  finalizeStarted,
  fullRun,
  makeArtifact,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
  stamp,
} from '../record/sample-run.ts';
import { type Loose, sealRun, toLeafPaths } from './forge.ts';
import { minimalRun } from './vectors-good.ts';

const arrays = ['/execution/steps', '/artifacts', '/observations', '/gates', '/redactions'];
const full = await sealRun(fullRun());

async function verify(envelope: unknown): Promise<Verdict> {
  const bytes = Buffer.from(toCanonicalJson(envelope));
  return verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
}

function pointersOf({ intact }: Verdict): string[] {
  return intact.problems.map(({ pointer }) => pointer);
}

function parse(bytes: Buffer): Loose {
  return JSON.parse(bytes.toString('utf8'));
}

function readArray(envelope: Loose, pointer: string): unknown[] {
  return pointer === '/execution/steps' ? envelope.execution.steps : envelope[pointer.slice(1)];
}

/** The pointer of the chain entry that covers a path: that of the array element that it lies in, or the header's. */
function toEntryPointer(path: readonly (string | number)[]): string {
  const pointer = `/${path.join('/')}`;
  const array = arrays.find((candidate) => pointer.startsWith(`${candidate}/`));
  return array === undefined
    ? ''
    : pointer
        .split('/')
        .slice(0, array.split('/').length + 1)
        .join('/');
}

function setPath(value: Loose, path: readonly (string | number)[], change: (old: unknown) => unknown): void {
  const holder = path.slice(0, -1).reduce((at, name) => at[name], value);
  const last = path.at(-1) ?? '';
  holder[last] = change(holder[last]);
}

/** Another value of the same type where there is one, so that only the chain can tell. */
function toOther(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'known' : [1];
}

/** Runs of any shape: steps that succeed or fail in one or more attempts, with files and odd texts. */
const anyRun: fc.Arbitrary<RunEvent[]> = fc
  .array(
    fc.record({
      name: fc.string({ unit: 'grapheme' }),
      attempts: fc.integer({ min: 1, max: 3 }),
      exit_code: fc.constantFrom(null, 0, 1, 137),
      files: fc.array(fc.string(), { maxLength: 3 }),
      remark: fc.option(fc.jsonValue({ maxDepth: 3 }).filter(isSealable), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((steps) =>
    stamp([
      runStarted(),
      planReady(makePlan(steps.map(({ name }, index) => makeStep(`s${index}`, index, { name })))),
      ...steps.flatMap(({ attempts, exit_code, files, remark }, index) => [
        ...Array.from({ length: attempts }, (_, nth) => ranStep(`s${index}`, nth + 1, { exit_code })).flat(),
        ...files.map((text, nth) => captured(makeArtifact(`s${index}/1/output/${nth}`, 'output', `s${index}`, text))),
        ...(remark === undefined ? [] : [remarked(`s${index}`, remark)]),
      ]),
      finalizeStarted('failed'),
    ]),
  );

function isSealable(value: unknown): value is Json {
  try {
    toCanonicalJson(value);
    return true;
  } catch {
    return false;
  }
}

function remarked(step_id: string, value: Json) {
  const parser = { name: 'none', version: '0' };
  const observation = {
    id: step_id,
    type: 'remark',
    summary: '',
    value,
    basis_artifact_ids: [],
    informational: true,
    parser,
  };
  return { type: 'observation_recorded' as const, timestamp: '2026-11-21T09:27:20.000Z', step_id, observation };
}

describe('an envelope that was tampered with', () => {
  it('is refused at the entry of every leaf of every sealed member that is changed', async () => {
    const { integrity: _integrity, ...sealed } = parse(full.bytes);
    const paths = toLeafPaths(sealed).filter(([name]) => name !== 'schema_version');
    expect(paths.length).toBeGreaterThan(300);
    for (const path of paths) {
      const envelope = parse(full.bytes);
      setPath(envelope, path, toOther);
      const verdict = await verify(envelope);
      expect(verdict.exit_code, path.join('/')).toBe(1);
      expect(pointersOf(verdict), path.join('/')).toContain(toEntryPointer(path));
    }
  });

  it('is refused for every single leaf of the chain and of the sums that is changed', async () => {
    const { integrity } = parse(full.bytes);
    for (const path of toLeafPaths({ integrity })) {
      const envelope = parse(full.bytes);
      setPath(envelope, path, toOther);
      const verdict = await verify(envelope);
      expect(verdict.intact.answer, path.join('/')).toBe('no');
      expect(
        pointersOf(verdict).some((pointer) => pointer.startsWith(`/${path.slice(0, 3).join('/')}`)),
        path.join('/'),
      ).toBe(true);
    }
  });

  it('is refused for every single byte of the file in which one bit is turned', async () => {
    const { bytes } = await sealRun(minimalRun());
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
      const answer = await verifyEnvelope(changed, { authenticityAsked: false, expected: {} }).then(
        ({ exit_code, intact }) => ({ exit_code, named: intact.problems.length > 0 }),
        (error: unknown) => ({ exit_code: error instanceof EnvelopeError ? 2 : 0, named: true }),
      );
      expect(answer.exit_code, `byte ${at}`).toBeGreaterThan(0);
      expect(answer.named, `byte ${at}`).toBe(true);
    }
  });

  it('names whichever entry was removed, added or changed in any run, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat(), fc.constantFrom('removed', 'added', 'changed'), async (events, seed, code) => {
        const envelope = parse((await sealRun(events)).bytes);
        expect(await verify(envelope)).toMatchObject({ exit_code: 0 });
        const candidates = arrays.filter((pointer) => readArray(envelope, pointer).length > 0);
        const pointer = candidates[seed % candidates.length] ?? '';
        const array = readArray(envelope, pointer);
        const index = seed % array.length;
        const forged = { ...Object(array[index]), id: 'forged' };
        if (code === 'removed') array.splice(index, 1);
        else array.splice(index, code === 'added' ? 0 : 1, forged);
        const { intact } = await verify(envelope);
        expect(intact.problems.map((problem) => [problem.pointer, problem.code])).toEqual([
          [`${pointer}/${index}`, code],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('names moved entries, and only where something moved, after any reordering', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat(), fc.nat(), async (events, from, to) => {
        const envelope = parse((await sealRun(events)).bytes);
        const { artifacts } = envelope;
        const source = from % artifacts.length;
        const target = to % artifacts.length;
        fc.pre(source !== target);
        artifacts.splice(target, 0, ...artifacts.splice(source, 1));
        const { intact } = await verify(envelope);
        expect(intact.problems).toHaveLength(1);
        expect(intact.problems[0]).toMatchObject({ code: 'moved' });
        const [, , index] = intact.problems[0]?.pointer.split('/') ?? [];
        // Between two neighbours it cannot be told which one moved.
        const possible = Math.abs(source - target) === 1 ? [source, target] : [target];
        expect(possible).toContain(Number(index));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when any entry of the chain is dropped, doubled or exchanged', async () => {
    const { integrity } = parse(full.bytes);
    for (const index of integrity.hash_chain.keys()) {
      for (const change of [
        (chain: unknown[]) => chain.splice(index, 1),
        (chain: unknown[]) => chain.splice(index, 0, chain[index]),
        (chain: unknown[]) => chain.push(...chain.splice(index === chain.length - 1 ? 0 : index, 1)),
      ]) {
        const envelope = parse(full.bytes);
        change(envelope.integrity.hash_chain);
        expect((await verify(envelope)).intact.answer).toBe('no');
      }
    }
  });

  it('has its problems bounded and counted when there are a great many', async () => {
    const envelope = parse(full.bytes);
    envelope.artifacts = Array.from({ length: 5000 }, (_, index) => ({ index }));
    const { intact } = await verify(envelope);
    expect(intact.problems).toHaveLength(1001);
    expect(intact.problems.at(-1)?.code).toBe('more');
  });
});
