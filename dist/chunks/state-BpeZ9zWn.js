import { s as saveState$1 } from "./core-MS2wMUn3.js";

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

export { copyEnvironment as a, addRunnerFacts as i, readState as n, restoreEnvironment as o, saveState as r, scrubEnvironment as s, isSettled as t };