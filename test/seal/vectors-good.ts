import { createPublicKey } from 'node:crypto';
import type { RunEvent } from '../../src/schema/event.ts';
import { toClosingEvents } from '../../src/record/lost.ts';
import { makeSigner } from '../../src/seal/keys.ts';
import {
  at,
  finalizeStarted,
  fullRun,
  hex,
  makeArtifact,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
  stamp,
  startedStep,
} from '../record/sample-run.ts';
import { reseal, sealRun, tamper, testKeyPem } from './forge.ts';

/** What a verifier must answer. `problems` is all of them, in any order, as [answer, pointer, code]. */
export type Expectation = {
  exit_code: 0 | 1 | 2 | 3;
  /** Exit code 2: the reason, and no answers. */
  error?: string;
  intact?: 'yes' | 'no';
  complete?: 'yes' | 'no';
  authentic?: 'yes' | 'no' | 'undecidable' | 'not_checked';
  problems?: [answer: 'intact' | 'complete' | 'authentic', pointer: string, code: string][];
};
export type Vector = { file: string; note: string; trusted_key: string | null; expect: Expectation; bytes: Uint8Array };
export type GoodVectors = { files: Vector[]; publicKeys: Record<string, string>; bytes(name: string): Uint8Array };

export const trustedKeyFile = 'keys/one.pub.pem';

/** Envelopes that hold: unsigned, signed, of runs that went well and of runs that did not. */
export async function makeGoodVectors(): Promise<GoodVectors> {
  const signer = makeSigner(testKeyPem('one'));
  const full = await sealRun(fullRun());
  const signed = await sealRun(fullRun(), signer);
  const files = [
    toGood('minimal', 'one step, nothing else', (await sealRun(minimalRun())).bytes),
    toGood('full', 'every kind of entry, unsigned', full.bytes),
    toSigned('signed', 'the same run, signed', signed.bytes),
    toGood('failed', 'a step failed and another was skipped for it', (await sealRun(failedRun())).bytes),
    toGood('lost', 'the process was killed; sealed afterwards as aborted', (await sealRun(lostRun())).bytes),
    toGood(
      'unicode',
      'keys and strings beyond ASCII, keys that sort by UTF-16, numbers with fractions',
      (await sealRun(unicodeRun())).bytes,
    ),
    toGood('many', 'sixty steps: indexes of more than one digit', (await sealRun(manyRun())).bytes),
    toSigned('unsealed', 'members outside the seal do not matter', tamper(signed.bytes, addUnsealed)),
    toGood(
      'later-minor',
      'a later 1.x with members and words that 1.0 does not have, inside the seal',
      await reseal(full.bytes, toLaterMinor),
    ),
  ];
  return {
    files,
    publicKeys: { [trustedKeyFile]: toPublicPem('one'), 'keys/two.pub.pem': toPublicPem('two') },
    bytes: (name) => files.find(({ file }) => file === `good/${name}.json`)?.bytes ?? Buffer.alloc(0),
  };
}

function toGood(name: string, note: string, bytes: Uint8Array): Vector {
  const expect = { exit_code: 0, intact: 'yes', complete: 'yes', authentic: 'not_checked', problems: [] } as const;
  return { file: `good/${name}.json`, note, trusted_key: null, expect: { ...expect, problems: [] }, bytes };
}

function toSigned(name: string, note: string, bytes: Uint8Array): Vector {
  const vector = toGood(name, note, bytes);
  return { ...vector, trusted_key: trustedKeyFile, expect: { ...vector.expect, authentic: 'yes' } };
}

function toPublicPem(name: string): string {
  return createPublicKey(testKeyPem(name)).export({ type: 'spki', format: 'pem' }).toString();
}

export function minimalRun(): RunEvent[] {
  return stamp([
    runStarted(),
    planReady(makePlan([makeStep('only', 0)])),
    ...ranStep('only', 1),
    finalizeStarted('success'),
  ]);
}

export function failedRun(): RunEvent[] {
  const cause = { code: 'exit_nonzero', message: 'the command ended with exit code 3' } as const;
  return stamp([
    runStarted(),
    planReady(makePlan([makeStep('build', 0), makeStep('ship', 1, { needs: ['build'] })])),
    ...ranStep('build', 1, { status: 'failed', exit_code: 3, cause }),
    { type: 'step_skipped', timestamp: at(2000), step_id: 'ship', attempt: 0, reason: 'build failed' },
    { type: 'run_failed', timestamp: at(2001), reason: 'a step did not succeed' },
    finalizeStarted('failed'),
  ]);
}

/** Killed while `slow` ran; part of its standard output was found. */
export function lostRun(): RunEvent[] {
  const left = stamp([
    runStarted(),
    planReady(makePlan([makeStep('slow', 0), makeStep('after', 1, { needs: ['slow'] })])),
    startedStep('slow', 1),
    { type: 'heartbeat', timestamp: at(4000) },
  ]);
  const partial = makeArtifact('slow/1/stdout', 'stdout', 'slow', 'half a li');
  const closing = toClosingEvents(left, { now: Date.parse(at(60_000)), partials: new Map([[partial.id, partial]]) });
  return [...left, ...stamp(closing, left.length + 1)];
}

function unicodeRun(): RunEvent[] {
  const command = { run: 'echo "grüße, 世界 \u{1F980}"\t# \\ / \u2028 \u007f \u0001', shell: 'bash' } as const;
  return stamp([
    runStarted(),
    planReady(makePlan([makeStep('text', 0, { name: 'Ünïcödé \u{1D54F}', command })])),
    ...ranStep('text', 1),
    {
      type: 'observation_recorded',
      timestamp: at(1600),
      step_id: 'text',
      observation: {
        id: 'text/sort',
        type: 'remark',
        summary: 'keys that sort otherwise by code point or by number',
        value: {
          '\u{1F600}': 1,
          '\ufb33': 2,
          '\u20ac': 3,
          '10': 4,
          '9': 5,
          '': 6,
          'a"b\\c': 7,
          '\r': 8,
          numbers: [0, -1, 0.1, 1.5e-7, 0.000001, 1e-7, 123456789.125, 5e-324, 9007199254740991, -9007199254740991],
        },
        basis_artifact_ids: [],
        informational: true,
        parser: { name: 'none', version: '0' },
      },
    },
    finalizeStarted('success'),
  ]);
}

function manyRun(): RunEvent[] {
  const ids = Array.from({ length: 60 }, (_, index) => `leg[n=${index},sha=${hex(String(index)).slice(0, 8)}]`);
  return stamp([
    runStarted(),
    planReady(makePlan(ids.map((id, index) => makeStep(id, index, { parent_id: 'leg', kind: 'test' })))),
    ...ids.flatMap((id) => ranStep(id, 1)),
    finalizeStarted('success'),
  ]);
}

function addUnsealed(envelope: { unsealed?: unknown; artifacts: { content_uri: string }[] }): void {
  envelope.unsealed = {
    location_hints: [{ content_uri: envelope.artifacts[0]?.content_uri, location: 'https://ci.example/artifacts/1' }],
    links: { job: 'https://ci.example/jobs/1' },
  };
}

function toLaterMinor(envelope: {
  schema_version: string;
  attachments?: unknown;
  execution: { steps: { kind: string }[] };
  artifacts: { added_later?: unknown }[];
}): void {
  envelope.schema_version = '1.7';
  // A kind that 1.0 has not.
  for (const step of envelope.execution.steps) step.kind = 'playwright';
  envelope.attachments = [{ note: 'this array is part of the header' }];
  for (const artifact of envelope.artifacts) artifact.added_later = true;
}
