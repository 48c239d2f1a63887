import { toCanonicalJson } from '../lib/canonical.ts';
import { sha256 } from '../lib/hash.ts';
import type { Plan } from '../schema/plan.ts';

/** SHA-256 over the RFC 8785 form of the plan, 64 hex digits: what `expected-plan-hash` is compared with. */
export function hashPlan(plan: Plan): string {
  return sha256(toCanonicalJson(plan));
}
