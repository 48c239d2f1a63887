/**
 * What a step costs beyond what it runs: ms per step over a bash loop, and in-toto-run beside it when it is on PATH
 * (Debian: in-toto). `node bench/step-overhead.ts [rounds]`
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { median, openExecutionBench } from './execution-process.ts';

const rounds = Number(process.argv[2] ?? 7);
const STEPS = 200;
const bench = await openExecutionBench();
const many = <T>(value: T): T[] => Array.from({ length: STEPS }, () => value);
const signInToto = makeInTotoCommand();

const measures = {
  'bash loop of /bin/true': () => bench.time(`for i in {1..${STEPS}}; do /bin/true; done`) / STEPS,
  'step with argv [/bin/true]': () => bench.measure({ steps: many({ argv: ['/bin/true'] }), secrets: 10 }).ms / STEPS,
  'bash loop of bash scripts': () =>
    bench.time(`echo /bin/true > s; for i in {1..${STEPS}}; do bash --norc s; done`) / STEPS,
  'step with run: /bin/true': () =>
    bench.measure({ steps: many({ run: '/bin/true', shell: 'bash' as const }), secrets: 10 }).ms / STEPS,
  'in-toto-run of /bin/true': () => (signInToto === undefined ? Number.NaN : bench.time(signInToto)),
};

const samples = Object.fromEntries(Object.keys(measures).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, measure] of Object.entries(measures)) samples[name]?.push(measure());
}
const typical = (name: keyof typeof measures): number => median(samples[name] ?? []);
for (const name of Object.keys(measures)) {
  const ms = median(samples[name] ?? []);
  console.log(`${name.padEnd(28)} ${Number.isNaN(ms) ? 'not on this machine' : `${ms.toFixed(2)} ms`}`);
}
const over = typical('step with argv [/bin/true]') - typical('bash loop of /bin/true');
const overScript = typical('step with run: /bin/true') - typical('bash loop of bash scripts');
console.log(
  `a step costs ${over.toFixed(2)} ms more than in a bash loop; with a script ${overScript.toFixed(2)} ms more`,
);

function makeInTotoCommand(): string | undefined {
  if (spawnSync('in-toto-run', ['--version']).error) return undefined;
  execFileSync('bash', ['-c', 'in-toto-keygen key 2>/dev/null || openssl genpkey -algorithm ed25519 -out key'], {
    cwd: bench.dir,
  });
  const usesOldKeys =
    spawnSync('in-toto-run', ['-n', 'x', '-k', 'key', '-s', '--', 'true'], { cwd: bench.dir }).status === 0;
  return `in-toto-run -n x ${usesOldKeys ? '-k' : '--signing-key'} key -s -- /bin/true`;
}
