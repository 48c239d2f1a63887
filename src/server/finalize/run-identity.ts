import * as z from 'zod';
import type { Db } from '../database.ts';
import type { VerifiedClaims } from '../principal.ts';

const stored = z.strictObject({
  kind: z.enum(['github', 'gitlab', 'other']),
  issuer: z.string(),
  claims: z.record(z.string(), z.string()),
});

/** The verified claims of who created the run; null: a token of the file. */
export async function readRunIdentity(db: Db, runId: string): Promise<VerifiedClaims | null> {
  const row = await db.selectFrom('runs').select('oidc').where('run_id', '=', runId).executeTakeFirst();
  return row?.oidc == null ? null : stored.parse(JSON.parse(row.oidc.toString()));
}
