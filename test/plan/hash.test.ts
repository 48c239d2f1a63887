import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/expand.ts';
import { hashPlan } from '../../src/plan/hash.ts';
import { parseGood } from '../manifest/from-text.ts';

const source = { path: 'quoderat.yml', sha256: 'a'.repeat(64) };
const hashOf = (text: string): string => hashPlan(makePlan(parseGood(text), source).plan);
const base = 'version: 1\nsteps:\n  - { id: a, kind: test, run: x, env: { V: one } }\n';

describe('the plan hash', () => {
  it('is the SHA-256 of the canonical plan', () => {
    const { plan } = makePlan(parseGood(base, 'manifest', 'quoderat.yml'), source);
    // Written out by hand, keys sorted: RFC 8785 by another way.
    const canonical =
      '{"fail_fast":false,"manifest":{"path":"quoderat.yml","sha256":"' +
      `${source.sha256}"},"max_duration_ms":3600000,"max_parallel":1,"name":"quoderat","plan_version":1,` +
      '"redaction_rules":[],"secrets":[],"steps":[{"allow_empty":false,"command":{"run":"x","shell":"bash"},' +
      '"continue_on_error":false,"cwd":".","env_names":["V"],"id":"a","idle_timeout_ms":600000,"index":0,"kind":"test",' +
      '"name":"a","needs":[],"outputs":[],"pass_env":[],"reports":[],' +
      '"retry":{"backoff_ms":0,"max_attempts":1,"max_backoff_ms":0},"timeout_ms":900000,"when":"success"}]}';
    expect(hashPlan(plan)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('does not depend on how the manifest is written', () => {
    const other =
      '# the same\nsteps: [{ run: x, "kind": test, id: a, env: { V: one }, timeout: 900s, cwd: ./ }]\nversion: 1\n';
    expect(hashOf(other)).toBe(hashOf(base));
  });

  it.each([
    ['a command', base.replace('run: x', 'run: y')],
    ['a name of a variable', base.replace('V:', 'W:')],
    ['a timeout', base.replace('run: x', 'run: x, timeout: 1m')],
    ['a need', `${base}  - { id: b, kind: test, run: x, needs: [a] }\n`],
    ['a kind', base.replace('kind: test', 'kind: lint')],
    ['a secret', `${base}secrets: [X]\n`],
  ])('changes with %s', (_what, text) => {
    expect(hashOf(text)).not.toBe(hashOf(base));
  });

  it('changes with the manifest file, which holds the values that the plan does not', () => {
    const { plan } = makePlan(parseGood(base), source);
    expect(hashPlan({ ...plan, manifest: { ...source, sha256: 'b'.repeat(64) } })).not.toBe(hashPlan(plan));
  });
});
