export const checkGroups = ['machine', 'git', 'folders', 'manifest', 'programs', 'variables', 'ci'] as const;
export type CheckGroup = (typeof checkGroups)[number];

/** One thing that `quoderat doctor` looked at. */
export type Check = {
  group: CheckGroup;
  /** What was looked at; unique together with the group. */
  name: string;
  /** warn: a run works without it, but does less; missing: a run, or a step of it, does not work without it. */
  state: 'ok' | 'warn' | 'missing';
  /** What was found, in a few words. */
  detail: string;
  /** What to do: sentences and command lines; empty when there is nothing to do. */
  remedies: string[];
};
