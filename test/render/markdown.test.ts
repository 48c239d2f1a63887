import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInertLine } from '../../src/render/inert.ts';
import { fullDetail, renderMarkdown } from '../../src/render/markdown.ts';
import { type Block, code, details, link, paragraph, strong, text } from '../../src/render/tree.ts';
import { flatten, liveText, parseGfm, toRunningText, toSkeleton } from './gfm.ts';
import { anyText, hostile } from './hostile.ts';

/** The same string in every place where a page can have one. */
function makePage(value: string): Block[] {
  return [
    { type: 'marker', name: 'quoderat:v1', fields: { manifest: value, key: '3f' } },
    { type: 'heading', level: 3, children: [text(value), text(' in '), code(value)] },
    paragraph(text(value)),
    paragraph(code(value), text(` ${value}`)),
    paragraph(text('see '), ...link('https://example.com/x', code(value))),
    {
      type: 'table',
      columns: [{ title: 'Step' }, { title: 'Result', align: 'right' }],
      rows: [
        [[text(value)], [code(value)]],
        [
          [code(value), text(value)],
          [strong(text('b')), text(`: ${value}`)],
        ],
      ],
    },
    details([strong(text(value)), text(`: ${value}`), code(value)], [paragraph(text(value))]),
    { type: 'code_block', language: 'text', lines: ['a', value, '', value] },
    paragraph(text('end')),
  ];
}

const skeleton = toSkeleton(renderMarkdown(makePage('x'), fullDetail));
const isSeen = (value: string): boolean => toInertLine(value).trim() !== '';

describe('Markdown', () => {
  it.each(hostile.filter(isSeen))('keeps its structure around %j', (value) => {
    expect(toSkeleton(renderMarkdown(makePage(value), fullDetail))).toEqual(skeleton);
  });

  it('keeps its structure around any string', () => {
    fc.assert(
      fc.property(anyText.filter(isSeen), (value) => {
        expect(toSkeleton(renderMarkdown(makePage(value), fullDetail))).toEqual(skeleton);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves nothing in running text that a forge would make live', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const page = renderMarkdown(makePage(value), fullDetail);
        for (const running of toRunningText(page)) expect(running).not.toMatch(liveText);
      }),
      { numRuns: 300 },
    );
  });

  it('begins no line with a command of GitLab', () => {
    const page = renderMarkdown([paragraph(text('/close')), paragraph(text(' /label'), text('~x'))], fullDetail);
    expect(page).not.toMatch(/^\s*\//m);
    expect(toRunningText(page)[0]).toBe('/close');
  });

  it('shows in code exactly what came in', () => {
    const page = renderMarkdown([paragraph(code('a `` b|c <i> @mira \\'))], fullDetail);
    const values = flatten(parseGfm(page)).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));
    expect(values).toEqual(['a `` b|c <i> @mira \\']);
  });

  it('shows text as it came in, but for the invisible spaces that break references', () => {
    const value = '1. *a* _b_ <i>c</i> `d` | [e](f) &amp; \\ #1 $x$ ~~g~~';
    const page = renderMarkdown([paragraph(text(value))], fullDetail);
    expect(toRunningText(page).join('').replaceAll('\u200B', '')).toBe(value);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.example',
    'https://user:pass@example.com/',
    'not a url',
  ])('shows a link to %j as its label alone', (url) => {
    const page = renderMarkdown([paragraph(...link(url, text('label')))], fullDetail);
    expect(page).toBe('label');
  });

  it('encodes what could end a link early', () => {
    const page = renderMarkdown(
      [paragraph(...link('https://example.com/a)b(c d|e"f<g>`h`\\i', text('label')))],
      fullDetail,
    );
    const found = flatten(parseGfm(page)).find(({ type }) => type === 'link');
    expect(found).toMatchObject({ url: expect.stringMatching(/^https:\/\/example\.com\/[\w%/]+$/) });
  });

  it('says how many rows of a long table are left out', () => {
    const rows = Array.from({ length: 9 }, (_, index) => [[text('✅')], [code(`step-${index}`)]]);
    const table: Block = { type: 'table', columns: [{ title: '' }, { title: 'Step' }], rows };
    const page = renderMarkdown([table], { ...fullDetail, cellLength: 20, tableRows: 4 });
    expect(page.split('\n')).toHaveLength(2 + 4 + 1);
    expect(page).toContain('5 more, in the envelope');
  });
});
