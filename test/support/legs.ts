import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/run.ts';
import type { Signer } from '../../src/seal/signer.ts';
import { type Loose, reseal } from '../seal/forge.ts';
import { makeTempDir } from './temp-dir.ts';

/** The run of a forge that legs are of, as the tests tell it everywhere. */
export const theRun = { repo: 'acme/widgets', commit: 'a'.repeat(40), run: '9001', attempt: 1 };

export type LegOptions = {
  job?: string;
  matrix?: Record<string, string>;
  attempt?: number;
  /** strategy.job-total; undefined: an older Quoderat, which did not record it. */
  jobTotal?: number;
  fails?: boolean;
  /** The commit of the event; theRun's otherwise. */
  commit?: string;
  signer?: Signer;
  /** Any other difference, sealed like the rest. */
  change?: (envelope: Loose) => void;
};

export type Legs = { make(options?: LegOptions): Promise<Buffer> };

/**
 * Envelopes of a workflow run's legs: two real runs, one that succeeds and one that fails, in the environment of a
 * GitHub job; each leg is one of them with the facts of its job, sealed anew.
 */
export async function makeLegs(): Promise<Legs> {
  const [passing, failing] = await Promise.all([seal('echo fine'), seal('exit 3')]);
  let made = 0;
  return {
    make({ job = 'test', matrix, attempt = 1, jobTotal, fails = false, commit = theRun.commit, signer, change } = {}) {
      made += 1;
      const serial = made;
      return reseal(
        fails ? failing : passing,
        (envelope) => {
          envelope.evidence_id = toId('e', serial);
          envelope.run_id = toId('a', serial);
          const { meta, git } = envelope.subject;
          envelope.subject.id = git.commit_sha = commit;
          meta.job = job;
          meta.run_attempt = attempt;
          delete meta.matrix;
          if (matrix !== undefined) meta.matrix = matrix;
          if (jobTotal !== undefined) meta.job_total = jobTotal;
          change?.(envelope);
        },
        signer,
      );
    },
  };
}

function toId(letter: string, serial: number): string {
  return `019aa5c1-7d00-7000-8000-${letter}${serial.toString(16).padStart(11, '0')}`;
}

async function seal(command: string): Promise<Buffer> {
  await using dir = await makeTempDir();
  const { PATH = '' } = process.env;
  const outcome = await run({
    source: {
      path: 'quoderat.yml',
      form: 'manifest',
      bytes: Buffer.from(`version: 1\nname: release\nsteps:\n  - { id: unit, kind: command, run: ${command} }\n`),
    },
    workspace: dir.path,
    outDir: join(dir.path, 'evidence'),
    fallbackDir: join(dir.path, 'fallback'),
    env: {
      PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: theRun.repo,
      GITHUB_RUN_ID: theRun.run,
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SHA: theRun.commit,
      GITHUB_JOB: 'test',
      GITHUB_EVENT_NAME: 'push',
    },
    readWorker: async () => ({ name: 'quoderat', version: '0.1.0', dist_sha256: null }),
    log: silent,
    signal: new AbortController().signal,
    now: Date.now,
  });
  if (outcome.kind !== 'finished' || outcome.evidence === null) throw new Error('the run left no evidence');
  return await readFile(outcome.evidence.envelopePath);
}

const silent = { write: () => {}, end: () => {} };
