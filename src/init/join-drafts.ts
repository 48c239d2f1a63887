import { findPathFault } from '../lib/relative-path.ts';
import type { ProjectDraft, StepDraft } from './draft.ts';

/** A step with its final id, and the folder it runs in. */
export type JoinedStep = StepDraft & { cwd: string };

export type JoinedDraft = {
  steps: JoinedStep[];
  /** Variables that all steps are let have. */
  passEnv: readonly string[];
  from: string[];
  remarks: string[];
};

const maxSteps = 60;

/**
 * The steps of all projects in one list. Where there is more than one project, the ecosystem or the folder stands in
 * front of each id, so that none is there twice.
 */
export function joinDrafts(drafts: readonly ProjectDraft[]): JoinedDraft {
  const usable = drafts.filter(({ cwd }) => findPathFault(cwd, { glob: false }) === undefined && !cwd.includes('${{'));
  const active = usable.filter(({ steps }) => steps.length > 0);
  const taken = new Set<string>();
  const [first, second] = active;
  // What the only project's steps all need is said once.
  const passEnv = second === undefined ? (first?.passEnv ?? []) : [];
  const steps = active.flatMap((draft) =>
    second === undefined
      ? joinDraft({ ...draft, passEnv: [] }, '', taken)
      : joinDraft(draft, toPrefix(draft, active), taken),
  );
  return {
    steps: steps.slice(0, maxSteps),
    passEnv,
    from: active.flatMap(({ cwd, from }) => from.map((file) => (cwd === '.' ? file : `${cwd}/${file}`))),
    remarks: usable.flatMap(({ remarks = [] }) => remarks),
  };
}

function joinDraft(
  { install, steps, cwd, passEnv = [] }: ProjectDraft,
  prefix: string,
  taken: Set<string>,
): JoinedStep[] {
  const all = install === undefined ? steps : [install, ...steps];
  const ids = new Map(all.map(({ id }) => [id, toFreeId(`${prefix}${id}`, taken)]));
  return all.map((step) => {
    const needs = toNeeds(step, install).flatMap((need) => ids.get(need) ?? []);
    const named = { id: ids.get(step.id) ?? step.id, cwd, needs };
    return Object.assign({}, step, named, { passEnv: [...new Set([...passEnv, ...(step.passEnv ?? [])])] });
  });
}

function toNeeds(step: StepDraft, install: StepDraft | undefined): readonly string[] {
  const own = step.needs ?? [];
  return install === undefined || step === install ? own : [install.id, ...own];
}

function toPrefix({ ecosystem, cwd }: ProjectDraft, all: readonly ProjectDraft[]): string {
  if (cwd === '.') return `${ecosystem}-`;
  const isAlone = all.filter((other) => other.cwd === cwd).length === 1;
  return isAlone ? `${cwd}-` : `${cwd}-${ecosystem}-`;
}

/** An id as a manifest allows it: letters, digits, "_" and "-", at most 64, and not taken yet. */
function toFreeId(wanted: string, taken: Set<string>): string {
  const plain = wanted
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '')
    .slice(0, 56);
  const base = plain === '' ? 'step' : plain;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}
