import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/doctor/facts.ts';
import { checkFolders, checkGit, checkMachine } from '../../src/doctor/machine-checks.ts';
import { toNeeds } from '../../src/doctor/needs.ts';
import { checkCi, checkPrograms, checkVariables } from '../../src/doctor/plan-checks.ts';
import { makePlan } from '../../src/plan/expand.ts';
import { renderCheckup } from '../../src/render/checkup.ts';
import type { Check } from '../../src/schema/checkup.ts';
import { parseGood } from '../manifest/from-text.ts';

const GiB = 1024 ** 3;
const checkout = { state: 'ok', commit: 'a'.repeat(40), branch: 'main', dirty: false, shallow: false } as const;
/** A machine with which all is well. */
const facts: Facts = {
  platform: 'linux',
  nodeVersion: 'v20.20.2',
  workspace: { path: '/work', writable: true, freeBytes: 9 * GiB },
  temporary: { path: '/tmp', writable: true, freeBytes: 9 * GiB },
  git: checkout,
  clock: { now: Date.UTC(2026, 10, 21), fileAheadMs: 0, timeZone: 'UTC', timeZoneIsKnown: true },
  procIsReadable: true,
  programs: new Map([['mkfifo', '/usr/bin/mkfifo']]),
  files: new Map(),
  variables: new Set(),
  ci: { forge: 'local' },
};

const planOf = (text: string) =>
  makePlan(parseGood(`version: 1\n${text}`), { path: 'q.yml', sha256: '0'.repeat(64) }).plan;
const statesOf = (checks: Check[]) =>
  checks.filter(({ state }) => state !== 'ok').map(({ name, state }) => [name, state]);

/** What is not ok about the programs of a manifest, on a machine with these. */
function programsOf(text: string, there: string[], change: Partial<Facts> = {}) {
  const programs = new Map(there.map((name) => [name, `/bin/${name}`]));
  return checkPrograms(toNeeds(planOf(text)), { ...facts, programs, ...change });
}

describe('the checks of the machine', () => {
  it('find nothing wrong where all is well', () => {
    expect(statesOf([...checkMachine(facts), ...checkGit(facts), ...checkFolders(facts), ...checkCi(facts)])).toEqual(
      [],
    );
  });

  it.each<[string, Partial<Facts>, [string, string]]>([
    ['an old Node', { nodeVersion: 'v20.19.4' }, ['Node', 'missing']],
    ['an older Node', { nodeVersion: 'v18.99.0' }, ['Node', 'missing']],
    ['no mkfifo', { programs: new Map() }, ['named pipes', 'warn']],
    ['no /proc', { procIsReadable: false }, ['processes', 'warn']],
    ['a clock at its epoch', { clock: { ...facts.clock, now: 0 } }, ['clock', 'warn']],
    ['a file system ahead of the clock', { clock: { ...facts.clock, fileAheadMs: 60_000 } }, ['clock', 'warn']],
    ['a time zone that is none', { clock: { ...facts.clock, timeZoneIsKnown: false } }, ['time zone', 'warn']],
    ['no git', { git: { state: 'fault', fault: 'git_not_found' } }, ['checkout', 'warn']],
    ['a shallow clone', { git: { ...checkout, shallow: true } }, ['history', 'warn']],
    [
      'a workspace that cannot be written',
      { workspace: { ...facts.workspace, writable: false } },
      ['workspace', 'missing'],
    ],
    ['a full disk', { temporary: { ...facts.temporary, freeBytes: 1e6 } }, ['temporary folder', 'missing']],
    ['an almost full disk', { workspace: { ...facts.workspace, freeBytes: 5e8 } }, ['workspace', 'warn']],
  ])('tell %s', (_name, change, expected) => {
    const changed = { ...facts, ...change };
    const checks = [...checkMachine(changed), ...checkGit(changed), ...checkFolders(changed)];
    expect(statesOf(checks)).toEqual([expected]);
    expect(checks.find(({ state }) => state !== 'ok')?.remedies).not.toEqual([]);
  });

  it('name the command that makes git trust the folder', () => {
    const [check] = checkGit({ ...facts, git: { state: 'fault', fault: 'dubious_ownership' } });
    expect(check?.remedies).toEqual(['git config --global --add safe.directory "/work"']);
  });

  it('ask for neither named pipes nor /proc where the system has none', () => {
    expect(statesOf(checkMachine({ ...facts, platform: 'win32', programs: new Map(), procIsReadable: null }))).toEqual(
      [],
    );
  });
});

