import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/lib/json.ts';
import { parseEnvelope } from '../support/evidence.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';
import { runCli } from '../support/run-cli.ts';

const manifest = `version: 1
name: release
env: { MODE: ci }
steps:
  - { id: hello, kind: command, run: 'echo hello from $MODE; echo and goodbye >&2' }
  - { id: argv, kind: command, argv: [printf, '%s', 'a b'], needs: [hello] }
  - { id: unit, kind: test, run: cp given/unit.xml unit.xml, reports: [{ path: unit.xml, format: junit }] }
  - { id: lint, kind: lint, run: cp given/lint.sarif lint.sarif, reports: [{ path: lint.sarif, format: sarif }] }
  - { id: build, kind: build, run: mkdir -p dist && printf built > dist/a.txt, outputs: ['dist/**'] }
  - { id: edits, kind: command, run: printf changed > README.md }
  - { id: flaky, kind: command, run: 'test -e tried || { touch tried; exit 3; }', retry: { attempts: 2, backoff: 0s } }
  - { id: allowed, kind: command, run: exit 4, continue_on_error: true }
  - { id: breaks, kind: command, run: 'echo "password: hunter2hunter2" ; exit 7' }
  - { id: late, kind: command, run: sleep 300, timeout: 1s }
  - { id: never, kind: command, run: echo never, needs: [breaks] }
`;
const files = {
  'quoderat.yml': manifest,
  '.gitignore': 'evidence\n',
  'given/unit.xml': '<testsuite name="s"><testcase name="adds" time="0.5"/></testsuite>',
  'given/lint.sarif': JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'lint' } }, results: [{ ruleId: 'x', level: 'note', message: { text: 'y' } }] }],
  }),
};

describe('a manifest that is run on both forges', () => {
  it('gives the same record, but for who ran it, when, and how long that took', async () => {
    await using runner = await makeMiniRunner({ files, with: { out: 'evidence', upload: 'never' } });
    const dir = join(dirname(dirname(dirname(runner.workspace))), 'builds/acme/widgets');
    await mkdir(dirname(dir), { recursive: true });
    execFileSync('git', ['clone', '--quiet', runner.workspace, dir]);
    execFileSync('git', ['remote', 'remove', 'origin'], { cwd: dir });

    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 1 });
    const job = await runCli(['run', '--out', 'evidence'], {
      cwd: dir,
      env: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: dirname(dirname(dirname(runner.workspace))),
        CI: 'true',
        GITLAB_CI: 'true',
        CI_SERVER_URL: 'https://gitlab.example',
        CI_SERVER_FQDN: 'gitlab.example',
        CI_PROJECT_DIR: dir,
        CI_PROJECT_ID: '7',
        CI_PROJECT_PATH: 'acme/widgets',
        CI_PROJECT_URL: 'https://gitlab.example/acme/widgets',
        CI_COMMIT_SHA: runner.sha,
        CI_COMMIT_BRANCH: 'main',
        CI_COMMIT_REF_NAME: 'main',
        CI_PIPELINE_ID: '900',
        CI_PIPELINE_IID: '42',
        CI_PIPELINE_SOURCE: 'push',
        CI_JOB_ID: '5001',
        CI_JOB_NAME: 'build',
        GITLAB_USER_LOGIN: 'mona',
      },
      node: resolve('node_modules/.bin/node'),
    });
    expect({ code: job.code, stderr: job.stderr }).toEqual({ code: 1, stderr: '' });
    const [github, gitlab] = await Promise.all([readLeaves(runner.workspace), readLeaves(dir)]);
    const paths = [...new Set([...github.keys(), ...gitlab.keys()])];
    // A tool that did not say its version in time is the machine's affair.
    const isUnheard = (path: string): boolean =>
      path.startsWith('/runner_context/toolchain/') && [github.get(path), gitlab.get(path)].includes('"unknown"');
    const differing = new Set(
      paths.filter((path) => github.get(path) !== gitlab.get(path) && !isUnheard(path)).map(toPattern),
    );
    const known = new Set([...context, ...derived, ...clock]);
    expect([...differing].filter((pattern) => !known.has(pattern))).toEqual([]);
    // Nothing is excused that is the same anyway. What a clock has measured may be the same by chance.
    expect([...context, ...derived].filter((pattern) => !differing.has(pattern))).toEqual([]);
    const patterns = new Set(paths.map(toPattern));
    expect(clock.filter((pattern) => !patterns.has(pattern))).toEqual([]);
    // And what is compared is a whole record.
    const compared = paths.filter((path) => !known.has(toPattern(path)));
    expect(compared.length).toBeGreaterThan(700);
    for (const path of ['/plan/plan_hash', '/execution/status', '/execution/steps/9/status', '/artifacts/0/sha256'])
      expect(compared).toContain(path);
  });
});

/** What a forge says of itself, of the run and of who asked for it. */
const context = [
  '/evidence_id',
  '/run_id',
  '/identities/producer/type',
  '/identities/producer/id',
  '/identities/producer/name',
  '/identities/subject/id',
  '/subject/source',
  '/subject/repo/url',
  '/subject/repo/provider',
  ...[
    'actor_id',
    'after_sha',
    'check_run_id',
    'job_id',
    'job_total',
    'pipeline_id',
    'pipeline_iid',
    'project_id',
    'ref',
    'repository_id',
    'repository_owner_id',
    'run_attempt',
    'run_id',
    'run_number',
    'run_url',
    'server_url',
    'triggering_actor',
    'workflow',
    'workflow_ref',
    'workflow_sha',
  ].map((name) => `/subject/meta/${name}`),
  '/runner_context/runner_name',
  '/runner_context/self_hosted',
];

/** Hashes over all of it. */
const derived = [
  '/integrity/hash_chain/*/payload_sha256',
  '/integrity/hash_chain/*/prev_entry_hash',
  '/integrity/hash_chain/*/entry_hash',
  '/integrity/head_entry_hash',
];

/** When, and how long. */
const clock = [
  '/generated_at',
  '/sealed_at',
  '/execution/started_at',
  '/execution/finished_at',
  '/execution/duration_ms',
  ...['started_at', 'finished_at', 'duration_ms'].flatMap((name) => [
    `/execution/steps/*/${name}`,
    `/execution/steps/*/attempts/*/${name}`,
  ]),
  ...['spawn_ms', 'run_ms', 'terminate_ms', 'drain_ms', 'capture_ms'].map(
    (name) => `/execution/steps/*/attempts/*/phases/${name}`,
  ),
  '/redactions/*/timestamp',
];

/** Every value of an envelope, as JSON, by its place. */
async function readLeaves(dir: string): Promise<Map<string, string>> {
  return new Map(listLeaves(parseEnvelope(await readFile(join(dir, 'evidence/envelope.json')))));
}

function listLeaves(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((part: unknown, index) => listLeaves(part, `${path}/${index}`));
  }
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, part]) => listLeaves(part, `${path}/${name}`));
}

function toPattern(path: string): string {
  return path.replaceAll(/(?<=\/)\d+(?=\/|$)/g, '*');
}
