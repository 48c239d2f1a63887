/**
 * Redaction, MB/s and as a ratio to one SHA-256 pass over the same bytes, for 0 to 1,000 known secrets.
 * `node bench/redaction.ts [MB]`. Prints misses among planted secrets: anything but 0 is a fault.
 */
import { createHash } from 'node:crypto';
import { makeRedactor } from '../src/redaction/redactor.ts';
import type { NamedSecret, Redactor } from '../src/redaction/types.ts';

const CHUNK = 128 * 1024;
const ROUNDS = 5;
const PLANTED_EVERY = 700_000;

/** A small generator with a seed: every run measures the same bytes. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const random = makeRandom(42);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/';
const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(random(ALPHABET.length))).join('');

const LINES: (() => string)[] = [
  () =>
    `2026-11-21T09:27:${10 + random(50)}.${100 + random(900)}Z info  [worker-${random(8)}] GET /api/v1/users/${random(99999)} 200 ${random(400)}ms`,
  () => ` ✓ src/lib/parse-${random(400)}.test.ts > parses the header of chunk ${random(1000)} (${random(90)} ms)`,
  () =>
    `npm http fetch GET 200 https://registry.npmjs.org/@scope%2fpackage-${random(900)} ${random(900)}ms (cache hit)`,
  () =>
    `   Compiling serde_derive v1.0.${random(200)} (/home/runner/.cargo/registry/src/index.crates.io-6f17d22bba15001f)`,
  () =>
    `#${random(40)} sha256:${createHash('sha256')
      .update(String(random(1e9)))
      .digest('hex')} ${random(90)}.1MB / 94.5MB 2.${random(9)}s`,
  () =>
    `    at Object.<anonymous> (/home/runner/work/app/app/node_modules/vitest/dist/chunk-${random(9999)}.js:${random(900)}:${random(80)})`,
  () =>
    `warning: unused variable: \`token_count\` in function \`resets_password\` --> src/auth/session.rs:${random(900)}:13`,
  () => `[${random(100)}%] Building CXX object src/CMakeFiles/core.dir/module_${random(900)}.cc.o`,
  () =>
    `  dist/assets/index-${randomText(8)}.js   ${random(900)}.${random(99)} kB │ gzip: ${random(300)}.${random(99)} kB`,
  () =>
    `PASS test/integration/checkout.spec.ts (${random(30)}.${random(999)} s, ${random(400)} MB heap size), tokens: ${random(99)}`,
];

const forms: ((value: string) => string)[] = [
  (value) => value,
  (value) => Buffer.from(`user:${value}`).toString('base64'),
  (value) => Buffer.from(value).toString('hex'),
  (value) => encodeURIComponent(value),
  (value) => JSON.stringify({ value }),
];

function makeLog(megabytes: number, secrets: NamedSecret[]): { log: Buffer; planted: string[] } {
  const parts: string[] = [];
  const planted: string[] = [];
  let size = 0;
  let nextPlanting = 50_000;
  while (size < megabytes * 1e6) {
    const secret = secrets[random(Math.max(1, secrets.length))];
    let line = LINES[random(LINES.length)]!();
    if (size > nextPlanting && secret !== undefined) {
      const form = forms[planted.length % forms.length]!(secret.value);
      planted.push(form.length > 60 ? form.slice(8, -6) : form);
      line = `deploy: using ${form} for the request`;
      nextPlanting += PLANTED_EVERY;
    }
    parts.push(line);
    size += line.length + 1;
  }
  return { log: Buffer.from(`${parts.join('\n')}\n`), planted };
}

function measure(run: () => unknown, bytes: number): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return bytes / 1e3 / best;
}

function redact(log: Buffer, redactor: Redactor, keep: boolean): { output: Buffer; slowestPush: number } {
  const stream = redactor.stream();
  const parts: Buffer[] = [];
  let slowestPush = 0;
  for (let from = 0; from < log.length; from += CHUNK) {
    const start = performance.now();
    const part = stream.push(log.subarray(from, from + CHUNK));
    slowestPush = Math.max(slowestPush, performance.now() - start);
    if (keep) parts.push(part);
  }
  parts.push(stream.end());
  return { output: keep ? Buffer.concat(parts) : Buffer.alloc(0), slowestPush };
}

/** What a runner's own masking does: every value in turn, as it is. */
function replaceEach(log: Buffer, secrets: NamedSecret[]): void {
  for (let from = 0; from < log.length; from += CHUNK) {
    let text = log.toString('latin1', from, from + CHUNK);
    for (const { value } of secrets) text = text.replaceAll(value, '***');
  }
}

/** One regular expression of all values. */
function replaceAlternatives(log: Buffer, secrets: NamedSecret[]): void {
  const pattern = new RegExp(
    secrets.map(({ value }) => value.replaceAll(/[^\w]/g, String.raw`\$&`)).join('|') || '$^',
    'g',
  );
  for (let from = 0; from < log.length; from += CHUNK)
    log.toString('latin1', from, from + CHUNK).replaceAll(pattern, '***');
}

const megabytes = Number(process.argv[2] ?? 50);
const all: NamedSecret[] = Array.from({ length: 1000 }, (_, index) => ({
  name: `SECRET_${index}`,
  value: randomText(20 + random(40)),
}));
console.log('secrets  build ms   MB/s  of sha256  slowest push ms  replace each  one RegExp  misses');
for (const count of [0, 10, 200, 1000]) {
  const secrets = all.slice(0, count);
  const { log, planted } = makeLog(megabytes, secrets);
  const sample = log.subarray(0, Math.min(log.length, 4e6));
  const start = performance.now();
  const redactor = makeRedactor({ secrets, rules: [] });
  redactor.text('first');
  const build = performance.now() - start;
  const hashed = measure(() => createHash('sha256').update(log).digest(), log.length);
  const redacted = measure(() => redact(log, redactor, false), log.length);
  const { output, slowestPush } = redact(log, redactor, true);
  const misses = planted.filter((form) => output.includes(form)).length;
  const each = measure(() => replaceEach(sample, secrets), sample.length);
  const one = measure(() => replaceAlternatives(sample, secrets), sample.length);
  const cells = [
    build.toFixed(1),
    redacted.toFixed(0),
    (redacted / hashed).toFixed(2),
    slowestPush.toFixed(1),
    each.toFixed(0),
    one.toFixed(0),
  ];
  console.log(
    `${String(count).padStart(7)}  ${cells.map((cell, index) => cell.padStart([8, 5, 9, 15, 12, 10][index]!)).join('  ')}  ${misses} of ${planted.length}`,
  );
}
