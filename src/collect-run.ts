import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { detectContext } from './ci/detect.ts';
import { findGit } from './ci/git-program.ts';
import { toCollectionClaims } from './collect/claims.ts';
import type { ExpectedLegs } from './collect/expected.ts';
import { type Gathered, gather } from './collect/gather.ts';
import { type Candidate, type Judged, judgeCandidate } from './collect/judge.ts';
import { toCollectionRecord } from './collect/record.ts';
import type { ExpectedRun } from './collect/same-run.ts';
import { toSlimEnvelope } from './collect/shown.ts';
import { type ArtifactStore, openArtifactStore } from './execution/artifacts.ts';
import { dropPartials, dropStored } from './execution/stored.ts';
import { limits } from './lib/limits.ts';
import { toMessage } from './lib/errors.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import type { Evidence } from './outcome.ts';
import { EvidenceFolderError, evidenceFiles, makeEvidenceFolder } from './publish/files/evidence-folder.ts';
import { collectAllSecrets } from './redaction/all-secrets.ts';
import { redactJson } from './redaction/json.ts';
import { makeRedactor } from './redaction/redactor.ts';
import type { CiContext } from './schema/context.ts';
import type { RunStatus, Worker } from './schema/record.ts';
import { sealCollection } from './seal-collection.ts';
import type { Signer } from './seal/signer.ts';

export type ExpectedRunOverrides = Partial<ExpectedRun>;

export type CollectOptions = {
  /** Asked for one after the other: no more than one is held in memory. */
  candidates: AsyncIterable<Candidate>;
  expected: ExpectedLegs;
  /** What is known of the run from elsewhere; the rest is what the environment says of it. */
  run?: ExpectedRunOverrides;
  name: string;
  workspace: string;
  /** The evidence folder: made when it does not exist, refused when it holds anything. */
  outDir: string;
  fallbackDir: string;
  env: Record<string, string>;
  worker: Worker;
  /** Milliseconds since the epoch. */
  now: () => number;
  signer?: Signer;
};

export type CollectOutcome =
  | { kind: 'refused'; message: string }
  | {
      kind: 'finished';
      status: RunStatus;
      gathered: Gathered;
      /** null: nothing could be written anywhere; `problems` says why. */
      evidence: Evidence | null;
      problems: string[];
    };

/**
 * Gathers the envelopes of a run's legs and seals them as one collection (docs/envelope.md, "Collections"), whatever
 * came: what is missing or can't be believed is a part of the evidence. Rejects only for a bug.
 */
export async function collect(options: CollectOptions): Promise<CollectOutcome> {
  const { env, now, worker, workspace } = options;
  const secrets = collectAllSecrets([env], []);
  const redactor = makeRedactor({ secrets: secrets.secrets, rules: [] });
  const detected = await detectContext({ env, cwd: workspace, now, git: findGit(env) });
  const context = toAbout(redactJson(detected, redactor).value, options.run?.commit ?? null);
  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const folder = await openFolder([options.outDir, options.fallbackDir], onProblem);
  if ('taken' in folder) return { kind: 'refused', message: folder.taken };

  const run = { ...toExpectedRun(context), ...options.run };
  const artifacts = join(folder.dir, evidenceFiles.artifacts);
  const judged = await judgeAll(options.candidates, run, { store: await openArtifactStore(artifacts), onProblem });
  const gathered = gather(judged, options.expected);
  await dropPartials(artifacts);
  for (const { sha256 } of gathered.superseded) await dropStored(artifacts, sha256);
  const { record, plan } = toCollectionRecord({
    gathered,
    name: redactor.text(options.name).text,
    compared: run,
    context,
    worker,
    runId: makeUuidV7(now(), randomBytes(10)),
    now: now(),
  });
  const evidence = await sealCollection({
    record,
    gathered,
    plan,
    claims: toCollectionClaims(record, options.signer !== undefined),
    dirs: [...new Set([folder.dir, options.fallbackDir])],
    now,
    onProblem,
    ...(options.signer && { signer: options.signer }),
  });
  return { kind: 'finished', status: gathered.status, gathered, evidence, problems };
}

