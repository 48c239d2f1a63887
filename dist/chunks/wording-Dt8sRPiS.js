import { t as limits } from "./limits-DSc7_a2H.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { r as toHeadline } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { t as toInertOutput } from "./inert-output-BdwJGFUN.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";

// src/log/progress.ts
function makeProgress() {
	const steps = /* @__PURE__ */ new Map();
	let startedAt = 0;
	let ending = null;
	const step = (id) => {
		const known = steps.get(id);
		if (known !== void 0) return known;
		const unknown = {
			id,
			kind: "command",
			maxAttempts: 1,
			continue_on_error: false,
			status: null
		};
		steps.set(id, unknown);
		return unknown;
	};
	return {
		apply(event) {
			if (event.type === "run_started") startedAt = Date.parse(event.timestamp);
			if (event.type === "plan_ready") for (const planned of event.plan.steps) steps.set(planned.id, toView(planned));
			if (event.type === "step_finished") step(event.step_id).status = event.result.status;
			if (event.type === "step_skipped") step(event.step_id).status = "skipped";
			if (event.type === "finalize_started") ending = {
				status: event.status,
				termination: event.termination
			};
		},
		step,
		steps: () => [...steps.values()],
		elapsed: (event) => startedAt === 0 ? 0 : Math.max(0, Date.parse(event.timestamp) - startedAt),
		ending: () => ending
	};
}
function toView({ id, kind, retry, continue_on_error }) {
	return {
		id,
		kind,
		maxAttempts: retry.max_attempts,
		continue_on_error,
		status: null
	};
}

// src/log/line-feed.ts
/**
* Ends lines as a terminal or a runner does: at LF, CRLF and lone CR. A line longer than limits.logLineChars comes in
* several, so that no more than that is ever held.
*/
function makeLineFeed() {
	let held = "";
	return {
		push(text) {
			const all = held + text;
			const open = all.endsWith("\r") ? all.length - 1 : all.length;
			const lines = cutLong(all.includes("\r") ? all.slice(0, open).replaceAll(/\r\n?/g, "\n") : all);
			const end = lines.lastIndexOf("\n") + 1;
			held = lines.slice(end) + all.slice(open);
			return lines.slice(0, end);
		},
		end() {
			const rest = held.endsWith("\r") ? held.slice(0, -1) : held;
			const wasHeld = held !== "";
			held = "";
			return wasHeld ? `${rest}\n` : "";
		}
	};
}
/** Leaps from line end to line end: ordinary lines cost one look per limits.logLineChars. */
function cutLong(text) {
	const max = limits.logLineChars;
	const pieces = [];
	let from = 0;
	let at = 0;
	while (text.length - at > max) {
		const end = text.lastIndexOf("\n", at + max);
		if (end >= at) {
			at = end + 1;
			continue;
		}
		const unit = text.charCodeAt(at + max);
		at += unit >= 56320 && unit <= 57343 ? max - 1 : max;
		pieces.push(text.slice(from, at), "\n");
		from = at;
	}
	return pieces.length === 0 ? text : pieces.join("") + text.slice(from);
}

// src/log/step-output.ts
function makeStepOutput(colors) {
	const feeds = {
		stdout: makeLineFeed(),
		stderr: makeLineFeed()
	};
	return {
		push: ({ stream, text }) => toInertOutput(feeds[stream].push(text), colors),
		end: () => toInertOutput(feeds.stdout.end() + feeds.stderr.end(), colors)
	};
}

// src/log/wording.ts
/** `unit (test)`: inert, and begins with a letter or a digit. */
function toTitle({ id, kind }) {
	return safe(`${id} (${kind})`);
}
function toEndLine(step, result) {
	const { symbol, word } = toStepWord({
		...step,
		status: result.status
	});
	const reason = toReason(result);
	const attempt = result.attempt > 1 ? ` on attempt ${result.attempt} of ${step.maxAttempts}` : "";
	const time = formatDuration(result.duration_ms);
	return safe(`${symbol} ${toTitle(step)} ${word} in ${time}${attempt}${reason === "" ? "" : `: ${reason}`}`);
}
function toSkipLine(step, { reason }) {
	return safe(`○ ${toTitle(step)} not run: ${reason}`);
}
function toRetryLine(step, event) {
	const { result, next_attempt: next, delay_ms: delay } = event;
	const reason = toReason(result);
	const why = reason === "" ? toStepWord({
		...step,
		status: result.status
	}).word : reason;
	const wait = delay === 0 ? "now" : `in ${formatDuration(delay)}`;
	return safe(`! ${step.id}: attempt ${result.attempt} of ${step.maxAttempts}: ${why}; attempt ${next} starts ${wait}`);
}
function toWarningLine({ step_id, message }) {
	return safe(`! ${step_id}: warning: ${message}`);
}
/** What an event says of the run as a whole, as one line; undefined where it says nothing to people. */
function toRunLine(event, progress) {
	const line = toLine(event, progress);
	return line === void 0 ? void 0 : safe(line);
}
function toLine(event, progress) {
	switch (event.type) {
		case "run_started": {
			const { git } = event.subject;
			const commit = git === null ? "a workspace that is no git checkout" : `commit ${git.commit_sha}`;
			return `${event.worker.name} ${event.worker.version}: run ${event.run_id} of ${commit}`;
		}
		case "plan_ready": {
			const { name, steps, max_parallel: parallel } = event.plan;
			return `Plan ${name}: ${steps.length === 1 ? "1 step" : `${steps.length} steps`}, ${parallel === 1 ? "one at a time" : `up to ${parallel} at a time`}, hash ${event.plan_hash}`;
		}
		case "observation_recorded": return event.observation.type === "service" ? `${event.step_id}: ${event.observation.summary}` : void 0;
		case "finalize_started": return `${toHeadlineOf(event, progress)} in ${formatDuration(progress.elapsed(event))}`;
		case "finalize_failed": return `Not sealed: ${event.reason}`;
		case "run_finalized": return `Evidence ${event.evidence_id} sealed: head ${event.head_entry_hash}, envelope sha256:${event.envelope_sha256}`;
		case "error": return `! ${event.code}: ${event.message}`;
		default: return;
	}
}
function toHeadlineOf({ status, termination }, progress) {
	const steps = progress.steps().map((step) => ({
		status: step.status ?? "aborted",
		continue_on_error: step.continue_on_error
	}));
	return toHeadline({
		status,
		termination,
		steps
	}).sentence;
}
/** Our own lines hold names and messages of strangers, and stand outside of stop-commands. */
function safe(line) {
	return toInertOutput(toInertLine(line, 2e3), false);
}

export { toTitle as a, makeLineFeed as c, toSkipLine as i, makeProgress as l, toRetryLine as n, toWarningLine as o, toRunLine as r, makeStepOutput as s, toEndLine as t };