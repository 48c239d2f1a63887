import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { r as toHeadline } from "./outcome-CFS-_DKm.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { isAbsolute, relative } from "node:path";

// src/cli/run-report.ts
/** The outcome of a run for machines. */
function toRunResult(outcome) {
	if (outcome.kind === "refused") {
		const nothing = {
			run_id: null,
			evidence_id: null,
			head_hash: null,
			envelope_path: null,
			envelope_sha256: null
		};
		const { message, diagnostics } = outcome;
		return {
			status: "refused",
			...nothing,
			plan_hash: null,
			problems: [message],
			diagnostics
		};
	}
	const { evidence, unsealed } = outcome;
	return {
		status: outcome.status,
		run_id: outcome.runId,
		evidence_id: evidence?.envelope.evidence_id ?? null,
		head_hash: evidence?.envelope.integrity.head_entry_hash ?? null,
		envelope_path: evidence?.envelopePath ?? null,
		envelope_sha256: evidence?.envelopeSha256 ?? null,
		plan_hash: outcome.planHash,
		problems: outcome.problems,
		diagnostics: [],
		...unsealed && { unsealed: {
			dir: unsealed.dir,
			server: unsealed.serverName,
			reason: unsealed.reason
		} }
	};
}
/** How a run ended, in one line. */
function formatStatus({ envelope }) {
	return `${toHeadline(envelope.execution).sentence}\n`;
}
/** Where the evidence is, its head, and one command that checks it. @param server whose keys tell whether it sealed it */
function formatEvidence(evidence, io, server) {
	const dir = toShortPath(evidence.dir, io.cwd);
	const keys = server !== void 0 && evidence.envelope.producer.component === "server" ? ` --server ${toShellWord(server)}` : "";
	return [
		`  evidence  ${toInertLine(dir)}`,
		`  head      ${evidence.envelope.integrity.head_entry_hash}`,
		`  verify    ${io.self} verify ${toShellWord(dir)}${keys}`,
		""
	].join("\n");
}
/** Where what is not sealed is kept, and the command that lets the server finish. */
function formatUnsealed({ dir, serverName }, io) {
	const path = toShortPath(dir, io.cwd);
	return [
		`  not sealed  ${toInertLine(path)}`,
		`  finish      ${io.self} push ${toShellWord(path)} --server ${toShellWord(serverName)}`,
		""
	].join("\n");
}
/** Relative where that is shorter to read: inside the current folder. */
function toShortPath(path, cwd) {
	const way = relative(cwd, path);
	return way === "" || way.startsWith("..") || isAbsolute(way) ? path : way;
}

export { toRunResult as i, formatStatus as n, formatUnsealed as r, formatEvidence as t };