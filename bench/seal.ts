/**
 * Sealing and verifying against the least that could be done with the same bytes: JSON.stringify and SHA-256, and for
 * verifying JSON.parse too. Ratios of one run; the absolute figures are this machine's. `node bench/seal.ts [entries...]`
 */
import { createHash } from 'node:crypto';
import { foldEvents } from '../src/record/fold.ts';
import type { RunRecord } from '../src/schema/record.ts';
import { toClaims } from '../src/seal/claims.ts';
import { sealRecord } from '../src/seal/seal.ts';
import { verifyEnvelope } from '../src/seal/verify.ts';
import { at, fullRun } from '../test/record/sample-run.ts';

const ROUNDS = 5;
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000, 100_000];

console.log('entries      MB   baseline      seal   ratio    verify   ratio');
for (const entries of sizes) {
  const record = makeRecord(entries);
  const options = {
    record,
    evidenceId: '019aa5c1-7d00-7000-8000-0000000000e1',
    sealedAt: at(9001),
    producer: { name: 'quoderat', version: '0.0.0', component: 'embedded' as const },
    claims: toClaims(record, 'embedded', false),
  };
  const { bytes, envelope } = await sealRecord(options);
  const times = { baseline: Infinity, seal: Infinity, verify: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.baseline = Math.min(
      times.baseline,
      await time(() => createHash('sha256').update(JSON.stringify(envelope)).digest('hex')),
    );
    times.seal = Math.min(times.seal, await time(() => sealRecord(options)));
    times.verify = Math.min(
      times.verify,
      await time(async () => {
        const { exit_code } = await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
        if (exit_code !== 0) throw new Error(`the envelope of the benchmark does not verify: ${exit_code}`);
      }),
    );
  }
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(10);
  const ratio = (value: number): string => (value / times.baseline).toFixed(2).padStart(7);
  console.log(
    `${String(envelope.integrity.entry_count).padStart(7)} ${(bytes.length / 1e6).toFixed(1).padStart(7)} ${ms(times.baseline)}${ms(times.seal)} ${ratio(times.seal)}${ms(times.verify)} ${ratio(times.verify)}`,
  );
}

async function time(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** The sample run, its steps and artifacts repeated under new ids until there are about so many entries. */
function makeRecord(entries: number): RunRecord {
  const sample = foldEvents(fullRun());
  const template = sample.execution.steps[1];
  if (template === undefined) throw new Error('the sample run has no second step');
  const ofStep = sample.artifacts.filter(({ step_id }) => step_id === template.id);
  const copies = Math.max(0, Math.floor((entries - 16) / (1 + ofStep.length)));
  const steps = [...sample.execution.steps];
  const artifacts = [...sample.artifacts];
  for (let copy = 0; copy < copies; copy += 1) {
    const id = `unit-${copy}`;
    const rename = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('"unit', `"${id}`));
    steps.push({ ...rename(template), index: steps.length });
    artifacts.push(...ofStep.map(rename));
  }
  return { ...sample, execution: { ...sample.execution, steps }, artifacts };
}
