import { type Hole, markup } from './markup.ts';
import type { Page } from './page.ts';
import { toOtherObservations } from '../readings.ts';

const most = 100;

/** Observations that have no section of their own, by their summaries. */
export function makeOtherSection({ envelope }: Page): Hole {
  const others = toOtherObservations(envelope);
  if (others.length === 0) return null;
  const left = others.length - most;
  const items = others
    .slice(0, most)
    .map(
      ({ type, summary, informational }) =>
        markup`<li><strong>${type.replaceAll('_', ' ')}</strong> ${summary}${informational && markup` <span class="sub">a remark: it rests on no artifact</span>`}</li>\n`,
    );
  return markup`<section aria-labelledby="observations"><h2 id="observations">Observations</h2>
<ul class="plain">${items}${left > 0 && markup`<li>and ${left} more, in envelope.json</li>`}</ul>
</section>`;
}
