import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as toInertLine, r as toInertTail, t as inertLength } from "./inert-BfcQbr-O.js";
import { n as toBrokenAnswers, r as toHeadline, t as isFailure } from "./outcome-BhHF_aIe.js";
import { n as toStepWord, t as toReason } from "./step-words-Bmg3kg1R.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as evidenceFiles } from "./evidence-folder-YMIOVZ09.js";
import { n as toShortDigest, t as toShortCommit } from "./digest-CBpKnFc1.js";
import { n as toTrust, r as toNoClaims, t as toStepRemarks } from "./step-remarks-_TBhySgw.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { open } from "node:fs/promises";
import { join } from "node:path";

// src/render/defuse.ts
/** U+200B, which inert text cannot hold (inert.ts spells it out), so each one is ours. */
const breaker = "​";
/**
* What GitHub and GitLab make live in text after Markdown is parsed, so that no escape helps: mentions, references
* (#1, GH-1, owner/repo#1, !1, ~label, %milestone, $snippet, &epic, [vulnerability:1]), emoji codes, mathematics,
* web addresses. Closing keywords need one of these to name what they close.
* Source: GitHub "Autolinked references and URLs"; GitLab "GitLab-specific references"; GFM 6.9.
*/
const live = /[@^](?=\S)|#(?=\d)|GH-(?=\d)|[!~%&$](?=[\w"{`])|:(?=\/\/|[\w+-]{1,60}:)|www(?=\.)|\[[a-z_]{2,30}:(?=\S)|(?:mailto|xmpp):/gi;
/** Seven or more hex digits with a letter among them: a commit, to a forge. No piece of it may be one either. */
const commit = /(?<!\w)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/gi;
/** Breaks with an invisible space whatever a forge would turn into a link, a notification or a picture. */
function defuse(line) {
	return line.replaceAll(live, (match) => match + "​").replaceAll(commit, (match) => match.replaceAll(/.{6}(?=.)/g, `$&${"​"}`));
}

