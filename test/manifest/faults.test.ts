import { describe, expect, it } from 'vitest';
import { parseBad, parseGood, withStep } from './from-text.ts';

/** [what is written, path, line:column, message, hint] */
type Row = [text: string, path: string, position: string, message: string, hint?: string];

const top = (line: string): string => `version: 1\n${line}\nsteps: [{ id: a, kind: test, run: x }]\n`;
const step = withStep;

const rows: Row[] = [
  // The shape of the whole.
  ['version: 1\n', 'steps', '1:1', '`steps` is missing'],
  ['steps: [{ id: a, kind: test, run: x }]\n', 'version', '1:1', '`version` is missing', 'it is 1'],
  ['version: 1\nsteps: []\n', 'steps', '2:8', 'must not be empty'],
  ['version: 1\nsteps:\n', 'steps', '2:1', 'must be a list, but is empty', 'give it a value, or remove the key'],
  ['just text', '', '1:1', 'must be a mapping of keys to values, but is the text "just text"'],
  [
    'version: "1"\nsteps: [{ id: a, kind: test, run: x }]\n',
    'version',
    '1:10',
    'must be 1, but is "1"',
    'write it without quotes',
  ],
  [top('max_paralel: 2'), 'max_paralel', '2:1', 'unknown key "max_paralel"', 'did you mean `max_parallel`?'],
  [top('max-parallel: 2'), 'max-parallel', '2:1', 'unknown key "max-parallel"', 'did you mean `max_parallel`?'],
  [top('max_parallel: 65'), 'max_parallel', '2:15', 'must be at most 64'],
  [top('max_parallel: 1.5'), 'max_parallel', '2:15', 'must be a whole number, but is the number 1.5'],
  [
    top('fail_fast: yes'),
    'fail_fast',
    '2:12',
    'must be true or false, but is the text "yes"',
    'only true and false are booleans in YAML 1.2',
  ],
  [
    top('defaults: { retries: 2 }'),
    'defaults.retries',
    '2:13',
    'unknown key "retries"',
    'known here: timeout, idle_timeout, shell',
  ],
  [top('max_duration: 8d'), 'max_duration', '2:15', '"8d" must be at most 7d'],
  [top('max_duration: none'), 'max_duration', '2:15', '"none" must be a duration such as 90s, 15m or 1h30m'],
  [top('name: "a\\nb"'), 'name', '2:7', '"a\\nb" must be one line without control characters'],
  ['version: 2\nsteps: [{ id: a, kind: test, run: x }]\n', 'version', '1:10', 'must be 1, but is 2'],
  // Environment.
  [top('env: { a-b: 1 }'), 'env.a-b', '2:8', '"a-b" must be an environment variable name'],
  [top('env: { A: [1] }'), 'env.A', '2:11', 'must be text, a number, true or false, but is a list'],
  [top('env: { A: }'), 'env.A', '2:8', 'must be text, a number, true or false, but is empty'],
  [top('env: { A: 007 }'), 'env.A', '2:11', '007 is a number, and would become 7', "put it in quotes: '007'"],
  [
    top('env: { A: 12345678901234567890 }'),
    'env.A',
    '2:11',
    '12345678901234567890 is a number, and would become 12345678901234567000',
    "put it in quotes: '12345678901234567890'",
  ],
  [
    top("env: { A: '${{ map.x }}' }"),
    'env.A',
    '2:11',
    '${{ map.x }} stands in a place without a map',
    'it works in a step that has one',
  ],
  [
    top('pass_env: NPM_TOKEN'),
    'pass_env',
    '2:11',
    'must be a list, but is the text "NPM_TOKEN"',
    'write it as a list: ["NPM_TOKEN"]',
  ],
  [top('secrets: [A B]'), 'secrets[0]', '2:11', '"A B" must be an environment variable name'],
  // Redaction.
  [
    top("redaction: { rules: [{ id: a, pattern: 'x+' }] }"),
    'redaction.rules[0].pattern',
    '2:40',
    '"+" has no bound; write {1,200}',
  ],
  [
    top("redaction: { rules: [{ id: a, pattern: 'x?' }] }"),
    'redaction.rules[0].pattern',
    '2:40',
    'must not match the empty text',
  ],
  [
    top('redaction: { rules: [{ id: a, pattern: x }, { id: a, pattern: y }] }'),
    'redaction.rules[1].id',
    '2:51',
    'the id "a" is taken by another rule',
  ],
  // A step's shape.
  [step('run: x\nkinds: x'), 'steps[0].kinds', '6:5', 'unknown key "kinds"', 'did you mean `kind`?'],
  [
    step('run: x\nworking-directory: x'),
    'steps[0].working-directory',
    '6:5',
    'unknown key "working-directory"',
    'did you mean `cwd`?',
  ],
  [
    step('run: x\nzzzzzz: x'),
    'steps[0].zzzzzz',
    '6:5',
    'unknown key "zzzzzz"',
    'known here: kind, id, name, needs, when, continue_on_error, run, argv, shell, cwd, env, pass_env, secrets, retry, outputs, timeout, idle_timeout, reports, allow_empty, map',
  ],
  [step('name: x'), 'steps[0]', '3:5', '`run` is missing', 'a step needs `run` or `argv`'],
  [step('run: x\nargv: [x]'), 'steps[0]', '3:5', '`run` and `argv` are both given', 'keep one of the two'],
  [
    step('argv: [x]\nshell: bash'),
    'steps[0]',
    '3:5',
    '`argv` runs without a shell, so `shell` means nothing',
    'remove it, or use `run`',
  ],
  [
    step('argv: [node, 22]'),
    'steps[0].argv[1]',
    '5:18',
    'must be text, but is the number 22',
    "put it in quotes: '22'",
  ],
  [step('run: "  "'), 'steps[0].run', '5:10', 'must not be empty'],
  [step('run:'), 'steps[0].run', '5:5', 'must be text, but is empty', 'give it a value, or remove the key'],
  ['version: 1\nsteps: [{ kind: test, run: x }]', 'steps[0].id', '2:9', '`id` is missing'],
  [
    'version: 1\nsteps: [{ id: a, run: x }]',
    'steps[0].kind',
    '2:9',
    '`kind` is missing',
    'it is one of command, lint, test, build, service, http_probe, playwright',
  ],
  [
    'version: 1\nsteps: [{ id: a, kind: tset, run: x }]',
    'steps[0].kind',
    '2:24',
    'must be one of command, lint, test, build, service, http_probe, playwright, but is "tset"',
    'did you mean `test`?',
  ],
  [
    'version: 1\nsteps: [{ id: -a, kind: test, run: x }]',
    'steps[0].id',
    '2:15',
    '"-a" must be 1 to 64 letters, digits, "_" or "-", beginning with a letter or digit',
  ],
  ['version: 1\nsteps: [a]', 'steps[0]', '2:9', 'must be a mapping of keys to values, but is the text "a"'],
  [
    step('run: x\ntimeout: 15'),
    'steps[0].timeout',
    '6:14',
    'must be text, but is the number 15',
    'give it a unit: 15s or 15m',
  ],
  [step('run: x\ntimeout: 0s'), 'steps[0].timeout', '6:14', '"0s" must be longer than nothing'],
  [
    step('run: x\nidle_timeout: 0s'),
    'steps[0].idle_timeout',
    '6:19',
    '"0s" must be longer than nothing; none switches it off',
  ],
  [
    step('run: x\nwhen: sucess'),
    'steps[0].when',
    '6:11',
    'must be one of success, failure, always, but is "sucess"',
    'did you mean `success`?',
  ],
  [
    step('run: x\nretry: 3'),
    'steps[0].retry',
    '6:12',
    'must be a mapping of keys to values, but is the number 3',
    'write it as { attempts: 3 }',
  ],
  [step('run: x\nretry: { attempts: 21 }'), 'steps[0].retry.attempts', '6:24', 'must be at most 20'],
  [
    step('run: x\nretry: { attempts: 2, backoff: 2s, max_backoff: 1s }'),
    'steps[0].retry.max_backoff',
    '6:53',
    'must not be shorter than backoff',
  ],
  // Paths.
  [step('run: x\ncwd: ../x'), 'steps[0].cwd', '6:10', '"../x" must not lead out of the workspace'],
  [step('run: x\ncwd: /x'), 'steps[0].cwd', '6:10', '"/x" must be relative, not absolute'],
  [step('run: x\ncwd: C:x'), 'steps[0].cwd', '6:10', '"C:x" must be relative, not absolute'],
  [step("run: x\ncwd: 'a\\b'"), 'steps[0].cwd', '6:10', '"a\\\\b" must be written with "/", not "\\"'],
  [step('run: x\noutputs: [a/../../b]'), 'steps[0].outputs[0]', '6:15', '"a/../../b" must not hold ".."'],
  [
    step("run: x\noutputs: ['!a']"),
    'steps[0].outputs[0]',
    '6:15',
    '"!a" must say what to take; "!" leaves nothing out',
  ],
  [
    step('run: x\nreports: [{ path: ~/x, format: junit }]'),
    'steps[0].reports[0].path',
    '6:23',
    '"~/x" must be relative; "~" is not expanded',
  ],
  [
    step('run: x\nreports: [{ path: x, format: junitxml }]'),
    'steps[0].reports[0].format',
    '6:34',
    'must be one of junit, trx, xunit, nunit, tap, ctrf, playwright, go-test, sarif, checkstyle, eslint, lcov, cobertura, jacoco, go-cover, but is "junitxml"',
  ],
  // Maps and references.
  [
    step("run: 'echo ${{ map.node }}'"),
    'steps[0].run',
    '5:10',
    '"${{" is never filled in here: values are not put into commands',
    `pass it through env: env: { NODE: '\${{ map.node }}' }, and use "$NODE" in the script`,
  ],
  [
    step("argv: [x, '${{ github.sha }}']"),
    'steps[0].argv[1]',
    '5:15',
    '"${{" is never filled in here: values are not put into commands',
    `pass it through env: env: { VALUE: '\${{ map.NAME }}' }, and use "$VALUE" in the script`,
  ],
  [
    step("run: x\nname: '${{ github.sha }}'"),
    'steps[0].name',
    '6:11',
    '${{ github.sha }} means nothing here: only ${{ map.NAME }} is filled in',
    'let variables of the runner through with pass_env',
  ],
  [
    step("run: x\nmap: { node: [1] }\nenv: { A: '${{ map.nod }}' }"),
    'steps[0].env.A',
    '7:15',
    'the map has no "nod"',
    'it has node',
  ],
  [
    step("run: x\nmap: { node: [1] }\nenv: { A: '${{ map.node' }"),
    'steps[0].env.A',
    '7:15',
    '"${{" is not closed by "}}"',
    'write ${{ map.NAME }}',
  ],
  [step('run: x\nmap: {}'), 'steps[0].map', '6:10', 'must not be empty'],
  [step('run: x\nmap: { node: [] }'), 'steps[0].map.node', '6:18', 'must not be empty'],
  [step("run: x\nmap: { node: [22, '22'] }"), 'steps[0].map.node', '6:18', '"22" is in this list twice'],
  [
    step('run: x\nmap: { node: [3.10] }'),
    'steps[0].map.node[0]',
    '6:19',
    '3.10 is a number, and would become 3.1',
    "put it in quotes: '3.10'",
  ],
  [
    step("run: x\nmap: { node: ['a]'] }"),
    'steps[0].map.node[0]',
    '6:19',
    'a value of a map becomes part of an id: at most 100 characters, no "]", no control characters',
  ],
  [
    step("run: x\nmap: { dir: [a, ..] }\ncwd: '${{ map.dir }}'"),
    'steps[0].cwd',
    '7:10',
    'in the leg dir=..: ".." must not lead out of the workspace',
  ],
  [
    step("run: x\nmap: { dir: [/a] }\noutputs: ['${{ map.dir }}/x']"),
    'steps[0].outputs[0]',
    '7:15',
    'in the leg dir=/a: "/a/x" must be relative, not absolute',
  ],
  [
    step("run: x\nmap: { dir: [''] }\nname: '${{ map.dir }}'"),
    'steps[0].name',
    '7:11',
    'in the leg dir=: the name is empty or too long',
  ],
  [
    step("run: x\nmap: { a: ['1', '1,b=1'], b: ['2', '1,b=2'] }"),
    'steps[0].map',
    '6:10',
    'in the leg a=1,b=1,b=2: another leg has the same id',
  ],
  // The graph.
  [
    'version: 1\nsteps: [{ id: a, kind: test, run: x }, { id: a, kind: test, run: x }]',
    'steps[1].id',
    '2:46',
    'the id "a" is taken by steps[0]',
  ],
  [
    'version: 1\nsteps: [{ id: unit, kind: test, run: x }, { id: b, kind: test, run: x, needs: [unti] }]',
    'steps[1].needs[0]',
    '2:80',
    'there is no step "unti"',
    'did you mean "unit"?',
  ],
  [step('run: x\nneeds: [a]'), 'steps[0].needs[0]', '6:13', '"a" needs itself'],
  [step('run: x\nwhen: failure'), 'steps[0].when', '6:11', 'this step can never run: it needs no step that could fail'],
];

