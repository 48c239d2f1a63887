import { t as limits } from "./limits-DSc7_a2H.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { r as toArtifact } from "./artifacts-B7-BLI3W.js";
import { t as makeBufferPool } from "./buffer-pool-Dc3yPAuZ.js";
import { StringDecoder } from "node:string_decoder";

// src/execution/verdict.ts
/** What the process's own end says. A reason of ours for ending it comes before how it took that. */
function toVerdict({ exit, endedBy }, step) {
	const facts = {
		exit_code: exit?.code ?? null,
		signal: exit?.signal ?? null
	};
	if (endedBy !== null) {
		const { status, termination, message } = endings[endedBy](step);
		return {
			...facts,
			status,
			termination,
			cause: {
				code: endedBy,
				message
			}
		};
	}
	if (facts.signal !== null) {
		const cause = {
			code: "signaled",
			message: `ended by ${facts.signal}`
		};
		return {
			...facts,
			status: "failed",
			termination: "signaled",
			cause
		};
	}
	if (facts.exit_code !== 0) {
		const cause = {
			code: "exit_nonzero",
			message: toExitMessage(facts.exit_code, step)
		};
		return {
			...facts,
			status: "failed",
			termination: "exited",
			cause
		};
	}
	return {
		...facts,
		status: "success",
		termination: "exited",
		cause: null
	};
}
/** A process that was not there to end. */
function toNotStarted(message) {
	return {
		status: "error",
		termination: "spawn_failed",
		exit_code: null,
		signal: null,
		cause: {
			code: "spawn_failed",
			message: `could not be started: ${message}`
		}
	};
}
/** What the end of a program says that nothing but the step's own limits and the run's end can end. */
function toPlainVerdict({ exit, endedBy }, step) {
	if (endedBy === "over" || endedBy === "not_ready") throw new Error(`step ${step.id} is no service`);
	return toVerdict({
		exit,
		endedBy
	}, step);
}
/** Files that should be there decide only where the process itself succeeded. */
function withFileFault(verdict, fault) {
	return verdict.cause !== null || fault === null ? verdict : {
		...verdict,
		status: "failed",
		cause: fault
	};
}
const endings = {
	timeout: (step) => ({
		status: "timed_out",
		termination: "timed_out",
		message: `still running after its timeout of ${formatDuration(step.timeout_ms)}`
	}),
	idle_timeout: (step) => ({
		status: "timed_out",
		termination: "idle_timeout",
		message: `printed nothing for its idle_timeout of ${formatDuration(step.idle_timeout_ms ?? 0)}`
	}),
	cancelled: () => ({
		status: "aborted",
		termination: "aborted",
		message: "the run was cancelled"
	}),
	run_timeout: () => ({
		status: "aborted",
		termination: "aborted",
		message: "the run reached its max_duration"
	})
};
function toExitMessage(code, step) {
	const message = `exited with code ${code}`;
	if (step.command === null || !("run" in step.command)) return message;
	if (code === 127) return `${message} (its shell found no such command)`;
	if (code === 126) return `${message} (its shell could not execute a command)`;
	return message;
}

// src/execution/watchdog.ts
const NEAR_SHARE = .8;
const NEAR_MS = 3e4;
/**
* Watches over a running step. The first reason to end it is told, once; each of the two timers warns before.
* @param options.timeoutMs null: it may run for as long as it is let
* @returns what takes the watch off again
*/
function watch(options) {
	const { timeoutMs, idleTimeoutMs, stop, warn, end } = options;
	const timers = /* @__PURE__ */ new Set();
	const after = (ms, action) => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			action();
		}, ms);
		timers.add(timer);
	};
	let over = false;
	let unsubscribe = () => {};
	const dispose = () => {
		over = true;
		for (const timer of timers) clearTimeout(timer);
		unsubscribe();
	};
	const finish = (reason) => {
		if (over) return;
		dispose();
		end(reason);
	};
	if (timeoutMs !== null) {
		const near = toNear(timeoutMs);
		const words = `it will be ended in ${formatDuration(timeoutMs - near)}: its timeout is ${formatDuration(timeoutMs)}`;
		after(near, () => warn("timeout_near", words));
		after(timeoutMs, () => finish("timeout"));
	}
	if (idleTimeoutMs !== null) watchIdle({
		...options,
		idleTimeoutMs,
		after,
		finish
	});
	unsubscribe = stop.subscribe(finish);
	if (over) unsubscribe();
	return { [Symbol.dispose]: dispose };
}
/** Bytes only set a time; the timer looks at it when it fires, so that a flood costs nothing here. */
function watchIdle(options) {
	const { idleTimeoutMs, activity, warn, after, finish } = options;
	const near = toNear(idleTimeoutMs);
	let warned = false;
	const check = () => {
		const quiet = activity.isBlocked() ? 0 : performance.now() - activity.lastAt();
		if (quiet >= idleTimeoutMs) return finish("idle_timeout");
		if (quiet >= near && !warned) {
			warned = true;
			const rest = formatDuration(Math.ceil(idleTimeoutMs - quiet));
			warn("idle_timeout_near", `it will be ended in ${rest} unless it prints something: its idle_timeout is ${formatDuration(idleTimeoutMs)}`);
		}
		after(Math.ceil((quiet < near && !warned ? near : idleTimeoutMs) - quiet) + 1, check);
	};
	check();
}
/** When to warn: at 80 % of the time or 30 s before its end, whichever is later. */
function toNear(ms) {
	return Math.max(Math.floor(ms * NEAR_SHARE), ms - NEAR_MS);
}

