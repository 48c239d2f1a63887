import { make } from './dom.ts';
import { type LogLine, type Span, parseLog } from './log-lines.ts';
import { mergeRanges, type Range, toGaps } from './ranges.ts';

/** Of a log longer than `foldFrom` lines its beginning and its end are shown; a fold opens by so many lines at most. */
const folding = { foldFrom: 300, head: 30, tail: 170, step: 2000, around: 5 } as const;
/** Lines that are laid out together, or not while out of sight. */
const chunkLines = 200;

export type Hit = { line: number; start: number; end: number };

export type LogView = {
  lines: LogLine[];
  /** Marks these, and with `only` shows no other lines. */
  showHits(hits: Hit[], only: boolean): void;
  /** Makes a hit the current one and brings it into sight. */
  reveal(hit: Hit): void;
};

/** Puts the whole of a log where the page had its excerpt. */
export function makeLogView(host: HTMLElement, text: string): LogView {
  const lines = parseLog(text);
  const label = host.dataset['label'] ?? 'log';
  const isLong = lines.length > chunkLines;
  const body = make('div', {
    class: isLong ? 'lines long' : 'lines',
    role: 'region',
    tabindex: '0',
    'aria-label': label,
  });
  const digits = String(lines.length).length;
  body.style.setProperty('--digits', String(digits));
  host.querySelector('.excerpt')?.remove();
  host.append(body);
  host.querySelector('.log-head')?.append(makeWrapButton(body));

  let shown = toFolded(lines.length);
  let hits = new Map<number, Hit[]>();
  let current: Hit | undefined;
  let isFiltered = false;

  const draw = (): void => {
    const gaps = toGaps(shown, lines.length);
    const pieces: HTMLElement[] = [];
    for (const part of [...shown, ...gaps].toSorted((a, b) => a.start - b.start)) {
      if (gaps.includes(part)) pieces.push(makeFold(part, open, isFiltered));
      else pieces.push(...toChunks(part).map(makeChunk));
    }
    body.replaceChildren(...pieces);
  };
  const makeChunk = ({ start, end }: Range): HTMLElement =>
    make('div', { class: 'chunk' }, ...lines.slice(start, end).map((line, index) => makeLine(line, start + index)));
  const makeLine = (line: LogLine, index: number): HTMLElement => {
    const marked = hits.get(index) ?? [];
    const row = make('div', { class: 'line', 'data-line': String(index) }, ...toNodes(line.spans, marked, current));
    if (line.number !== null) row.dataset['n'] = String(line.number);
    return row;
  };
  const open = (range: Range): void => {
    shown = mergeRanges([...shown, range], lines.length);
    draw();
    body.querySelector<HTMLElement>(`[data-line="${range.start}"]`)?.scrollIntoView({ block: 'nearest' });
    body.focus({ preventScroll: true });
  };
  draw();
  // What went wrong is told last.
  if (host.closest('.step.bad') !== null) body.scrollTop = body.scrollHeight;
  return {
    lines,
    showHits(found, only) {
      hits = Map.groupBy(found, ({ line }) => line);
      current = undefined;
      isFiltered = only && found.length > 0;
      if (isFiltered)
        shown = mergeRanges(
          [...hits.keys()].map((line) => ({ start: line, end: line + 1 })),
          lines.length,
        );
      else shown = toFolded(lines.length);
      draw();
    },
    reveal(hit) {
      current = hit;
      const around = isFiltered ? 0 : folding.around;
      shown = mergeRanges([...shown, { start: hit.line - around, end: hit.line + around + 1 }], lines.length);
      draw();
      body.querySelector('mark.current')?.scrollIntoView({ block: 'center', inline: 'nearest' });
    },
  };
}

function toFolded(total: number): Range[] {
  if (total <= folding.foldFrom) return total === 0 ? [] : [{ start: 0, end: total }];
  return [
    { start: 0, end: folding.head },
    { start: total - folding.tail, end: total },
  ];
}

function toChunks({ start, end }: Range): Range[] {
  const count = Math.ceil((end - start) / chunkLines);
  return Array.from({ length: count }, (_, index) => {
    const from = start + index * chunkLines;
    return { start: from, end: Math.min(end, from + chunkLines) };
  });
}

/** A fold opens from its end: what came just before is more often wanted than what came first. */
function makeFold(gap: Range, open: (range: Range) => void, isFiltered: boolean): HTMLElement {
  const size = gap.end - gap.start;
  const count = size.toLocaleString('en');
  if (isFiltered) return make('div', { class: 'fold' }, `${count} ${size === 1 ? 'line' : 'lines'} without a match`);
  const part = Math.min(size, folding.step);
  const words =
    part === size ? `Show ${count} folded lines` : `Show ${part.toLocaleString('en')} of ${count} folded lines`;
  const button = make('button', { type: 'button' }, words);
  button.addEventListener('click', () => open({ start: gap.end - part, end: gap.end }));
  return make('div', { class: 'fold' }, button);
}

/** Text nodes and spans only: nothing of a log is ever read as markup. */
function toNodes(spans: Span[], hits: Hit[], current: Hit | undefined): (Node | string)[] {
  let at = 0;
  return spans.flatMap(({ text, classes }) => {
    const from = at;
    at += text.length;
    const nodes = markHits(text, from, hits, current);
    return classes === '' ? nodes : [make('span', { class: classes }, ...nodes)];
  });
}

function markHits(text: string, from: number, hits: Hit[], current: Hit | undefined): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const hit of hits) {
    const start = Math.max(0, hit.start - from);
    const end = Math.min(text.length, hit.end - from);
    if (start >= end) continue;
    nodes.push(
      text.slice(at, start),
      make('mark', hit === current ? { class: 'current' } : {}, text.slice(start, end)),
    );
    at = end;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== '');
}

function makeWrapButton(body: HTMLElement): HTMLElement {
  const button = make('button', { type: 'button', class: 'small', 'aria-pressed': 'true' }, 'wrap');
  body.classList.add('wrap');
  button.addEventListener('click', () => {
    const isWrapped = body.classList.toggle('wrap');
    button.setAttribute('aria-pressed', String(isWrapped));
  });
  return button;
}
