import type { Reporting } from './draft.ts';
import type { NodePackage } from './node-package.ts';
import { parseLastCommand, type LastCommand } from './script-text.ts';

/** A command line that tests, and the report that it leaves, if it can. */
export type TestCommand = Reporting & { run: string; kind?: 'playwright' };

/** The report of every runner here. */
const report = 'junit.xml';
const junit = [{ path: report, format: 'junit' }] as const;

type ToCommand = (context: {
  found: NodePackage;
  script: string;
  command: LastCommand;
  run: (args: string) => string;
  runSilent: (args: string) => string;
}) => TestCommand | undefined;

/** Test runners by the program that starts them. All but jest write a report by themselves. */
const runners = new Map<string, ToCommand>([
  ['vitest', toVitest],
  ['jest', toJest],
  ['react-scripts', toJest],
  ['mocha', toMocha],
  ['node', toNodeTest],
  ['bun', toBunTest],
  ['ava', toTap('--tap')],
  ['tape', toTap('')],
  ['playwright', toPlaywright],
]);

/** How a script is run so that it leaves a report, where its runner is known and can be told so. */
export function toTestCommand(found: NodePackage, script: string): TestCommand {
  const { manager, scripts } = found;
  const plain = { run: manager.run(script), notes: ['It leaves no report, so its exit code alone is evidence.'] };
  const command = parseLastCommand(scripts.get(script) ?? '');
  if (command === undefined) return plain;
  const run = (args: string): string => manager.run(script, args);
  const runSilent = (args: string): string => manager.runSilent(script, args === '' ? undefined : args);
  return runners.get(command.program)?.({ found, script, command, run, runSilent }) ?? plain;
}

/** The same for a runner that is installed, in a project without a script for tests. */
export function toScriptlessTest({ manager, dependencies }: NodePackage): TestCommand | undefined {
  if (dependencies.has('vitest')) return { run: `${manager.exec} vitest run ${vitestArgs}`, reports: junit };
  if (dependencies.has('mocha')) return { run: `${manager.exec} mocha ${mochaArgs}`, reports: junit };
  return undefined;
}

const vitestArgs = `--reporter=default --reporter=junit --outputFile.junit=${report}`;
const mochaArgs = `--reporter xunit --reporter-option output=${report}`;

function toVitest({ command, run }: Parameters<ToCommand>[0]): TestCommand | undefined {
  if (command.args.some((word) => ['bench', 'list', 'init', 'typecheck'].includes(word))) return undefined;
  const covers = command.args.some((word) => /^--coverage(?:=true|\.enabled)?$/.test(word));
  const coverage = covers ? ' --coverage.reporter=text --coverage.reporter=lcov' : '';
  const once = command.args[0] === 'run' || command.args.includes('--run') ? '' : '--run ';
  return { run: run(`${once}${vitestArgs}${coverage}`), reports: covers ? [...junit, lcov] : junit };
}

const lcov = { path: 'coverage/lcov.info', format: 'lcov' } as const;

/** jest's own JSON is no format that is read, and its JUnit reporter is a package of its own. */
function toJest({ found, command, run }: Parameters<ToCommand>[0]): TestCommand | undefined {
  if (command.program === 'react-scripts' && command.args[0] !== 'test') return undefined;
  const covers = command.args.includes('--coverage');
  const coverage = covers ? ' --coverageReporters=text --coverageReporters=lcov' : '';
  if (!found.dependencies.has('jest-junit')) {
    const notes = [
      'jest writes no report by itself. Install the package jest-junit, run `quoderat init --force` again, and the',
      'results of the single tests become evidence too.',
    ];
    return { run: run(`--ci${coverage}`), notes, ...(covers && { reports: [lcov] }) };
  }
  return {
    run: run(`--ci --reporters=default --reporters=jest-junit${coverage}`),
    env: { JEST_JUNIT_OUTPUT_FILE: report },
    reports: covers ? [...junit, lcov] : junit,
  };
}

function toMocha({ run }: Parameters<ToCommand>[0]): TestCommand {
  const notes = ['mocha has one reporter at a time: the results go to the report, not to the log.'];
  return { run: run(mochaArgs), reports: junit, notes };
}

/** Node takes switches only in front of file names, so the script is written out with the reporters in it. */
function toNodeTest({ found, script, command }: Parameters<ToCommand>[0]): TestCommand | undefined {
  const text = (found.scripts.get(script) ?? '').trim();
  const hooked = found.scripts.has(`pre${script}`) || found.scripts.has(`post${script}`);
  if (!command.alone || hooked || !command.args.includes('--test') || /--test-reporter|[$%]/.test(text))
    return undefined;
  return { run: text.replace(/(?<=\s)--test(?=\s|$)/, `--test ${nodeTestArgs}`), reports: junit };
}

const nodeTestArgs = `--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=${report}`;

function toBunTest({ command, run }: Parameters<ToCommand>[0]): TestCommand | undefined {
  if (command.args[0] !== 'test') return undefined;
  return { run: run(`--reporter=junit --reporter-outfile=${report}`), reports: junit };
}

/** TAP is for people too, so it goes to the log and to the report. */
function toTap(args: string): ToCommand {
  return ({ runSilent }) => ({
    run: `${runSilent(args)} | tee test.tap`,
    reports: [{ path: 'test.tap', format: 'tap' }],
  });
}

function toPlaywright({ command, run }: Parameters<ToCommand>[0]): TestCommand | undefined {
  if (command.args[0] !== 'test') return undefined;
  return {
    kind: 'playwright',
    run: run('--reporter=list,json'),
    notes: ['It needs the browsers: `npx playwright install --with-deps`.'],
  };
}
