import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';

export type TokenFiles = {
  /** The list of tokens' hashes (src/server/auth/token-list.ts). */
  list: string;
  /** Where the first token was written; null: there was a list already. */
  made: string | null;
};

/** The list of tokens in the data folder; on the first start it gets one token, which may do everything. */
export async function ensureTokenList(dataDir: string): Promise<TokenFiles> {
  const list = join(dataDir, 'tokens');
  if ((await stat(list).catch(() => null)) !== null) return { list, made: null };
  const made = join(dataDir, 'admin-token');
  const token = `qdr_${randomBytes(32).toString('base64url')}`;
  await writeFile(made, `${token}\n`, { mode: 0o600 });
  // Last: without it, the next start makes both anew.
  await writeFile(
    list,
    `# name sha256-of-the-token scopes [repositories]; see docs/server.md\nadmin ${sha256(token)} admin\n`,
    { mode: 0o600, flag: 'wx' },
  );
  return { list, made };
}
