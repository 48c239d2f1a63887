import type { Kysely } from 'kysely';
import { toMessage } from '../../lib/errors.ts';
import type { Jwks } from '../../schema/api.ts';
import { toJwk } from '../../seal/jwks.ts';
import type { Signer } from '../../seal/signer.ts';
import type { Database } from '../database.ts';
import { KeyRingError } from './errors.ts';
import { type HeldKey, type KeySource, readKeys } from './key-files.ts';

/** The server's sealing keys: the one that signs now, and every one that ever signed, in this process or another. */
export type KeyRing = {
  /** The key to seal with now. */
  signer(): Promise<Signer>;
  /** The public halves of all servers that share the database, those that sign no more included. */
  jwks(): Promise<Jwks>;
};

/** How long a client may keep a key set, and how long a new key is listed before it signs: longer than that. */
export const JWKS_MAX_AGE_S = 300;
export const OVERLAP_MS = 2 * JWKS_MAX_AGE_S * 1000;
/** How often the private keys are looked for anew. */
const LOOK_MS = 30_000;
/** How long the listed keys are kept. */
const KEPT_MS = 5000;

/**
 * The ring over a folder or files. A key that appears there (`quoderat keys rotate`, a new mounted secret) is listed at
 * once and signs when every kept key set has run out; the older one signs until then. What was listed stays listed, or
 * old evidence could not be verified any more.
 * @throws KeyRingError
 */
export async function openKeyRing(options: {
  source: KeySource;
  db: Kysely<Database>;
  now: () => number;
  onProblem: (problem: string) => void;
  overlapMs?: number;
}): Promise<KeyRing> {
  const { source, db, now, onProblem, overlapMs = OVERLAP_MS } = options;
  let held = await register(db, await readKeys(source));
  let lookedAt = now();
  let listedKeys: { at: number; held: ListedKey[]; set: Jwks } | undefined;

  const look = async (): Promise<void> => {
    if (now() - lookedAt < LOOK_MS) return;
    lookedAt = now();
    try {
      held = await register(db, await readKeys(source));
    } catch (error) {
      onProblem(`the sealing keys stay as they were: ${toMessage(error)}`);
    }
  };
  return {
    async signer() {
      await look();
      const active = chooseActive(held, now() - overlapMs);
      if (active === undefined) throw new KeyRingError('unreadable', 'there is no sealing key');
      await retireOlder(db, held, active);
      return active.signer;
    },
    async jwks() {
      await look();
      // Anyone may ask: not each time the database.
      if (listedKeys !== undefined && now() - listedKeys.at < KEPT_MS && listedKeys.held === held)
        return listedKeys.set;
      const rows = await db
        .selectFrom('sealing_keys')
        .select('public_spki')
        .orderBy('created_at')
        .orderBy('keyid')
        .execute();
      const set: Jwks = { keys: rows.map(({ public_spki }) => toJwk(public_spki)) };
      listedKeys = { at: now(), held, set };
      return set;
    },
  };
}

type ListedKey = HeldKey & { listedAt: number };

/** Lists the keys in the table, by the database's clock: it is the same for all who share it. */
async function register(db: Kysely<Database>, keys: HeldKey[]): Promise<ListedKey[]> {
  const ids = keys.map(({ signer }) => signer.keyid);
  if (ids.length === 0) return [];
  await db
    .insertInto('sealing_keys')
    .values(keys.map(({ signer, publicPem }) => ({ keyid: signer.keyid, public_spki: publicPem })))
    .onConflict((conflict) => conflict.column('keyid').doNothing())
    .execute();
  const rows = await db.selectFrom('sealing_keys').select(['keyid', 'created_at']).where('keyid', 'in', ids).execute();
  const listed = new Map(rows.map(({ keyid, created_at }) => [keyid, created_at.getTime()]));
  return keys
    .map((key) => ({ ...key, listedAt: listed.get(key.signer.keyid) ?? 0 }))
    .toSorted((one, other) => one.listedAt - other.listedAt || (one.signer.keyid < other.signer.keyid ? -1 : 1));
}

/** The newest that has been listed for long enough; else the oldest: somebody must sign. @param keys oldest first */
function chooseActive(keys: readonly ListedKey[], listedBefore: number): ListedKey | undefined {
  return keys.findLast(({ listedAt }) => listedAt <= listedBefore) ?? keys[0];
}

/** A note for people who look into the table. */
async function retireOlder(db: Kysely<Database>, keys: readonly ListedKey[], active: ListedKey): Promise<void> {
  const older = keys.slice(0, keys.indexOf(active)).map(({ signer }) => signer.keyid);
  if (older.length === 0) return;
  await db
    .updateTable('sealing_keys')
    .set((builder) => ({ retired_at: builder.fn<Date>('clock_timestamp') }))
    .where('keyid', 'in', older)
    .where('retired_at', 'is', null)
    .execute();
}
