import type { Problem, Verdict } from './verdict.ts';

export const changeAreas = [
  'run',
  'plan',
  'materials',
  'steps',
  'tests',
  'findings',
  'coverage',
  'outputs',
  'redactions',
  'toolchain',
  'runner',
  'seal',
] as const;
export type ChangeArea = (typeof changeAreas)[number];

/** What two envelopes differ in: a closed set, in the order of the areas. */
export const changeCodes = [
  'run_status',
  'run_termination',
  'run_duration',
  'plan_hash',
  'manifest',
  'max_parallel',
  'step_added',
  'step_removed',
  'step_status',
  'step_cause',
  'step_exit_code',
  'step_signal',
  'step_attempts',
  'step_max_attempts',
  'step_duration',
  'step_kind',
  'step_command',
  'step_cwd',
  'step_needs',
  'step_env_added',
  'step_env_removed',
  'step_timeout',
  'step_idle_timeout',
  'step_may_fail',
  'step_output_complete',
  'gate_decision',
  'report_read',
  'report_not_read',
  'tests_total',
  'tests_failed',
  'tests_skipped',
  'test_newly_failing',
  'test_no_longer_failing',
  'test_newly_flaky',
  'findings_total',
  'finding_new',
  'finding_gone',
  'coverage',
  'material_added',
  'material_removed',
  'material_changed',
  'output_added',
  'output_removed',
  'output_changed',
  'redaction_added',
  'redaction_removed',
  'redaction_count',
  'tool_added',
  'tool_removed',
  'tool_version',
  'os',
  'arch',
  'os_release',
  'image',
  'cpu_count',
  'memory_bytes',
  'runner_type',
  'self_hosted',
  'quoderat_version',
  'sealed_by',
  'signers',
  'no_claim_added',
  'no_claim_removed',
] as const;
export type ChangeCode = (typeof changeCodes)[number];

export type ChangeValue = string | number | boolean | null;

/** One relevant difference. */
export type Change = {
  area: ChangeArea;
  code: ChangeCode;
  /** The step, tool, file or rule that it is about; null: the run as a whole. */
  subject: string | null;
  /** null: there was none. Durations in milliseconds. */
  before: ChangeValue;
  after: ChangeValue;
  /** For a reader who wants the second run to be no worse than the first. */
  sense: 'worse' | 'better' | 'neutral';
};

/** One of the two envelopes, and how far it is evidence. */
export type ComparedSide = {
  /** As the caller named it. */
  named: string;
  evidence_id: string;
  run_id: string;
  status: string;
  repo: string | null;
  commit_sha: string | null;
  started_at: string;
  intact: Verdict['intact']['answer'];
  complete: Verdict['complete']['answer'];
  /** What verification found wrong with it. */
  problems: Problem[];
};

/** What `quoderat diff` says. */
export type Comparison = {
  before: ComparedSide;
  after: ComparedSide;
  /** null: one of them is not intact, and so no evidence; nothing was compared. */
  changes: Change[] | null;
  /** What a reader should know beside the changes: sentences. */
  notes: string[];
};
