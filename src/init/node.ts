import { isReservedEnvName } from '../lib/reserved-env.ts';
import type { StepKind } from '../schema/kinds.ts';
import { isScriptable } from './bash-word.ts';
import type { ProjectDraft, StepDraft } from './draft.ts';
import { toLintCommand } from './node-lint.ts';
import { type NodePackage, parseNodePackage } from './node-package.ts';
import { toScriptlessTest, toTestCommand } from './node-tests.ts';
import { findProjects, type Project, type Repository } from './repository.ts';
import { followScript } from './script-text.ts';

/** The steps of Node projects: an install as the lockfile says, then their scripts. */
export function draftNode(repository: Repository): ProjectDraft[] {
  return findProjects(repository, ['package.json']).map(toDraft);
}

function toDraft(project: Project): ProjectDraft {
  const found = parseNodePackage(project);
  const from = ['package.json'];
  if (found === undefined) {
    return { ecosystem: 'node', cwd: project.cwd, from, steps: [], remarks: ['package.json could not be read.'] };
  }
  const install = toInstall(found);
  const steps = [...toChecks(found), ...toTests(found), ...toBuild(found)];
  return {
    ecosystem: 'node',
    cwd: project.cwd,
    from: [...from, ...(found.manager.lockfile === undefined ? [] : [found.manager.lockfile])],
    ...(install !== undefined && { install }),
    steps,
    remarks: toRemarks(found, steps),
  };
}

function toInstall({ manager, dependencies, project }: NodePackage): StepDraft | undefined {
  if (dependencies.size === 0 && manager.lockfile === undefined) return undefined;
  const names = findTokenNames(project);
  const notes =
    manager.lockfile === undefined
      ? ['There is no lockfile, so each run may install other versions than the last one.']
      : [`Installs exactly what ${manager.lockfile} says.`];
  return {
    id: 'install',
    kind: 'command',
    run: manager.install,
    notes: names.length === 0 ? notes : [...notes, 'The registry asks for a token, which only this step is given.'],
    passEnv: names,
    secrets: names,
  };
}

/** Variables that the registry's settings ask for: `_authToken=${NPM_TOKEN}`. */
function findTokenNames({ texts }: Project): string[] {
  const settings = `${texts.get('.npmrc') ?? ''}\n${texts.get('.yarnrc.yml') ?? ''}`;
  const names = Array.from(settings.matchAll(/\$\{([A-Za-z_]\w{0,255})[^}]{0,200}\}/g), (match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !isReservedEnvName(name));
}

const checkNames = [
  /^(?:lint|eslint|oxlint|biome)$/,
  /^(?:type-?check|types|check[:-]types|types[:-]check|tsc|test:types)$/,
  /^(?:format|fmt|prettier)[:-]check$|^check[:-](?:format|fmt)$/,
];
/** More scripts of one sort are named in a comment instead. */
const maxAlike = 5;
/** What waits for people, changes files, or takes other means than a plain run. */
const notForCi = /watch|dev|debug|ui|open|update|fix|write|e2e|browser|staged/;

function toChecks(found: NodePackage): StepDraft[] {
  const names = usableNames(found);
  const exact = names.filter((name) => checkNames.some((known) => known.test(name)));
  const parts = names.includes('lint') ? [] : names.filter((name) => name.startsWith('lint:') && !notForCi.test(name));
  const all = [...exact, ...parts.slice(0, maxAlike)];
  const chosen = all.length > 0 ? all : names.filter((name) => name === 'check');
  return chosen.map((name) => toStep('lint', name, toLintCommand(found, name)));
}

function toTests(found: NodePackage): StepDraft[] {
  const names = usableNames(found);
  const parts = names.filter((name) => /^(?:test:|unit$)/.test(name) && name !== 'test:types' && !notForCi.test(name));
  const chosen = names.includes('test') ? ['test'] : parts.slice(0, maxAlike);
  if (chosen.length === 0) {
    const command = toScriptlessTest(found);
    return command === undefined ? [] : [{ id: 'test', kind: 'test', ...command }];
  }
  return chosen.map((name) => toStep('test', name, toTestCommand(found, followScript(name, found.scripts))));
}

function toBuild(found: NodePackage): StepDraft[] {
  if (!found.scripts.has('build')) return [];
  const { names, texts } = found.project;
  const ignored = new Set(
    (texts.get('.gitignore') ?? '').split(/\r?\n/).map((line) => line.trim().replaceAll(/^\/|\/$/g, '')),
  );
  // A guess that is wrong would fail the step: only a folder that is there, and that git is told to ignore, counts.
  const folder = ['dist', 'build', 'out', 'lib'].find((name) => names.has(name) && ignored.has(name));
  const run = found.manager.run('build');
  if (folder !== undefined) return [{ id: 'build', kind: 'build', run, outputs: [`${folder}/**`] }];
  return [
    {
      id: 'build',
      kind: 'build',
      run,
      notes: ["Name what it makes, and the files are kept and hashed:  outputs: ['dist/**']"],
    },
  ];
}

function toStep(kind: StepKind, id: string, command: Omit<StepDraft, 'id' | 'kind'> & { kind?: StepKind }): StepDraft {
  return { id, kind, ...command };
}

function usableNames({ scripts }: NodePackage): string[] {
  return [...scripts.keys()].filter(isScriptable);
}

function toRemarks({ scripts, project }: NodePackage, steps: readonly StepDraft[]): string[] {
  const used = new Set(steps.map(({ id }) => id));
  const others = [...scripts.keys()].filter((name) => !used.has(name));
  const where = project.cwd === '.' ? 'package.json' : `${project.cwd}/package.json`;
  return others.length === 0 ? [] : [`Other scripts of ${where}: ${others.slice(0, 30).join(', ')}`];
}
