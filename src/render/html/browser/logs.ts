import { findAll } from './dom.ts';
import { type LogLine, parseLog } from './log-lines.ts';
import { type LogView, makeLogView } from './log-view.ts';

/** A log of the page: parsed when it is first looked at, drawn when its step is first opened. */
export type Log = { host: HTMLElement; text(): string; lines(): LogLine[]; view(): LogView; isDrawn(): boolean };

export function collectLogs(): Log[] {
  return findAll('.log[data-log]').flatMap((host) => {
    const data = document.getElementById(host.dataset['log'] ?? '');
    return data === null ? [] : [makeLog(host, data)];
  });
}

function makeLog(host: HTMLElement, data: HTMLElement): Log {
  let lines: LogLine[] | undefined;
  let view: LogView | undefined;
  const text = (): string => {
    const parsed: unknown = JSON.parse(data.textContent ?? '""');
    return typeof parsed === 'string' ? parsed : '';
  };
  return {
    host,
    text,
    lines: () => view?.lines ?? (lines ??= parseLog(text())),
    view: () => (view ??= makeLogView(host, text())),
    isDrawn: () => view !== undefined,
  };
}

/** Draws the logs of a step, and of an attempt in it, as it is opened. */
export function drawOnOpening(logs: Log[]): void {
  for (const log of logs) {
    const details = toDetails(log.host);
    const drawWhenSeen = (): void => {
      if (details.every(({ open }) => open)) log.view();
    };
    for (const element of details) element.addEventListener('toggle', drawWhenSeen);
    drawWhenSeen();
  }
}

/** Opens whatever hides a log. */
export function openAround(log: Log): void {
  for (const details of toDetails(log.host)) details.open = true;
  log.host.closest('li')?.removeAttribute('hidden');
}

function toDetails(host: HTMLElement): HTMLDetailsElement[] {
  const around: HTMLDetailsElement[] = [];
  for (
    let element = host.closest('details');
    element !== null;
    element = element.parentElement?.closest('details') ?? null
  )
    around.push(element);
  return around;
}
