import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { O as makeEventSink, T as dropScratch, r as toUnknownDiff, y as toCounted } from "./run-worktree-BCzdHka4.js";
import { a as openStoredArtifact } from "./artifacts-B7-BLI3W.js";
import { a as readProcessTable, l as readProcess, m as toRunMark, o as isMarked, t as sweep, u as readProcessIds } from "./sweep-CJo9hwSo.js";
import { r as resumeJournal } from "./journal-GpaeIyAm.js";
import { o as readEvidenceFile, r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { g as envelope } from "./chain-D7IHvk76.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { r as adoptPartial } from "./write-evidence-Cd8r3ACU.js";
import { t as toClosingEvents } from "./lost-CMAa50Jn.js";
import { join } from "node:path";

// src/execution/lost-processes.ts
/**
* Ends what the steps of a lost run left running: nobody was there to end it when its runner was killed. Found by the
* run's mark in the environment that the steps' processes were started with. On Windows nothing tells whose they were.
* @param mark the run's mark: its id as 32 hex digits
*/
function endLostProcesses(mark, platform) {
	const find = platform === "linux" ? findInProc : platform === "win32" ? async () => [] : findInTable;
	return sweep({
		remember: async () => {},
		find: () => find(mark),
		isAlive
	}, 0);
}
async function findInProc(mark) {
	return readProcessIds().filter((pid) => pid !== process.pid && isMarked(pid, mark, [])).flatMap((pid) => readProcess(pid) ?? []).filter(({ zombie }) => !zombie).map(({ pid, startTime }) => ({
		pid,
		startTime: String(startTime)
	}));
}
async function findInTable(mark) {
	return (await readProcessTable()).filter(({ pid, text }) => pid !== process.pid && text.includes(mark));
}
/** find() has looked a moment ago. */
function isAlive() {
	return true;
}

// src/lost-run.ts
/**
* Ends a run whose process was lost: kills what is left of it, and adds to its journal what makes its events a record.
* A run that had ended by itself is left as it is. Should sealing fail now, the next try finds it ended.
* @param options.after the highest number that an event of this run may bear already, where the journal does not have all
* @param options.dropped how many of its events nobody has
*/
async function endLostRun(dir, earlier, options) {
	const { now, onProblem, after = 0, dropped = 0 } = options;
	const runId = earlier[0]?.run_id ?? "";
	const mark = toRunMark(runId);
	const { killed } = await endLostProcesses(mark, process.platform);
	await dropScratch(mark, process.platform);
	if (killed > 0) onProblem(`${killed} ${killed === 1 ? "process" : "processes"} of the lost run were still alive, and were killed`);
	const journal = resumeJournal(dir, earlier.length);
	const events = [...earlier];
	try {
		const sink = makeEventSink({
			runId,
			journal,
			log: {
				write: (event) => void events.push(event),
				end: () => {}
			},
			now,
			onProblem,
			earlier,
			after
		});
		await emitEnd(sink, earlier, {
			dir,
			now: now(),
			dropped
		});
		return {
			record: sink.record(),
			events
		};
	} finally {
		journal.close();
	}
}
/** Adds what ends the run, to the journal too. */
async function emitEnd(sink, events, { dir, now, dropped }) {
	const partials = await adoptPartials(events, join(dir, evidenceFiles.artifacts));
	if (!events.some(isToldOfChanges)) await sink.emit(toUnknownDiff("process_lost", now));
	for (const draft of toClosingEvents(events, {
		now,
		partials
	})) {
		const counted = draft.type === "finalize_started" ? { events: toCounted(sink.emitted() + 1, dropped) } : {};
		await sink.emit({
			...draft,
			...counted
		});
	}
}
/** The output of attempts that were going on. */
async function adoptPartials(events, artifacts) {
	const partials = /* @__PURE__ */ new Map();
	for (const { step_id: stepId, stdout_artifact_id, stderr_artifact_id } of events.filter(isStepStarted)) for (const [kind, id] of [["stdout", stdout_artifact_id], ["stderr", stderr_artifact_id]]) {
		const artifact = await adoptPartial(artifacts, {
			id,
			kind,
			name: kind,
			stepId
		});
		if (artifact !== void 0) partials.set(id, artifact);
	}
	return partials;
}
/** What lies in the work tree now may have been changed by anybody since. */
function isToldOfChanges(event) {
	return event.type === "observation_recorded" && event.observation.type === "diff" || event.type === "finalize_started";
}
function isStepStarted(event) {
	return event.type === "step_started";
}

// src/read-sealed.ts
/**
* A run that is sealed already, as it lies in its folder; null when there is no envelope.
* @throws EnvelopeError when what lies there is no envelope of this version
*/
async function readSealed(dir) {
	const bytes = await readEvidenceFile(dir, evidenceFiles.envelope);
	if (bytes === null) return null;
	const envelope = parseOurs(bytes, dir);
	const artifacts = join(dir, evidenceFiles.artifacts);
	const verdict = await verifyEnvelope(bytes, {
		authenticityAsked: false,
		expected: {},
		openArtifact: (digest) => openStoredArtifact(artifacts, digest)
	});
	const summary = await readEvidenceFile(dir, evidenceFiles.summary);
	const { status, termination } = envelope.execution;
	return {
		kind: "finished",
		status,
		termination,
		runId: envelope.run_id,
		planHash: envelope.plan.plan_hash,
		evidence: {
			dir,
			envelopePath: join(dir, evidenceFiles.envelope),
			envelopeSha256: verdict.facts.envelope_sha256,
			envelope,
			verdict,
			summaryPath: join(dir, evidenceFiles.summary),
			summary: summary?.toString() ?? ""
		},
		problems: []
	};
}
function parseOurs(bytes, dir) {
	const parsed = envelope.safeParse(parseEnvelope(bytes).value);
	if (parsed.success) return parsed.data;
	const message = `${join(dir, evidenceFiles.envelope)} is no envelope that this version of Quoderat writes`;
	throw new EnvelopeError("not_an_envelope", message, { cause: parsed.error });
}

export { endLostRun as n, readSealed as t };