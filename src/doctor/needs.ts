import type { Plan, PlanStep } from '../schema/plan.ts';
import { toProgramWords } from './script-words.ts';

/** A program that steps call. */
export type ProgramNeed = {
  program: string;
  /** Ids of the steps. */
  steps: string[];
  /** certain: argv or a shell names it; probable: a script seems to call it. */
  how: 'certain' | 'probable';
  /** false: a step that comes first might install it. */
  atStart: boolean;
};

/** What the steps of a plan need to find, beside Quoderat's own needs. */
export type Needs = { programs: ProgramNeed[]; files: string[] };

/** A test reporter that is a package of its own, and no part of its runner. */
const reporterPackages = [{ sign: /jest-junit|JEST_JUNIT_/, file: 'node_modules/jest-junit' }] as const;

export function toNeeds(plan: Plan): Needs {
  const programs = new Map<string, ProgramNeed>();
  const add = (program: string, step: PlanStep, how: ProgramNeed['how']): void => {
    const found = programs.get(program);
    const atStart = step.needs.length === 0;
    if (found === undefined) programs.set(program, { program, steps: [step.id], how, atStart });
    else {
      if (!found.steps.includes(step.id)) found.steps.push(step.id);
      if (how === 'certain') found.how = how;
      found.atStart ||= atStart;
    }
  };
  for (const step of plan.steps) {
    const { command } = step;
    if (command === null) continue;
    if ('argv' in command) {
      add(toPath(command.argv[0] ?? '', step.cwd), step, 'certain');
      continue;
    }
    add(command.shell, step, 'certain');
    if (command.shell === 'pwsh' || command.shell === 'cmd') continue;
    for (const word of toProgramWords(command.run)) {
      // A path may well be made by the step itself, or by one before it.
      if (!word.includes('/')) add(word, step, 'probable');
    }
  }
  return { programs: [...programs.values()], files: toFiles(plan) };
}

/** A program with a "/" is a file, relative to where the step runs. */
function toPath(program: string, cwd: string): string {
  return program.includes('/') && !program.startsWith('/') && cwd !== '.' ? `${cwd}/${program}` : program;
}

function toFiles({ steps }: Plan): string[] {
  const found = steps.flatMap(({ command, env_names: names, cwd }) => {
    const run = command === null ? '' : 'run' in command ? command.run : command.argv.join(' ');
    const text = `${run} ${names.join(' ')}`;
    return reporterPackages.flatMap(({ sign, file }) =>
      sign.test(text) ? [cwd === '.' ? file : `${cwd}/${file}`] : [],
    );
  });
  return [...new Set(found)];
}
