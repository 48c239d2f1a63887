import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAnnotationPath } from '../../src/render/annotation-path.ts';
import { type AnnotationOptions, toAnnotations } from '../../src/render/annotations.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import type { StepRecord } from '../../src/schema/record.ts';
import { anyText } from './hostile.ts';
import { failed, makeEnvelope, makeStep } from './sample-envelope.ts';
import { failing, found, makeFindings, makeReported, makeTests, type Report } from './sample-reports.ts';

const tests = (...cases: Parameters<typeof makeTests>[0]): Report => ({
  step: 'unit',
  name: 'junit.xml',
  value: makeTests(cases),
});
const findings = (...results: Parameters<typeof makeFindings>[0]): Report => ({
  step: 'lint',
  name: 'lint.sarif',
  value: makeFindings(results),
});
const annotate = (steps: StepRecord[], reports: Report[], options: AnnotationOptions = {}) =>
  toAnnotations(makeReported(steps, reports), options);
const places = (envelope: Envelope, options: AnnotationOptions = {}): string[] =>
  toAnnotations(envelope, options).annotations.map(
    ({ level, path, start_line: line, title }) => `${level} ${path}:${line} ${title}`,
  );

describe('annotations', () => {
  it('are failing tests, findings and failed steps, worst first', () => {
    const envelope = makeReported(
      [failed('build'), failed('unit'), failed('lint'), failed('docs', { continue_on_error: true })],
      [
        findings(found('no-eval', { level: 'error' }), found('no-debugger'), found('hint', { level: 'note' })),
        tests(failing('adds tax', { suite: ['cart'] })),
      ],
    );
    expect(places(envelope)).toEqual([
      'failure quoderat.yml:1 Step failed: build',
      'failure test/cart.test.ts:12 Test failed: cart › adds tax',
      'failure src/cart.ts:17 no-eval',
      'failure quoderat.yml:1 Step failed: unit',
      'failure quoderat.yml:1 Step failed: lint',
      'warning quoderat.yml:1 Step failed (allowed): docs',
      'warning src/cart.ts:17 no-debugger',
      'notice src/cart.ts:17 hint',
    ]);
  });

  it('have no failures where no step failed over them', () => {
    const envelope = makeReported([makeStep('lint')], [findings(found('no-eval', { level: 'error' }))]);
    expect(places(envelope)).toEqual(['warning src/cart.ts:17 no-eval']);
    const allowed = makeReported([failed('unit', { continue_on_error: true })], [tests(failing('a'))]);
    expect(places(allowed)).toEqual([
      'warning test/cart.test.ts:12 Test failed: a',
      'warning quoderat.yml:1 Step failed (allowed): unit',
    ]);
  });

  it('tell once what several reports tell', () => {
    const again = { ...tests(failing('adds tax')), name: 'ctrf.json' };
    const { annotations } = annotate([failed('unit')], [tests(failing('adds tax')), again]);
    expect(annotations.filter(({ title }) => title.startsWith('Test'))).toHaveLength(1);
  });

  it('keep apart what has no place and only its name to be told by', () => {
    const { file: _file, line: _line, ...placeless } = failing('a');
    const { annotations } = annotate([failed('unit')], [tests(placeless, { ...placeless, name: 'b' })]);
    expect(annotations.map(({ title }) => title)).toEqual(['Test failed: a', 'Test failed: b', 'Step failed: unit']);
    expect(annotations.every(({ path, start_line: line }) => path === 'quoderat.yml' && line === 1)).toBe(true);
  });

  it('are capped, and say how many are left out', () => {
    const cases = Array.from({ length: 200 }, (_, index) => failing(`test ${index}`, { line: index + 1 }));
    const value = makeTests(cases, { failed: 260, cases_left_out: 60 });
    const { annotations, leftOut } = annotate([failed('unit')], [{ ...tests(), value }], { most: 10 });
    expect(annotations).toHaveLength(10);
    expect(annotations.every(({ title }) => title.startsWith('Test failed: test '))).toBe(true);
    expect(leftOut).toBe(191 + 60);
  });

  it('begin at line 1, where a report counts from 0 or knows none', () => {
    const { annotations } = annotate(
      [makeStep('lint')],
      [findings(found('a', { start_line: 0 }), found('b', { uri: 'b.ts' }))],
    );
    expect(annotations.map(({ start_line: line }) => line)).toEqual([1, 17]);
  });

  it('leave out and count what lies outside of the repository', () => {
    const outside = [
      '/usr/include/stdio.h',
      '../other/a.ts',
      'node:internal/x',
      'https://evil.example/a',
      'a\u202Eb',
      '',
    ];
    const results = outside.map((uri) => found('rule', { uri }));
    const { annotations, leftOut } = annotate([makeStep('lint')], [findings(...results)]);
    expect(annotations.map(({ path }) => path)).toEqual(['quoderat.yml']);
    expect(leftOut).toBe(5);
  });

  it('are not of an attempt that was tried again, and none of a run in which all is well', () => {
    expect(toAnnotations(makeEnvelope([makeStep('a')]))).toEqual({ annotations: [], leftOut: 0 });
  });

  it('have bounded plain texts, cut between characters', () => {
    const message = '👩‍👩‍👧‍👦'.repeat(2000);
    const { annotations } = annotate(
      [failed('unit', { cause: { code: 'exit_nonzero', message } })],
      [tests(failing('👩‍👩‍👧‍👦'.repeat(30).slice(0, 330), { message: message.slice(0, 1199) }))],
    );
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(message.length).toBeLessThanOrEqual(4000);
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(64 * 1024);
      expect(`${title}${message}`.isWellFormed()).toBe(true);
      expect(title).toMatch(/^Test failed: (?:👩‍👩‍👧‍👦)+…$|^Step failed: unit$/u);
    }
  });

  it('keep to their bounds whatever comes in', () => {
    fc.assert(
      fc.property(anyText, anyText, (name, message) => {
        const { annotations } = annotate(
          [failed('unit')],
          [tests(failing(name.slice(0, 400), { message: message.slice(0, 1200), file: name.slice(0, 400) }))],
        );
        for (const { title, message, path } of annotations) {
          expect(title.length).toBeLessThanOrEqual(255);
          expect(message.length).toBeGreaterThan(0);
          expect(message.length).toBeLessThanOrEqual(4000);
          expect(path).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)|\\|\p{Cc}/u);
          expect(title).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the path of an annotation', () => {
  const workspace = '/home/runner/work/shop/shop';

  it.each<[string, string, { workspace?: string; workingDirectory?: string }, string | undefined]>([
    ['src/a.ts', '.', {}, 'src/a.ts'],
    ['./src/../src/a.ts', '.', {}, 'src/a.ts'],
    ['src\\a.ts', '.', {}, 'src/a.ts'],
    ['src/a.ts', '.', { workingDirectory: 'packages/web' }, 'packages/web/src/a.ts'],
    ['../shared/a.ts', '.', { workingDirectory: 'packages/web' }, 'packages/shared/a.ts'],
    ['../../../a.ts', '.', { workingDirectory: 'packages/web' }, undefined],
    ['src/a.ts', 'packages/api', {}, 'packages/api/src/a.ts'],
    ['packages/api/src/a.ts', 'packages/api', {}, 'packages/api/src/a.ts'],
    [`${workspace}/src/a.ts`, '.', { workspace }, 'src/a.ts'],
    [`${workspace}/src/a.ts`, 'src', { workspace: `${workspace}/`, workingDirectory: 'x' }, 'src/a.ts'],
    [`${workspace}-2/src/a.ts`, '.', { workspace }, undefined],
    [`${workspace}/../secret`, '.', { workspace }, undefined],
    ['/src/a.ts', '.', {}, undefined],
    ['D:\\a\\shop\\src\\a.ts', '.', { workspace: 'd:\\a\\shop' }, 'src/a.ts'],
    ['~/a.ts', '.', {}, undefined],
    ['a'.repeat(2000), '.', {}, undefined],
  ])('of %j in a step of %j is taken from the root of the repository', (named, cwd, roots, path) => {
    expect(toAnnotationPath(named, cwd, roots)).toBe(path);
  });
});