describe('a fault of a manifest', () => {
  it.each(rows)('in %j is told at %s', (text, path, position, message, hint) => {
    const [first, ...others] = parseBad(text);
    const { line, column, ...told } = first ?? { line: 0, column: 0 };
    expect({ ...told, position: `${line}:${column}` }).toEqual({
      path,
      position,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
    expect(others).toEqual([]);
  });

  it('is told together with all others, in the order of the text', () => {
    const found = parseBad(`version: 2
nam: x
env: { GITHUB_TOKEN: x, V: 3.10 }
redaction: { rules: [{ id: a, pattern: 'x*' }] }
steps:
  - { id: a, kind: comand, run: x }
  - id: b
    kind: test
    script: x
    needs: [zz, b, tset]
    cwd: ../x
    run: echo \${{ map.x }}
  - { id: test, kind: test, run: x, needs: [d], timeout: 5 minutes }
  - { id: d, kind: test, run: x, needs: [test] }
  - { id: d, id: e, kind: test }
`);
    expect(found.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '1 version',
      '2 nam',
      '3 env.GITHUB_TOKEN',
      '3 env.V',
      '4 redaction.rules[0].pattern',
      '6 steps[0].kind',
      '9 steps[1].script',
      '10 steps[1].needs[0]',
      '10 steps[1].needs[1]',
      '10 steps[1].needs[2]',
      '11 steps[1].cwd',
      '12 steps[1].run',
      '13 steps[2].needs[0]',
      '13 steps[2].timeout',
      '15 steps[4]',
      '15 steps[4].id',
      '15 ',
    ]);
  });

  it('is told where the value is written, when an alias brings it in', () => {
    const [first, second] = parseBad(`version: 1
steps:
  - { id: a, kind: test, run: x, retry: &r { attempts: 0 } }
  - { id: b, kind: test, run: x, retry: *r }
`);
    expect(first).toMatchObject({ path: 'steps[0].retry.attempts', line: 3, column: 56 });
    expect(second).toMatchObject({ path: 'steps[1].retry.attempts', line: 3, column: 56 });
  });
});

describe('names of the runner and of Quoderat', () => {
  const reserved = [
    'ACTIONS_RUNTIME_TOKEN',
    'INPUT_TOKEN',
    'STATE_x',
    'QUODERAT_URL',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_ARTIFACTS',
    'GITHUB_ARTIFACTS_LIST',
    'GITHUB_TOKEN',
    'CI_JOB_TOKEN',
    'CI_JOB_JWT_V2',
    'SIGSTORE_ID_TOKEN',
    'RUNNER_TRACKING_ID',
    'github_token',
  ];

  it.each(reserved)('%s is refused in env and pass_env, and accepted in secrets', (name) => {
    const message = `${name} belongs to the runner or to Quoderat and is never given to a step`;
    for (const at of [`env: { ${name}: x }`, `pass_env: [${name}]`]) {
      expect(parseBad(top(at))).toMatchObject([{ message, hint: expect.stringContaining('speak for the job') }]);
      expect(parseBad(step(`run: x\n${at}`))).toMatchObject([{ message }]);
    }
    expect(parseGood(top(`secrets: [${name}]`)).secrets).toEqual([name]);
  });

  it.each(['GITHUB_SHA', 'CI_COMMIT_SHA', 'RUNNER_OS', 'NPM_TOKEN', 'PATH'])('%s may be let through', (name) => {
    expect(parseGood(top(`pass_env: [${name}]`)).pass_env).toEqual([name]);
  });
});
