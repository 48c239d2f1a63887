import { c as setOutput } from "./core-MS2wMUn3.js";
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

export { toReason as a, toPublishError as i, PublishError as n, toCleanLine as r, setOutputs as t };