// src/lib/limits.ts
/** Every bound of the house, in one place. Bytes and milliseconds unless the name says otherwise. */
const KiB = 1024;
const MiB = 1024 * KiB;
const limits = {
	/** A manifest file. */
	manifestBytes: 1 * MiB,
	/** Its words, its nesting, and its values once aliases are expanded. */
	manifestTokens: 15e4,
	manifestDepth: 64,
	manifestValues: 2e5,
	/** Faults of one manifest that are told; the rest is counted. */
	manifestFaults: 50,
	/** Steps in a plan, after `map` is expanded. */
	planSteps: 1e3,
	maxParallel: 64,
	/** setTimeout counts in a signed 32-bit number: 24 days. */
	durationMs: 6048e5,
	retryAttempts: 20,
	/** Defaults of the manifest (docs/manifest.md). */
	stepTimeoutMs: 9e5,
	idleTimeoutMs: 6e5,
	runMaxDurationMs: 36e5,
	/** Between TERM and KILL when a step is ended; on cancellation the forge leaves 7.5 s for everything. */
	killGraceMs: 5e3,
	cancelGraceMs: 2500,
	/** How long pipes that stay open after a step's leader has exited are read. */
	drainMs: 500,
	/** How long processes that were sent KILL are waited for. */
	reapMs: 2e3,
	/** When the run is being ended: keeping the files that its steps have made, all of a step's together. */
	cancelCaptureMs: 1e3,
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
	artifactBytes: 8192 * MiB,
	/** A text file is redacted before it is kept; a larger one that is no stream is kept in the same way, streaming. */
	outputFilesPerStep: 1e4,
	/** An envelope file that a verifier agrees to read, and the JSON values in it (keys not counted). */
	envelopeBytes: 256 * MiB,
	envelopeValues: 12e6,
	/** Problems listed for one answer of a verdict; more are counted. */
	verdictProblems: 1e3,
	/** A key file. */
	keyBytes: 64 * KiB,
	/** A bundle that a verifier agrees to unpack: bytes in all, and files. */
	bundleBytes: 65536 * MiB,
	bundleEntries: 2e5,
	/** How long one write to the job log may take once the run is to stop. */
	logPatienceMs: 1e3,
	/** The journal of one run. */
	journalBytes: 256 * MiB,
	/** Time for the upload of an artifact: a fixed part, a part for its size (this is 2 MB/s), and an end to both. */
	uploadMs: 6e4,
	uploadBytesPerMs: 2e3,
	uploadMaxMs: 9e5,
	/** Markdown for GitHub's job summary; over 1 MiB the runner drops all of it. */
	jobSummaryBytes: 9e5,
	/** report.html: opens at once on a phone. */
	reportBytes: 12 * MiB,
	/** From the first signal until everything is written: GitHub sends the next one after 7.5 s. */
	cancelMs: 7e3,
	/** A line of a job log, in UTF-16 units; a longer one comes in pieces. */
	logLineChars: 32 * KiB,
	/** Output of steps that wait for their turn in a job log, in UTF-16 units: of one step, and of all. */
	logBufferedCharsPerStep: 1 * MiB,
	logBufferedChars: 8 * MiB,
	/** Nesting of any JSON that is read. */
	jsonDepth: 128,
	/** Reading the surroundings (src/ci): one git call, one `--version` probe, the forge's event file, one text. */
	gitMs: 1e4,
	gitBytes: 64 * KiB,
	probeMs: 2e3,
	probeBytes: 16 * KiB,
	probesAtOnce: 4,
	eventFileBytes: 5 * MiB,
	contextTextChars: 1024,
	/** What changed in the work tree (src/worktree): before the first step, where it is dirty; after the last; materials. */
	worktreeBeforeMs: 500,
	worktreeAfterMs: 1e4,
	materialsMs: 1e4,
	/** Files that differ from the commit before the first step: what of them is kept until the end, and how many are looked at. */
	worktreeBeforeBytes: 16 * MiB,
	worktreeBeforeFiles: 1e3,
	worktreeBeforePaths: 5e3,
	/** After the last step: one changed file, and all of them. */
	worktreeFileBytes: 50 * MiB,
	worktreeBytes: 512 * MiB,
	worktreeFiles: 2e4,
	/** The paths that one git call may list, and the diff that is kept. */
	worktreeListBytes: 8 * MiB,
	diffBytes: 10 * MiB,
	/** Lockfiles and manifests that are listed. */
	materialFiles: 2e3
};

export { limits as t };