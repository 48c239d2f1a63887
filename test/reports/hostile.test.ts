import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { parseReport } from '../../src/reports/parse-report.ts';
import type { ParsedReport } from '../../src/schema/parsed-report.ts';
import { type ReportFormat, reportFormats } from '../../src/schema/kinds.ts';
import { observationLimits, observationValues } from '../../src/schema/observation.ts';
import { largeReports } from './large-reports.ts';
import { readFault, readTests, readText, toChunks } from './read.ts';

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures/reports', name));

/** One real report of each format that has one. */
const samples: [format: ReportFormat, name: string][] = [
  ['junit', 'pytest.junit.xml'],
  ['tap', 'node-test.tap'],
  ['ctrf', 'jest.ctrf.json'],
  ['go-test', 'go-test.json'],
  ['sarif', 'oxlint.sarif'],
  ['checkstyle', 'checkstyle.xml'],
  ['eslint', 'eslint.json'],
  ['lcov', 'c8.lcov.info'],
  ['cobertura', 'c8.cobertura.xml'],
  ['jacoco', 'jacoco.xml'],
  ['go-cover', 'go-cover.out'],
];
const MUST_END = new Set<ReportFormat>(['junit', 'ctrf', 'sarif', 'checkstyle', 'eslint', 'cobertura', 'jacoco']);

function toCounts(report: ParsedReport): number[] {
  if (!report.ok) return [];
  if (report.type === 'tests') return [report.value.tests];
  if (report.type === 'findings') return [report.value.total];
  const { lines, branches, functions, statements } = report.value;
  return [lines, branches, functions, statements].map((metric) => metric?.total ?? 0);
}

describe('a report that is cut off', () => {
  it.each(samples)('%s: at no byte does it throw, or count more than is there', async (format, name) => {
    const bytes = fixture(name);
    const whole = toCounts(await readText(format, bytes));
    const end = bytes.toString().trimEnd().length;
    // Each byte of the beginning and the end, and every seventh between them.
    for (let length = 0; length < bytes.length; length += length < 600 || length > bytes.length - 300 ? 1 : 7) {
      const report = await readText(format, bytes.subarray(0, length));
      for (const [index, count] of toCounts(report).entries()) expect(count).toBeLessThanOrEqual(whole[index] ?? 0);
      if (MUST_END.has(format) && length < end - 1) expect(report).toMatchObject({ ok: false });
    }
  });

  it.each(samples)('%s: is the same in whatever pieces it comes', async (format, name) => {
    const whole = await readText(format, fixture(name));
    for (const size of [1, 3, 1000]) expect(await readText(format, fixture(name), size)).toEqual(whole);
  });
});

