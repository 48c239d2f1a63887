/** Peak resident memory and the longest hold of the event loop while a step prints. `node bench/memory.ts [GB]` */
import { openExecutionBench } from './execution-process.ts';

const gigabytes = Number(process.argv[2] ?? 4);
const bench = await openExecutionBench();
const line = '2026-11-21T09:27:19.123Z info [worker-3] GET /api/v1/users/4711 200 17ms';
for (const [name, size] of [
  ['nothing', 0],
  [`${gigabytes} GB of lines`, gigabytes * 1e9],
] as const) {
  const run = `yes '${line}' | head -c ${size} || [ $? = 141 ]`;
  const { peakMb, loopDelayMs, bytes, ms } = bench.measure({ steps: [{ run, shell: 'bash' }], secrets: 10 });
  const speed = bytes === 0 ? '' : `   ${(bytes / 1e3 / ms).toFixed(0)} MB/s`;
  console.log(
    `${name.padEnd(18)} peak ${peakMb.toFixed(0)} MB   event loop held for ${loopDelayMs.toFixed(0)} ms at most${speed}`,
  );
}
