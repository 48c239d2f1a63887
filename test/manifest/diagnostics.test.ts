import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/manifest/diagnostics.ts';
import { parseBad, toSource, withStep } from './from-text.ts';

function show(text: string): string {
  return formatDiagnostics(toSource(text), parseBad(text));
}

describe('diagnostics in a terminal', () => {
  it('show the file, the place, the line with a caret, and what to do', () => {
    expect(show(withStep('run: x\ntimout: 5m'))).toBe(
      `ci/release.yml:6:5: steps[0].timout: unknown key "timout"
   6 |     timout: 5m
     |     ^
     = hint: did you mean \`timeout\`?
`,
    );
  });

  it('leave the source out where there is none to show', () => {
    expect(show('')).toBe('ci/release.yml:1:1: the manifest is empty\n');
  });

  it('put the caret in its place after tabs and in lines that end with CRLF', () => {
    expect(show('{ "version": 1,\r\n\t\t"stepz": [] }\r\n')).toContain('   2 |   "stepz": [] }\n     |   ^\n');
  });

  it('show of a long line what is around the place', () => {
    const text = show(
      `version: 1\nsteps: [{ id: a, kind: test, run: ${'x'.repeat(5000)}, nope: 1, name: ${'y'.repeat(5000)} }]`,
    );
    const [, line = '', caret = ''] = text.split('\n');
    expect(line.length).toBeLessThan(140);
    expect(line).toMatch(/^ {3}2 \| …x+, nope: 1, name: y+…$/);
    expect(line.slice(caret.indexOf('^'))).toMatch(/^nope/);
  });

  it('cut no character in half', () => {
    const text = show(
      `version: 1\nsteps: [{ id: a, kind: test, run: a${'😀'.repeat(200)}, nope: 1, name: b${'😀'.repeat(200)} }]`,
    );
    expect(text.isWellFormed()).toBe(true);
  });

  it('cannot move the cursor, turn the text around or speak to the runner', () => {
    const hostile =
      'version: 1\n"##[add-mask]x\\e[2J\\u202e\\n::error::boo": "##[group]\u202e\u0085"\nsteps: [{ id: a, kind: test, run: x }]\n';
    const text = show(hostile);
    expect(text).not.toMatch(/##\[|[\u001b\u0085\u202e]|^::/m);
    expect(text).toContain('#\u00b7[group]');
  });
});
