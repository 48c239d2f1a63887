import { findAll } from './dom.ts';

const shownMs = 1200;

/** The copy buttons, also those in rows that are not shown yet: one listener for all. */
export function startCopying(): void {
  const templates = [...document.querySelectorAll('template')].flatMap(({ content }) => findAll('.copy', content));
  for (const button of [...findAll('.copy'), ...templates]) button.hidden = false;
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.copy') : null;
    if (target !== null) void copy(target);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const done = await write(button.dataset['copy'] ?? '');
  const label = button.getAttribute('aria-label') ?? '';
  if (button.classList.contains('done')) return;
  button.classList.add('done');
  button.textContent = done ? 'copied' : 'failed';
  button.setAttribute('aria-label', done ? 'Copied' : 'Could not be copied');
  setTimeout(() => {
    button.classList.remove('done');
    button.textContent = 'copy';
    button.setAttribute('aria-label', label);
  }, shownMs);
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
