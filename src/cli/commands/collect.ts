import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorker } from '../../build-info.ts';
import { collect as collectEnvelopes, type CollectOutcome, type ExpectedRunOverrides } from '../../collect-run.ts';
import { ExpectedError, parseExpected } from '../../collect/expected.ts';
import type { LegOutcome } from '../../collect/gather.ts';
import { toInertLine } from '../../render/inert.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { chooseForgePlan, type ForgeFlags } from '../forge-flags.ts';
import type { Io } from '../io.ts';
import { readSigner } from '../key-files.ts';
import { assertThere, readMemberFiles } from '../member-files.ts';
import { chooseOutDir } from '../out-dir.ts';
import { formatEvidence, formatStatus } from '../run-report.ts';

export type CollectFlags = ForgeFlags & {
  expected?: string;
  name: string;
  out?: string;
  repo?: string;
  commit?: string;
  key?: string;
  json?: true;
};

/**
 * `quoderat collect`: seals the envelopes of a run's legs as one collection.
 * @returns 0 only when every expected leg is in, intact and a success
 * @throws CliError for what cannot be read, and the errors of the key's reader
 */
export async function collect(named: readonly string[], flags: CollectFlags, io: Io): Promise<number> {
  const expected = readExpected(flags.expected);
  const signer = await readSigner(flags.key, io);
  const forge = chooseForgePlan(flags, io.env);
  await assertThere(named, io);
  const outDir = await chooseOutDir(flags.out, io.cwd, io);
  const overrides: ExpectedRunOverrides = {
    ...(flags.repo !== undefined && { repo: flags.repo }),
    ...(flags.commit !== undefined && { commit: flags.commit }),
  };
  const outcome = await collectEnvelopes({
    candidates: readMemberFiles(named, io),
    expected,
    run: overrides,
    name: flags.name,
    workspace: io.cwd,
    outDir,
    fallbackDir: join(tmpdir(), `quoderat-${randomUUID()}`),
    env: io.env,
    worker: await readWorker(),
    now: io.now,
    ...(signer && { signer }),
  });
  if (outcome.kind === 'refused') {
    io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
    return exitCodes.usage;
  }
  for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
  if (outcome.evidence === null) io.stderr.write('quoderat: no evidence could be written\n');
  if (flags.json === true) io.stdout.write(`${JSON.stringify(toResult(outcome))}\n`);
  else io.stdout.write(formatCollection(outcome, io));
  if (forge.isWanted) {
    const { publishToGitlab } = await import('../gitlab-job.ts');
    const subject = { evidence: outcome.evidence, gathered: outcome.gathered };
    await publishToGitlab(subject, forge, { io, signal: new AbortController().signal });
  }
  return outcome.status === 'success' && outcome.evidence !== null ? exitCodes.success : exitCodes.failed;
}

type Finished = Extract<CollectOutcome, { kind: 'finished' }>;

function readExpected(text = ''): ReturnType<typeof parseExpected> {
  try {
    return parseExpected(text);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw new CliError('usage', `--expected: ${error.message}`, { cause: error });
  }
}

/** What `quoderat collect --json` prints. */
function toResult({ status, gathered, evidence, problems }: Finished) {
  return {
    status,
    evidence_id: evidence?.envelope.evidence_id ?? null,
    head_hash: evidence?.envelope.integrity.head_entry_hash ?? null,
    envelope_path: evidence?.envelopePath ?? null,
    envelope_sha256: evidence?.envelopeSha256 ?? null,
    expected: gathered.expected,
    legs: gathered.legs.map((leg) => ({
      leg: leg.label,
      state: leg.state,
      ...(leg.state === 'in'
        ? {
            status: leg.member.facts.status,
            attempt: leg.member.facts.run_attempt,
            evidence_id: leg.member.facts.evidence_id,
          }
        : { reason: leg.reason }),
    })),
    problems,
  };
}

function formatCollection({ gathered, evidence }: Finished, io: Io): string {
  const lines = gathered.legs.map((leg) => `  ${toSymbol(leg)} ${toInertLine(leg.label)}: ${toWords(leg)}\n`);
  const head = evidence === null ? '' : formatStatus(evidence);
  return `${head}${lines.join('')}${evidence === null ? '' : formatEvidence(evidence, io)}`;
}

function toSymbol(leg: LegOutcome): string {
  if (leg.state === 'missing') return '○';
  return leg.state === 'in' && leg.member.facts.status === 'success' ? '✓' : '✗';
}

function toWords(leg: LegOutcome): string {
  if (leg.state === 'missing') return `missing, ${toInertLine(leg.reason)}`;
  if (leg.state === 'rejected') return `rejected, ${toInertLine(leg.reason)}`;
  const { status, steps, run_attempt: attempt } = leg.member.facts;
  const older = leg.isOlderAttempt ? ', not run again' : '';
  return `${status}, ${steps.passed} of ${steps.total} steps passed${attempt === null ? '' : `, attempt ${attempt}`}${older}`;
}
