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
	/** Signing through Sigstore: one request, and all of them together; a file that GitHub's attestation store is handed. */
	signRequestMs: 1e4,
	signMs: 45e3,
	attestationStoreMs: 2e4,
	/** Subjects of a statement that is signed so: GitHub's attestations take no more. */
	statementSubjects: 1024,
	/** An identity token; what a service answers; a Sigstore bundle, log entries and timestamps in it; a trusted root. */
	identityTokenBytes: 16 * KiB,
	serviceAnswerBytes: 1 * MiB,
	sigstoreBundleBytes: 4 * MiB,
	sigstoreWitnesses: 16,
	trustedRootBytes: 1 * MiB,
	/** A bundle that a verifier agrees to unpack: bytes in all, and files. */
	bundleBytes: 65536 * MiB,
	bundleEntries: 2e5,
	/** Collections: the envelopes of one, one of them, all together, and one that a page shows in detail. */
	collectMembers: 300,
	memberBytes: 64 * MiB,
	collectBytes: 512 * MiB,
	memberShownBytes: 1 * MiB,
	membersShownBytes: 32 * MiB,
	/** One request to a forge about the artifacts of a run (a download gets more for its size). */
	artifactRequestMs: 3e4,
	artifactListBytes: 8 * MiB,
	artifactTries: 3,
	/** How long one write to the job log may take once the run is to stop. */
	logPatienceMs: 1e3,
	/** The journal of one run. */
	journalBytes: 256 * MiB,
	/** Time for the upload of an artifact: a fixed part, a part for its size (this is 2 MB/s), and an end to both. */
	uploadMs: 6e4,
	uploadBytesPerMs: 2e3,
	/** What the two requests of one small artifact take (50 ms), as bytes. */
	uploadLeastBytes: 1e5,
	uploadMaxMs: 9e5,
	/** GitHub's API: all that is reported after a run, one answer, tries of a request, and the first pause between them. */
	githubReportMs: 6e4,
	githubRequestMs: 1e4,
	githubTries: 4,
	githubPauseMs: 500,
	/** 100 comments of 65,536 characters, as JSON. */
	githubAnswerBytes: 48 * MiB,
	githubPages: 100,
	/** A comment and the summary of a check run may have 65,535 characters. */
	commentBytes: 6e4,
	checkSummaryBytes: 6e4,
	/** In one request; in one check run; and those that a step may leave in the runner's log. */
	annotationsAtOnce: 50,
	checkAnnotations: 200,
	runnerAnnotations: 10,
	/** Tries to get a section into the comment that several legs write, and how long a leg watches that it stays there. */
	commentTries: 8,
	commentSettleMs: 3e3,
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
	materialFiles: 2e3,
	/** Server: a body that is being received. Each piece is waited for so long; after a grace the average keeps this rate. */
	slowBodyIdleMs: 3e4,
	slowBodyGraceMs: 3e4,
	slowBodyBytesPerMs: 16,
	/** Server: a client that takes nothing of an answer for so long is cut. */
	slowReaderMs: 6e4,
	/** Server: an unfinished artifact that nobody has written to for so long is removed. */
	draftMs: 36e5,
	/** Server: parts of a multipart upload, and how many are on their way at once (their product is memory per upload); uploads at once. */
	partBytes: 8 * MiB,
	partsAtOnce: 2,
	uploadsAtOnce: 16,
	/** Server: runs that are folded and sealed at once in one process: each holds its record and its envelope. */
	sealsAtOnce: 4,
	/** Server: one call to an object store. */
	objectStoreMs: 6e4,
	/** Talking to a Quoderat server (src/relay). One request: until it is connected, until its answer begins, between two pieces. */
	serverConnectMs: 1e4,
	serverHeadMs: 3e4,
	serverBodyMs: 3e4,
	/** An answer that is JSON, and one that says what went wrong. */
	serverAnswerBytes: 16 * MiB,
	serverErrorBytes: 64 * KiB,
	/** Between two tries: the first wait, the longest, and what of a Retry-After is heeded. */
	retryFirstMs: 250,
	retryMostMs: 15e3,
	retryAfterMs: 6e4,
	/** Events go to the server when this much has come together or this long has passed; of what has piled up, more at once. */
	relayBatchBytes: 64 * KiB,
	relayBatchMostBytes: 512 * KiB,
	relayBatchEvents: 1e3,
	relayFlushMs: 250,
	/** Output that waits for the server: in memory, and beyond that in the evidence folder; more is dropped and counted. */
	relayQueueBytes: 4 * MiB,
	relaySpoolBytes: 256 * MiB,
	/** Events that stay in memory after they were acknowledged, for a server that has lost them. */
	relayKeptEvents: 1e4,
	relayUploads: 2,
	heartbeatMs: 5e3,
	/** From the last step until the server has sealed the run, not counting the time for artifacts that are still to be sent. */
	finalizeMs: 12e4,
	/** Of the time that a cancellation leaves: kept for writing what could not be sealed. */
	cancelReserveMs: 1e3,
	/** A stream that says nothing for so long is opened again: servers send a comment every 15 s. */
	watchIdleMs: 45e3,
	/** Events of a run that is pushed: each has a place in memory. */
	pushedEvents: 1e7,
	/** Events of a stream that wait for an earlier one. */
	watchHeldEvents: 5e3,
	/** Talking to GitLab's API about one job: one request, tries of it, an answer, and all of it together. */
	forgeRequestMs: 15e3,
	forgeAttempts: 4,
	forgeAnswerBytes: 16 * MiB,
	forgeMs: 6e4,
	/** Pages of a list, 100 entries each; and what is left for a page and a status of a run that was cancelled. */
	forgePages: 100,
	forgeCancelMs: 5e3,
	/** What of a GitLab job's time is kept for all that comes after the steps; of a short job's a tenth. */
	jobReserveMs: 3e5,
	/** A note on a merge request: GitLab takes a million characters, a reader does not. */
	noteBytes: 6e4,
	/** The embedded PostgreSQL (src/server/embedded): recovery after a crash, an orderly stop, a helper program, a look. */
	databaseStartMs: 12e4,
	databaseStopMs: 3e4,
	databaseToolMs: 1e4,
	databaseOrphanMs: 5e3,
	databaseLookMs: 20,
	databaseLogBytes: 16 * MiB,
	/** Any PostgreSQL: waiting for a connection, for an answer, for a migration; keeping a connection that idles. */
	databaseConnectMs: 1e4,
	databaseStatementMs: 3e4,
	databaseMigrationMs: 6e5,
	databaseIdleMs: 6e4,
	databaseRetryMs: 500,
	/** New events are told to other processes, and read for this one's readers, when this long has passed. */
	noticeMs: 10,
	/** Times that a reader's look at the table may fail before it is sent away: a minute of a database that is down. */
	readerRetries: 120,
	fanOutMs: 10,
	/** A request to the server: the body of POST /v1/runs, and small ones. */
	createRunBytes: 8 * MiB,
	smallBodyBytes: 64 * KiB,
	/** Its headers; and a connection on which nothing moves in either direction: sealing a large run takes a while. */
	requestHeaderBytes: 32 * KiB,
	requestHeaders: 100,
	requestHeadersMs: 15e3,
	requestIdleMs: 18e4,
	keepAliveMs: 75e3,
	connections: 2e4,
	requestTargetChars: 8192,
	/** Runs in one page of a list, and named in one line of the server's log. */
	listedRuns: 200,
	/** What a list shows of one run, so that a page of them can be read; and a repository's name, which stands in an index. */
	listedRunBytes: 64 * KiB,
	repoNameChars: 500,
	/** How long the answer of GET /readyz stands: anyone may ask, as often as they like. */
	readyMs: 500,
	loggedRuns: 20,
	/** Events of a run (src/server): separate ranges of what was received, and what is read of them at a time. */
	receivedRanges: 4096,
	pageRows: 256,
	pageBytes: 256 * KiB,
	/** Server: asking an OIDC issuer for its keys; a client asking a server for its own. */
	oidcFetchMs: 5e3,
	oidcFetchBytes: 256 * KiB,
	jwksMs: 1e4,
	jwksBytes: 512 * KiB
};

export { limits as t };