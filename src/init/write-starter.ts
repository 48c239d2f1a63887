import type { JoinedDraft, JoinedStep } from './join-drafts.ts';
import { toYamlComment, toYamlEntry, toYamlList, toYamlMapping, toYamlScalar } from './yaml-text.ts';

const page = 'https://github.com/quoderat/action/blob/main/docs/manifest.md';

/** The manifest as commented YAML. Ends with a line break. */
export function writeStarter(name: string, { steps, passEnv, from, remarks }: JoinedDraft): string {
  const title = name
    .replaceAll(/\p{Cc}|\$\{\{/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, 100)
    .toWellFormed();
  const origin = from.length === 0 ? 'nothing that it knows was found here' : `from ${from.join(', ')}`;
  const lines = [
    '# yaml-language-server: $schema=https://quoderat.io/schemas/manifest.v1.json',
    '#',
    toYamlComment(`Written by \`quoderat init\`: ${origin}. It is yours now; change what does not fit.`),
    '#   quoderat plan     shows what would run, and runs nothing',
    '#   quoderat doctor   says what is missing on this machine',
    '#   quoderat run      runs the steps, and seals what happened',
    `# All keys: ${page}`,
    'version: 1',
    `name: ${toYamlScalar(title === '' ? 'checks' : title)}`,
    '',
    '# A step gets PATH, HOME and a few harmless variables. Whatever else it needs of the environment is named: for all',
    '# steps here, or as pass_env of one step. Names of secrets belong into `secrets` as well.',
    passEnv.length === 0 ? '# pass_env: [HTTPS_PROXY, SSL_CERT_FILE]' : `pass_env: ${toYamlList(passEnv)}`,
    '',
    'steps:',
    ...(steps.length === 0 ? example : steps.flatMap((step, index) => toStepLines(step, index > 0))),
    ...(remarks.length === 0 ? [] : ['', ...remarks.map((remark) => toYamlComment(remark, '  '))]),
  ];
  return `${lines.join('\n')}\n`;
}

function toStepLines(step: JoinedStep, apart: boolean): string[] {
  const { id, kind, cwd, run, needs = [], env = {}, passEnv = [], secrets = [], reports = [], outputs = [] } = step;
  const list = (key: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`    ${key}: ${toYamlList(values)}`];
  return [
    ...(apart ? [''] : []),
    ...(step.notes ?? []).map((note) => toYamlComment(note, '  ')),
    `  - id: ${toYamlScalar(id)}`,
    `    kind: ${kind}`,
    ...list('needs', needs),
    ...(cwd === '.' ? [] : toYamlEntry('cwd', cwd, '    ')),
    ...list('pass_env', passEnv),
    ...list('secrets', secrets),
    ...(Object.keys(env).length === 0 ? [] : [`    env: ${toYamlMapping(env)}`]),
    ...toYamlEntry('run', run, '    '),
    ...(step.silent === true ? ['    idle_timeout: none'] : []),
    ...(reports.length === 0 ? [] : ['    reports:', ...reports.map((report) => `      - ${toYamlMapping(report)}`)]),
    ...list('outputs', outputs),
  ];
}

/** For a repository in which nothing is known. It runs as it stands. */
const example = [
  '  # A command is anything: its exit code decides.',
  '  - id: hello',
  '    kind: command',
  '    run: echo "put your own commands here"',
  '',
  '  # A test says in a report what it found. Take away the # and put in your own:',
  '  # - id: test',
  '  #   kind: test',
  '  #   run: ./run-tests --junit junit.xml',
  '  #   reports: [{ path: junit.xml, format: junit }]',
  '',
  '  # A build keeps and hashes what it makes:',
  '  # - id: build',
  '  #   kind: build',
  '  #   needs: [test]',
  '  #   run: make',
  "  #   outputs: ['dist/**']",
];
