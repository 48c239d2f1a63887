import { c as saveState$1, l as setOutput } from "./core-CZ3zILaY.js";
import { n as toErrorCode, r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";

// src/publish/github/failure.ts
/** Why something could not be handed to GitHub. It never decides about the job. */
var PublishError = class extends CodedError {};
const CREDENTIALS = [
	[/(https?:\/\/[^\s"'<>?]{1,2000})\?[^\s"'<>]*/g, "$1?…"],
	[/\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g, "…"],
	[/\b(?:gh[a-z]_|github_pat_)\w{8,}/g, "…"],
	[/\b(bearer|authorization:?)\s+\S+/gi, "$1 …"]
];
/** The file system's word for an error (`EACCES`), or `otherwise` when it has none. */
function toReason(error, otherwise) {
	return toErrorCode(error) ?? otherwise;
}
/** What went wrong in a conversation with GitHub, on one line and without tokens or signed addresses. */
function toPublishError(error) {
	if (error instanceof PublishError) return error;
	const line = toCleanLine(toMessage(error)) || "unknown error";
	return new PublishError(/\(409\)|already exists/i.test(line) ? "conflict" : "failed", line);
}
/** Somebody else's words on one line of bounded length, without tokens or signed addresses. */
function toCleanLine(words) {
	let text = words.slice(0, 4e3);
	for (const [pattern, stand] of CREDENTIALS) text = text.replaceAll(pattern, stand);
	return text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim().slice(0, 500);
}

// src/publish/github/outputs.ts
/** Hands outputs to the steps that follow. Gives back why that did not work, or undefined. */
function setOutputs(outputs, env) {
	if (!env["GITHUB_OUTPUT"]) return "this runner takes no outputs (GITHUB_OUTPUT is not set)";
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
		return;
	} catch (error) {
		return `the outputs can't be written: ${toReason(error, "GITHUB_OUTPUT is not writable")}`;
	}
}

// src/action/environment.ts
const PRIVATE = /^(?:ACTIONS_|INPUT_|STATE_)|^QUODERAT_SIGNING_KEY$/;
/** The environment as it is now. */
function copyEnvironment(environment) {
	return Object.fromEntries(Object.entries(environment).filter((entry) => entry[1] !== void 0));
}
/**
* Removes what only the action itself is given: the runner's tokens, inputs and state. Nothing that inherits this
* process's environment by mistake gets them then. It is no boundary: on Linux a child of the same user can still read
* what this process was started with (/proc/PID/environ).
*/
function scrubEnvironment(environment) {
	for (const name of Object.keys(environment)) if (PRIVATE.test(name)) delete environment[name];
}
/** Gives back what the artifact SDK reads, once no child is alive. */
function restoreEnvironment(environment, copy) {
	for (const [name, value] of Object.entries(copy)) if (name.startsWith("ACTIONS_")) environment[name] = value;
}
/** Adds what the runner tells through inputs only, under the names that ci/ reads. */
function addRunnerFacts(copy, facts) {
	return {
		...copy,
		QUODERAT_MATRIX: facts.matrix,
		...facts.jobTotal !== void 0 && { QUODERAT_JOB_TOTAL: String(facts.jobTotal) },
		...facts.checkRunId !== void 0 && { QUODERAT_CHECK_RUN_ID: facts.checkRunId },
		...facts.signingKey !== void 0 && { QUODERAT_SIGNING_KEY: facts.signingKey }
	};
}

// src/action/state.ts
const prefix = "quoderat-";
/** Notes a step forward. A runner that keeps no state loses only what the post step would have made good. */
function saveState(state, env) {
	if (!env["GITHUB_STATE"]) return;
	try {
		for (const [name, value] of Object.entries(state)) saveState$1(`${prefix}${name}`, value);
	} catch {}
}
function readState(env) {
	const read = (name) => env[`STATE_${prefix}${name}`] || void 0;
	const toProgress = (value) => value === "settled" ? "settled" : "open";
	return {
		dir: read("dir"),
		stem: read("stem"),
		envelope: toProgress(read("envelope")),
		bundle: toProgress(read("bundle")),
		summary: toProgress(read("summary")),
		attest: toProgress(read("attest")),
		report: toProgress(read("report"))
	};
}
function isSettled(state) {
	return [
		state.envelope,
		state.bundle,
		state.summary,
		state.attest,
		state.report
	].every((part) => part === "settled");
}

export { copyEnvironment as a, setOutputs as c, toPublishError as d, toReason as f, addRunnerFacts as i, PublishError as l, readState as n, restoreEnvironment as o, saveState as r, scrubEnvironment as s, isSettled as t, toCleanLine as u };