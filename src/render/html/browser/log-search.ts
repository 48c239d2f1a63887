import { find } from './dom.ts';
import type { LogLine } from './log-lines.ts';
import type { Hit } from './log-view.ts';
import { type Log, openAround } from './logs.ts';

/** Hits that are kept; beyond them the count says "more". */
const mostHits = 10_000;
const typingMs = 150;

/** Where a text stands in lines, whatever its case. */
export function findHits(lines: LogLine[], needle: string, most: number): Hit[] {
  const hits: Hit[] = [];
  if (needle === '') return hits;
  // As an expression, so that places are those of the text itself: lower-casing can change a text's length.
  const expression = new RegExp(needle.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), 'giu');
  for (const [line, { plain }] of lines.entries()) {
    for (const match of plain.matchAll(expression)) {
      hits.push({ line, start: match.index, end: match.index + match[0].length });
      if (hits.length >= most) return hits;
    }
  }
  return hits;
}

/** One search over all logs of the page: type, then next and previous by the buttons, Enter and Shift+Enter. */
export function startSearch(logs: Log[]): void {
  const input = find(HTMLInputElement, '#log-search');
  const only = find(HTMLInputElement, '#log-only');
  const output = find(HTMLElement, '#log-count');
  if (input === null || only === null || output === null) return;
  if (logs.length === 0) {
    input.closest('.search')?.remove();
    return;
  }
  let places: { log: Log; hit: Hit }[] = [];
  let current = -1;
  let timer: number | undefined;

  const tell = (): void => {
    const more = places.length >= mostHits ? ' or more' : '';
    const count = places.length.toLocaleString('en');
    if (input.value === '') output.textContent = '';
    else if (places.length === 0) output.textContent = 'no match';
    else
      output.textContent =
        current < 0 ? `${count}${more} found` : `${(current + 1).toLocaleString('en')} of ${count}${more}`;
  };
  const search = (): void => {
    clearTimeout(timer);
    timer = undefined;
    places = [];
    current = -1;
    for (const log of logs) {
      const hits = findHits(log.lines(), input.value, mostHits - places.length);
      places.push(...hits.map((hit) => ({ log, hit })));
      if (log.isDrawn() || hits.length > 0) log.view().showHits(hits, only.checked);
    }
    tell();
  };
  const move = (by: number): void => {
    if (timer !== undefined) search();
    if (places.length === 0) return;
    current = current < 0 ? (by > 0 ? 0 : places.length - 1) : (current + by + places.length) % places.length;
    const place = places[current];
    if (place === undefined) return;
    openAround(place.log);
    place.log.view().reveal(place.hit);
    tell();
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, typingMs);
  });
  only.addEventListener('change', search);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    move(event.shiftKey ? -1 : 1);
  });
  find(HTMLElement, '#log-next')?.addEventListener('click', () => move(1));
  find(HTMLElement, '#log-previous')?.addEventListener('click', () => move(-1));
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
