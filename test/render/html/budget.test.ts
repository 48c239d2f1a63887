import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/render/html/report.ts';
import { failed, makeArtifact, makeEnvelope, makeStep } from '../sample-envelope.ts';
import { attribute, parsePage, textOf } from './parse-page.ts';
import { sealSample } from './sealed-sample.ts';

function readLogs(html: string): Record<string, string> {
  const { elements } = parsePage(html);
  const texts = new Map(
    elements.flatMap((element) =>
      attribute(element, 'type') === 'application/json' ? [[attribute(element, 'id'), textOf(element)]] : [],
    ),
  );
  return Object.fromEntries(
    elements.flatMap((element) => {
      const log = attribute(element, 'data-log');
      return log === undefined ? [] : [[attribute(element, 'data-label') ?? '', JSON.parse(texts.get(log) ?? '""')]];
    }),
  );
}

const numbered = (lines: number, text: string): string =>
  Array.from({ length: lines }, (_, line) => `${line} ${text}\n`).join('');

describe('the size of a report', () => {
  it('stays under its budget by cutting the beginnings of logs, those of passed steps first, and says so', async () => {
    const steps = [makeStep('build'), failed('unit', { index: 1 }), makeStep('short', { index: 2 })];
    const logs = {
      'build/1/stdout': numbered(20_000, '<b>'),
      'unit/1/stderr': numbered(5000, 'why it failed'),
      'unit/1/stdout': 'x\n',
      'short/1/stdout': 'whole\n',
    };
    const options = await sealSample(makeEnvelope(steps), logs);
    const html = renderReport({ ...options, budgetBytes: 400_000 });
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(400_000);
    expect(Buffer.byteLength(html)).toBeGreaterThan(350_000);
    const shown = readLogs(html);
    expect(shown['stderr of unit']).toBe(logs['unit/1/stderr']);
    expect(shown['stdout of short']).toBe(logs['short/1/stdout']);
    const cut = shown['stdout of build'] ?? '';
    expect(logs['build/1/stdout'].endsWith(cut)).toBe(true);
    expect(cut).toMatch(/^\d+ <b>\n/);
    expect(html.match(/The beginning is not on this page/g)).toHaveLength(1);
    expect(html.match(/data-whole/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('cuts a log without line breaks between characters', async () => {
    const logs = { 'build/1/stdout': '😀'.repeat(200_000) };
    const options = await sealSample(makeEnvelope([makeStep('build')]), logs);
    const cut = readLogs(renderReport({ ...options, budgetBytes: 300_000 }))['stdout of build'] ?? '';
    expect(cut.length).toBeGreaterThan(1000);
    expect(cut.isWellFormed()).toBe(true);
  });

  it('gives up long tables and bodies of passed steps before the envelope, and the envelope before the page', async () => {
    const steps = Array.from({ length: 300 }, (_, index) => makeStep(`s${index}`, { index }));
    const artifacts = Array.from({ length: 2000 }, (_, index) =>
      makeArtifact(`s0/1/output/${index}`, { kind: 'output', name: `dist/${index}.js`, step_id: 's0' }),
    );
    const options = await sealSample(makeEnvelope(steps, { artifacts }));
    const has = (html: string) => ({
      rows: html.includes('dist/1999.js</a>'),
      bodies: html.includes('Left out to keep this page small'),
      envelope: html.includes('id="envelope"'),
      button: html.includes('id="check-run"'),
    });
    const whole = renderReport({ ...options, budgetBytes: 8_000_000 });
    expect(has(whole)).toEqual({ rows: true, bodies: false, envelope: true, button: true });
    const short = renderReport({ ...options, budgetBytes: 2_400_000 });
    expect(has(short)).toEqual({ rows: false, bodies: true, envelope: true, button: true });
    expect(short).toContain('1,900 more are not on this page; envelope.json has them all.');
    const least = renderReport({ ...options, budgetBytes: 1_000_000 });
    expect(has(least)).toEqual({ rows: false, bodies: true, envelope: false, button: false });
    expect(least).toContain('The envelope is too large to be inside this page');
    for (const [html, budget] of [
      [short, 2_400_000],
      [least, 1_000_000],
    ] as const)
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(budget);
    expect(() => renderReport({ ...options, budgetBytes: 50_000 })).toThrow(RangeError);
  });
});
