import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/manifest/parse.ts';
import { parseBad, parseGood, toSource, withStep } from './from-text.ts';

describe('a manifest in normal form', () => {
  it('has every default filled in', () => {
    expect(parseGood('version: 1\nsteps:\n  - { id: unit, kind: test, run: npm test }\n')).toEqual({
      version: 1,
      name: 'release',
      env: {},
      pass_env: [],
      secrets: [],
      redaction: { rules: [] },
      max_parallel: 1,
      max_duration: 3_600_000,
      fail_fast: false,
      steps: [
        {
          id: 'unit',
          kind: 'test',
          name: 'unit',
          command: { run: 'npm test', shell: 'bash' },
          cwd: '.',
          env: {},
          pass_env: [],
          secrets: [],
          timeout: 900_000,
          idle_timeout: 600_000,
          retry: { attempts: 1, backoff: 0, max_backoff: 0 },
          continue_on_error: false,
          when: 'success',
          needs: [],
          outputs: [],
          reports: [],
          allow_empty: false,
        },
      ],
    });
  });

  it('takes what a step does not say from `defaults`', () => {
    const { steps } = parseGood(`
version: 1
defaults: { timeout: 1h30m, idle_timeout: none, shell: sh }
steps:
  - { id: a, kind: command, run: x }
  - { id: b, kind: command, run: x, timeout: 500ms, idle_timeout: 90s, shell: pwsh }
  - { id: c, kind: command, argv: [x, '2'] }
`);
    expect(steps[0]).toMatchObject({ timeout: 5_400_000, idle_timeout: null, command: { run: 'x', shell: 'sh' } });
    expect(steps[1]).toMatchObject({ timeout: 500, idle_timeout: 90_000, command: { run: 'x', shell: 'pwsh' } });
    expect(steps[2]?.command).toEqual({ argv: ['x', '2'] });
  });

  it('writes numbers and booleans of env and map as text', () => {
    const { env, steps } = parseGood(`
version: 1
env: { PORT: 3000, RATIO: 0.5, DEBUG: true, EMPTY: '' }
steps: [{ id: a, kind: test, run: x, map: { node: [22, '24'], fast: [false] } }]
`);
    expect(env).toEqual({ PORT: '3000', RATIO: '0.5', DEBUG: 'true', EMPTY: '' });
    expect(steps[0]?.map).toEqual({ node: ['22', '24'], fast: ['false'] });
  });

  it('waits between attempts for 1 s at first and 5 min at most, if it is not told otherwise', () => {
    const retryOf = (retry: string) => parseGood(withStep(`run: x\nretry: ${retry}`)).steps[0]?.retry;
    expect(retryOf('{ attempts: 2 }')).toEqual({ attempts: 2, backoff: 1000, max_backoff: 300_000 });
    expect(retryOf('{ attempts: 3, backoff: 10m }')).toEqual({ attempts: 3, backoff: 600_000, max_backoff: 600_000 });
    expect(retryOf('{ attempts: 3, backoff: 0s, max_backoff: 2s }')).toEqual({
      attempts: 3,
      backoff: 0,
      max_backoff: 2000,
    });
  });

  it('makes a step that looks after failures wait for all above it, unless it names some', () => {
    const { steps } = parseGood(`
version: 1
steps:
  - { id: a, kind: test, run: x }
  - { id: b, kind: test, run: x }
  - { id: always, kind: command, when: always, run: x }
  - { id: failure, kind: command, when: failure, needs: [a], run: x }
  - { id: empty, kind: command, when: always, needs: [], run: x }
`);
    expect(steps.map((step) => step.needs)).toEqual([[], [], ['a', 'b'], ['a'], ['a', 'b', 'always', 'failure']]);
  });

  it('writes paths in their shortest form', () => {
    const [step] = parseGood(
      withStep('run: x\ncwd: ./a//b/../c/\noutputs: [./dist/**]\nreports: [{ path: ./r.xml, format: junit }]'),
    ).steps;
    expect(step).toMatchObject({ cwd: 'a/c', outputs: ['dist/**'], reports: [{ path: 'r.xml', format: 'junit' }] });
  });

  it('is called after its file when it has no name', () => {
    const nameAt = (path: string) => parseGood(withStep('run: x'), 'manifest', path).name;
    expect(nameAt('quoderat.yml')).toBe('quoderat');
    expect(nameAt('ci/night.run.yaml')).toBe('night.run');
    expect(nameAt('a\\b\\c.json')).toBe('c');
    expect(nameAt('.yml')).toBe('manifest');
  });

  it('carries the SHA-256 of the bytes as they are', () => {
    const source = toSource(`\ufeff${withStep('run: x')}`);
    expect(parseManifest(source)).toMatchObject({ sha256: createHash('sha256').update(source.bytes).digest('hex') });
  });

  it('can be written in JSON, with tabs and a $schema', () => {
    const text = JSON.stringify({ $schema: 'x', version: 1, steps: [{ id: 'a', kind: 'test', run: 'x' }] }, null, '\t');
    expect(parseGood(text).steps).toHaveLength(1);
  });

  it('can share values through anchors', () => {
    const { steps } = parseGood(`
version: 1
steps:
  - { id: a, kind: test, run: x, env: &env { A: 1 } }
  - { id: b, kind: test, run: x, env: *env }
`);
    expect(steps[1]?.env).toEqual({ A: '1' });
  });

  it('reads words as YAML 1.2 does: yes, no, on and 1:30 are text', () => {
    const { env } = parseGood(
      `version: 1\nenv: { A: yes, B: no, C: on, D: 1:30, E: 2024-01-01, F: null_ }\nsteps: [{ id: a, kind: test, run: x }]`,
    );
    expect(env).toEqual({ A: 'yes', B: 'no', C: 'on', D: '1:30', E: '2024-01-01', F: 'null_' });
  });
});

describe('steps that are given inline', () => {
  it('stand for a manifest that is called after where they come from', () => {
    const manifest = parseGood('- { id: a, kind: test, run: x }\n', 'steps', 'steps');
    expect(manifest).toMatchObject({ version: 1, name: 'steps', steps: [{ id: 'a' }] });
  });

  it('keep the positions of the inline text', () => {
    expect(parseBad('- id: a\n  kind: test\n  run: x\n  timout: 1m\n', 'steps')).toMatchObject([
      { path: 'steps[0].timout', line: 4, column: 3 },
    ]);
    expect(parseBad('- { id: a, kind: test, run: x, env: { V: 3.10 } }\n', 'steps')).toMatchObject([
      { path: 'steps[0].env.V', line: 1, column: 42, message: '3.10 is a number, and would become 3.1' },
    ]);
  });

  it('must be a list', () => {
    expect(parseBad('version: 1\n', 'steps')).toMatchObject([
      { path: 'steps', line: 1, column: 1, message: 'must be a list, but is a mapping' },
    ]);
  });
});