/**
 * The context of a collection about another commit than the one that this job is run for: `workflow_run` is run for the
 * default branch, whatever it is about.
 */
function toAbout(context: CiContext, commit: string | null): CiContext {
  const { subject } = context;
  if (commit === null || commit === subject.id) return context;
  const { event_sha: _event, git_unreadable: _unreadable, head_differs_from_event: _differs, ...meta } = subject.meta;
  const unknown = { ref: null, branch: null, tag: null, base_sha: null, merge_sha: null, tree_sha: null, dirty: null };
  return {
    ...context,
    subject: {
      ...subject,
      kind: 'git_commit',
      id: commit,
      git: { commit_sha: commit, head_sha: commit, ...unknown },
      meta: { ...meta, commit_basis: 'platform' },
    },
  };
}

/** What the forge's own variables say of the run that is going on. On a laptop there is none to compare with. */
function toExpectedRun({ subject }: CiContext): ExpectedRun {
  const { meta, source, repo, id } = subject;
  if (source === 'local') return { repo: null, commit: null, run: null, attempt: null };
  const run = source === 'gitlab' ? meta['pipeline_id'] : meta['run_id'];
  const { event_sha: event, run_attempt: attempt } = meta;
  return {
    repo: repo.name,
    commit: typeof event === 'string' ? event : id,
    run: typeof run === 'string' ? run : null,
    attempt: typeof attempt === 'number' ? attempt : null,
  };
}

type Keeping = { store: ArtifactStore; onProblem: (problem: string) => void };

/** Judges and keeps one candidate after the other, up to the bounds of a collection. */
async function judgeAll(
  candidates: AsyncIterable<Candidate>,
  run: ExpectedRun,
  { store, onProblem }: Keeping,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  let total = 0;
  let shown = 0;
  for await (const candidate of candidates) {
    total += 'bytes' in candidate ? candidate.bytes.length : 0;
    const beyond = toBeyond(judged.length + 1, total);
    if (beyond !== null) {
      judged.push(await judgeCandidate({ name: candidate.name, problem: beyond }, run));
      break;
    }
    const file = await judgeCandidate(candidate, run);
    if (file.kind === 'member') shown += Math.min(file.sizeBytes, limits.memberShownBytes);
    const isSlim = file.kind === 'member' && shown > limits.membersShownBytes;
    judged.push(isSlim ? { ...file, envelope: toSlimEnvelope(file.envelope) } : file);
    if (file.kind !== 'collection' && 'bytes' in candidate) {
      const kept = await store.captureBytes({
        id: file.sha256 ?? '',
        kind: 'report',
        name: file.source,
        stepId: null,
        mediaType: 'application/json',
        bytes: candidate.bytes,
        redactor: null,
      });
      if (kept.problem !== null) onProblem(`${file.source} could not be kept: ${kept.problem}`);
    }
  }
  return judged;
}

function toBeyond(files: number, bytes: number): string | null {
  if (files > limits.collectMembers)
    return `it and what follows were not read: there are more than ${limits.collectMembers} files`;
  if (bytes > limits.collectBytes)
    return `it and what follows were not read: there are more than ${limits.collectBytes} bytes`;
  return null;
}

async function openFolder(
  dirs: readonly string[],
  onProblem: (problem: string) => void,
): Promise<{ dir: string } | { taken: string }> {
  for (const dir of dirs) {
    try {
      await makeEvidenceFolder(dir);
      return { dir };
    } catch (error) {
      if (error instanceof EvidenceFolderError && error.code === 'not_empty') return { taken: error.message };
      onProblem(`no evidence can be kept in ${dir}: ${toMessage(error)}`);
    }
  }
  return { dir: dirs[0] ?? '.' };
}
