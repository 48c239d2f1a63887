import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";

// src/render/verdict.ts
/** Problems of one kind that are told; a hostile file can have any number. */
const maxProblems = 50;
/** The answers of `quoderat verify`, each by itself, with what was found wrong and where. Ends with a line break. */
function renderVerdict(verdict, look) {
	const paint = makePaint(look.color);
	return `${toAnswers(verdict).flatMap((answer) => [toAnswerLine(answer, paint)].concat(toProblemLines(answer))).join("\n")}\n`;
}
function toProblemLines({ problems }) {
	const shown = problems.slice(0, maxProblems).map((problem) => `      ${toProblem(problem)}`);
	const left = problems.length - shown.length;
	return left === 0 ? shown : [...shown, `      and ${left} more`];
}
function toAnswers({ intact, complete, authentic, expected, facts }) {
	const { total, matched, missing, checked } = complete.artifacts;
	const artifacts = checked ? `${matched} of ${total} artifacts at hand and equal` : `${total} artifacts, bytes not checked`;
	const keys = authentic.keyids.map((keyid) => keyid.slice(0, 16)).join(", ");
	return [
		{
			name: "intact",
			...intact,
			says: `${facts.entry_count} entries, head ${facts.head_entry_hash}`
		},
		{
			name: "complete",
			...complete,
			says: missing.length === 0 ? artifacts : `${artifacts}, ${missing.length} missing`
		},
		{
			name: "authentic",
			...authentic,
			says: toAuthors(authentic, toSigners(facts.signed, keys))
		},
		{
			name: "expected",
			...expected,
			says: expected.answer === "not_asked" ? "name --repo, --commit, ..." : ""
		}
	];
}
function toSigners(isSigned, keys) {
	if (!isSigned) return "the seal is not signed";
	return keys === "" ? "signed" : `signed by ${keys}`;
}
/** Who signed, by key and through Sigstore. The latter's words are a certificate's: anyone can have one. */
function toAuthors({ answer, sigstore }, signed) {
	if (answer === "not_checked") return `${signed}; name a key with --key`;
	if (sigstore === void 0) return signed;
	const { identity, issuer, times, log_index: entry } = sigstore;
	const at = times.map((time) => time.at).join(", ");
	const logged = entry === null ? "" : `, log entry ${entry}`;
	return `through Sigstore by ${toInertLine(identity, 300)} (${toInertLine(issuer, 200)}), ${at}${logged}; ${signed}`;
}
const looks = {
	yes: {
		symbol: "✓",
		word: "yes",
		tone: "green"
	},
	no: {
		symbol: "✗",
		word: "NO",
		tone: "red"
	},
	artifacts_missing: {
		symbol: "!",
		word: "artifacts missing",
		tone: "yellow"
	},
	undecidable: {
		symbol: "!",
		word: "cannot be decided",
		tone: "yellow"
	},
	not_checked: {
		symbol: "○",
		word: "not checked",
		tone: "dim"
	},
	not_asked: {
		symbol: "○",
		word: "not asked",
		tone: "dim"
	}
};
const unknown = {
	symbol: "!",
	word: "unknown",
	tone: "yellow"
};
function toAnswerLine({ name, answer, says }, paint) {
	const { symbol, word, tone } = looks[answer] ?? unknown;
	const detail = says === "" ? "" : `  ${paint("dim", toInertLine(says))}`;
	return `  ${paint(tone, `${symbol} ${`${name}:`.padEnd(10)} ${word}`)}${detail}`;
}
function toProblem({ pointer, code, message }) {
	return `${pointer === "" ? "the envelope" : toInertLine(pointer, 300)}: ${toInertLine(message)} (${toInertLine(code, 100)})`;
}

export { renderVerdict as t };