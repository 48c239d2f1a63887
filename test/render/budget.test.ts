import { describe, expect, it } from 'vitest';
import { renderWithinBudget } from '../../src/render/budget.ts';
import { code, paragraph, type Section, text } from '../../src/render/tree.ts';

const section = (keep: Section['keep'], label: string, size: number): Section => ({
  keep,
  label,
  blocks: [paragraph(text(`${label} ${'x'.repeat(size)}`))],
});

describe('a page within a budget', () => {
  const sections = [
    section('always', 'header', 100),
    section(30, 'excerpts', 700),
    section(30, 'excerpts', 600),
    section(10, 'passed steps', 500),
    section('always', 'envelope', 100),
  ];

  it('is whole when it fits, and says nothing of size', () => {
    const page = renderWithinBudget(sections, 10_000);
    expect(page).toContain('passed steps');
    expect(page).not.toContain('left out');
  });

  it('loses the least important section first, and says so', () => {
    const page = renderWithinBudget(sections, 1900);
    expect(page).not.toContain('passed steps x');
    expect(page).toContain('excerpts x');
    expect(page).toContain('left out: passed steps. The envelope');
  });

  it('loses the later of two equal sections first', () => {
    const page = renderWithinBudget(sections, 1300);
    expect(page).toContain(`excerpts ${'x'.repeat(700)}`);
    expect(page.match(/excerpts x/g)).toHaveLength(1);
  });

  it('never loses a section that must stay', () => {
    const page = renderWithinBudget(sections, 500);
    expect(page).toContain('header x');
    expect(page).toContain('envelope x');
    expect(page).toContain('left out: excerpts, passed steps.');
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(500);
  });

  it('shortens the cells of tables that must stay, then their rows, counting bytes of UTF-8', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [[text('❌')], [code(`${index}-${'👩‍👩‍👧'.repeat(40)}`)]]);
    const table: Section = {
      keep: 'always',
      label: 'failures',
      blocks: [{ type: 'table', columns: [{ title: '' }, { title: 'Step' }], rows }],
    };
    const shorter = renderWithinBudget([table], 400_000);
    expect(Buffer.byteLength(shorter)).toBeLessThanOrEqual(400_000);
    expect(shorter).toContain('499-');
    const fewer = renderWithinBudget([table], 20_000);
    expect(Buffer.byteLength(fewer)).toBeLessThanOrEqual(20_000);
    expect(fewer).toMatch(/\d+ more, in the envelope/);
    expect(fewer).toContain('texts and tables are shortened');
  });

  it('refuses a budget that nothing fits in', () => {
    expect(() => renderWithinBudget(sections, 20)).toThrow(RangeError);
  });
});
