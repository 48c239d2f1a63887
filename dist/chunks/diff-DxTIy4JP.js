import { t as compareEnvelopes } from "./compare-envelopes-Bo9AvFOc.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { t as formatBytes } from "./bytes-ChfN31Gu.js";
import { n as toShortCommit, t as toPhrase } from "./change-phrases-BkIt82a1.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { r as toPart$1, t as toColumns } from "./terminal-CCeyvIke.js";
import { g as envelope } from "./chain-D7IHvk76.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as tellOf, t as readEnvelopeInput } from "./envelope-input-CgT75t_1.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";

// src/schema/comparison.ts
const changeAreas = [
	"run",
	"plan",
	"materials",
	"steps",
	"tests",
	"findings",
	"coverage",
	"outputs",
	"redactions",
	"toolchain",
	"runner",
	"seal"
];

// src/render/text-change.ts
const maxLines$1 = 12;
/**
* The lines in which two texts differ, with `-` and `+` in front, when either has several lines: what is alike at the
* beginning and at the end is left out. undefined for anything that fits into one line.
*/
function toTextChange(before, after) {
	const [old, now] = [toLines(before), toLines(after)];
	if (old.length < 2 && now.length < 2) return void 0;
	let start = 0;
	while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
	let end = 0;
	while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
	return [...toPart("-", old.slice(start, old.length - end)), ...toPart("+", now.slice(start, now.length - end))];
}
function toLines(value) {
	return typeof value === "string" ? value.replace(/\n$/, "").split("\n") : [];
}
function toPart(sign, lines) {
	const shown = lines.slice(0, maxLines$1).map((line) => `${sign} ${line}`);
	return lines.length > maxLines$1 ? [...shown, `${sign} … and ${lines.length - maxLines$1} more lines`] : shown;
}

