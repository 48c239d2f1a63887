import { toCanonicalJson } from '../lib/canonical.ts';
import { limits } from '../lib/limits.ts';
import { collectionMemberValue, collectionValue, memberStepKind } from '../schema/collection.ts';
import type { SealedMembers } from '../schema/envelope.ts';
import type { Artifact, Observation } from '../schema/record.ts';
import type { Verdict } from '../schema/verdict.ts';
import type { OpenArtifact } from '../seal/artifact-bytes.ts';
import { parseEnvelope } from '../seal/parse.ts';
import { type Problems, makeProblems } from '../seal/problems.ts';
import { quote } from '../seal/quote.ts';
import { hasShape } from '../seal/shape.ts';
import { judgeCandidate } from './judge.ts';

/**
 * The verdict about an envelope, with what its members say when it is a collection and their bytes are at hand
 * (docs/envelope.md, "Collections"): each is intact, and is the evidence that the collection says it is. Problems
 * belong to the answer `complete`. Any other envelope's verdict is given back as it is.
 * @param bytes the very file that the verdict is about
 */
export async function checkMembers(
  bytes: Uint8Array,
  verdict: Verdict,
  openArtifact: OpenArtifact | undefined,
): Promise<Verdict> {
  if (!mentionsMembers(bytes)) return verdict;
  const { value } = parseEnvelope(bytes);
  if (!hasShape(value, makeProblems()) || !isCollection(value)) return verdict;
  const problems = makeProblems();
  checkSums(value, problems);
  const artifacts = new Map(value.artifacts.map((artifact) => [artifact.id, artifact]));
  for (const [index, observation] of value.observations.entries()) {
    if (observation.type === 'collection_member')
      await checkMember(observation, `/observations/${index}`, { artifacts, openArtifact, problems });
  }
  const found = problems.list();
  if (found.length === 0) return verdict;
  const { complete } = verdict;
  return {
    ...verdict,
    complete: { ...complete, answer: 'no', problems: [...complete.problems, ...found] },
    exit_code: 1,
  };
}

/** Spares other envelopes a second reading. One in which the words are spelled otherwise is not canonical, and so not intact. */
function mentionsMembers(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"collect');
}

function isCollection({ execution, observations }: SealedMembers): boolean {
  return (
    execution.steps.some(({ kind }) => kind === memberStepKind) ||
    observations.some(({ type }) => type === 'collection' || type === 'collection_member')
  );
}

/** Whether steps, members and the sum agree: a success needs a member for each leg and nothing that is amiss. */
function checkSums({ execution, observations }: SealedMembers, problems: Problems): void {
  const members = observations.filter(({ type }) => type === 'collection_member');
  const succeeded = new Set(members.filter(isSuccess).flatMap(({ basis_artifact_ids: basis }) => basis));
  for (const [index, step] of execution.steps.entries()) {
    const reports = step.report_artifact_ids.filter((id) => succeeded.has(id));
    if (step.kind === memberStepKind && step.status === 'success' && reports.length !== 1)
      problems.add(`/execution/steps/${index}`, 'member_mismatch', `no member says that ${quote(step.id)} succeeded`);
  }
  const sums = observations.flatMap(({ type, value }) =>
    type === 'collection' ? [collectionValue.safeParse(value)] : [],
  );
  const [sum] = sums;
  if (sums.length !== 1 || sum?.success !== true) {
    problems.add('/observations', 'member_mismatch', 'a collection has exactly one observation that sums it up');
    return;
  }
  const { expected, in: found, missing, rejected } = sum.data;
  if (found !== members.length)
    problems.add('/observations', 'member_mismatch', `it says ${found} members and has ${members.length}`);
  const isWhole = expected !== null && found >= expected && missing.length + rejected.length === 0;
  if (execution.status === 'success' && !(isWhole && succeeded.size === members.length))
    problems.add('/execution/status', 'status_mismatch', 'the members do not add up to a success');
}

function isSuccess({ value }: Observation): boolean {
  return collectionMemberValue.pick({ status: true }).loose().safeParse(value).data?.status === 'success';
}

type Surroundings = {
  artifacts: Map<string, Artifact>;
  openArtifact: OpenArtifact | undefined;
  problems: Problems;
};

async function checkMember(
  { value, basis_artifact_ids: basis }: Observation,
  at: string,
  { artifacts, openArtifact, problems }: Surroundings,
): Promise<void> {
  const said = collectionMemberValue.safeParse(value);
  if (!said.success) {
    problems.add(`${at}/value`, 'schema', 'this is no description of a member');
    return;
  }
  const artifact = basis.length === 1 ? artifacts.get(basis[0] ?? '') : undefined;
  if (artifact === undefined || artifact.sha256 !== said.data.envelope_sha256) {
    problems.add(`${at}/value/envelope_sha256`, 'member_mismatch', 'this is not the artifact that it is based on');
    return;
  }
  const bytes = openArtifact === undefined ? null : await readMember(openArtifact, artifact);
  // Bytes that are missing, or are not those that were sealed, are told of the artifact.
  if (bytes === null) return;
  const judged = await judgeCandidate({ name: artifact.name, bytes }, anyRun);
  if (judged.kind !== 'member') {
    const reason = judged.kind === 'rejected' ? judged.reason : 'it is a collection itself';
    problems.add(at, 'member_not_intact', `the member is no envelope that could be one: ${reason}`);
    return;
  }
  const { leg: _leg, verdict: _verdict, ...facts } = said.data;
  for (const [name, fact] of Object.entries(facts)) {
    if (toCanonicalJson(fact) !== toCanonicalJson(Reflect.get(judged.facts, name)))
      problems.add(`${at}/value/${name}`, 'member_mismatch', 'the member itself says something else');
  }
}

const anyRun = { repo: null, commit: null, run: null, attempt: null };

async function readMember(openArtifact: OpenArtifact, { sha256, size_bytes: size }: Artifact): Promise<Buffer | null> {
  if (size > limits.memberBytes) return null;
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    const opened = await openArtifact(sha256);
    if (opened === null) return null;
    for await (const chunk of opened) {
      total += chunk.length;
      if (total > size) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
