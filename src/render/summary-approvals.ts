import type { Envelope } from '../schema/envelope.ts';
import { type Block, code, text } from './tree.ts';

const decisions: Record<Envelope['gates'][number]['decision'], string> = {
  approved: '✅ approved',
  rejected: '❌ rejected',
  expired: '⚠️ expired',
  pending: '⏳ pending',
};

/** Who decided what about which step, and when. */
export function makeApprovals({ gates }: Envelope): Block[] {
  if (gates.length === 0) return [];
  const titles = ['Approval', 'Decision', 'By', 'At', 'Reason'];
  const rows = gates.map(({ step_id, decision, by, at, reason }) => [
    [code(step_id)],
    [text(decisions[decision])],
    [text(by ?? '–')],
    [text(at === null ? '–' : toMinute(at))],
    [text(reason === '' ? '–' : reason)],
  ]);
  return [{ type: 'table', columns: titles.map((title) => ({ title })), rows }];
}

/** `2026-11-21 09:27 UTC` of a timestamp, which is UTC as the record has it. */
function toMinute(timestamp: string): string {
  return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 16)} UTC`;
}
