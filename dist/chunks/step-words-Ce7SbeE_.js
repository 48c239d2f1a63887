import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";

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
	if (step.status === "success") return "";
	if (step.signal !== null) return `signal ${toInertLine(step.signal)}`;
	return step.exit_code === null ? "" : `exit code ${step.exit_code}`;
}

export { toStepWord as n, toReason as t };