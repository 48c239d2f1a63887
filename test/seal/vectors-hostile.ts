import { makeOfBytes } from './hostile-bytes.ts';
import type { Case } from './hostile-case.ts';
import { makeChanged, makeIncomplete } from './hostile-document.ts';
import { makeOfIntegrity } from './hostile-integrity.ts';
import { makeOfSignatures } from './hostile-signatures.ts';
import { type GoodVectors, type Vector, trustedKeyFile } from './vectors-good.ts';

/** Envelopes that must not pass, each with the one thing that was done to it and what has to be named. */
export async function makeHostileVectors(good: GoodVectors): Promise<Vector[]> {
  const full = good.bytes('full');
  const signed = good.bytes('signed');
  return [
    ...makeChanged(full).map((item) => toVector(item, null)),
    ...makeOfIntegrity(full).map((item) => toVector(item, null)),
    ...makeOfBytes(full).map((item) => toVector(item, null)),
    ...(await makeIncomplete(full)).map((item) => toVector(item, null)),
    ...(await makeOfSignatures(signed)).map((item) => toVector(item, trustedKeyFile)),
  ];
}

function toVector([name, note, bytes, expect]: Case, key: string | null): Vector {
  const authentic = key === null ? 'not_checked' : 'no';
  const answers = { exit_code: 1, intact: 'yes', complete: 'yes', authentic, problems: [] } as const;
  const full = expect.error === undefined ? { ...answers, ...expect } : { exit_code: 2 as const, error: expect.error };
  return {
    file: `hostile/${name}.json`,
    note,
    trusted_key: key,
    expect: { ...full, problems: expect.problems ?? [] },
    bytes,
  };
}
