import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/manifest/diagnostics.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import { makePlan } from '../../src/plan/expand.ts';
import { hashPlan } from '../../src/plan/hash.ts';
import { plan as planSchema } from '../../src/schema/plan.ts';

/** Parses, and checks what must hold of every answer. */
function check(bytes: Uint8Array, form: 'manifest' | 'steps'): boolean {
  const source = { path: 'q.yml', bytes, form };
  const parsed = parseManifest(source);
  if (!parsed.ok) {
    expect(parsed.diagnostics.length).toBeGreaterThan(0);
    for (const { line, column } of parsed.diagnostics) expect(Math.min(line, column)).toBeGreaterThan(0);
    expect(formatDiagnostics(source, parsed.diagnostics)).not.toMatch(/[^\n\P{Cc}]|##\[/u);
    return false;
  }
  const { plan, environments } = makePlan(parsed.manifest, { path: 'q.yml', sha256: parsed.sha256 });
  planSchema.parse(plan);
  expect(hashPlan(plan)).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(environments)).toEqual(plan.steps.map(({ id }) => id));
  return true;
}

const words = fc.constantFrom(
  'version: 1',
  'steps:',
  '- ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  'id: a',
  'kind: test',
  'run: x',
  ': ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '&a ',
  '*a',
  '!!str ',
  '!x ',
  '"',
  "'",
  '|',
  '>',
  '#',
  '---',
  '...',
  '%YAML 1.1',
  '\t',
  '<<: *a',
  '__proto__: ',
  'map: ',
  '${{ map.a }}',
  '1',
  '~',
  'needs: [a]',
  'a',
  '\\',
  '\r\n',
  '\u2028',
  '\ufeff',
);
/** A value that is nearly a step, so that what lies behind the schema is reached. */
const nearly = <Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
const name = fc.constantFrom('a', 'b', 'c', 'd', 'constructor');
const text = fc.oneof(
  fc.constantFrom('x', '.', 'a/b', '${{ map.a }}', '../x', 'GITHUB_TOKEN', '1m', 'none'),
  fc.string({ maxLength: 8 }),
);
const step = fc.record(
  {
    id: nearly(name),
    kind: nearly(fc.constantFrom('command', 'lint', 'test', 'build')),
    run: nearly(fc.constantFrom('x', 'echo hi')),
    needs: nearly(fc.array(name, { maxLength: 2 })),
    when: nearly(fc.constantFrom('success', 'always', 'failure')),
    cwd: nearly(text),
    env: nearly(fc.dictionary(fc.constantFrom('A', 'B'), text, { maxKeys: 2 })),
    map: nearly(
      fc.dictionary(fc.constantFrom('a', 'b'), fc.uniqueArray(text, { minLength: 1, maxLength: 3 }), {
        minKeys: 1,
        maxKeys: 2,
      }),
    ),
    timeout: nearly(fc.constantFrom('1m', '90s')),
    outputs: nearly(fc.array(text, { maxLength: 2 })),
  },
  { requiredKeys: ['id', 'kind', 'run'] },
);
const manifest = fc.record({
  version: nearly(fc.constant(1)),
  steps: nearly(fc.array(step, { minLength: 1, maxLength: 3 })),
});

describe('parsing a manifest', () => {
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string({ unit: 'binary' }).map((t) => Buffer.from(t)),
        ),
        fc.boolean(),
        (bytes, inline) => {
          check(bytes, inline ? 'steps' : 'manifest');
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever the YAML', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.boolean(), (parts, inline) => {
        check(Buffer.from(parts.join('')), inline ? 'steps' : 'manifest');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives either diagnostics or a manifest whose plan follows the schema and can be hashed', () => {
    let accepted = 0;
    fc.assert(
      fc.property(manifest, (value) => {
        if (check(Buffer.from(JSON.stringify(value)), 'manifest')) accepted += 1;
      }),
      { numRuns: 1500, seed: 7 },
    );
    // Or the property would hold of an empty set.
    expect(accepted).toBeGreaterThan(50);
  });
});
