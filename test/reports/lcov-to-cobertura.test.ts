import { createReadStream } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lcovToCobertura } from '../../src/reports/lcov-to-cobertura.ts';
import { parseReport } from '../../src/reports/parse-report.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/reports');
const tracefiles = readdirSync(fixtures).filter((name) => name.endsWith('.info'));

describe('lcovToCobertura', () => {
  it.each(tracefiles)('keeps what %s says of lines', async (name) => {
    const path = join(fixtures, name);
    const lcov = await parseReport('lcov', createReadStream(path), {});
    const xml = await lcovToCobertura(createReadStream(path), (file) => file);
    const cobertura = await parseReport('cobertura', toChunks(xml), {});
    if (!lcov.ok || !cobertura.ok || lcov.type !== 'coverage' || cobertura.type !== 'coverage')
      throw new Error('one of the two can not be read');
    expect(cobertura.value.lines).toEqual(lcov.value.lines);
    expect(cobertura.value.disagreements).toEqual([]);
  });

  it('sums the hits of a line, and leaves out files that the repository does not have', async () => {
    const text =
      'SF:a.js\nDA:1,2\nend_of_record\nSF:/usr/b.js\nDA:1,1\nend_of_record\nSF:a.js\nDA:1,3\nend_of_record\n';
    const xml = await lcovToCobertura(toChunks(text), (file) => (file.startsWith('/') ? null : `src/${file}`));
    expect(xml).toContain('<line number="1" hits="5" branch="false"/>');
    expect(xml).toContain('filename="src/a.js"');
    expect(xml).not.toContain('b.js');
  });

  it('refuses what GitLab would not read', async () => {
    const lines = Array.from({ length: 260_000 }, (_, index) => `DA:${index + 1},1`).join('\n');
    await expect(lcovToCobertura(toChunks(`SF:a.js\n${lines}\n`), (file) => file)).rejects.toThrow('10000000');
  });
});

async function* toChunks(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
