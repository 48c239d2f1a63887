/**
 * From the start of the process to its first step, and one run of one `true`, as ratios taken in one run.
 * `node bench/start.ts [rounds]`; needs a built dist/. in-toto-run is measured when it is on PATH (Debian: in-toto).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { envelope } from '../src/schema/envelope.ts';

const rounds = Number(process.argv[2] ?? 15);
const dist = resolve(import.meta.dirname, '../dist');
const work = mkdtempSync(join(tmpdir(), 'quoderat-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

writeFileSync(join(work, 'empty.mjs'), '');
writeFileSync(
  join(work, 'first.yml'),
  'version: 1\nname: first\nsteps: [{ id: now, kind: command, run: "echo $EPOCHREALTIME" }]\n',
);
writeFileSync(
  join(work, 'true.yml'),
  'version: 1\nname: one\nsteps: [{ id: "true", kind: command, argv: ["true"] }]\n',
);
execFileSync('git', ['init', '-q', work]);
const key = makeInTotoKey();

let run = 0;
const measures: Record<string, () => number | undefined> = {
  'empty Node file': () => timed([process.execPath, join(work, 'empty.mjs')]),
  'dist/cli.js to first step': () =>
    toFirstStep([join(dist, 'cli.js'), 'run', 'first.yml', '--out', join(work, `out-${++run}`)], {}),
  'dist/action.js to first step': () => toFirstStep([join(dist, 'action.js')], toActionEnv(`out-${++run}`)),
  'one run of one true, quoderat': () =>
    timed([process.execPath, join(dist, 'cli.js'), 'run', 'true.yml', '--out', join(work, `out-${++run}`)]),
  'one run of one true, in-toto-run': () =>
    key === undefined ? undefined : timed(['in-toto-run', '-n', 'true', '-k', key, '-s', '--', 'true']),
};

const samples = Object.fromEntries(Object.keys(measures).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, measure] of Object.entries(measures)) {
    const ms = measure();
    if (ms !== undefined) samples[name]?.push(ms);
  }
}
const base = median(samples['empty Node file'] ?? []);
for (const [name, taken] of Object.entries(samples)) {
  const line =
    taken.length === 0
      ? 'not on this machine'
      : `${median(taken).toFixed(0).padStart(5)} ms   ${(median(taken) / base).toFixed(2)} x an empty Node file`;
  console.log(`${name.padEnd(36)} ${line}`);
}

function timed([command = '', ...args]: string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: work, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited ${status}: ${stderr}`);
  return performance.now() - start;
}

/** The step prints the wall clock; what it printed is read back from the evidence. */
function toFirstStep(args: string[], env: Record<string, string>): number {
  const out = join(work, `out-${run}`);
  const start = Date.now() / 1000;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} exited ${status}: ${stdout}${stderr}`);
  const { artifacts } = envelope.parse(JSON.parse(readFileSync(join(out, 'envelope.json'), 'utf8')));
  const digest = artifacts.find(({ id }) => id === 'now/1/stdout')?.sha256 ?? '';
  return (Number(readFileSync(join(out, 'artifacts', digest), 'utf8')) - start) * 1000;
}

function toActionEnv(out: string): Record<string, string> {
  const file = (name: string): string => {
    writeFileSync(join(work, name), '');
    return join(work, name);
  };
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: work,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    INPUT_MANIFEST: 'first.yml',
    INPUT_OUT: join(work, out),
    INPUT_UPLOAD: 'never',
  };
}

function makeInTotoKey(): string | undefined {
  const path = join(work, 'key.pem');
  const made = spawnSync('openssl', ['genrsa', '-traditional', '-out', path, '2048']);
  const found = spawnSync('in-toto-run', ['--version'], { encoding: 'utf8' });
  return made.status === 0 && found.status === 0 && readdirSync(work).includes('key.pem') ? path : undefined;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
