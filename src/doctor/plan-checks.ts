import type { Check } from '../schema/checkup.ts';
import type { Plan } from '../schema/plan.ts';
import type { Facts } from './facts.ts';
import { makeCheck } from './machine-checks.ts';
import { type Needs, type ProgramNeed } from './needs.ts';
import { isKnownProgram, toRemedies } from './remedies.ts';

const maxSteps = 4;

/** The programs that steps call. Those of scripts are guessed from their text, and said to be. */
export function checkPrograms({ programs, files }: Needs, facts: Facts): Check[] {
  return [...programs.map((need) => checkProgram(need, facts)), ...files.map((file) => checkFile(file, facts))];
}

function checkProgram({ program, steps, how, atStart }: ProgramNeed, facts: Facts): Check {
  const found = program.includes('/') ? toLocal(program, facts) : facts.programs.get(program);
  const by = `${steps.length === 1 ? 'step' : 'steps'} ${toShort(steps)}`;
  if (found != null) return makeCheck('programs', program, 'ok', `${found} (${by})`);
  const why =
    how === 'probable'
      ? `probably missing: ${by} seem${steps.length === 1 ? 's' : ''} to call it`
      : `${by} cannot start without it`;
  // A script may have functions and files of its own, and what a step before installs is not there yet.
  const isSure = atStart && (how === 'certain' || isKnownProgram(program));
  return makeCheck('programs', program, isSure ? 'missing' : 'warn', why, toRemedies(program, facts.platform));
}

function toLocal(program: string, { files }: Facts): string | null {
  return files.get(program) === true ? program : null;
}

function checkFile(file: string, { files }: Facts): Check {
  return files.get(file) === true
    ? makeCheck('programs', file, 'ok', 'installed')
    : makeCheck('programs', file, 'warn', 'not installed: without it the tests leave no report', [
        'Install the packages of the project.',
      ]);
}

function toShort(steps: readonly string[]): string {
  const rest = steps.length - maxSteps;
  return rest > 0 ? `${steps.slice(0, maxSteps).join(', ')} and ${rest} more` : steps.join(', ');
}

/** Variables that the manifest names and that are not set here. */
export function checkVariables(plan: Plan, { variables }: Facts): Check[] {
  const passed = [...new Set(plan.steps.flatMap(({ pass_env: names }) => names))];
  const unset = passed.filter((name) => !variables.has(name));
  const secrets = plan.secrets.filter((name) => !variables.has(name));
  return [
    ...(passed.length > 0 && unset.length === 0
      ? [makeCheck('variables', 'pass_env', 'ok', `${passed.length === 1 ? '1 is' : `${passed.length} are`} set`)]
      : []),
    ...(unset.length > 0
      ? [makeCheck('variables', 'pass_env', 'warn', `not set here, so steps do without: ${unset.join(', ')}`)]
      : []),
    ...(secrets.length > 0
      ? [makeCheck('variables', 'secrets', 'warn', `not set here, so nothing is redacted for: ${secrets.join(', ')}`)]
      : []),
  ];
}

/** What the forge gives to this job. */
export function checkCi({ ci, git }: Facts): Check[] {
  if (ci.forge === 'local') return [];
  if (ci.forge === 'gitlab') {
    const detail = 'evidence lies in .quoderat/ and goes with the job';
    const remedies = ['Keep it: artifacts: { when: always, paths: [.quoderat/] }'];
    return [makeCheck('ci', 'GitLab job', git.state === 'ok' ? 'ok' : 'warn', detail, remedies)];
  }
  const permissions = makeCheck('ci', 'permissions', 'ok', 'a run takes contents: read and no more', [
    'A check takes checks: write, a comment pull-requests: write.',
  ]);
  if (ci.artifactProblem === undefined) {
    return [makeCheck('ci', 'artifacts', 'ok', 'the artifact service is offered'), permissions];
  }
  const remedies = [
    'Only the Action is given the service: `uses: quoderat/action`. In a `run:` step, upload .quoderat/ with actions/upload-artifact.',
  ];
  return [makeCheck('ci', 'artifacts', 'warn', ci.artifactProblem, remedies), permissions];
}