// src/render/compare.ts
/** Changes of one area that are told; the rest is counted, and all are in the JSON. */
const maxLines = 60;
const maxProblems = 10;
const looks = {
	worse: {
		symbol: "✗",
		tone: "red"
	},
	better: {
		symbol: "✓",
		tone: "green"
	},
	neutral: {
		symbol: "~",
		tone: "dim"
	}
};
const titles = {
	run: "Run",
	plan: "Plan",
	materials: "Materials",
	steps: "Steps",
	tests: "Tests",
	findings: "Findings",
	coverage: "Coverage",
	outputs: "Outputs",
	redactions: "Redactions",
	toolchain: "Tools",
	runner: "Runner",
	seal: "Seal"
};
/** What `quoderat diff` prints: first whether each side is intact, then what differs. Ends with a line break. */
function renderComparison(comparison, look) {
	const paint = makePaint(look.color);
	const { before, after, changes, notes } = comparison;
	return `${[
		...toColumns([toSideRow("before", before), toSideRow("after", after)], ""),
		...[before, after].flatMap((side) => toProblemLines(side, paint)),
		"",
		toHeadline(comparison, paint),
		...notes.map((note) => `  ${paint("yellow", "!")} ${toInertLine(note)}`),
		...changeAreas.flatMap((area) => toArea(area, changes ?? [], paint))
	].join("\n")}\n`;
}
function toSideRow(name, side) {
	return [
		name,
		side.intact === "yes" ? "✓ intact" : "✗ NOT INTACT",
		side.status,
		side.commit_sha === null ? "no commit" : toShortCommit(side.commit_sha),
		side.started_at,
		toInertLine(side.named, 200)
	].map((cell) => toInertLine(cell));
}
function toProblemLines({ named, intact, problems }, paint) {
	if (intact === "yes") return [];
	const shown = problems.slice(0, maxProblems).map(({ pointer, message }) => {
		return `  ${pointer === "" ? "the envelope" : toInertLine(pointer, 300)}: ${toInertLine(message)}`;
	});
	const left = problems.length - shown.length;
	return [
		"",
		paint("red", `${toInertLine(named, 200)} is not intact:`),
		...shown,
		...left > 0 ? [`  and ${left} more`] : []
	];
}
function toHeadline({ changes }, paint) {
	if (changes === null) return paint("red", "✗ Nothing was compared: what is not intact is no evidence.");
	if (changes.length === 0) return paint("green", "✓ No relevant difference.");
	const count = (sense) => changes.filter((change) => change.sense === sense).length;
	const parts = [
		...count("worse") > 0 ? [`${count("worse")} for the worse`] : [],
		...count("better") > 0 ? [`${count("better")} for the better`] : [],
		...count("neutral") > 0 ? [`${count("neutral")} neither`] : []
	];
	return paint("bold", `${changes.length === 1 ? "1 difference" : `${changes.length} differences`}: ${parts.join(", ")}`);
}
function toArea(area, changes, paint) {
	const own = changes.filter((change) => change.area === area);
	const lines = own.slice(0, maxLines).flatMap((change) => toChangeLines(change, paint));
	const left = own.length - maxLines;
	return toPart$1(titles[area], left > 0 ? [...lines, `  and ${left} more; --json has all`] : lines, paint);
}
function toChangeLines(change, paint) {
	const { symbol, tone } = looks[change.sense];
	const { subject, before, after } = change;
	const [was, is] = [toShown(change, before), toShown(change, after)];
	const about = subject === null ? "" : `${toInertLine(subject, 400)}: `;
	const start = `  ${paint(tone, symbol)} ${about}`;
	const texts = toTextChange(before, after);
	if (texts !== void 0) return [`${start}${toPhrase(change.code, "", "").trimEnd()}`, ...texts.map((line) => `      ${toInertLine(line, 200)}`)];
	return [start + toPhrase(change.code, was, is)];
}
const durations = /* @__PURE__ */ new Set([
	"run_duration",
	"step_duration",
	"step_timeout",
	"step_idle_timeout"
]);
function toShown({ code, area }, value) {
	if (value === null) return "none";
	if (typeof value === "number") {
		if (durations.has(code)) return formatDuration(value);
		if (code === "memory_bytes") return formatBytes(value);
		return code === "coverage" ? `${value.toFixed(2)} %` : String(value);
	}
	if (typeof value === "boolean") return value ? "yes" : "no";
	return (area === "plan" || area === "outputs" || area === "materials") && /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 16) : toInertLine(value, 400);
}

// src/cli/commands/diff.ts
/**
* `quoderat diff`: what is different in the second of two envelopes, after saying whether each is intact.
* @returns 0: no relevant difference; 1: there are some; 2: one of them is not intact, and nothing was compared
* @throws CliError for what cannot be read or is no envelope
*/
async function diff(before, after, flags, io) {
	if (before === "-" && after === "-") throw new CliError("usage", "only one of the two envelopes can come from stdin");
	const comparison = compareEnvelopes(await readSide(before, io), await readSide(after, io));
	const look = {
		color: wantsColor(io.stdout, io.env, flags.color),
		width: widthOf(io.stdout)
	};
	io.stdout.write(flags.json === true ? `${JSON.stringify(comparison)}\n` : renderComparison(comparison, look));
	if (comparison.changes === null) return exitCodes.usage;
	return comparison.changes.length === 0 ? exitCodes.success : exitCodes.failed;
}
async function readSide(named, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const input = _usingCtx$1.a(await readEnvelopeInput(named, io));
		const verdict = await tellOf(named, () => verifyEnvelope(input.bytes, {
			authenticityAsked: false,
			expected: {}
		}));
		const parsed = envelope.safeParse(parseEnvelope(input.bytes).value);
		if (parsed.success) return {
			named,
			envelope: parsed.data,
			verdict
		};
		const where = `/${(parsed.error.issues[0]?.path ?? []).join("/")}`;
		throw new CliError("unreadable", `${named} can't be compared: ${where} is not as an envelope has it; \`verify\` tells more`);
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}

export { diff };