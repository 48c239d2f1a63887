/** Every bound of the house, in one place. Bytes and milliseconds unless the name says otherwise. */
const KiB = 1024;
const MiB = 1024 * KiB;

export const limits = {
  /** A manifest file. */
  manifestBytes: 1 * MiB,
  /** Its words, its nesting, and its values once aliases are expanded. */
  manifestTokens: 150_000,
  manifestDepth: 64,
  manifestValues: 200_000,
  /** Faults of one manifest that are told; the rest is counted. */
  manifestFaults: 50,
  /** Steps in a plan, after `map` is expanded. */
  planSteps: 1000,
  maxParallel: 64,
  /** setTimeout counts in a signed 32-bit number: 24 days. */
  durationMs: 7 * 86_400_000,
  retryAttempts: 20,

  /** Defaults of the manifest (docs/manifest.md). */
  stepTimeoutMs: 15 * 60_000,
  idleTimeoutMs: 10 * 60_000,
  runMaxDurationMs: 60 * 60_000,

  /** Between TERM and KILL when a step is ended; on cancellation the forge leaves 7.5 s for everything. */
  killGraceMs: 5000,
  cancelGraceMs: 2500,
  /** How long pipes that stay open after a step's leader has exited are read. */
  drainMs: 500,
  /** How long processes that were sent KILL are waited for. */
  reapMs: 2000,
  /** When the run is being ended: keeping the files that its steps have made, all of a step's together. */
  cancelCaptureMs: 1000,

  /**
   * Output is handed on when this much has come together or this long has passed. Not more: V8 keeps strings and buffers
   * over 128 KiB apart from its young generation, and resident memory doubles for no gain in speed.
   */
  outputChunkBytes: 64 * KiB,
  outputFlushMs: 25,
  /** Events of the steps that nobody has taken yet; over it the children's output is not read. */
  eventQueueBytes: 1 * MiB,
  /** The body of a probe's answer: what is kept and searched of it, and what is read at all. */
  probeKeptBytes: 1 * MiB,
  probeCountedBytes: 64 * MiB,
  /** A PEM file that a probe names, and a Playwright report that is searched for attachments. */
  certificateBytes: 1 * MiB,
  playwrightReportBytes: 64 * MiB,
  /** Screenshots, and recordings listed or kept, of one attempt. */
  playwrightAttachments: 200,
  /** One captured file; more is cut and marked truncated. Output streams have the same bound. */
  artifactBytes: 8 * 1024 * MiB,
  /** A text file is redacted before it is kept; a larger one that is no stream is kept in the same way, streaming. */
  outputFilesPerStep: 10_000,

  /** An envelope file that a verifier agrees to read, and the JSON values in it (keys not counted). */
  envelopeBytes: 256 * MiB,
  envelopeValues: 12_000_000,
  /** Problems listed for one answer of a verdict; more are counted. */
  verdictProblems: 1000,
  /** A key file. */
  keyBytes: 64 * KiB,
  /** A bundle that a verifier agrees to unpack: bytes in all, and files. */
  bundleBytes: 64 * 1024 * MiB,
  bundleEntries: 200_000,
  /** How long one write to the job log may take once the run is to stop. */
  logPatienceMs: 1000,
  /** The journal of one run. */
  journalBytes: 256 * MiB,
  /** Time for the upload of an artifact: a fixed part, a part for its size (this is 2 MB/s), and an end to both. */
  uploadMs: 60_000,
  uploadBytesPerMs: 2000,
  uploadMaxMs: 15 * 60_000,
  /** Markdown for GitHub's job summary; over 1 MiB the runner drops all of it. */
  jobSummaryBytes: 900_000,
  /** report.html: opens at once on a phone. */
  reportBytes: 12 * MiB,
  /** From the first signal until everything is written: GitHub sends the next one after 7.5 s. */
  cancelMs: 7000,

  /** A line of a job log, in UTF-16 units; a longer one comes in pieces. */
  logLineChars: 32 * KiB,
  /** Output of steps that wait for their turn in a job log, in UTF-16 units: of one step, and of all. */
  logBufferedCharsPerStep: 1 * MiB,
  logBufferedChars: 8 * MiB,

  /** Nesting of any JSON that is read. */
  jsonDepth: 128,
  /** Reading the surroundings (src/ci): one git call, one `--version` probe, the forge's event file, one text. */
  gitMs: 10_000,
  gitBytes: 64 * KiB,
  probeMs: 2000,
  probeBytes: 16 * KiB,
  probesAtOnce: 4,
  eventFileBytes: 5 * MiB,
  contextTextChars: 1024,

  /** What changed in the work tree (src/worktree): before the first step, where it is dirty; after the last; materials. */
  worktreeBeforeMs: 500,
  worktreeAfterMs: 10_000,
  materialsMs: 10_000,
  /** Files that differ from the commit before the first step: what of them is kept until the end, and how many are looked at. */
  worktreeBeforeBytes: 16 * MiB,
  worktreeBeforeFiles: 1000,
  worktreeBeforePaths: 5000,
  /** After the last step: one changed file, and all of them. */
  worktreeFileBytes: 50 * MiB,
  worktreeBytes: 512 * MiB,
  worktreeFiles: 20_000,
  /** The paths that one git call may list, and the diff that is kept. */
  worktreeListBytes: 8 * MiB,
  diffBytes: 10 * MiB,
  /** Lockfiles and manifests that are listed. */
  materialFiles: 2000,
} as const;
