/**
 * Capture of a step's output with redaction on, as a ratio to `... | tee file | sha256sum` of the same bytes, for 0 to
 * 1,000 known secrets. `node bench/capture.ts [MB] [rounds]`
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, openExecutionBench } from './execution-process.ts';

const megabytes = Number(process.argv[2] ?? 150);
const rounds = Number(process.argv[3] ?? 3);
const bench = await openExecutionBench();
const file = join(bench.dir, 'log');
writeFileSync(file, makeLog(megabytes * 1e6));

const writers = {
  // One write(2) for each line, as programs do whose output is no file: node, python -u, cargo, go test.
  'line by line': `LC_ALL=C grep --line-buffered '' '${file}'`,
  '64 KiB at once': `dd if='${file}' bs=64k status=none`,
};

for (const [name, writer] of Object.entries(writers)) {
  const pipeline: number[] = [];
  const ours = new Map<number, number[]>([0, 10, 200, 1000].map((secrets) => [secrets, []]));
  let delay = 0;
  for (let round = 0; round < rounds; round += 1) {
    pipeline.push(bench.time(`${writer} | tee copy | sha256sum`));
    for (const [secrets, taken] of ours) {
      const { ms, loopDelayMs } = bench.measure({ steps: [{ run: writer, shell: 'bash' }], secrets });
      taken.push(ms);
      delay = Math.max(delay, loopDelayMs);
    }
  }
  const base = median(pipeline);
  console.log(`${name}: tee | sha256sum ${toSpeed(base)}`);
  for (const [secrets, taken] of ours) {
    const ms = median(taken);
    console.log(`  ${String(secrets).padStart(5)} secrets ${toSpeed(ms)}   ${(base / ms).toFixed(2)} of it`);
  }
  console.log(`  event loop held for ${delay.toFixed(0)} ms at most`);
}

function toSpeed(ms: number): string {
  return `${((megabytes * 1000) / ms).toFixed(0).padStart(4)} MB/s`;
}

/** Lines as CI logs have them, none alike. */
function makeLog(size: number): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const line = `2026-11-21T09:27:${10 + (index % 50)}.${100 + (index % 900)}Z info [worker-${index % 8}] GET /api/v1/users/${index} 200 ${index % 400}ms\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('');
}
