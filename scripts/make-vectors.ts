/** Writes test/vectors from fixed runs, keys and times. `node scripts/make-vectors.ts [folder]`; a test checks for drift. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeGoodVectors } from '../test/seal/vectors-good.ts';
import { makeHostileVectors } from '../test/seal/vectors-hostile.ts';
import { makeKnownAnswers } from '../test/seal/vectors-known-answers.ts';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../test/vectors'));
const good = await makeGoodVectors();
const hostile = await makeHostileVectors(good);
for (const stale of ['good', 'hostile']) rmSync(join(folder, stale), { recursive: true, force: true });

for (const { file, bytes } of [...good.files, ...hostile]) write(file, bytes);
write('index.json', toPretty([...good.files, ...hostile].map(({ bytes: _bytes, ...entry }) => entry)));
for (const [file, answers] of Object.entries(makeKnownAnswers())) write(file, toPretty(answers));
for (const [file, pem] of Object.entries(good.publicKeys)) write(file, pem);

function write(file: string, data: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), data);
}

function toPretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
