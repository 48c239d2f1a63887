import type { StepKind } from '../schema/kinds.ts';
import type { ProjectDraft, StepDraft } from './draft.ts';
import type { Repository } from './repository.ts';

/** make reads the first of these that is there. */
const files = ['GNUmakefile', 'makefile', 'Makefile'];
const known: readonly [target: string, kind: StepKind][] = [
  ['lint', 'lint'],
  ['check', 'test'],
  ['test', 'test'],
  ['build', 'build'],
  ['all', 'build'],
];

/**
 * The steps of a Makefile at the root. Where other files already say how the repository is tested, its targets most
 * often call the same, so they are named in a comment only.
 */
export function draftMake({ projects }: Repository, others: readonly ProjectDraft[]): ProjectDraft[] {
  const [root] = projects;
  const file = files.find((name) => root?.names.has(name) === true);
  if (root === undefined || file === undefined) return [];
  const targets = parseTargets(root.texts.get(file) ?? '');
  const found = known.filter(([target]) => targets.has(target));
  if (found.length === 0) return [];
  const draft = { ecosystem: 'make', cwd: '.', from: [file] };
  if (others.some(({ steps }) => steps.some(({ kind }) => kind === 'test'))) {
    return [{ ...draft, steps: [], remarks: [`Targets of ${file}: ${found.map(([target]) => target).join(', ')}`] }];
  }
  // `check` is the GNU name of `test`, and `all` what `build` is elsewhere: one of each is enough.
  const chosen = found.filter(
    ([target]) => !(target === 'check' && targets.has('test')) && !(target === 'all' && targets.has('build')),
  );
  return [{ ...draft, steps: chosen.map(toStep) }];
}

function toStep([target, kind]: (typeof known)[number]): StepDraft {
  return { id: target, kind, run: `make ${target}`, ...(kind === 'test' && { notes: noReport }) };
}

const noReport = [
  'Without a report its exit code alone is evidence. If it can write one, name the file:',
  'reports: [{ path: junit.xml, format: junit }]',
];

/** The names of rules, as far as they are written out: no variables, no patterns, no recipes. */
function parseTargets(text: string): ReadonlySet<string> {
  const rules = text.matchAll(/^([A-Za-z0-9_.-]+(?:[ \t]+[A-Za-z0-9_.-]+)*)[ \t]*:(?![:=])/gm);
  return new Set(Array.from(rules, (match) => match[1] ?? '').flatMap((names) => names.split(/[ \t]+/)));
}
