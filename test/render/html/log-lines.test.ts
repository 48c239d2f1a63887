import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { anyText } from '../hostile.ts';
import { type PageLine, runInPage } from './page-script.ts';

async function parseLogs(texts: string[]): Promise<PageLine[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the script exports, through JSON
  return (await runInPage('texts.flatMap((text) => quoderatReport.parseLog(text))', { texts })) as PageLine[];
}

const parseLog = (text: string): Promise<PageLine[]> => parseLogs([text]);

const spansOf = async (text: string): Promise<[string, string][]> =>
  (await parseLog(text)).flatMap(({ spans }) => spans.map(({ text, classes }): [string, string] => [text, classes]));

const ESC = '\u001B[';

describe('a log in the page', () => {
  it('has the lines of the file, numbered', async () => {
    const lines = await parseLog('one\r\ntwo\n\nfour');
    expect(lines.map(({ number, plain }) => [number, plain])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, ''],
      [4, 'four'],
    ]);
  });

  it('shows what a carriage return overwrote as lines without a number', async () => {
    const lines = await parseLog('10%\r50%\r100%\ndone\n');
    expect(lines.map(({ number, plain }) => [number, plain])).toEqual([
      [1, '10%'],
      [null, '50%'],
      [null, '100%'],
      [2, 'done'],
    ]);
  });

  it.each([
    [
      'basic',
      `${ESC}31mred${ESC}0m plain`,
      [
        ['red', 'fg1'],
        [' plain', ''],
      ],
    ],
    ['bright on a background', `${ESC}1;97;41mx`, [['x', 'bold fg15 bg1']]],
    [
      '256',
      `${ESC}38;5;196mx${ESC}48;5;9my`,
      [
        ['x', 'fg9'],
        ['y', 'fg9 bg9'],
      ],
    ],
    ['true', `${ESC}38;2;0;200;0mx`, [['x', 'fg2']]],
    [
      'true, with colons',
      `${ESC}38:2::0:0:255mx${ESC}39my`,
      [
        ['x', 'fg12'],
        ['y', ''],
      ],
    ],
    ['8-bit', '\u009B32mx', [['x', 'fg2']]],
    [
      'unfinished',
      `${ESC}38;5mx${ESC}38mz`,
      [
        ['x', ''],
        ['z', ''],
      ],
    ],
    ['nonsense', `${ESC}999;;mx`, [['x', '']]],
  ])('turns %s colours into classes', async (_name, text, wanted) => {
    expect(await spansOf(text)).toEqual(wanted);
  });

  it('carries a colour over to the next line, as terminals do', async () => {
    expect(await spansOf(`${ESC}33ma\nb${ESC}m\nc`)).toEqual([
      ['a', 'fg3'],
      ['b', 'fg3'],
      ['c', ''],
    ]);
  });

  it('takes out every other escape sequence and spells out what cannot be seen', async () => {
    const text = `a${ESC}2Jb\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007${ESC}1;1Hc\u202Ed\0e\tf`;
    expect(await spansOf(text)).toEqual([['ablinkc[U+202E]d␀e\tf', '']]);
  });

  it('cuts a line that has no end and says so', async () => {
    const [line] = await parseLog('x'.repeat(2_000_000));
    expect(line?.plain).toMatch(/^x+….*2,000,000 characters in all$/);
    expect(line?.plain.length).toBeLessThan(6000);
  });

  it('lets no hostile text through as anything but printable text and known classes', async () => {
    const texts = fc.sample(
      fc
        .array(fc.oneof(anyText, fc.constantFrom(ESC, `${ESC}31`, ';5;', 'm', '\r', '\n')), { maxLength: 12 })
        .map((parts) => parts.join('')),
      400,
    );
    const lines = await parseLogs(texts);
    for (const { plain, spans } of lines) {
      expect(plain).not.toMatch(/[^\P{Cc}\t]|[\u202A-\u202E\u2066-\u2069\u200B\uFEFF\u2028\u2029]/u);
      for (const { classes } of spans)
        expect(classes).toMatch(/^(?:(?:bold|faint|italic|underline|inverse|strike|[fb]g(?:\d|1[0-5]))(?: |$))*$/);
    }
    expect(lines.length).toBeGreaterThan(400);
  });
});

describe('the search in the logs', () => {
  const findHits = (text: string, needle: string): Promise<unknown> =>
    runInPage('quoderatReport.findHits(quoderatReport.parseLog(text), needle, 5)', { text, needle });

  it('finds a text whatever its case, also across colours, where it stands in the line', async () => {
    expect(await findHits(`a ${ESC}31mEr${ESC}0mRor\nno\nİerror`, 'error')).toEqual([
      { line: 0, start: 2, end: 7 },
      { line: 2, start: 1, end: 6 },
    ]);
  });

  it('takes the needle for a text and not for an expression', async () => {
    expect(await findHits('a.c abc [x]-{1}/', '.')).toEqual([{ line: 0, start: 1, end: 2 }]);
    expect(await findHits('a.c abc [x]-{1}/', '[x]-{1}/')).toEqual([{ line: 0, start: 8, end: 16 }]);
  });

  it('stops at its bound', async () => {
    expect(await findHits('aaaaaaaaaa', 'a')).toHaveLength(5);
  });
});
