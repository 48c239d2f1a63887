import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { formatDiagnostics } from '../../src/manifest/diagnostics.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import { parseBad, toSource } from './from-text.ts';

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join('');
const bomb = many(12, (i) => `${i === 0 ? 'a0: &a0 [x]' : `a${i}: &a${i} [${many(9, () => `*a${i - 1}, `)}]`}\n`);

describe('a hostile manifest', () => {
  it.each([
    ['brackets without end', '['.repeat(1_000_000), '1:65', 'this is nested too deeply'],
    ['maps without end', '{a: '.repeat(200_000), '1:257', 'this is nested too deeply'],
    ['lists in one line', '- '.repeat(500_000), '1:129', 'this is nested too deeply'],
    ['questions in one line', '? '.repeat(500_000), '1:129', 'this is nested too deeply'],
    ['lists line by line', many(1300, (i) => `${' '.repeat(i)}-\n`), '\\d+:\\d+', 'this is nested too deeply'],
    ['maps line by line', many(100, (i) => `${' '.repeat(i)}a:\n`), '66:66', 'this is nested too deeply'],
    ['more words than a manifest has', '[]'.repeat(500_000), '1:150001', 'the manifest is too large: too many words'],
    ['an alias bomb', bomb, '7:9', 'with its aliases expanded, this is too large'],
    ['an anchor that holds itself', 'a: &a [*a]', '1:8', '*a holds itself'],
    ['an alias of nothing', 'a: *b', '1:4', 'there is no anchor &b above'],
    ['an alias of what comes later', 'a: *b\nb: &b 1', '1:4', 'there is no anchor &b above'],
    [
      'aliases that nest',
      many(70, (i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]\n`),
      '64:12',
      'this is nested too deeply',
    ],
    ['a JavaScript tag', 'a: !!js/function "x"', '1:4', 'this tag is not supported'],
    ['a tag of its own', 'a: !run x', '1:4', 'this tag is not supported'],
    ['a YAML 1.1 tag', '!!set {a, b}', '1:1', 'this tag is not supported'],
    ['a YAML 1.1 document', '%YAML 1.1\n---\nversion: 1\n', '1:1', 'must be YAML 1.2'],
    ['two documents', 'a: 1\n---\nb: 2', '2:1', 'there is more than one document'],
    ['a key of a prototype', '__proto__: {x: 1}', '1:1', '"__proto__" cannot be a key'],
    ['a merge key', 'x: &x {a: 1}\n<<: *x', '2:1', 'merge keys (<<) are not part of YAML 1.2'],
    ['a key twice', 'version: 1\n"version": 2', '2:1', '"version" is given twice'],
    ['a key that is a number', '1: 2', '1:1', 'a key must be text, but this is a number'],
    ['a key that is a list', '? [a]\n: b', '1:3', 'a key must be a word'],
    ['no key at all', '~: 3', '1:1', 'a key must be a word'],
    ['a raw NUL', 'a: b\nc: \0', '2:4', 'the character U+0000 is not allowed'],
    ['a raw escape character', 'a: \u001b[2J', '1:4', 'the character U+001B is not allowed'],
    ['a NUL written as an escape', 'name: "a\\0"', '1:7', 'this text holds a NUL character, which no process takes'],
    ['half a surrogate pair', 'name: "\\ud800"', '1:7', 'this text holds half of a surrogate pair'],
    ['a tab to indent', 'a:\n\tb: 1', '2:1', 'a tab is used to indent'],
    ['nothing', '', '1:1', 'the manifest is empty'],
    ['a comment', '# version: 1', '1:1', 'the manifest is empty'],
  ])('with %s is refused', (_name, text, position, message) => {
    const found = parseBad(text);
    expect(found.map((diagnostic) => diagnostic.message)).toContain(message);
    const told = found.find((diagnostic) => diagnostic.message === message);
    expect(`${told?.line}:${told?.column}`).toMatch(new RegExp(`^${position}$`));
  });

  it('may hold anything as the key of a map that takes any', () => {
    const found = parseBad(
      'version: 1\nenv: { constructor: 1, toString: 2, hasOwnProperty: 3, x-y: 4 }\nsteps: [{ id: a, kind: test, run: x }]',
    );
    expect(found.map(({ path }) => path)).toEqual(['env.x-y']);
  });

  it('gets an answer of bounded length, whatever it holds', () => {
    const found = parseBad(`version: 1\n${many(20_000, (i) => `k${i}: 1\n`)}`);
    expect(found).toHaveLength(limits.manifestFaults + 1);
    expect(found.at(-1)?.message).toMatch(/^and \d+ more faults from here on$/);
    const source = toSource(`version: ${'x'.repeat(500_000)}\n`);
    const parsed = parseManifest(source);
    expect(parsed.ok ? '' : formatDiagnostics(source, parsed.diagnostics).length).toBeLessThan(1000);
  });

  it('is refused when map makes too many steps, without making them', () => {
    const axes = many(26, (i) => `a${i}: [1, 2, 3, 4, 5, 6, 7, 8, 9], `);
    expect(parseBad(`version: 1\nsteps: [{ id: a, kind: test, run: x, map: { ${axes} } }]`)).toMatchObject([
      { path: 'steps[0].map', message: `with this step, the plan has more than ${limits.planSteps} steps` },
    ]);
  });

  it('is not UTF-8: the line is told', () => {
    const parsed = parseManifest({ path: 'q.yml', bytes: Buffer.from([0x61, 0x0a, 0x62, 0xff]), form: 'manifest' });
    expect(parsed).toMatchObject({ ok: false, diagnostics: [{ line: 2, column: 2, message: 'this is not UTF-8' }] });
  });

  it('is larger than a manifest may be', () => {
    expect(parseBad('#'.repeat(limits.manifestBytes + 1))).toMatchObject([
      { message: expect.stringContaining('is larger than') },
    ]);
  });
});

describe('circles of needs', () => {
  const withNeeds = (graph: Record<string, string[]>): string =>
    `version: 1\nsteps:\n${Object.entries(graph)
      .map(([id, needs]) => `  - { id: ${id}, kind: test, run: x, needs: [${needs.join(', ')}] }\n`)
      .join('')}`;

  it('are shown from the step where they begin back to it', () => {
    expect(parseBad(withNeeds({ a: ['b'], b: ['c'], c: ['a'] }))).toMatchObject([
      { path: 'steps[0].needs[0]', line: 3, message: 'these steps need each other: a -> b -> c -> a' },
    ]);
  });

  it('are all told, without the steps that only lead into them', () => {
    const found = parseBad(withNeeds({ start: ['a', 'c'], a: ['b'], b: ['a'], c: ['d'], d: ['c'], end: ['start'] }));
    expect(found.map(({ message }) => message)).toEqual([
      'these steps need each other: a -> b -> a',
      'these steps need each other: c -> d -> c',
    ]);
  });

  it('count what a step that looks after failures needs without saying so', () => {
    const text = `version: 1
steps:
  - { id: a, kind: test, run: x, needs: [cleanup] }
  - { id: cleanup, kind: command, run: x, when: always }
`;
    expect(parseBad(text)).toMatchObject([{ line: 3, message: 'these steps need each other: a -> cleanup -> a' }]);
  });

  it('of a thousand steps are found, and shown short', () => {
    const ring = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`s${i}`, [`s${(i + 1) % 1000}`]]));
    const [fault] = parseBad(withNeeds(ring));
    expect(fault?.message).toMatch(/^these steps need each other: s0 -> s1 -> .* -> \.\.\. -> s0$/);
    expect(fault?.message.length).toBeLessThan(250);
  });
});
