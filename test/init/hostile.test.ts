import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toStarter } from '../../src/init/starter.ts';
import { toYamlComment, toYamlEntry, toYamlList, toYamlMapping, toYamlScalar } from '../../src/init/yaml-text.ts';
import { parseGood } from '../manifest/from-text.ts';
import { toRepository } from './repository-of.ts';

/** Texts with what matters to YAML, to a shell, to a terminal and to this format. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ': ',
      ' #',
      '\n',
      "'",
      '"',
      '${{',
      '}}',
      '- ',
      '[',
      '{',
      '&',
      '*',
      '!',
      '|',
      '>',
      '%',
      '@',
      '`',
      '\\',
      '\u0000',
      '\u0085',
      '\u2028',
      '\u202E',
      '\uFEFF',
      '\uD800',
      '\t',
      'x',
      ' ',
      '~',
      '0',
      ',',
    ),
    maxLength: 12,
  }),
);
const scriptName = fc.oneof(
  fc.constantFrom('test', 'lint', 'build', 'typecheck', 'check', '__proto__', 'constructor'),
  fc.tuple(fc.constantFrom('lint:', 'test:', ''), anyText).map(([prefix, rest]) => prefix + rest),
);
const scriptText = fc.oneof(
  anyText,
  fc
    .tuple(fc.constantFrom('vitest ', 'node --test ', 'eslint ', 'jest ', 'npm run '), anyText)
    .map(([program, rest]) => program + rest),
);

describe('a starter made from what strangers wrote', () => {
  it('parses whatever the scripts of package.json hold', () => {
    const scripts = fc.oneof(
      fc.array(fc.tuple(scriptName, scriptText), { maxLength: 8 }).map(toObject),
      fc.jsonValue(),
    );
    const lockfile = fc.constantFrom('package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'none');
    fc.assert(
      fc.property(scripts, anyText, lockfile, fc.boolean(), (scripts, name, file, below) => {
        const text = JSON.stringify({ name, scripts, devDependencies: { [name]: '1', oxlint: name } });
        const files = { 'package.json': text, [file]: null };
        const repository = below ? toRepository({}, { [name]: files }) : toRepository(files);
        const starter = toStarter({ ...repository, name });
        const manifest = parseGood(starter.text, 'manifest', 'quoderat.yml');
        if (starter.steps.length > 0) expect(manifest.steps.map(({ id }) => id)).toEqual(starter.steps);
      }),
      { numRuns: 600 },
    );
  });

  it('parses whatever other telling files hold', () => {
    const files = [
      'pyproject.toml',
      'Cargo.toml',
      '.config/nextest.toml',
      'pom.xml',
      'Makefile',
      '.npmrc',
      '.gitignore',
      'go.mod',
      '.golangci.yml',
    ];
    const text = fc.oneof(
      anyText,
      fc
        .constantFrom('[package]\nname = "a', '[profile.x.junit]\npath = "', '//r/:_authToken=${')
        .chain((start) => anyText.map((rest) => `${start}${rest}"}`)),
    );
    const texts = fc.array(fc.tuple(fc.constantFrom(...files), text), { maxLength: 5 }).map(toObject);
    fc.assert(
      fc.property(texts, (texts) => {
        const starter = toStarter(toRepository({ 'package.json': '{}', ...texts }));
        expect(parseGood(starter.text).steps.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('hands the name of a script to the shell as one word', () => {
    const scripts = { "lint:it's; rm -rf ~": 'true', 'lint:a\nb': 'true', 'lint:${{ x }}': 'true' };
    const starter = toStarter(toRepository({ 'package.json': JSON.stringify({ scripts }) }));
    const manifest = parseGood(starter.text);
    expect(manifest.steps.map(({ command }) => command)).toEqual([
      { run: String.raw`npm run 'lint:it'\''s; rm -rf ~'`, shell: 'bash' },
    ]);
  });

  it('is done with long files quickly', () => {
    const long = (piece: string): string => piece.repeat(400_000 / piece.length);
    const files = {
      'pyproject.toml': long('\n'),
      'Cargo.toml': long('[package]\n'),
      Makefile: long('a '),
      'pom.xml': long('<packaging> '),
      '.npmrc': long('${'),
      'package.json': JSON.stringify({ scripts: { test: long('"\'') } }),
    };
    expect(parseGood(toStarter(toRepository(files)).text).steps.length).toBeGreaterThan(0);
  });
});

describe('YAML text', () => {
  it('is read back as the text that was written', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (texts) => {
        const [first = ''] = texts;
        const document = [
          `scalar: ${toYamlScalar(first)}`,
          `list: ${toYamlList(texts)}`,
          `map: ${toYamlMapping({ a: first })}`,
          toYamlComment(first),
          ...toYamlEntry('entry', first, ''),
        ].join('\n');
        const well = texts.map((text) => text.toWellFormed());
        expect(parse(document)).toEqual({ scalar: well[0], list: well, map: { a: well[0] }, entry: well[0] });
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['npm test', 'npm run lint -- --format json', '.venv/bin/python -m pytest'])('leaves %s as it is', (text) => {
    expect(toYamlScalar(text)).toBe(text);
  });

  it.each(['true', 'No', '~', '12', '1.5', '0x1f', 'a: b', 'a #b', '- a', '', ' a', 'a ', '.5', '.inf', 'null'])(
    'quotes %j',
    (text) => {
      expect(toYamlScalar(text)).toBe(`'${text}'`);
    },
  );

  it('keeps a script of several lines as a block', () => {
    expect(toYamlEntry('run', 'a\n\n  b', '  ')).toEqual(['  run: |-', '    a', '', '      b']);
  });
});

function toObject(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries);
}
