import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openArtifactStore } from '../../src/execution/artifacts.ts';
import { execute, type ExecuteOptions } from '../../src/execution/execute.ts';
import { reportReader } from '../../src/report-reader.ts';
import type { Redactor } from '../../src/redaction/types.ts';
import type { EventDraft, EventType } from '../../src/schema/event.ts';
import type { Plan, PlanStep } from '../../src/schema/plan.ts';
import type { Artifact, Attempt } from '../../src/schema/record.ts';

export type DraftOf<Type extends EventType> = Extract<EventDraft, { type: Type }>;

/** The path of a tiny program of test/fixtures/steps. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/steps/${name}`, import.meta.url));
}

/** What the steps of all tests are marked with. */
export const runMark = '0123456789abcdef0123456789abcdef';

/** A redactor that changes nothing. */
export const noRedactor: Redactor = {
  stream: () => ({ push: (chunk) => Buffer.from(chunk), end: () => Buffer.alloc(0), hits: () => [] }),
  text: (text) => ({ text, hits: [] }),
};

/** Replaces one word wherever a chunk holds all of it, and says so: what execution does with a redactor, not what one does. */
export function makeWordRedactor(word: string): Redactor {
  const toHits = (match_count: number) =>
    match_count === 0 ? [] : [{ rule_id: 'word', match_type: 'known_value' as const, match_count }];
  const replace = (text: string): { text: string; count: number } => {
    const parts = text.split(word);
    return { text: parts.join('***'), count: parts.length - 1 };
  };
  return {
    stream() {
      let total = 0;
      return {
        push(chunk) {
          const { text, count } = replace(Buffer.from(chunk).toString('latin1'));
          total += count;
          return Buffer.from(text, 'latin1');
        },
        end: () => Buffer.alloc(0),
        hits: () => toHits(total),
      };
    },
    text(value) {
      const { text, count } = replace(value);
      return { text, hits: toHits(count) };
    },
  };
}

export type StepOptions = Partial<PlanStep> & { id: string };

export function makeStep(options: StepOptions, index = 0): PlanStep {
  return {
    index,
    kind: 'command',
    name: options.id,
    needs: [],
    when: 'success',
    command: { argv: ['true'] },
    cwd: '.',
    env_names: [],
    pass_env: [],
    timeout_ms: 20_000,
    idle_timeout_ms: null,
    retry: { max_attempts: 1, backoff_ms: 1, max_backoff_ms: 10 },
    continue_on_error: false,
    outputs: [],
    reports: [],
    allow_empty: false,
    ...options,
  };
}

export function makePlan(steps: StepOptions[], options: Partial<Plan> = {}): Plan {
  return {
    plan_version: 1,
    name: 'test',
    manifest: { path: 'quoderat.yml', sha256: '0'.repeat(64) },
    max_parallel: 1,
    max_duration_ms: 60_000,
    fail_fast: false,
    secrets: [],
    redaction_rules: [],
    steps: steps.map(makeStep),
    ...options,
  };
}

/** A bash step. */
export function run(id: string, script: string, options: Partial<PlanStep> = {}): StepOptions {
  return { id, command: { run: script, shell: 'bash' }, ...options };
}

/** A step that runs a fixture with Node. */
export function node(id: string, args: string[], options: Partial<PlanStep> = {}): StepOptions {
  const [name = '', ...rest] = args;
  return { id, command: { argv: [process.execPath, fixture(name), ...rest] }, ...options };
}

export type Execution = {
  drafts: EventDraft[];
  of<Type extends EventType>(type: Type): DraftOf<Type>[];
  /** The last attempt of a step. */
  result(step: string): Attempt;
  text(step: string, stream?: 'stdout' | 'stderr'): string;
  warnings(step: string): string[];
  artifact(id: string): Artifact;
  /** The bytes that the store keeps for an artifact. */
  content(id: string): Promise<Buffer>;
};

export type RigOptions = Partial<ExecuteOptions> & {
  /** The store's folder; by default beside the workspace. */
  artifacts?: string;
  /** Called for each draft before the next is asked for. */
  onDraft?: (draft: EventDraft) => unknown;
};

/** Executes a plan in a folder, to the end. */
export async function executePlan(dir: string, plan: Plan, options: RigOptions = {}): Promise<Execution> {
  const { artifacts = join(dir, '.artifacts'), onDraft = () => {}, ...rest } = options;
  const store = await openArtifactStore(artifacts);
  const drafts: EventDraft[] = [];
  const runnerEnv = { PATH: process.env.PATH ?? '', HOME: dir };
  const signal = new AbortController().signal;
  const defaults = {
    reports: reportReader(dir),
    runMark,
    environments: {},
    runnerEnv,
    workspace: dir,
    redactor: noRedactor,
    now: Date.now,
    signal,
  };
  for await (const draft of execute({ plan, store, ...defaults, ...rest })) {
    drafts.push(draft);
    await onDraft(draft);
  }
  const of = <Type extends EventType>(type: Type): DraftOf<Type>[] =>
    drafts.filter((draft): draft is DraftOf<Type> => draft.type === type);
  const artifact = (id: string): Artifact =>
    need(of('artifact_captured').find((draft) => draft.artifact.id === id)).artifact;
  return {
    drafts,
    of,
    artifact,
    result: (step) => need(of('step_finished').find(({ step_id }) => step_id === step)).result,
    text: (step, stream = 'stdout') =>
      of('step_output')
        .filter((draft) => draft.step_id === step && draft.stream === stream)
        .map(({ text }) => text)
        .join(''),
    warnings: (step) =>
      of('step_warning')
        .filter(({ step_id }) => step_id === step)
        .map(({ code }) => code),
    content: (id) => readFile(join(artifacts, artifact(id).sha256)),
  };
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the execution has no such thing');
  return value;
}
