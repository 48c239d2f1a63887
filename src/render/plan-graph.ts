import type { PlanStep } from '../schema/plan.ts';
import { clip } from './cells.ts';
import { toInertLine } from './inert.ts';

/** Deeper chains go on at this depth, or the tree would leave the screen. */
const maxDepth = 24;

/**
 * Who needs whom, as a tree: each step stands once, under the last of what it needs, and names the others. Nothing when
 * no step needs another.
 */
export function renderPlanGraph(steps: PlanStep[], width: number): string[] {
  if (steps.every(({ needs }) => needs.length === 0)) return [];
  const children = new Map<string | undefined, PlanStep[]>();
  for (const step of steps) {
    const parent = step.needs.at(-1);
    children.set(parent, [...(children.get(parent) ?? []), step]);
  }
  const lines: string[] = [];
  // An own stack: a chain may be as long as a plan.
  const pending = toPending(children.get(undefined) ?? [], '', 0);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { step, prefix, isLast, depth } = next;
    const others = step.needs.slice(0, -1);
    const also = others.length === 0 ? '' : ` (also needs ${others.join(', ')})`;
    const branch = depth === 0 ? '' : isLast ? '└─ ' : '├─ ';
    lines.push(clip(`  ${prefix}${branch}${toInertLine(step.id + also)}`, width));
    const isDeep = depth === 0 || depth >= maxDepth;
    pending.push(
      ...toPending(children.get(step.id) ?? [], isDeep ? prefix : prefix + (isLast ? '   ' : '│  '), depth + 1),
    );
  }
  return lines;
}

type Pending = { step: PlanStep; prefix: string; isLast: boolean; depth: number };

/** In reverse, for a stack. */
function toPending(steps: PlanStep[], prefix: string, depth: number): Pending[] {
  return steps.map((step, index) => ({ step, prefix, isLast: index === steps.length - 1, depth })).toReversed();
}
