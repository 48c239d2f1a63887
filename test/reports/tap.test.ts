import { describe, expect, it } from 'vitest';
import { readFault, readTests, readText } from './read.ts';

const read = (tap: string) => readTests('tap', tap);

describe('TAP', () => {
  it('reads plans at either end, directives and names', async () => {
    const value = await read('TAP version 14\nok 1 - one\nnot ok 2 two # TODO later\nok 3 # SKIP no net\nok\n1..4\n');
    expect(value).toMatchObject({ tests: 4, passed: 2, pending: 1, skipped: 1, problems: [] });
    expect(value.cases).toMatchObject([
      { name: 'two', message: 'later' },
      { name: '', message: 'no net' },
    ]);
  });

  it('takes "#" in a name for text when it is escaped or names no directive', async () => {
    const value = await read('1..2\nnot ok 1 - issue \\# TODO 7\nnot ok 2 - C# compiles\n');
    expect(value).toMatchObject({ failed: 2, cases: [{ name: 'issue # TODO 7' }, { name: 'C# compiles' }] });
  });

  it('takes message, place and time from YAML, and comments where there is none', async () => {
    const value = await read(`1..2
not ok 1 - a
  ---
  error: |-
    expected 4
    got 3
  location: '/work/shop/a.test.js:7:3'
  duration_ms: 12.5
  ...
not ok 2 - b
# (in test file b.bats, line 2)
`);
    expect(value.cases).toMatchObject([
      { message: 'expected 4\ngot 3', file: 'a.test.js', line: 7, duration_ms: 13 },
      { message: '(in test file b.bats, line 2)' },
    ]);
  });

  it('makes nothing of YAML that is broken or a bomb', async () => {
    const bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\n  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  c: [*b,*b,*b,*b,*b,*b,*b,*b]';
    for (const yaml of ['{{{', bomb, '__proto__: {x: 1}', '- 1']) {
      expect(await read(`1..1\nnot ok 1 - a\n  ---\n  ${yaml}\n  ...\n`)).toMatchObject({ failed: 1, problems: [] });
    }
  });

  it('tells a plan that is not met, a plan that is missing, and a bail-out, as failures', async () => {
    for (const [tap, message] of [
      ['1..3\nok 1\n', 'the plan is of 3 tests, and 1 are there'],
      ['ok 1\n', 'the plan is missing: the tests may not have come to their end'],
      ['1..1\nok 1\nBail out! no database\n', 'no database'],
    ] as const) {
      expect(await readText('tap', tap)).toMatchObject({ ok: true, failed: 1, value: { problems: [{ message }] } });
    }
  });

  it('counts the tests in subtests, of either kind, and not what sums them up', async () => {
    const before = '# Subtest: cart\n    ok 1 - adds\n    not ok 2 - rounds\n    1..2\nnot ok 1 - cart\n1..1\n';
    const inside = '    # Subtest: cart\n    ok 1 - adds\n    not ok 2 - rounds\n    1..2\nnot ok 1 - cart\n1..1\n';
    const buffered = '1..1\nnot ok 1 - cart # time=5.1ms {\n    1..2\n    ok 1 - adds\n    not ok 2 - rounds\n}\n';
    for (const tap of [before, inside, buffered]) {
      expect(await read(tap)).toMatchObject({
        tests: 2,
        passed: 1,
        failed: 1,
        problems: [],
        cases: [{ name: 'rounds', suite: ['cart'] }],
      });
    }
  });

  it('counts a point that fails though its subtests did not', async () => {
    const after = '    ok 1 - adds\n    1..1\nnot ok 1 - cart\n1..1\n';
    const buffered = '1..1\nnot ok 1 - cart {\n    1..1\n    ok 1 - adds\n}\n';
    for (const tap of [after, buffered]) {
      expect(await read(tap)).toMatchObject({ tests: 2, passed: 1, failed: 1, cases: [{ name: 'cart' }] });
    }
  });

  it('loses no test whose name ends as if subtests followed', async () => {
    expect(await read('1..3\nnot ok 1 - handles {\nok 2 - next\nnot ok 3 - and {\n')).toMatchObject({
      tests: 3,
      failed: 2,
      passed: 1,
      problems: [],
    });
  });

  it('says that nothing ran when all was skipped', async () => {
    expect(await readText('tap', '1..0 # SKIP no network\n')).toMatchObject({
      ok: true,
      ran: false,
      value: { remarks: ['everything was skipped: SKIP no network'] },
    });
  });

  it('is none without a plan or a test', async () => {
    expect(await readFault('tap', 'hello\nokay\n')).toMatch(/neither a plan nor a test/);
  });

  it('ends at a bound when subtests are nested without end', async () => {
    const deep = Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth * 4)}ok 1 - x`).join('\n');
    expect(await readFault('tap', deep)).toMatch(/nested more than 64 deep/);
  });
});
