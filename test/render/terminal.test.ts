import { describe, expect, it } from 'vitest';
import { clip, pad, toCells } from '../../src/render/cells.ts';
import { renderPlan } from '../../src/render/plan.ts';
import { renderShow } from '../../src/render/show.ts';
import { renderVerdict } from '../../src/render/verdict.ts';
import type { Plan, PlanStep } from '../../src/schema/plan.ts';
import { hostile } from './hostile.ts';
import { digestOf, failed, makeEnvelope, makeStep, makeVerdict, skipped } from './sample-envelope.ts';

const plain = { color: false, width: 100 };
/** What a terminal would obey, other than a line break. */
const active = /[\0-\u0009\u000B-\u001F\u007F-\u009F\u200B\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

function planned(id: string, index: number, change: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    index,
    kind: 'command',
    name: id,
    needs: [],
    when: 'success',
    command: { run: 'npm ci', shell: 'bash' },
    cwd: '.',
    env_names: [],
    pass_env: [],
    timeout_ms: 900_000,
    idle_timeout_ms: null,
    retry: { max_attempts: 1, backoff_ms: 0, max_backoff_ms: 0 },
    continue_on_error: false,
    outputs: [],
    reports: [],
    allow_empty: false,
    ...change,
  };
}

function makePlan(steps: PlanStep[], change: Partial<Plan> = {}): Plan {
  return {
    plan_version: 1,
    name: 'release',
    manifest: { path: 'quoderat.yml', sha256: digestOf('2') },
    max_parallel: 2,
    max_duration_ms: 3_600_000,
    fail_fast: false,
    secrets: [],
    redaction_rules: [],
    steps,
    ...change,
  };
}

