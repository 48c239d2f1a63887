import { describe, expect, it } from 'vitest';
import { makePlan, type PlanWithEnvironments } from '../../src/plan/expand.ts';
import { plan as planSchema, type PlanStep } from '../../src/schema/plan.ts';
import { parseGood } from '../manifest/from-text.ts';

const source = { path: 'quoderat.yml', sha256: 'a'.repeat(64) };

function expand(text: string): PlanWithEnvironments {
  const made = makePlan(parseGood(text, 'manifest', source.path), source);
  expect(planSchema.parse(made.plan)).toEqual(made.plan);
  return made;
}

const pick = <Key extends keyof PlanStep>(made: PlanWithEnvironments, key: Key): PlanStep[Key][] =>
  made.plan.steps.map((step) => step[key]);

describe('a plan', () => {
  it('says everything that a run does, and no value of a variable', () => {
    const { plan, environments } = expand(`
version: 1
name: release
env: { TOP: top-value, BOTH: top }
pass_env: [NPM_TOKEN, BOTH]
secrets: [NPM_TOKEN]
redaction: { rules: [{ id: ticket, pattern: 'INT-[0-9]{6}' }] }
max_parallel: 2
max_duration: 2h
fail_fast: true
steps:
  - id: unit
    kind: test
    name: Unit tests
    run: npm test
    cwd: packages/app
    env: { OWN: own-value, BOTH: own }
    pass_env: [HOME_TOKEN, NPM_TOKEN]
    secrets: [HOME_TOKEN]
    timeout: 5m
    idle_timeout: none
    retry: { attempts: 2, backoff: 5s }
    continue_on_error: true
    outputs: [coverage/**]
    reports: [{ path: junit.xml, format: junit }]
    allow_empty: true
`);
    expect(plan).toEqual({
      plan_version: 1,
      name: 'release',
      manifest: source,
      max_parallel: 2,
      max_duration_ms: 7_200_000,
      fail_fast: true,
      secrets: ['HOME_TOKEN', 'NPM_TOKEN'],
      redaction_rules: [{ id: 'ticket', pattern: 'INT-[0-9]{6}' }],
      steps: [
        {
          id: 'unit',
          index: 0,
          kind: 'test',
          name: 'Unit tests',
          needs: [],
          when: 'success',
          command: { run: 'npm test', shell: 'bash' },
          cwd: 'packages/app',
          env_names: ['BOTH', 'OWN', 'TOP'],
          pass_env: ['HOME_TOKEN', 'NPM_TOKEN'],
          timeout_ms: 300_000,
          idle_timeout_ms: null,
          retry: { max_attempts: 2, backoff_ms: 5000, max_backoff_ms: 300_000 },
          continue_on_error: true,
          outputs: ['coverage/**'],
          reports: [{ path: 'junit.xml', format: 'junit' }],
          allow_empty: true,
        },
      ],
    });
    expect(environments).toEqual({ unit: { TOP: 'top-value', BOTH: 'own', OWN: 'own-value' } });
    expect(JSON.stringify(plan)).not.toMatch(/top-value|own-value/);
  });

  it('has a step for each combination of a map, the first name changing slowest', () => {
    const made = expand(`
version: 1
steps:
  - { id: first, kind: command, run: x }
  - { id: compat, kind: test, run: x, map: { node: [22, 24], os: [linux, mac] } }
  - { id: last, kind: command, run: x }
`);
    expect(pick(made, 'id')).toEqual([
      'first',
      'compat[node=22,os=linux]',
      'compat[node=22,os=mac]',
      'compat[node=24,os=linux]',
      'compat[node=24,os=mac]',
      'last',
    ]);
    expect(pick(made, 'index')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pick(made, 'parent_id')).toEqual([undefined, 'compat', 'compat', 'compat', 'compat', undefined]);
    expect(pick(made, 'map')[2]).toEqual({ node: '22', os: 'mac' });
    expect(pick(made, 'name')[1]).toBe('compat[node=22,os=linux]');
  });

  it('has the values of the map filled in, in one pass, and nowhere in the command', () => {
    const made = expand(`
version: 1
steps:
  - id: pack
    kind: build
    map: { dir: [a, '\${{ map.dir }}'] }
    name: Pack \${{map.dir}}
    cwd: packages/\${{ map.dir }}
    env: { DIR: '<\${{ map.dir }}>' }
    outputs: ['\${{ map.dir }}/**']
    reports: [{ path: '\${{ map.dir }}.xml', format: junit }]
    argv: [pack, $DIR]
`);
    expect(made.plan.steps[0]).toMatchObject({
      name: 'Pack a',
      cwd: 'packages/a',
      outputs: ['a/**'],
      reports: [{ path: 'a.xml' }],
      command: { argv: ['pack', '$DIR'] },
    });
    expect(Object.values(made.environments)).toEqual([{ DIR: '<a>' }, { DIR: '<${{ map.dir }}>' }]);
  });

  it('has needs by expanded ids, each once and in the order of the plan', () => {
    const made = expand(`
version: 1
steps:
  - { id: a, kind: test, run: x, map: { n: [1, 2] } }
  - { id: b, kind: test, run: x }
  - { id: c, kind: test, run: x, needs: [b, a, b] }
  - { id: d, kind: command, run: x, when: always }
`);
    expect(pick(made, 'needs')).toEqual([[], [], [], ['a[n=1]', 'a[n=2]', 'b'], ['a[n=1]', 'a[n=2]', 'b', 'c']]);
  });

  it('lets a name through or sets it, never both', () => {
    const made = expand(`
version: 1
env: { A: 1 }
pass_env: [A, B, C]
steps: [{ id: a, kind: test, run: x, env: { B: 2 }, pass_env: [C, C] }]
`);
    expect(pick(made, 'pass_env')).toEqual([['C']]);
    expect(pick(made, 'env_names')).toEqual([['A', 'B']]);
  });
});