describe('the checks of a plan', () => {
  it('tell a program of argv and a shell that are missing for certain', () => {
    const text =
      'steps:\n  - { id: a, kind: command, argv: [frobnicate, x] }\n  - { id: b, kind: command, run: echo, shell: pwsh }\n';
    expect(statesOf(programsOf(text, []))).toEqual([
      ['frobnicate', 'missing'],
      ['pwsh', 'missing'],
    ]);
    expect(statesOf(programsOf(text, ['frobnicate', 'pwsh']))).toEqual([]);
  });

  it('say "probably" of what scripts call, and take only well-known programs for needed', () => {
    const checks = programsOf('steps:\n  - { id: a, kind: command, run: cargo test && frobnicate }\n', ['bash']);
    expect(statesOf(checks)).toEqual([
      ['cargo', 'missing'],
      ['frobnicate', 'warn'],
    ]);
    for (const { state, detail } of checks) if (state !== 'ok') expect(detail).toContain('probably missing');
  });

  it('only warn of what an earlier step may install', () => {
    const text =
      'steps:\n  - { id: get, kind: command, run: echo }\n  - { id: a, kind: command, needs: [get], argv: [frobnicate] }\n';
    expect(statesOf(programsOf(text, ['bash']))).toEqual([['frobnicate', 'warn']]);
  });

  it('look for a program with a path in the folder where the step runs', () => {
    const text = 'steps:\n  - { id: a, kind: command, cwd: app, argv: [./run.sh] }\n';
    expect(toNeeds(planOf(text)).programs[0]?.program).toBe('app/./run.sh');
    expect(statesOf(programsOf(text, [], { files: new Map([['app/./run.sh', true]]) }))).toEqual([]);
    expect(statesOf(programsOf(text, []))).toEqual([['app/./run.sh', 'missing']]);
  });

  it('tell a test reporter that is not installed', () => {
    const text = 'steps:\n  - { id: a, kind: test, run: npx jest --reporters=jest-junit }\n';
    expect(statesOf(programsOf(text, ['bash', 'npx']))).toEqual([['node_modules/jest-junit', 'warn']]);
  });

  it('name variables that are not set, and never a value', () => {
    const plan = planOf(
      'pass_env: [HOME_OF_X, SET]\nsecrets: [TOKEN]\nsteps:\n  - { id: a, kind: command, run: echo }\n',
    );
    const checks = checkVariables(plan, { ...facts, variables: new Set(['SET']) });
    expect(checks.map(({ name, state, detail }) => [name, state, detail.split(': ').at(-1)])).toEqual([
      ['pass_env', 'warn', 'HOME_OF_X'],
      ['secrets', 'warn', 'TOKEN'],
    ]);
  });

  it('tell what the forge does not give', () => {
    const github = checkCi({
      ...facts,
      ci: { forge: 'github', artifactProblem: 'ghes.example has no artifact service' },
    });
    expect(statesOf(github)).toEqual([['artifacts', 'warn']]);
    expect(statesOf(checkCi({ ...facts, ci: { forge: 'github' } }))).toEqual([]);
    expect(checkCi({ ...facts, ci: { forge: 'gitlab' } })).toHaveLength(1);
  });
});

describe('renderCheckup', () => {
  it('gives each check a symbol, a word and its remedy, and sums up', () => {
    const checks: Check[] = [
      { group: 'git', name: 'checkout', state: 'warn', detail: 'no commit\u001B[2J', remedies: ['git commit'] },
      { group: 'machine', name: 'Node', state: 'missing', detail: 'old', remedies: [] },
    ];
    const text = renderCheckup(checks, { color: false, width: 80 });
    expect(text).toBe(
      'Machine\n  ✗ missing  Node      old\n\nGit\n  ! warn     checkout  no commit\n             → git commit\n\n✗ 1 missing, 1 warning\n',
    );
    expect(renderCheckup([], { color: false, width: 80 })).toContain('Nothing that is needed is missing');
  });
});
