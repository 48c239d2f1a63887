import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toInputVariables, readActionFile } from './action-inputs.ts';
import { parseFileCommands } from './file-commands.ts';
import { makeRunnerLog, type RunnerLog } from './runner-log.ts';

const root = resolve(import.meta.dirname, '../..');

export type JobOptions = {
  /** What lies in the checkout, by path. */
  files?: Record<string, string>;
  /** `with:` of the step. */
  with?: Record<string, string>;
  /** `env:` of the step, and whatever else should differ from a hosted runner; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  matrix?: Record<string, unknown>;
  /** Legs of the matrix. */
  jobTotal?: number;
  /** The job's token (`github.token`); none: it may do nothing. */
  token?: string;
  /** The event's payload; GITHUB_EVENT_NAME and its like go into `env`. */
  event?: (at: { sha: string }) => Record<string, unknown>;
  /** null: a runner that is too old to tell. */
  checkRunId?: number | null;
  /** Where the action lies, when not in this checkout: as `uses: ./` has it, where steps can change it. */
  actionDir?: string;
  /** Values of the `secrets` context: masked from the start. */
  secrets?: string[];
};

/** What the runner has after a step, as its later steps and its pages would show it. */
export type StepResult = {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  log: RunnerLog;
  outputs: Record<string, string>;
  /** What it exported to later steps. */
  exported: { env: Record<string, string>; path: string };
  /** The step's page. */
  summary: string;
  /** From the start of the process to its end. */
  durationMs: number;
};

type RunningStep = {
  result: Promise<StepResult>;
  /** Resolves when the shown log holds the text. */
  untilLogged(text: string): Promise<void>;
  /**
   * As the runner cancels: SIGINT, after 7.5 s SIGTERM, after 2.5 s KILL, to this process alone.
   * Resolves when it has ended, with the signals that this took.
   */
  cancel(): Promise<NodeJS.Signals[]>;
  kill(): void;
};

type StepFaults = {
  /** A folder stands where the page of the step should be: nobody can write it, not even root. */
  summaryIsFolder?: boolean;
};