describe('columns of a terminal', () => {
  it.each([
    ['abc', 3],
    ['漢字', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['🇨🇭', 2],
    ['✔️', 2],
    ['✓', 1],
    ['한글', 4],
  ])('%j takes %i', (text, cells) => {
    expect(toCells(text)).toBe(cells);
  });

  it('are never exceeded by clipped text, nor missed by padded text', () => {
    expect(clip('漢字漢字', 5)).toBe('漢字…');
    expect(clip('漢字', 4)).toBe('漢字');
    expect(toCells(pad('漢', 6))).toBe(6);
  });
});

describe('quoderat show', () => {
  const envelope = makeEnvelope([
    makeStep('build'),
    failed('unit', { cause: { code: 'exit_nonzero', message: 'exit code 3' }, max_attempts: 2, attempt: 2 }),
    skipped('ship', 'needs unit'),
  ]);

  it('says what came of each step with a symbol, a word, the time and the reason', () => {
    const text = renderShow(envelope, plain);
    expect(text).toMatch(/^✗ Failed: 1 of 3 steps failed, 1 not run in 4m 12s\n/);
    expect(text).toMatch(/^ {2}✓ passed +build \(test\) +3\.2 s$/m);
    expect(text).toMatch(/^ {2}✗ failed +unit \(test\) +3\.2 s +exit code 3$/m);
    expect(text).toMatch(/^ {2}○ not run +ship \(test\) +needs unit$/m);
  });

  it('lists artifacts with whole digests and sizes, the limits, and the seal', () => {
    const text = renderShow(envelope, plain);
    expect(text).toMatch(new RegExp(`^  sha256:${digestOf('c')} +10 B  build/1/stdout$`, 'm'));
    expect(text).toContain('Does not show\n  - that the steps were honest');
    expect(text).toContain(digestOf('e'));
    expect(text).toContain('hash only: sealed in the same job that ran the steps, not signed');
  });

  it('is the same text with and without colour', () => {
    const colored = renderShow(envelope, { color: true, width: 100, verdict: makeVerdict() });
    expect(colored).toContain('\u001B[31m');
    expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(renderShow(envelope, { ...plain, verdict: makeVerdict() }));
  });

  it('lets no string of the envelope act on the terminal', () => {
    const value = hostile.join(' ');
    const steps = [failed(value, { cause: { code: 'signaled', message: value }, warnings: [value] })];
    const meta = { matrix: { [value]: value } };
    const evil = makeEnvelope(steps, {
      subject: { ...envelope.subject, repo: { url: value, name: value, provider: null }, meta },
    });
    const problems = [{ pointer: value, code: value, message: value }];
    const verdict = makeVerdict({ intact: { answer: 'no', problems } });
    expect(renderShow(evil, { ...plain, verdict })).not.toMatch(active);
  });
});

describe('a verdict', () => {
  it('gives four separate answers', () => {
    const text = renderVerdict(makeVerdict(), plain);
    expect(text.split('\n').map((line) => line.slice(0, 26).trimEnd())).toEqual([
      '  ✓ intact:    yes  5 entr',
      '  ✓ complete:  yes  2 of 2',
      '  ○ authentic: not checked',
      '  ○ expected:  not asked',
      '',
    ]);
  });

  it('names each problem with its pointer, and counts those beyond fifty', () => {
    const problems = Array.from({ length: 60 }, (_, index) => ({
      pointer: `/artifacts/${index}`,
      code: 'changed',
      message: 'was changed',
    }));
    const text = renderVerdict(makeVerdict({ intact: { answer: 'no', problems } }), plain);
    expect(text).toContain('✗ intact:    NO');
    expect(text).toContain('      /artifacts/0: was changed (changed)\n');
    expect(text).toContain('and 10 more');
  });
});

describe('a plan', () => {
  const plan = makePlan([
    planned('install', 0),
    planned('unit', 1, {
      kind: 'test',
      needs: ['install'],
      continue_on_error: true,
      command: { run: '# why\nnpx vitest run\necho', shell: 'bash' },
    }),
    planned('build', 2, { needs: ['install'], command: { argv: ['node', 'a b.js'] } }),
    planned('report', 3, {
      needs: ['unit', 'build'],
      when: 'failure',
      retry: { max_attempts: 3, backoff_ms: 0, max_backoff_ms: 0 },
    }),
    planned('cleanup', 4, { when: 'always' }),
  ]);
  const text = renderPlan(plan, digestOf('9'), plain);

  it('lists the steps in order with kind, command and conditions', () => {
    expect(text).toContain('Plan release: 5 steps, up to 2 at a time\n');
    expect(text).toContain('   1. install (command)  runs; limit 15m 00s\n      $ npm ci\n');
    expect(text).toContain(
      '   2. unit (test)  waits for install; may fail; limit 15m 00s\n      $ npx vitest run … (3 lines of bash)\n',
    );
    expect(text).toContain('      $ node "a b.js"\n');
    expect(text).toContain(
      '4. report (command)  conditional: runs only when something of unit, build has failed; up to 3 attempts',
    );
    expect(text).toContain('5. cleanup (command)  runs whatever came of all steps before it');
  });

  it('draws who needs whom, each step once', () => {
    expect(text).toContain(
      ['Graph', '  install', '  ├─ unit', '  └─ build', '     └─ report (also needs unit)', '  cleanup', ''].join('\n'),
    );
  });

  it('ends with the hash and says that nothing was executed', () => {
    expect(text).toMatch(new RegExp(`\\nplan hash ${digestOf('9')}\\nNothing was executed.\\n$`));
  });

  it('draws a chain of 1,000 steps within the width', () => {
    const chain = Array.from({ length: 1000 }, (_, index) =>
      planned(`s${index}`, index, { needs: index === 0 ? [] : [`s${index - 1}`] }),
    );
    const lines = renderPlan(makePlan(chain), digestOf('9'), { color: false, width: 100 }).split('\n');
    expect(Math.max(...lines.map(toCells))).toBeLessThanOrEqual(110);
    expect(lines.some((line) => line.endsWith('└─ s999'))).toBe(true);
  });

  it('lets no name or command act on the terminal', () => {
    const value = hostile.join(' ');
    const evil = makePlan(
      [planned(value, 0, { command: { run: value, shell: 'sh' }, reports: [{ path: value, format: 'junit' }] })],
      {
        name: value,
      },
    );
    expect(renderPlan(evil, digestOf('9'), plain)).not.toMatch(active);
  });
});
