import { find, findAll, make } from './dom.ts';

const rowsPerClick = 500;
/** Rows that a filter shows at once. */
const rowsOfFilter = 500;

/** Tables whose rows wait in a template: shows more of them on demand, or those that a filter asks for. */
export function startTables(): void {
  for (const table of findAll('.long-table table[id]').filter((table) => table instanceof HTMLTableElement)) {
    const body = table.tBodies[0];
    const waiting = find(HTMLTemplateElement, `template[data-rest-of="${table.id}"]`);
    if (body === undefined || waiting === null) continue;
    const rows = [...findAll('tr', body), ...findAll('tr', waiting.content)];
    waiting.remove();
    startTable(table, body, rows);
  }
}

function startTable(table: HTMLTableElement, body: HTMLTableSectionElement, rows: HTMLElement[]): void {
  const firstRows = body.rows.length;
  const more = make('button', { type: 'button', class: 'more' });
  const filter = find(HTMLElement, `[data-filters="${table.id}"]`);
  const input = filter && find(HTMLInputElement, 'input', filter);
  const output = filter && find(HTMLElement, 'output', filter);
  let most = firstRows;
  const texts = new Map<HTMLElement, string>();
  const toText = (row: HTMLElement): string => {
    let text = texts.get(row);
    if (text === undefined) {
      text = `${row.textContent} ${row.dataset['sha256'] ?? ''}`.toLowerCase();
      texts.set(row, text);
    }
    return text;
  };
  const draw = (): void => {
    const wanted = input?.value.trim().toLowerCase() ?? '';
    const found = wanted === '' ? rows : rows.filter((row) => toText(row).includes(wanted));
    body.replaceChildren(...found.slice(0, most));
    const left = found.length - most;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, rowsPerClick).toLocaleString('en')} more of ${left.toLocaleString('en')}`;
    if (output)
      output.textContent =
        wanted === '' ? '' : `${found.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')}`;
  };
  more.addEventListener('click', () => {
    most += rowsPerClick;
    draw();
  });
  input?.addEventListener('input', () => {
    most = input.value.trim() === '' ? firstRows : rowsOfFilter;
    draw();
  });
  if (filter) filter.hidden = false;
  table.closest('.long-table')?.append(more);
  draw();
}