export type MiniRunner = {
  workspace: string;
  sha: string;
  tempDir: string;
  start(stage: 'main' | 'post', faults?: StepFaults): Promise<RunningStep>;
  run(stage: 'main' | 'post', faults?: StepFaults): Promise<StepResult>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A job of one step, this action, in an environment as clean as a hosted runner's. */
export async function makeMiniRunner(job: JobOptions = {}): Promise<MiniRunner> {
  const home = await mkdtemp(join(tmpdir(), 'quoderat-runner-'));
  const workspace = join(home, 'work/widgets/widgets');
  const tempDir = join(home, 'work/_temp');
  const commandsDir = join(tempDir, '_runner_file_commands');
  await mkdir(commandsDir, { recursive: true });
  const sha = await makeCheckout(workspace, job.files ?? {});
  const eventPath = join(tempDir, '_github_workflow/event.json');
  await mkdir(dirname(eventPath));
  const push = { ref: 'refs/heads/main', after: sha, repository: { full_name: repo } };
  await writeFile(eventPath, JSON.stringify(job.event?.({ sha }) ?? push));

  const action = await readActionFile(root);
  const contexts = {
    job: { check_run_id: job.checkRunId ?? (job.checkRunId === null ? '' : 31_415_926_535) },
    matrix: job.matrix ?? null,
    strategy: { 'job-total': job.jobTotal ?? 1 },
    github: { token: job.token ?? '' },
  };
  const given = { ...toRunnerVariables({ home, workspace, tempDir, eventPath, sha }), ...job.env };
  const inputs = toInputVariables(action, job.with ?? {}, contexts);
  let state: Record<string, string> = {};

  const start: MiniRunner['start'] = async (stage, faults = {}) => {
    const files = await makeCommandFiles(commandsDir);
    if (faults.summaryIsFolder === true) {
      await rm(files.GITHUB_STEP_SUMMARY);
      await mkdir(files.GITHUB_STEP_SUMMARY);
    }
    const states = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
    const env = { ...given, ...files, ...inputs, ...Object.fromEntries(states) };
    const node = join(root, 'node_modules/.bin/node');
    const startedAt = performance.now();
    const child = spawn(node, [join(job.actionDir ?? root, action.runs[stage])], {
      cwd: workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = makeRunnerLog([child.stdout, child.stderr], job.secrets ?? []);
    const finish = async (): Promise<StepResult> => {
      await once(child, 'exit');
      const { exitCode, signalCode: signal } = child;
      const durationMs = performance.now() - startedAt;
      // The runner gives pipes that outlive the process five seconds.
      const waiting = new AbortController();
      await Promise.race([log.ended, delay(5000, undefined, { signal: waiting.signal }).catch(() => {})]);
      waiting.abort();
      state = { ...state, ...parseFileCommands(await readFile(files.GITHUB_STATE, 'utf8')) };
      const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8').catch(() => '');
      return {
        exitCode,
        signal,
        log,
        durationMs,
        outputs: parseFileCommands(await readFile(files.GITHUB_OUTPUT, 'utf8')),
        exported: {
          env: parseFileCommands(await readFile(files.GITHUB_ENV, 'utf8')),
          path: await readFile(files.GITHUB_PATH, 'utf8'),
        },
        summary: Buffer.byteLength(summary) > 1024 * 1024 ? '' : summary,
      };
    };
    return {
      result: finish(),
      untilLogged: (text) => log.until(text),
      cancel: () => cancel(child),
      kill: () => void child.kill('SIGKILL'),
    };
  };

  return {
    workspace,
    sha,
    tempDir,
    start,
    run: async (stage, faults) => (await start(stage, faults)).result,
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

const repo = 'acme/widgets';

async function makeCheckout(workspace: string, files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries({ 'README.md': '# Widgets\n', ...files })) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=w', '-c', 'user.email=w@example.com', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=widgets');
  return git('rev-parse', 'HEAD').trim();
}

/** As a hosted runner sets them for a push (actions/runner, GitHubContext.cs, NodeScriptActionHandler.cs). */
function toRunnerVariables(at: {
  home: string;
  workspace: string;
  tempDir: string;
  eventPath: string;
  sha: string;
}): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: at.home,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__quoderat_action',
    GITHUB_ACTION_REPOSITORY: 'quoderat/action',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTOR: 'mona',
    GITHUB_ACTOR_ID: '1001',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: at.eventPath,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'build',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_PROTECTED: 'true',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: repo,
    GITHUB_REPOSITORY_ID: '2001',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_REPOSITORY_OWNER_ID: '3001',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '9001',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: at.sha,
    GITHUB_TRIGGERING_ACTOR: 'mona',
    GITHUB_WORKFLOW: 'CI',
    GITHUB_WORKFLOW_REF: `${repo}/.github/workflows/ci.yml@refs/heads/main`,
    GITHUB_WORKFLOW_SHA: at.sha,
    GITHUB_WORKSPACE: at.workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 7',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: at.tempDir,
    RUNNER_TOOL_CACHE: join(at.home, 'tools'),
    RUNNER_TRACKING_ID: `github_${randomUUID()}`,
    RUNNER_WORKSPACE: dirname(at.workspace),
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_ORCHESTRATION_ID: randomUUID(),
  };
}

/** The files through which a step speaks to the runner, new for each. */
async function makeCommandFiles(dir: string) {
  const id = randomUUID();
  const files = {
    GITHUB_OUTPUT: join(dir, `set_output_${id}`),
    GITHUB_ENV: join(dir, `set_env_${id}`),
    GITHUB_PATH: join(dir, `add_path_${id}`),
    GITHUB_STATE: join(dir, `save_state_${id}`),
    GITHUB_STEP_SUMMARY: join(dir, `step_summary_${id}`),
  };
  await Promise.all(Object.values(files).map((path) => writeFile(path, '')));
  return files;
}

async function cancel(child: ChildProcess): Promise<NodeJS.Signals[]> {
  if (child.exitCode !== null || child.signalCode !== null) return [];
  const exit = once(child, 'exit').then(() => 'over' as const);
  const sent: NodeJS.Signals[] = [];
  for (const [signal, wait] of [
    ['SIGINT', 7500],
    ['SIGTERM', 2500],
    ['SIGKILL', 10_000],
  ] as const) {
    sent.push(signal);
    child.kill(signal);
    const waiting = new AbortController();
    const next = await Promise.race([exit, delay(wait, 'next' as const, { signal: waiting.signal })]);
    waiting.abort();
    if (next === 'over') break;
  }
  return sent;
}