// src/execution/output.ts
const pieces = makeBufferPool(limits.outputChunkBytes, 16);
/**
* Coalesces raw bytes, so that the redactor, the hash and the disk see few large pieces; redacts each; keeps it; tells of
* it. At most one piece is in the making, whatever the child prints.
*/
function makeOutput(options) {
	const { redaction, writer, emit } = options;
	const decoder = new StringDecoder("utf8");
	let pending;
	let pendingBytes = 0;
	let timer;
	let offset = 0;
	let lastAt = performance.now();
	let wait;
	let waiting = 0;
	const settle = async (waits) => {
		waiting += 1;
		await waits;
		waiting -= 1;
		if (waiting === 0) wait = void 0;
	};
	const deliver = (bytes, last) => {
		const text = decoder.write(bytes) + (last ? decoder.end() : "");
		if (bytes.length === 0 && text === "") return;
		const waits = [writer.write(bytes), emit({
			offset,
			bytes: bytes.length,
			text
		})].filter((wait) => wait !== void 0);
		offset += bytes.length;
		if (waits.length === 0) return;
		wait = settle(Promise.all([wait, ...waits]));
	};
	const flush = () => {
		clearTimeout(timer);
		timer = void 0;
		if (pending === void 0 || pendingBytes === 0) return;
		const bytes = pending.subarray(0, pendingBytes);
		pendingBytes = 0;
		deliver(redaction.push(bytes), false);
	};
	return {
		sink(bytes) {
			lastAt = performance.now();
			pending ??= pieces.take();
			for (let taken = 0; taken < bytes.length;) {
				const size = bytes.copy(pending, pendingBytes, taken);
				taken += size;
				pendingBytes += size;
				if (pendingBytes === pending.length) flush();
			}
			if (pendingBytes > 0) timer ??= setTimeout(flush, limits.outputFlushMs);
			return wait;
		},
		lastAt: () => lastAt,
		isBlocked: () => wait !== void 0,
		async end() {
			flush();
			if (pending !== void 0) pieces.give(pending);
			pending = void 0;
			deliver(redaction.end(), true);
			await wait;
			return {
				content: await writer.finish(),
				hits: redaction.hits()
			};
		}
	};
}

// src/execution/step-output.ts
/** One of the streams of an attempt, redacted on its way. @param onText told of the redacted text as it goes by */
function openOutput({ store, redactor, emit, toArtifactId, step, attempt }, stream, onText) {
	return makeOutput({
		redaction: redactor.stream(),
		writer: store.openWriter(toArtifactId(stream)),
		emit: (output) => {
			onText(stream, output.text);
			return emit({
				type: "step_output",
				step_id: step.id,
				attempt,
				stream,
				...output
			});
		}
	});
}
/** Ends a stream and tells of its artifact. @returns whether all of it was kept */
async function keepOutput(context, stream, output) {
	const { content, hits } = await output.end();
	const identity = {
		id: context.toArtifactId(stream),
		kind: stream,
		name: stream,
		stepId: context.step.id
	};
	const redaction = {
		class: "text",
		applied: hits.length > 0
	};
	const artifact = toArtifact(identity, content, {
		mediaType: "text/plain",
		redaction
	});
	if (content.problem !== null) context.warn("output_incomplete", `its ${stream} was not kept whole (${content.problem}): ${content.size} bytes were`);
	await context.announce({
		artifact,
		receipts: hits
	}, stream, "output");
	return !content.truncated;
}

export { toPlainVerdict as a, toNotStarted as i, openOutput as n, toVerdict as o, watch as r, withFileFault as s, keepOutput as t };