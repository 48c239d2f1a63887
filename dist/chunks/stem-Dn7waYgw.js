import { d as warning } from "./core-MS2wMUn3.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";

// src/action/report-only.ts
/**
* Does what comes after the outcome is known: telling of it. Whatever goes wrong in that is a warning, also in a stream
* of an SDK's that nobody listens to, or because a step has taken away the program's own files.
* @returns the exit code as it was
*/
async function reportOnly(host, exitCode, report) {
	const warn = (error) => warning(`Reporting failed: ${toMessage(error)}`);
	host.on("uncaughtException", (error) => {
		warn(error);
		host.exit(exitCode);
	});
	await report().catch(warn);
	return exitCode;
}

// src/publish/github/artifact-name.ts
/**
* The first part of the names of what one step uploads. Names must be unique in a workflow run over all its attempts,
* and may not hold " : < > | * ? CR LF \ / (github.com/actions/toolkit, packages/artifact).
*/
function toArtifactStem(name, origin) {
	const head = toSafePart(name, 60) || "quoderat";
	if (origin.checkRunId !== void 0) return [
		head,
		origin.checkRunId,
		...toStepPart(origin.action)
	].join("-");
	const leg = sha256(JSON.stringify([
		origin.matrix,
		origin.action,
		origin.job,
		origin.attempt
	])).slice(0, 8);
	return [
		head,
		toSafePart(origin.job, 60) || "job",
		leg,
		toSafePart(origin.attempt, 10) || "1"
	].join("-");
}
/** A check run id is shared by all steps of a job; a step that is not the first of its sort adds what sets it apart. */
function toStepPart(action) {
	const part = action.startsWith("__") ? /_(\d{1,6})$/.exec(action)?.[1] ?? "" : toSafePart(action, 60);
	return part === "" ? [] : [part];
}
function toSafePart(text, length) {
	return text.normalize("NFC").replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, length).replaceAll(/^[-.]+|[-.]+$/g, "");
}

// src/action/stem.ts
/** The first part of the names of what this step uploads. */
function toStem(name, { checkRunId, matrix }, env) {
	return toArtifactStem(name, {
		checkRunId,
		matrix,
		job: env["GITHUB_JOB"] ?? "",
		action: env["GITHUB_ACTION"] ?? "",
		attempt: env["GITHUB_RUN_ATTEMPT"] ?? "1"
	});
}

export { reportOnly as n, toStem as t };