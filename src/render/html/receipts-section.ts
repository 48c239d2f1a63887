import type { Gate, RedactionReceipt } from '../../schema/record.ts';
import { makeLongTable } from './long-table.ts';
import { type Hole, type Html, markup } from './markup.ts';
import { makeStepLink, type Page, toCount } from './page.ts';

const rowsWhenShort = 100;
const matchTypes = { known_value: 'a known secret', encoded_value: 'a known secret, encoded', pattern: 'a pattern' };

/** Receipts of what was taken out: which rule, where, how often; the values are nowhere. */
export function makeRedactionsSection(page: Page): Html {
  const { redactions } = page.envelope;
  const shown = page.isFull ? redactions : redactions.slice(0, rowsWhenShort);
  const total = redactions.reduce((sum, { match_count: count }) => sum + count, 0);
  return markup`<section aria-labelledby="redactions"><h2 id="redactions">Redactions <span class="sub">${total === 0 ? 'none' : toCount(total, 'value') + ' taken out'}</span></h2>
${total === 0 && markup`<p>Nothing was replaced. That is no promise that nothing secret is there.</p>`}${
    redactions.length > 0 &&
    makeLongTable({
      id: 'redaction-table',
      caption: 'Redactions',
      columns: [{ title: 'Rule' }, { title: 'Where' }, { title: 'What matched' }, { title: 'Times', isNumber: true }],
      rows: shown.map(makeReceipt),
      leftOut: redactions.length - shown.length,
      whole: 'envelope.json',
    })
  }
</section>`;
}

function makeReceipt({ rule_id, path, artifact_id, match_type, match_count }: RedactionReceipt): Html {
  const where = artifact_id === null || artifact_id === path ? path : artifact_id;
  return markup`<tr><td><code>${rule_id}</code></td><td><code>${where}</code></td><td>${matchTypes[match_type]}</td><td class="number">${match_count}</td></tr>\n`;
}

/** Approvals and policies, and what was decided. */
export function makeGatesSection(page: Page): Hole {
  const { gates } = page.envelope;
  if (gates.length === 0) return null;
  return markup`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>
${makeLongTable({
  id: 'gate-table',
  caption: 'Gates',
  columns: [
    { title: 'Step' },
    { title: 'Kind' },
    { title: 'Decision' },
    { title: 'By' },
    { title: 'At' },
    { title: 'Reason' },
  ],
  rows: gates.map((gate) => makeGate(gate, page)),
  leftOut: 0,
  whole: 'envelope.json',
})}
</section>`;
}

function makeGate({ step_id, kind, decision, by, at, reason }: Gate, page: Page): Html {
  return markup`<tr><td>${makeStepLink(step_id, page)}</td><td>${kind.replaceAll('_', ' ')}</td><td>${decision}</td><td>${by ?? '–'}</td><td>${at ?? '–'}</td><td>${reason}</td></tr>\n`;
}