// src/render/markdown-inline.ts
/** Inline nodes as GitHub Flavored Markdown, or as HTML. */
function renderInline(nodes, place, lengths) {
	return nodes.map((node) => renderNode(node, place, lengths)).join("");
}
function renderNode(node, place, lengths) {
	switch (node.type) {
		case "text": return place === "html" ? toHtml(node.value, lengths.text) : toMarkdown(node.value, lengths.text);
		case "code": {
			const length = node.whole === true ? inertLength.line : lengths.code;
			return place === "html" ? `<code>${toHtml(node.value, length)}</code>` : toCode(toInertLine(node.value, length), place === "cell");
		}
		case "strong": {
			const inner = renderInline(node.children, place, lengths);
			return place === "html" ? `<b>${inner}</b>` : `**${inner}**`;
		}
		default: {
			const inner = renderInline(node.children, place, lengths);
			const url = toSafeUrl(node.url);
			if (url === void 0) return inner;
			return place === "html" ? `<a href="${url}">${inner}</a>` : `[${inner}](${url})`;
		}
	}
}
/** CommonMark 2.4 and 2.5: punctuation as backslash escapes, what HTML and tables know as character references. */
function toMarkdown(value, length) {
	return defuse(toInertLine(value, length)).replaceAll(/[\\`*_{}[\]#~^$]/g, String.raw`\$&`).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("|", "&#124;").replace(/^( *)([-+])/, String.raw`$1\$2`).replace(/^( *\d+)([.)])(?= |$)/, String.raw`$1\$2`).replace(/^( *)\//, "$1&#47;").replaceAll(/ {2,}/g, " ").replaceAll("​", "&#8203;");
}
function toHtml(value, length) {
	return defuse(toInertLine(value, length)).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("​", "&#8203;");
}
/** A code span (CommonMark 6.1): a fence longer than any run of backticks inside. No forge makes links in it. */
function toCode(line, isInCell) {
	if (line.trim() === "") return "(empty)";
	const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (run) => run[0].length));
	const fence = "`".repeat(longest + 1);
	const padding = /^[ `]|[ `]$/.test(line) ? " " : "";
	const content = isInCell ? line.replaceAll(/\\(?=\|)/g, `\\${"​"}`).replaceAll("|", String.raw`\|`) : line;
	return fence + padding + content + padding + fence;
}
/** Plain http or https without credentials, with everything that could end a link or an attribute percent-encoded. */
function toSafeUrl(url) {
	if (!URL.canParse(url)) return void 0;
	const { protocol, username, password, href } = new URL(url);
	if (protocol !== "https:" && protocol !== "http:" || username !== "" || password !== "") return void 0;
	return href.replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/g, (character) => encodeURIComponent(character).replace("'", "%27")).replaceAll(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// src/render/markdown.ts
const fullDetail = {
	cellLength: 400,
	tableRows: Infinity
};
/** Outside of tables strings have one bound each, whatever the budget. */
const outside = {
	text: inertLength.line,
	code: 160
};
/**
* Blocks as GitHub Flavored Markdown (github.github.com/gfm), each string inert: it can't open or close a structure,
* notify anybody, or load anything. Ends without a line break.
*/
function renderMarkdown(blocks, detail) {
	return blocks.map((block) => renderBlock(block, detail)).join("\n\n");
}
function renderBlock(block, detail) {
	switch (block.type) {
		case "heading": return `${"#".repeat(block.level)} ${renderInline(block.children, "block", outside)}`;
		case "paragraph": return renderInline(block.children, "block", outside);
		case "table": return renderTable(block.columns, block.rows, detail);
		case "details": return `<details><summary>${renderInline(block.summary, "html", outside)}</summary>\n\n${renderMarkdown(block.children, detail)}\n\n</details>`;
		case "code_block": return renderCodeBlock(block.language, block.lines);
		default: return renderMarker(block.name, block.fields);
	}
}
function renderTable(columns, rows, detail) {
	const shown = rows.slice(0, detail.tableRows);
	const lengths = {
		text: detail.cellLength,
		code: detail.cellLength
	};
	const row = (cells) => `| ${cells.join(" | ")} |`;
	const lines = [
		row(columns.map(({ title }) => title)),
		row(columns.map(({ align }) => align === "right" ? "---:" : "---")),
		...shown.map((cells) => row(cells.map((cell) => renderInline(cell, "cell", lengths))))
	];
	const left = rows.length - shown.length;
	if (left > 0) lines.push(row(columns.map((_, index) => index === 1 ? `${left} more, in the envelope` : "")));
	return lines.join("\n");
}
function renderCodeBlock(language, lines) {
	const inert = lines.map((line) => toInertLine(line, inertLength.line));
	const longest = Math.max(3, ...inert.flatMap((line) => Array.from(line.matchAll(/~+/g), (run) => run[0].length)));
	const fence = "~".repeat(longest + 1);
	return [
		`${fence}${language}`,
		...inert,
		fence
	].join("\n");
}
function renderMarker(name, fields) {
	const members = Object.entries(fields).map(([key, value]) => ` ${toMarkerWord(key)}=${toMarkerWord(value)}`);
	return `<!-- ${toMarkerWord(name)}${members.join("")} -->`;
}
/** Letters, digits and a few signs as they are, the rest percent-encoded, so that `-->` cannot come about. */
function toMarkerWord(value) {
	return encodeURIComponent(value.toWellFormed()).replaceAll(/[!'()*~]|-(?=-)|-$/g, toPercent);
}
function toPercent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// src/render/budget.ts
/** Tried in turn; from the second on without optional sections: no failure is shortened for the sake of one. */
const details$1 = [
	fullDetail,
	{
		cellLength: 120,
		tableRows: Infinity
	},
	{
		cellLength: 60,
		tableRows: Infinity
	},
	{
		cellLength: 40,
		tableRows: 400
	},
	{
		cellLength: 40,
		tableRows: 100
	},
	{
		cellLength: 24,
		tableRows: 12
	}
];
/**
* A page of at most `budgetBytes` bytes of UTF-8. What is too much goes in whole sections, lowest `keep` first and the
* last of equals first, and one line says what went; then the strings and tables of what stays get shorter.
* @throws RangeError when the sections that must stay do not fit in their shortest form
*/
function renderWithinBudget(sections, budgetBytes) {
	for (const detail of details$1) {
		const page = renderAt(sections, budgetBytes, detail);
		if (page !== void 0) return page;
	}
	throw new RangeError(`a page of ${budgetBytes} bytes is too small for what must be on it`);
}
function renderAt(sections, budgetBytes, detail) {
	const isShort = detail !== fullDetail;
	const parts = sections.map(({ blocks, keep }) => isShort && keep !== "always" ? "" : `${renderMarkdown(blocks, detail)}\n`);
	const dropped = /* @__PURE__ */ new Set();
	let size = parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0);
	for (const next of toDropOrder(sections)) {
		const note = toNote(sections, dropped, isShort, budgetBytes);
		if (!isShort && size + Buffer.byteLength(note) <= budgetBytes) break;
		dropped.add(next);
		size -= Buffer.byteLength(parts[next] ?? "") + 1;
	}
	const note = toNote(sections, dropped, isShort, budgetBytes);
	const page = `${parts.filter((_, index) => !dropped.has(index)).join("\n")}${note}`;
	return Buffer.byteLength(page) <= budgetBytes ? page : void 0;
}
function toDropOrder(sections) {
	return sections.flatMap(({ keep }, index) => keep === "always" ? [] : [{
		keep,
		index
	}]).toSorted((a, b) => a.keep - b.keep || b.index - a.index).map(({ index }) => index);
}
function toNote(sections, dropped, isShort, budgetBytes) {
	const labels = [...new Set(sections.filter((_, index) => dropped.has(index)).map(({ label }) => label))];
	const changes = [...labels.length === 0 ? [] : [`left out: ${labels.join(", ")}`], ...isShort ? ["texts and tables are shortened"] : []];
	if (changes.length === 0) return "";
	return `\n_To keep this page under ${budgetBytes.toLocaleString("en")} bytes: ${changes.join("; ")}. The envelope and its artifacts have it all._\n`;
}

// src/render/tree.ts
const text = (value) => ({
	type: "text",
	value
});
const code = (value) => ({
	type: "code",
	value
});
const wholeCode = (value) => ({
	type: "code",
	value,
	whole: true
});
const strong = (...children) => ({
	type: "strong",
	children
});
const link$1 = (url, ...children) => url === void 0 ? children : [{
	type: "link",
	url,
	children
}];
const paragraph = (...children) => ({
	type: "paragraph",
	children
});
const details = (summary, children) => ({
	type: "details",
	summary,
	children
});

// src/render/summary-header.ts
const emojis = {
	pass: "✅",
	fail: "❌",
	incomplete: "⚠️",
	waiting: "⏸️"
};
/** The answer, then on what it was given: commit, attempt, matrix leg, time. */
function makeHeader(envelope, verdict, runUrl) {
	const { execution, plan, subject } = envelope;
	const facts = [
		toCommit(envelope),
		...toLeg(subject.meta),
		...runUrl === void 0 ? [] : [link$1(runUrl, text("run"))],
		[text(formatDuration(execution.duration_ms))]
	];
	return [
		{
			type: "heading",
			level: 3,
			children: [text(`${toAnswer(envelope, verdict)} · `), code(plan.name)]
		},
		...toAlarm(verdict),
		paragraph(...facts.flatMap((fact) => [text(" · ")].concat(fact)).slice(1))
	];
}
function toAnswer(envelope, verdict) {
	if (toBrokenAnswers(verdict).length > 0) return "⛔ Do not rely on this: the envelope does not hold";
	const { mood, sentence } = toHeadline(envelope.execution);
	const { meta } = envelope.subject;
	const isFork = meta["pr_from_fork"] === true || meta["mr_from_fork"] === true;
	const isUnsigned = envelope.integrity.signatures.length === 0;
	return `${emojis[mood]} ${sentence}${isFork && isUnsigned ? " · not signed (pull request from a fork)" : ""}`;
}
function toAlarm(verdict) {
	const broken = toBrokenAnswers(verdict);
	if (broken.length === 0) return [];
	const [first] = broken.flatMap(({ problems }) => problems);
	const words = broken.map(({ name }) => name).join(", ");
	const detail = first === void 0 ? [] : [
		text(": "),
		code(first.pointer),
		text(` ${first.message}`)
	];
	return [paragraph(strong(text(words)), ...detail)];
}
function toCommit({ subject }) {
	const { git, meta } = subject;
	if (git === null) return [text("No commit: the workspace is no git checkout")];
	const base = typeof meta["base_ref"] === "string" ? meta["base_ref"] : meta["mr_target_branch"];
	const tested = code(toShortCommit(git.commit_sha));
	const dirty = git.dirty === true ? [text(" with changes that are in no commit")] : [];
	if (git.head_sha === null || git.head_sha === git.commit_sha) {
		const name = git.tag ?? git.branch;
		return [
			text("Commit "),
			tested,
			...name === null ? [] : [text(" of "), code(name)],
			...dirty
		];
	}
	const into = [...typeof base === "string" ? [text(" into "), code(base)] : [], ...git.base_sha === null ? [] : [text(typeof base === "string" ? " " : " into "), code(toShortCommit(git.base_sha))]];
	const how = git.merge_sha === git.commit_sha ? " (tested as merge " : " (tested as ";
	return [
		text("Commit "),
		code(toShortCommit(git.head_sha)),
		text(how),
		tested,
		...into,
		text(")"),
		...dirty
	];
}
function toLeg(meta) {
	const { matrix, run_attempt: attempt, node_index: index, node_total: total } = meta;
	const leg = typeof matrix === "object" ? Object.entries(matrix).map(([key, value]) => `${key}=${value}`) : [];
	return [
		...typeof attempt === "number" ? [[text(`attempt ${attempt}`)]] : [],
		...leg.length === 0 ? [] : [[text("leg "), code(leg.join(", "))]],
		...typeof index === "number" && typeof total === "number" ? [[text(`leg ${index} of ${total}`)]] : []
	];
}

// src/render/summary-seal.ts
/** Limits that each record has, folded away so that those of this run are seen. */
const ofAnyRecord = /* @__PURE__ */ new Set([
	"sandbox",
	"network_blocked",
	"secret_free",
	"deterministic",
	"tests_sufficient",
	"time_self_reported"
]);
/** Which file is the evidence, its digest, how far it carries, and the one command to check it. */
function makeSealLines({ envelope, envelopeSha256, envelopeFileName, envelopeUrl, verdict }) {
	const { artifacts, integrity } = envelope;
	const missing = verdict.complete.answer === "artifacts_missing" ? verdict.complete.artifacts.missing.length : 0;
	return [paragraph(strong(text("Envelope")), text(" "), ...link$1(envelopeUrl, code(envelopeFileName)), text(" · "), wholeCode(`sha256:${envelopeSha256}`), text(" · head "), wholeCode(integrity.head_entry_hash), ...toTrustNodes(toTrust(envelope, verdict)), text(` · ${artifacts.length} ${artifacts.length === 1 ? "artifact" : "artifacts"}`), ...missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]), paragraph(wholeCode(toVerifyCommand(envelope, envelopeFileName)))];
}
function toTrustNodes({ seal, signer }) {
	if (signer === void 0) return [text(` · ${seal}`)];
	return [
		text(` · ${seal}, signed by key `),
		code(signer.key),
		text(` (${signer.check})`)
	];
}
/** What the evidence does not show, and what was replaced in it. */
function makeLimitLines({ claims, redactions, events }) {
	const replaced = redactions.reduce((sum, { match_count }) => sum + match_count, 0);
	const facts = [replaced === 0 ? "nothing was redacted" : `${replaced} ${replaced === 1 ? "value was" : "values were"} redacted`, ...events.dropped === 0 ? [] : [`${events.dropped} events were dropped on the way to the server`]];
	const here = claims.no_claims.filter((claim) => !ofAnyRecord.has(claim));
	const always = claims.no_claims.filter((claim) => ofAnyRecord.has(claim));
	return [
		...here.length === 0 ? [] : [paragraph(strong(text("Does not show:")), text(` ${toNoClaims(here).join("; ")}.`))],
		...always.length === 0 ? [] : [details([text("No record of this kind shows")], [paragraph(text(`${toNoClaims(always).join("; ")}.`))])],
		paragraph(strong(text("Redactions:")), text(` ${facts.join(" · ")}.`))
	];
}
function toVerifyCommand({ subject }, fileName) {
	const repo = subject.repo.name === null ? "" : ` --repo ${toShellWord(subject.repo.name)}`;
	const commit = subject.id === null ? "" : ` --commit ${toShellWord(subject.id)}`;
	return `npx quoderat verify ${toShellWord(fileName)}${repo}${commit}`;
}

// src/render/summary-steps.ts
const columns = [
	{ title: "" },
	{ title: "Step" },
	{ title: "Kind" },
	{ title: "Result" },
	{
		title: "Time",
		align: "right"
	},
	{ title: "Evidence" }
];
/** Artifacts that one row names, and failed steps whose output is quoted. */
const evidencePerRow = 3;
const excerptSteps = 5;
/** What did not pass, worst first; nothing when all did. */
function makeTroubleTable(steps, artifacts, remarks) {
	const rows = steps.filter(({ status }) => status !== "success").toSorted((a, b) => toRank(a) - toRank(b));
	return rows.length === 0 ? [] : [makeTable(rows, artifacts, remarks)];
}
/** The passed steps, folded. */
function makePassedTable(steps, artifacts, remarks) {
	const rows = steps.filter(({ status }) => status === "success");
	if (rows.length === 0) return [];
	return [details([text(`${rows.length} ${rows.length === 1 ? "step" : "steps"} passed`)], [makeTable(rows, artifacts, remarks)])];
}
/** The warnings of the steps, by step. */
function makeWarningsTable(steps) {
	const rows = steps.flatMap(({ id, warnings }) => warnings.map((warning) => [[code(id)], [text(warning)]]));
	if (rows.length === 0) return [];
	return [{
		type: "table",
		columns: [{ title: "Step" }, { title: "Warning" }],
		rows
	}];
}
/** The ends of the outputs of failed steps, a block for each step and stream, for as many as texts are given. */
function makeExcerpts(steps, excerpts) {
	return steps.filter((step) => isFailure(step) || step.status === "aborted").toSorted((a, b) => toRank(a) - toRank(b)).slice(0, excerptSteps).flatMap((step) => ["stderr", "stdout"].flatMap((stream) => {
		const lines = toInertTail(toExcerpt(excerpts, step[`${stream}_artifact_id`]));
		if (lines.length === 0) return [];
		const shown = lines.length < inertLength.excerptLines ? stream : `last ${lines.length} lines of ${stream}`;
		return [details([strong(text(step.id)), text(`: ${shown}`)], [{
			type: "code_block",
			language: "text",
			lines
		}])];
	}));
}
function toExcerpt(excerpts, artifactId) {
	return artifactId !== null && Object.hasOwn(excerpts, artifactId) ? excerpts[artifactId] ?? "" : "";
}
function makeTable(steps, artifacts, remarks) {
	return {
		type: "table",
		columns,
		rows: steps.map((step) => [
			[text(toStepWord(step).emoji)],
			toName(step),
			[text(step.kind)],
			toResult(step, remarks.get(step.id) ?? ""),
			[text(step.attempt === 0 ? "–" : formatDuration(step.duration_ms))],
			toEvidence(step, artifacts)
		])
	};
}
function toName({ id, name }) {
	return name === id || name === "" ? [code(id)] : [code(id), text(` ${name}`)];
}
function toResult(step, remark) {
	const reason = toReason(step) || remark;
	const warnings = step.warnings.length;
	const notes = [
		...step.max_attempts > 1 && step.attempt > 0 ? [`attempt ${step.attempt} of ${step.max_attempts}`] : [],
		...warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`],
		...step.output_complete || step.attempt === 0 ? [] : ["output incomplete"]
	];
	return [
		strong(text(toStepWord(step).word)),
		...reason === "" ? [] : [text(`: ${reason}`)],
		...notes.length === 0 ? [] : [text(` · ${notes.join(" · ")}`)]
	];
}
function toEvidence(step, artifacts) {
	const telling = [
		...step.report_artifact_ids,
		step.stderr_artifact_id,
		step.stdout_artifact_id,
		...step.output_artifact_ids
	].flatMap((id) => id === null ? [] : artifacts.get(id) ?? []).filter(({ size_bytes }) => size_bytes > 0);
	const shown = telling.slice(0, evidencePerRow);
	const left = telling.length - shown.length;
	if (shown.length === 0) return [text("–")];
	return [...shown.flatMap(({ kind, sha256 }, index) => [text(index === 0 ? `${kind} ` : ` ${kind} `), code(toShortDigest(sha256))]), text(left > 0 ? ` and ${left} more` : "")];
}
function toRank(step) {
	if (isFailure(step)) return step.continue_on_error ? 4 : 0;
	if (step.status === "aborted") return 1;
	return step.status === "waiting" ? 2 : 3;
}

// src/render/summary.ts
/**
* The page that a reviewer reads, as GitHub Flavored Markdown: first whether it passed, then what did not, then how to
* check it. Everything in the envelope is taken for a stranger's text.
* @throws RangeError when budgetBytes is too small for what must be on the page
*/
function renderSummary(options) {
	const { envelope, verdict } = options;
	const links = {
		run: void 0,
		envelope: void 0,
		...options.links
	};
	const { steps } = envelope.execution;
	const artifacts = new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact]));
	const remarks = toStepRemarks(envelope);
	const sections = [
		{
			keep: "always",
			label: "header",
			blocks: makeHeader(envelope, verdict, links.run)
		},
		{
			keep: "always",
			label: "failures",
			blocks: makeTroubleTable(steps, artifacts, remarks)
		},
		...makeExcerpts(steps, { ...options.excerpts }).map((block) => ({
			keep: 30,
			label: "excerpts",
			blocks: [block]
		})),
		{
			keep: 40,
			label: "approvals",
			blocks: makeGates(envelope)
		},
		{
			keep: 20,
			label: "warnings",
			blocks: makeWarningsTable(steps)
		},
		{
			keep: 15,
			label: "observations",
			blocks: makeObservations(envelope)
		},
		{
			keep: 10,
			label: "passed steps",
			blocks: makePassedTable(steps, artifacts, remarks)
		},
		{
			keep: "always",
			label: "limits",
			blocks: makeLimitLines(envelope)
		},
		{
			keep: "always",
			label: "envelope",
			blocks: makeSealLines({
				...options,
				envelopeUrl: links.envelope
			})
		}
	];
	return renderWithinBudget(sections.filter(({ blocks }) => blocks.length > 0), options.budgetBytes);
}
function makeGates({ gates }) {
	if (gates.length === 0) return [];
	const titles = [
		"Approval",
		"Decision",
		"By",
		"At",
		"Reason"
	];
	const rows = gates.map(({ step_id, decision, by, at, reason }) => [
		[code(step_id)],
		[text(decision)],
		[text(by ?? "–")],
		[text(at ?? "–")],
		[text(reason)]
	]);
	return [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}];
}
function makeObservations({ observations }) {
	if (observations.length === 0) return [];
	const titles = [
		"Observation",
		"What",
		"Basis"
	];
	const rows = observations.map(({ type, summary, informational, basis_artifact_ids: basis }) => [
		[code(type)],
		[text(summary)],
		[text(informational ? "none: a remark" : `${basis.length} ${basis.length === 1 ? "artifact" : "artifacts"}`)]
	]);
	const count = observations.length === 1 ? "1 observation" : `${observations.length} observations`;
	return [details([text(count)], [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}])];
}

// src/publish/files/read-tail.ts
/**
* The end of a text file, from the beginning of a line; null when it can't be read.
* @param bytes at most so much of it is read
*/
async function readTail(path, bytes) {
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const file = _usingCtx$1.a(await open(path));
			const { size } = await file.stat();
			const start = Math.max(0, size - bytes);
			const buffer = Buffer.alloc(Math.min(size, bytes));
			const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
			const text = buffer.toString("utf8", 0, bytesRead);
			return start === 0 ? {
				text,
				truncated: false
			} : {
				text: text.slice(text.indexOf("\n") + 1),
				truncated: true
			};
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch {
		return null;
	}
}

// src/publish/files/excerpts.ts
/** Of one output, and steps whose output is read. The page shows less of both. */
const TAIL_BYTES = 16384;
const STEPS = 10;
/**
* The ends of what the steps that did not pass wrote, by artifact id. They passed the redactor before they were kept.
* An output that can't be read is left out.
*/
async function readExcerpts(dir, { execution, artifacts }) {
	const failed = execution.steps.filter((step) => isFailure(step) || step.status === "aborted").slice(0, STEPS);
	const wanted = new Set(failed.flatMap((step) => [step.stdout_artifact_id, step.stderr_artifact_id]));
	const found = artifacts.filter(({ id, size_bytes: size }) => wanted.has(id) && size > 0);
	const texts = await Promise.all(found.map(async ({ id, sha256 }) => {
		return [id, (await readTail(join(dir, evidenceFiles.artifacts, sha256), TAIL_BYTES))?.text ?? ""];
	}));
	return Object.fromEntries(texts);
}

export { readTail as n, renderSummary as r, readExcerpts as t };