/** Every bound of the house, in one place. Bytes and milliseconds unless the name says otherwise. */
const KiB = 1024;
const MiB = 1024 * KiB;

export const limits = {
  /** A manifest file. */
  manifestBytes: 1 * MiB,
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

  /** Output is handed on when this much has come together or this long has passed. */
  outputChunkBytes: 128 * KiB,
  outputFlushMs: 25,
  /** One captured file; more is cut and marked truncated. Output streams have the same bound. */
  artifactBytes: 8 * 1024 * MiB,
  /** A text file is redacted before it is kept; a larger one that is no stream is kept in the same way, streaming. */
  outputFilesPerStep: 10_000,

  /** An envelope file that a verifier agrees to read, and the JSON values in it (keys not counted). */
  envelopeBytes: 256 * MiB,
  envelopeValues: 12_000_000,
  /** Problems listed for one answer of a verdict; more are counted. */
  verdictProblems: 1000,
  /** A bundle that a verifier agrees to unpack: bytes in all, and files. */
  bundleBytes: 64 * 1024 * MiB,
  bundleEntries: 200_000,
  /** The journal of one run. */
  journalBytes: 256 * MiB,
  /** Time for the upload of an artifact: a fixed part, a part for its size (this is 2 MB/s), and an end to both. */
  uploadMs: 60_000,
  uploadBytesPerMs: 2000,
  uploadMaxMs: 15 * 60_000,
  /** Markdown for GitHub's job summary; over 1 MiB the runner drops all of it. */
  jobSummaryBytes: 1_000_000,
  /** From the first signal until everything is written: GitHub sends the next one after 7.5 s. */
  cancelMs: 7000,
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
} as const;
