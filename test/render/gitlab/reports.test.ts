import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { parseReport } from '../../../src/reports/parse-report.ts';
import { renderCodeQuality } from '../../../src/render/gitlab/code-quality.ts';
import { renderStepsJunit } from '../../../src/render/gitlab/junit.ts';
import { renderDotenv, renderJobLinks } from '../../../src/render/gitlab/links.ts';
import { renderMetrics } from '../../../src/render/gitlab/metrics.ts';
import type { Envelope } from '../../../src/schema/envelope.ts';
import { anyText } from '../hostile.ts';
import { makeRichEnvelope } from '../html/rich-envelope.ts';
import { digestOf, failed, makeEnvelope, makeStep, skipped } from '../sample-envelope.ts';

const rich = makeRichEnvelope();

describe('the steps as JUnit', () => {
  it('are a case each, and what was not run is skipped with its reason', async () => {
    const text = renderStepsJunit(rich, { 'unit/1/stderr': 'AssertionError: 189 !== 190\n' });
    const report = await parseReport('junit', toChunks(text), {});
    expect(report).toMatchObject({
      ok: true,
      value: { tests: 3, passed: 1, failed: 1, skipped: 1, disagreements: [] },
    });
    expect(text).toContain('<testcase classname="quoderat.test" name="unit"');
    expect(text).toContain('<skipped>not run: needs unit, which failed</skipped>');
    expect(text).toContain('AssertionError: 189 !== 190</failure>');
  });

  it('are valid by the schema that Jenkins published for JUnit', async () => {
    const schema = readFileSync(join(import.meta.dirname, '../../fixtures/gitlab/junit-4.xsd'), 'utf8');
    const xml = renderStepsJunit(rich, { 'unit/1/stderr': 'a < b\n' });
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true, errors: [] });
    const wrong = await validateXML({ xml: xml.replaceAll('testcase', 'case'), schema });
    expect(wrong.valid).toBe(false);
  });

  it('do not make a failed test of a failure that the manifest allows', () => {
    const text = renderStepsJunit(makeEnvelope([failed('lint', { continue_on_error: true })]), {});
    expect(text).toContain('failures="0" errors="0" skipped="1"');
    expect(text).toContain('<skipped>failed (allowed): exit code 1</skipped>');
  });

  it('are well-formed XML with the same elements, whatever the steps are called and have printed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const steps = [
          failed('unit', { id: text, cause: { code: 'exit_nonzero', message: text } }),
          skipped('ship', text),
          makeStep('ok'),
        ];
        const envelope = makeEnvelope(steps, { plan: { ...rich.plan, name: text } });
        const junit = renderStepsJunit(envelope, { 'unit/1/stderr': text });
        expect(listElements(junit)).toEqual([
          'testsuites',
          'testsuite',
          'testcase',
          'failure',
          'testcase',
          'skipped',
          'testcase',
        ]);
      }),
    );
  });
});

describe('the findings as Code Quality', () => {
  it('have a place in the repository, a severity of GitLab and a fingerprint that a moved line does not change', () => {
    const [entry] = readQuality(rich, 'packages/shop');
    expect(entry).toMatchObject({
      check_name: 'no-debugger',
      severity: 'major',
      location: { path: 'packages/shop/src/cart.js', lines: { begin: 17 } },
    });
    const [moved] = readQuality(withFindings([{ ...finding, start_line: 400 }]), 'packages/shop');
    expect(moved?.fingerprint).toBe(entry?.fingerprint);
    expect(moved?.location.lines.begin).toBe(400);
  });

  it('are told apart when one file has the same twice, and are one when two reports tell of it', () => {
    const entries = readQuality(withFindings([finding, { ...finding, start_line: 30 }, finding]), '.');
    expect(entries.map(({ location }) => location.lines.begin)).toEqual([17, 30]);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it.each(['/etc/passwd', '../../x', 'a\u0000b', 'C:\\x', 'file:///etc/passwd'])(
    'leave out what lies at %j, outside of the repository',
    (uri) => {
      expect(readQuality(withFindings([{ ...finding, uri }]), '.')).toEqual([]);
    },
  );

  it('are found again when the tool named the file absolutely', () => {
    const text = renderCodeQuality(withFindings([{ ...finding, uri: '/builds/acme/shop/src/a.js' }]), roots);
    expect(JSON.parse(text)).toMatchObject([{ location: { path: 'src/a.js' } }]);
  });
});

describe('variables for later jobs', () => {
  it('hold nothing but what no shell takes for more than itself', () => {
    const text = renderDotenv(rich, digestOf('a'));
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^QUODERAT_[A-Z0-9_]+=[A-Za-z0-9-]+$/);
    expect(text).toContain(`QUODERAT_EVIDENCE_ID=${rich.evidence_id}\n`);
    expect(text).toContain(`QUODERAT_HEAD_HASH=${rich.integrity.head_entry_hash}\n`);
  });
});

describe('links on the job', () => {
  it('are of the form that GitLab reads', () => {
    const links = { envelope: 'https://gitlab.example/acme/shop/-/jobs/1/artifacts/file/envelope.json' };
    expect(JSON.parse(renderJobLinks(digestOf('a'), links))).toEqual({
      Quoderat: [{ external_link: { label: 'Envelope sha256:aaaaaaaaaaaa', url: links.envelope } }],
    });
  });
});

describe('metrics', () => {
  it('are one number a line, and coverage is rounded down', () => {
    const text = renderMetrics(rich);
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^quoderat_[a-z_]+ \d+(\.\d+)?$/);
    expect(text).toContain('quoderat_coverage_percent 75\n');
    expect(text).toContain('quoderat_tests_failed 1\n');
    expect(text).toContain('quoderat_steps_passed 1\n');
  });
});

const finding = { rule_id: 'no-debugger', level: 'error', message: 'not allowed', uri: 'src/cart.js', start_line: 17 };
const roots = { workspace: '/builds/acme/shop' };

type Entry = { fingerprint: string; location: { path: string; lines: { begin: number } } };

function readQuality(envelope: Envelope, folder: string): Entry[] {
  return JSON.parse(renderCodeQuality(envelope, { workingDirectory: folder }));
}

function withFindings(results: unknown[]): Envelope {
  const observations = rich.observations.map((observation) =>
    observation.type === 'findings'
      ? { ...observation, value: JSON.parse(JSON.stringify(Object.assign({}, observation.value, { results }))) }
      : observation,
  );
  return { ...rich, observations };
}

function listElements(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => void names.push(name));
  parser.write(xml).close();
  return names;
}

async function* toChunks(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
