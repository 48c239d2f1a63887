import { C as readLivingOwner, S as claimFolder, w as releaseFolder } from "./run-worktree-BCzdHka4.js";
import { n as readJournal, t as JournalError } from "./read-journal-BTThtjor.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as endLostRun, t as readSealed } from "./read-sealed-DxZJm7On.js";
import { a as RecordError, n as foldEvents } from "./status-6nt0dCqW.js";
import { n as retrying, r as makeApi } from "./retry-Kc_tk1Fb.js";
import { t as relayLimits } from "./relay-limits-CZktj8Iq.js";
import { t as makeTransport } from "./transport-BhdfeGlS.js";
import { i as makeRelay, n as makeSealDeadline, t as findServerFault } from "./run-relay-C-UOIznS.js";
import { c as readSpoolIndex, s as openSpool } from "./relayed-folder-BkNAtxDq.js";
import { t as sealByServer } from "./seal-by-server-sdwdu7MU.js";

// src/relay/attach.ts
/**
* Makes a run at the server, or finds it there, and says how it stands.
* @param signal aborted: no further try
* @throws RelayError
*/
async function attachRun(options, run, signal) {
	const limits = {
		...relayLimits,
		...options.limits
	};
	const transport = makeTransport({
		...options,
		limits
	});
	try {
		return await retrying(() => makeApi(transport).createRun(run), {
			limits,
			signal
		});
	} finally {
		await transport.close();
	}
}

// src/push-run.ts
/**
* Lets a server seal a run from what its evidence folder holds: finds or makes the run there, sends the events and
* artifacts that are missing, and takes the seal. What is there already is not sent again, so it may be tried as often as
* it takes. A run whose process was lost is ended as aborted first. A sealed folder is given as it is.
* @throws JournalError, RecordError when the folder holds no run that could be sealed
*/
async function pushRun({ dir, options: server, env, now, signal }) {
	const owner = readLivingOwner(dir);
	const fault = owner === void 0 ? findServerFault(server, env) : `the run in ${dir} is not over: process ${owner} is still writing it`;
	if (fault !== void 0) return {
		kind: "refused",
		message: fault,
		diagnostics: []
	};
	const sealed = await readSealed(dir);
	if (sealed !== null) return sealed;
	const problems = [];
	const onProblem = (problem) => void problems.push(problem);
	const journal = await readJournal(dir);
	const run = toCreateRun(journal);
	const { places, end } = await readSpoolIndex(dir, run.run_id);
	let known = 0;
	for (const seq of [...journal.map((event) => event.seq), ...places.keys()]) known = Math.max(known, seq);
	assertCountable(known, dir);
	const cancelledAt = now();
	const reach = {
		...server,
		env,
		now
	};
	claimOrNot(dir);
	try {
		let ended;
		if (journal.some(({ type }) => type === "finalize_started")) ended = {
			record: foldEvents(journal),
			events: journal
		};
		else {
			const there = await attach(reach, run, {
				server,
				signal,
				now
			});
			if (typeof there === "string") {
				onProblem(`the run is not sealed: ${there}`);
				const unsealed = {
					dir,
					recordPath: null,
					serverName: server.url,
					reason: there
				};
				return {
					...toLost(run),
					evidence: null,
					unsealed,
					problems
				};
			}
			const after = Math.max(there, known);
			assertCountable(after, server.url);
			const dropped = countMissing(there + 1, after, /* @__PURE__ */ new Set([...journal.map(({ seq }) => seq), ...places.keys()]));
			ended = await endLostRun(dir, journal, {
				now,
				onProblem,
				after,
				dropped
			});
		}
		const { record, events } = ended;
		const relay = makeRelay({
			...reach,
			run,
			dir,
			readJournal: () => Promise.resolve(events),
			onCancel: () => {},
			onProblem,
			resumed: {
				spool: openSpool(dir, end),
				fill: (outbox) => fillOutbox(outbox, {
					events,
					places,
					last: record.events.emitted
				}),
				artifacts: record.artifacts
			}
		});
		const openBytes = relay.openBytes();
		const deadline = makeSealDeadline({
			server,
			openBytes,
			cancel: signal,
			cancelledAt: () => cancelledAt,
			now
		});
		try {
			const outcome = await sealByServer({
				record,
				relay,
				server,
				manifestSha256: record.artifacts.find(({ id }) => id === "manifest")?.sha256 ?? "",
				dirs: [dir],
				onProblem,
				signal: deadline.signal
			});
			const { status, termination } = record.execution;
			const planHash = record.plan.plan_hash;
			return {
				kind: "finished",
				status,
				termination,
				runId: run.run_id,
				planHash,
				...outcome,
				problems
			};
		} finally {
			deadline.dispose();
			await relay.close();
		}
	} finally {
		releaseFolder(dir);
	}
}
/** Every number up to the last is looked at. @throws JournalError for one that no worker has given */
function assertCountable(seq, where) {
	if (seq > limits.pushedEvents) throw new JournalError("damaged", `${where} numbers an event ${seq}; of a run at most ${limits.pushedEvents} can be pushed`);
}
/** The run as it was made known, or would have been. @throws RecordError */
function toCreateRun(events) {
	const started = events.find((event) => event.type === "run_started");
	const planned = events.find((event) => event.type === "plan_ready");
	if (started === void 0 || planned === void 0) throw new RecordError("no_plan", "the journal ends before the plan was made: there is no run that could be sealed");
	const { run_id, worker, identities, intent, subject, runner_context } = started;
	const { plan, plan_hash } = planned;
	return {
		run_id,
		plan,
		plan_hash,
		worker,
		identities,
		intent,
		subject,
		runner_context
	};
}
/**
* Up to which event the server has heard of a lost run; its own end must not bear a number that is taken.
* @returns a sentence when the server can't be asked
*/
async function attach(reach, run, wait) {
	const deadline = makeSealDeadline({
		...wait,
		openBytes: 0,
		cancel: wait.signal,
		cancelledAt: wait.now
	});
	try {
		return (await attachRun(reach, run, deadline.signal)).acked_seq;
	} catch (error) {
		return toMessage(error);
	} finally {
		deadline.dispose();
	}
}
function toLost(run) {
	return {
		kind: "finished",
		status: "aborted",
		termination: "process_lost",
		runId: run.run_id,
		planHash: run.plan_hash
	};
}
function countMissing(from, to, known) {
	let missing = 0;
	for (let seq = from; seq <= to; seq += 1) if (!known.has(seq)) missing += 1;
	return missing;
}
function fillOutbox(outbox, { events, places, last }) {
	const known = new Map(events.map((event) => [event.seq, event]));
	for (let seq = 1; seq <= last; seq += 1) {
		const event = known.get(seq);
		if (event === void 0) outbox.offerSpooled(seq, places.get(seq));
		else outbox.offer(event);
	}
}
/** A folder that can't be written can still be pushed, though nothing will come to lie in it. */
function claimOrNot(dir) {
	try {
		claimFolder(dir);
	} catch {}
}

export { pushRun as t };