import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Measure, Task } from './execution-worker.ts';

/** A folder for a benchmark, and what it needs to measure executions in processes of their own. */
export type ExecutionBench = {
  dir: string;
  /** Executes in a fresh process: memory and start-up of this one don't count. */
  measure(task: Omit<Task, 'dir'>): Measure;
  /** Milliseconds that a shell line takes. */
  time(script: string): number;
};

/** Bundles the worker as dist/ is bundled: run from its sources, Node's type stripping would hold most of the memory. */
export async function openExecutionBench(): Promise<ExecutionBench> {
  const dir = mkdtempSync(join(tmpdir(), 'quoderat-bench-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'worker.mjs');
  const input = join(import.meta.dirname, 'execution-worker.ts');
  await using bundle = await rolldown({ input, platform: 'node', transform: { target: 'node20' } });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return {
    dir,
    measure(task) {
      const argument = JSON.stringify({ ...task, dir });
      const stdout = execFileSync(process.execPath, [file, argument], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      return JSON.parse(stdout);
    },
    time(script) {
      const start = performance.now();
      execFileSync('bash', ['-c', script], { cwd: dir, stdio: 'ignore' });
      return performance.now() - start;
    },
  };
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
