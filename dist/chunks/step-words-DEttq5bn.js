import { n as toInertLine } from "./inert-CyoBO5aA.js";

// src/render/outcome.ts
function toTally(steps) {
	const count = (wanted) => steps.filter(wanted).length;
	return {
		total: steps.length,
		passed: count(({ status }) => status === "success"),
		failed: count((step) => isFailure(step) && !step.continue_on_error),
		allowed: count((step) => isFailure(step) && step.continue_on_error),
		aborted: count(({ status }) => status === "aborted"),
		waiting: count(({ status }) => status === "waiting"),
		notRun: count(({ status }) => status === "skipped")
	};
}
function isFailure({ status }) {
	return status === "failed" || status === "error" || status === "timed_out";
}
/** The answer of a run in one sentence, with counts. Silence is never a pass: a run of nothing has failed. */
function toHeadline(run) {
	const tally = toTally(run.steps);
	const { total, passed, failed, allowed, notRun } = tally;
	const ran = passed + failed + allowed;
	const rest = notRun === 0 ? "" : `, ${notRun} not run`;
	const of = (part) => `${part} of ${total} ${total === 1 ? "step" : "steps"}`;
	if (run.status === "aborted" || run.termination !== "finished") return {
		mood: "incomplete",
		sentence: `Incomplete: ${of(ran)} ran, then ${endings[run.termination]}`
	};
	if (failed > 0) return {
		mood: "fail",
		sentence: `Failed: ${of(failed)} failed${rest}`
	};
	if (tally.waiting > 0) return {
		mood: "waiting",
		sentence: `Waiting for approval: ${of(passed)} passed${rest}`
	};
	if (ran === 0) return {
		mood: "fail",
		sentence: `Nothing ran: ${of(0)} ran`
	};
	if (run.status === "failed") return {
		mood: "fail",
		sentence: `Failed: ${of(passed)} passed${rest}`
	};
	if (allowed > 0) return {
		mood: "pass",
		sentence: `Passed with ${allowed === 1 ? "1 allowed failure" : `${allowed} allowed failures`}: ${of(passed)} passed${rest}`
	};
	return {
		mood: "pass",
		sentence: `Passed: ${of(passed)} ran and passed${rest}`
	};
}
const endings = {
	finished: "the run was ended",
	cancelled: "the job was cancelled",
	timed_out: "the run reached its time limit",
	process_lost: "its process was lost"
};

// src/render/step-words.ts
const words = {
	success: {
		symbol: "✓",
		emoji: "✅",
		word: "passed",
		tone: "green"
	},
	failed: {
		symbol: "✗",
		emoji: "❌",
		word: "failed",
		tone: "red"
	},
	error: {
		symbol: "✗",
		emoji: "❌",
		word: "error",
		tone: "red"
	},
	timed_out: {
		symbol: "✗",
		emoji: "❌",
		word: "timed out",
		tone: "red"
	},
	aborted: {
		symbol: "!",
		emoji: "⚠️",
		word: "cut off",
		tone: "yellow"
	},
	waiting: {
		symbol: "…",
		emoji: "⏳",
		word: "waiting",
		tone: "yellow"
	},
	skipped: {
		symbol: "○",
		emoji: "⏸️",
		word: "not run",
		tone: "dim"
	}
};
function toStepWord(step) {
	const word = words[step.status];
	if (!isFailure(step) || !step.continue_on_error) return word;
	return {
		symbol: "!",
		emoji: "⚠️",
		word: `${word.word} (allowed)`,
		tone: "yellow"
	};
}
/** What can be said of how a step or an attempt came out, as one inert line; empty when its status says it all. */
function toReason(step) {
	if (step.skipped_reason !== void 0) return toInertLine(step.skipped_reason);
	if (step.cause !== void 0) return toInertLine(step.cause.message);
	if (step.signal !== null) return `signal ${toInertLine(step.signal)}`;
	return step.status === "success" || step.exit_code === null ? "" : `exit code ${step.exit_code}`;
}

export { toHeadline as i, toStepWord as n, isFailure as r, toReason as t };