import type { ReportFormat, StepKind } from '../schema/kinds.ts';

/** A step that fits the repository, before it is written down. */
export type StepDraft = {
  /** Made unique, and made an id, where drafts are joined. */
  id: string;
  kind: StepKind;
  run: string;
  /** Ids of steps of the same project, beside its install. */
  needs?: readonly string[];
  /** For the newcomer: what it does, and what it lacks. A line each. */
  notes?: readonly string[];
  env?: Readonly<Record<string, string>>;
  passEnv?: readonly string[];
  secrets?: readonly string[];
  reports?: readonly { path: string; format: ReportFormat }[];
  outputs?: readonly string[];
  /** The step may be silent for long. */
  silent?: boolean;
};

/** All steps of one project. */
export type ProjectDraft = {
  /** One word, for ids: `node`. */
  ecosystem: string;
  cwd: string;
  /** Files that the steps were read from. */
  from: readonly string[];
  /** Comes first, and all the steps need it. */
  install?: StepDraft;
  steps: readonly StepDraft[];
  /** Variables that every step is let have. */
  passEnv?: readonly string[];
  /** What a reader should know beside the steps; a line each. */
  remarks?: readonly string[];
};

/** The part of a draft that a report adds. */
export type Reporting = Pick<StepDraft, 'env' | 'reports' | 'notes' | 'silent'>;
