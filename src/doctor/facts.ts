/** A folder that is written to. freeBytes: null where the system does not tell. */
export type FolderFacts = { path: string; writable: boolean; freeBytes: number | null };

export type GitFacts =
  | { state: 'ok'; commit: string; branch: string | null; dirty: boolean | null; shallow: boolean }
  | { state: 'fault'; fault: string };

/** What was read of the machine: nothing of the manifest was executed for it. */
export type Facts = {
  platform: NodeJS.Platform;
  nodeVersion: string;
  /** The folder that steps run in, absolute. */
  workspace: FolderFacts;
  /** Where scripts and named pipes are made. */
  temporary: FolderFacts;
  git: GitFacts;
  clock: {
    /** Milliseconds since the epoch. */
    now: number;
    /** How far the clock of the file system is ahead; null: not known. */
    fileAheadMs: number | null;
    timeZone: string;
    /** false: TZ names a time zone that the system does not know. */
    timeZoneIsKnown: boolean;
  };
  /** Linux only: whether processes of others can be looked up. */
  procIsReadable: boolean | null;
  /** Programs that were looked for, and where they are. */
  programs: ReadonlyMap<string, string | null>;
  /** Files of the workspace that were looked for. */
  files: ReadonlyMap<string, boolean>;
  /** Names only: values are nobody's business. */
  variables: ReadonlySet<string>;
  ci: { forge: 'github' | 'gitlab' | 'local'; artifactProblem?: string };
};
