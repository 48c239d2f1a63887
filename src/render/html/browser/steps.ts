import { find, findAll } from './dom.ts';

/** The chips above the steps: which of them are shown. */
export function startStepFilter(): void {
  const chips = findAll('.chip[data-show]');
  const steps = findAll('li.step');
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      const wanted = chip.dataset['show'];
      for (const other of chips) other.setAttribute('aria-pressed', String(other === chip));
      for (const step of steps) step.hidden = wanted !== 'all' && step.dataset['look'] !== wanted;
    });
  }
}

/** A link to a step opens it. */
export function openNamedStep(): void {
  const openTarget = (): void => {
    const id = location.hash.slice(1);
    if (!/^step-\d+$/.test(id)) return;
    const step = document.getElementById(id);
    const details = step && find(HTMLDetailsElement, 'details', step);
    if (!step || !details) return;
    step.hidden = false;
    details.open = true;
    step.scrollIntoView({ block: 'start' });
  };
  window.addEventListener('hashchange', openTarget);
  openTarget();
}
