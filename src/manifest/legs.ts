import { countCombinations, formatCombination, toCombinations } from '../lib/combinations.ts';
import { limits } from '../lib/limits.ts';
import { findPathFault } from '../lib/relative-path.ts';
import { fillTemplate } from '../lib/template.ts';
import type { Manifest, ManifestStep } from '../schema/manifest.ts';
import { stepId } from '../schema/primitives.ts';
import { quote, type Fault, type FaultPath } from './fault.ts';

/**
 * What is wrong with the steps that `map` makes, which shows only when its values are put in: too many of them, ids
 * that are taken or too long, paths that lead out, names that are no longer one line.
 */
export function findLegFaults(manifest: Manifest): Fault[] {
  const faults: Fault[] = [];
  let count = 0;
  for (const [index, step] of manifest.steps.entries()) {
    count += step.map === undefined ? 1 : countCombinations(step.map);
    if (count <= limits.planSteps) continue;
    const message = `with this step, the plan has more than ${limits.planSteps} steps`;
    return [{ path: ['steps', index, ...(step.map === undefined ? [] : ['map'])], message }];
  }
  for (const [index, step] of manifest.steps.entries()) faults.push(...findStepFaults(step, ['steps', index]));
  return faults;
}

function findStepFaults(step: ManifestStep, path: FaultPath): Fault[] {
  if (step.map === undefined) return [];
  const ids = new Set<string>();
  return toCombinations(step.map).flatMap((combination) => {
    const leg = formatCombination(combination);
    const values = new Map(Object.entries(combination).map(([name, value]) => [`map.${name}`, value]));
    const faults: Fault[] = [];
    const tell = (at: FaultPath, complaint: string | undefined): void => {
      if (complaint !== undefined) faults.push({ path: [...path, ...at], message: `in the leg ${leg}: ${complaint}` });
    };
    const id = `${step.id}[${leg}]`;
    if (!stepId.safeParse(id).success) tell(['map'], 'the values make an id longer than 200 characters');
    if (ids.has(id)) tell(['map'], 'another leg has the same id');
    ids.add(id);
    const name = fillTemplate(step.name, values);
    if (name.trim() === '' || name.length > 1000) tell(['name'], 'the name is empty or too long');
    const tellPath = (at: FaultPath, text: string, glob: boolean): void => {
      const filled = fillTemplate(text, values);
      const fault = findPathFault(filled, { glob });
      if (fault !== undefined) tell(at, `${quote(filled)} ${fault}`);
    };
    tellPath(['cwd'], step.cwd, false);
    for (const [index, output] of step.outputs.entries()) tellPath(['outputs', index], output, true);
    for (const [index, report] of step.reports.entries()) tellPath(['reports', index, 'path'], report.path, true);
    return faults;
  });
}