describe('bytes of any kind', () => {
  it.each(reportFormats)('as %s: give a fault or a value that fits its shape and can be sealed', async (format) => {
    const words = fc.constantFrom(
      '<testsuite>',
      '<testcase name="',
      '"/>',
      '<failure>',
      '</testsuite>',
      '<coverage line-rate="1">',
      '&amp;',
      '<![CDATA[',
      ']]>',
      '{"runs":[',
      '{"results":',
      '"tests":[{',
      '}',
      ']',
      '"__proto__":',
      '-0',
      '1e999',
      'ok 1 - x\n',
      'not ok\n',
      '1..2\n',
      '  ---\n',
      'SF:a\n',
      'DA:1,1\n',
      'end_of_record\n',
      'mode: set\n',
      'a.go:1.1,2.2 1 1\n',
      '{"Action":"fail","Package":"p"}\n',
      '\u0000',
      '\uD800',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: fc.string() })),
        async (parts) => {
          const report = await readText(format, parts.join(''));
          if (report.ok) {
            expect(observationValues[report.type].parse(report.value)).toEqual(report.value);
            toCanonicalJson(report.value);
          } else {
            expect(report.message).not.toBe('');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that are not UTF-8 are shown as such and lose no test', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<testsuite><testcase name="a'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('b"><failure message="x"/></testcase></testsuite>'),
    ]);
    expect((await readTests('junit', bytes)).cases[0]?.name).toBe('a\uFFFD\uFFFDb');
  });

  it('that XML has no place for stay where they were', async () => {
    const value = await readTests(
      'junit',
      '<testsuite>\n<testcase name="a\u0000b"><failure message="\u001B[31mred\u001B[39m &#x1b;[1mbold&#27;[22m \u0007">\uFFFE</failure></testcase></testsuite>',
    );
    expect(value.cases[0]).toMatchObject({ name: 'a\u0000b', message: 'red bold \u0007\n\uFFFE' });
    expect(await readFault('junit', '<testsuite>\u0001\n</testsuit>')).toMatch(/line 2, column 11/);
  });

  it('of other encodings are read by mark or declaration', async () => {
    const xml = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><testsuite><testcase name="é"><failure/></testcase></testsuite>`;
    const little = Buffer.from(`\uFEFF${xml('utf-16')}`, 'utf16le');
    for (const bytes of [
      Buffer.from(xml('UTF-8')),
      Buffer.from(`\uFEFF${xml('UTF-8')}`),
      Buffer.from(xml('ISO-8859-1'), 'latin1'),
      Buffer.from(xml('Windows-1252'), 'latin1'),
      little,
      Buffer.from(little).swap16(),
      Buffer.from(xml('utf-16'), 'utf16le'),
      // As .NET writes it: declared for the string that it was, saved as UTF-8.
      Buffer.from(xml('utf-16')),
    ]) {
      expect((await readTests('junit', bytes)).cases[0]?.name).toBe('é');
    }
    expect(await readFault('junit', xml('klingon'))).toMatch(/the encoding klingon, which is not known/);
  });
});

describe('XML bombs', () => {
  it('of entities are refused, as is every DOCTYPE of a test report', async () => {
    const bomb =
      '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>';
    expect(await readFault('junit', bomb)).toMatch(/it has a DOCTYPE, which is refused/);
    expect(await readFault('junit', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>')).toMatch(/DOCTYPE/);
    expect(await readFault('jacoco', bomb)).toMatch(/DOCTYPE/);
    expect(await readFault('junit', '<testsuite><testcase name="&xxe;"/></testsuite>')).toMatch(/undefined entity/);
  });

  it('of depth, attributes and names end at a bound', async () => {
    expect(await readFault('junit', '<testsuite>'.repeat(1_000_000))).toMatch(/nested more than 256 deep/);
    const attributes = Array.from({ length: 300 }, (_, index) => ` a${index}="1"`).join('');
    expect(await readFault('junit', `<testsuite${attributes}/>`)).toMatch(/more than 256 attributes/);
    expect(await readFault('junit', `<testsuite ${'a'.repeat(5_000_000)}`)).toMatch(/a name of more than 4096/);
    expect(await readFault('junit', `<testsuite><testcase name="&${'a'.repeat(5_000_000)}`)).toMatch(
      /a name of more than/,
    );
  });
});

describe('JSON bombs', () => {
  it('of depth and of numbers end at a bound', async () => {
    expect(await readFault('sarif', '{"runs":'.concat('['.repeat(1_000_000)))).toMatch(/nested more than 128 deep/);
    expect(await readFault('sarif', `{"runs":[${'1'.repeat(1000)}]}`)).toMatch(/more than 400 characters/);
    expect(await readFault('sarif', `{"runs":[${'{"tool":{}},'.repeat(300_000)}{}]}`)).toMatch(
      /more than 500000 values/,
    );
  });
});

describe('size', () => {
  it.each(largeReports.map(({ what, format }, index) => [what, format, index] as const))(
    '%s of 50 MB in %s is read with a heap of 30 MB',
    (_what, _format, index) => {
      // A heap that can't hold the text: what kept it would end the process. Marked in one go: in turns, what dies meanwhile
      // counts as alive, on a busy machine more than there is room for.
      const flags = ['--max-old-space-size=30', '--no-incremental-marking'];
      const args = [...flags, join(import.meta.dirname, 'read-large.ts'), String(index)];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ ok: true });
      expect(stdout.length).toBeLessThan(10_000);
    },
  );

  it('of one chunk does not keep other work from its turn', async () => {
    const chunk = Buffer.from(`<testsuite>${'<testcase name="a" time="0.1"/>'.repeat(500_000)}</testsuite>`);
    let turns = 0;
    let reading = true;
    const count = (): void => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    const report = await parseReport('junit', toChunks(chunk, chunk.length), {});
    reading = false;
    expect(report).toMatchObject({ ok: true, value: { tests: 500_000 } });
    expect(turns).toBeGreaterThan(chunk.length / (64 * 1024) - 2);
  });

  it('of an observation is bounded, whatever the report says', async () => {
    const long = 'é'.repeat(5000);
    const cases = `<testcase name="${long}" classname="${long}" file="${long}"><failure message="${long}">${'line\n'.repeat(5000)}</failure></testcase>`;
    const suites = '<testsuite name="s" tests="999">'.repeat(100);
    const value = await readTests('junit', `${suites}${cases.repeat(300)}${'</testsuite>'.repeat(100)}`);
    expect(value).toMatchObject({ tests: 300, failed: 300, suites: 100, cases_left_out: 100 });
    expect(value.disagreements).toHaveLength(observationLimits.remarks);
    expect(value.cases[0]?.suite).toHaveLength(observationLimits.suiteParts);
    expect(value.cases[0]?.name).toBe(`${'é'.repeat(399)}…`);
  });
});
