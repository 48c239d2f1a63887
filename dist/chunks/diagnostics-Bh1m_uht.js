import { o as decodeText } from "./display-path-8FfibSvk.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";

// src/plan/hash.ts
/** SHA-256 over the RFC 8785 form of the plan, 64 hex digits: what `expected-plan-hash` is compared with. */
function hashPlan(plan) {
	return sha256(toCanonicalJson(plan));
}

// src/manifest/diagnostics.ts
/** How much of a source line is shown. */
const EXCERPT = 120;
/**
* The diagnostics for a terminal or a log: each as `file:line:column: path: message`, the source line, a caret, a hint.
* Whatever comes from the manifest is made inert, so that it can neither move the cursor nor speak to a runner.
*/
function formatDiagnostics(source, diagnostics) {
	const lines = decodeText(source.bytes, { fatal: false }).split(/\r\n|\n|\r/);
	return diagnostics.map((diagnostic) => formatDiagnostic(source.path, lines, diagnostic)).join("\n");
}
function formatDiagnostic(path, lines, diagnostic) {
	const { line, column, hint } = diagnostic;
	const message = diagnostic.path === "" ? diagnostic.message : `${diagnostic.path}: ${diagnostic.message}`;
	const gutter = `${line} | `.padStart(7);
	const { text, caret } = toExcerpt(lines[line - 1] ?? "", column - 1);
	const shown = [`${toInert(path)}:${line}:${column}: ${toInert(message)}`];
	if (text.trim() !== "") shown.push(`${gutter}${text}`, `${" ".repeat(gutter.length - 2)}| ${" ".repeat(caret)}^`);
	if (hint !== void 0) shown.push(`${" ".repeat(gutter.length - 2)}= hint: ${toInert(hint)}`);
	return `${shown.join("\n")}\n`;
}
/** The part of a line around a position, and where in it the position is. */
function toExcerpt(line, at) {
	const position = Math.min(at, line.length);
	const start = line.length <= EXCERPT ? 0 : Math.max(0, Math.min(position - EXCERPT / 2, line.length - EXCERPT));
	const before = start > 0 ? "…" : "";
	const after = start + EXCERPT < line.length ? "…" : "";
	return {
		text: toInert(`${before}${line.slice(start, start + EXCERPT).toWellFormed()}${after}`),
		caret: position - start + before.length
	};
}
/**
* Control and bidirectional characters become visible marks of the same width. GitHub's runner obeys `##[command]`
* anywhere in a line (ActionCommand.cs), so that is broken too.
*/
function toInert(text) {
	return text.replaceAll("	", " ").replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "·").replaceAll("##[", "#·[");
}

export { hashPlan as n, formatDiagnostics as t };