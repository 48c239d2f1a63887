import { type SealedMembers } from '../schema/envelope.ts';
import type { StepRecord } from '../schema/record.ts';
import type { Problems } from './problems.ts';
import { quote } from './quote.ts';

/** The ids that a record defines; what refers to anything else refers to nothing. */
type Ids = { steps: Set<string>; artifacts: Set<string>; gates: Set<string> };

const FAILED = new Set(['failed', 'error', 'timed_out']);
const UNFINISHED = new Set(['aborted', 'waiting']);

/** Whether the record holds together: outcomes, references, and statements that must agree with each other. */
export function checkReferences(sealed: SealedMembers, problems: Problems): void {
  const { execution, artifacts, observations, gates, redactions, plan } = sealed;
  const ids = {
    steps: collectIds('/execution/steps', execution.steps, problems),
    artifacts: collectIds('/artifacts', artifacts, problems),
    gates: collectIds('/gates', gates, problems),
  };
  collectIds('/observations', observations, problems);
  collectIds('/redactions', redactions, problems);
  checkSubject(sealed, problems);
  checkStatus(sealed, problems);

  const need = makeNeed(problems);
  need('/plan/plan_artifact_id', plan.plan_artifact_id, ids.artifacts);
  for (const [index, step] of execution.steps.entries()) checkStep(step, index, { ids, need, problems });
  for (const [index, artifact] of artifacts.entries()) {
    need(`/artifacts/${index}/step_id`, artifact.step_id, ids.steps);
    if (artifact.content_uri !== `urn:sha256:${artifact.sha256}`)
      problems.add(
        `/artifacts/${index}/content_uri`,
        'artifact_uri_mismatch',
        'this is not urn:sha256: and the sha256',
      );
  }
  for (const [index, { basis_artifact_ids: basis, informational }] of observations.entries()) {
    basis.forEach((id, nth) => need(`/observations/${index}/basis_artifact_ids/${nth}`, id, ids.artifacts));
    if (informational !== (basis.length === 0))
      problems.add(
        `/observations/${index}/informational`,
        'informational_mismatch',
        'must be true exactly when the observation has no basis',
      );
  }
  gates.forEach((gate, index) => need(`/gates/${index}/step_id`, gate.step_id, ids.steps));
  redactions.forEach((receipt, index) => need(`/redactions/${index}/artifact_id`, receipt.artifact_id, ids.artifacts));
}

type Need = (pointer: string, id: string | null | undefined, ids: Set<string>) => void;

function makeNeed(problems: Problems): Need {
  return (pointer, id, ids) => {
    if (typeof id === 'string' && !ids.has(id))
      problems.add(pointer, 'unresolved', `${quote(id)} is the id of nothing in this envelope`);
  };
}

function collectIds(pointer: string, elements: readonly { id: string }[], problems: Problems): Set<string> {
  const ids = new Set<string>();
  for (const [index, { id }] of elements.entries()) {
    if (ids.has(id)) problems.add(`${pointer}/${index}/id`, 'duplicate_id', `${quote(id)} is there twice`);
    ids.add(id);
  }
  return ids;
}

function checkSubject({ subject }: SealedMembers, problems: Problems): void {
  if (subject.id !== (subject.git?.commit_sha ?? null))
    problems.add('/subject/id', 'subject_mismatch', 'must be git.commit_sha, or null without git');
}

/** A success that its own steps contradict. The other statuses have reasons that steps need not show. */
function checkStatus({ execution }: SealedMembers, problems: Problems): void {
  if (execution.status !== 'success') return;
  const failed = execution.steps.some(
    ({ status, continue_on_error }) => UNFINISHED.has(status) || (FAILED.has(status) && !continue_on_error),
  );
  const ran = execution.steps.some(({ status }) => status !== 'skipped');
  if (failed || !ran || execution.termination !== 'finished')
    problems.add('/execution/status', 'status_mismatch', 'the steps do not add up to a success');
}

function checkStep(
  step: StepRecord,
  index: number,
  { ids, need, problems }: { ids: Ids; need: Need; problems: Problems },
): void {
  const at = `/execution/steps/${index}`;
  if (step.index !== index) problems.add(`${at}/index`, 'wrong_value', `this is step ${index}`);
  if (step.status === 'waiting') problems.add(`${at}/status`, 'no_outcome', `step ${quote(step.id)} has no outcome`);
  if (step.attempt !== step.attempts.length)
    problems.add(`${at}/attempt`, 'wrong_value', `the step has ${step.attempts.length} attempts`);
  step.needs.forEach((id, nth) => need(`${at}/needs/${nth}`, id, ids.steps));
  need(`${at}/gate_id`, step.gate_id, ids.gates);
  need(`${at}/diff_artifact_id`, step.diff_artifact_id, ids.artifacts);
  checkOutputs(step, at, { ids, need });
  step.attempts.forEach((attempt, nth) => checkOutputs(attempt, `${at}/attempts/${nth}`, { ids, need }));
}

type Outputs = Pick<
  StepRecord,
  'stdout_artifact_id' | 'stderr_artifact_id' | 'report_artifact_ids' | 'output_artifact_ids'
>;

function checkOutputs(outputs: Outputs, at: string, { ids, need }: { ids: Ids; need: Need }): void {
  need(`${at}/stdout_artifact_id`, outputs.stdout_artifact_id, ids.artifacts);
  need(`${at}/stderr_artifact_id`, outputs.stderr_artifact_id, ids.artifacts);
  outputs.report_artifact_ids.forEach((id, nth) => need(`${at}/report_artifact_ids/${nth}`, id, ids.artifacts));
  outputs.output_artifact_ids.forEach((id, nth) => need(`${at}/output_artifact_ids/${nth}`, id, ids.artifacts));
}
