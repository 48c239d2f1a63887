import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { n as toBrokenAnswers, r as toHeadline } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as toShortCommit, r as toShortDigest, t as toPhrase } from "./change-phrases-BkIt82a1.js";
import { n as toNoClaims, t as toTrust } from "./trust-BQvdhh-R.js";
import { c as testsValue, i as findingsValue, n as coverageValue, o as observationValues, t as coverageMetricNames } from "./observation-DZkPMKXb.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { a as paragraph, c as wholeCode, d as usualLengths, i as link, l as fullDetail, n as details$1, o as strong, r as dotted, s as text, t as code, u as renderMarkdown } from "./tree-DXwFO1HV.js";

// src/render/readings.ts
const toTestsReadings = (from) => toReadings(from, "tests", testsValue);
const toFindingsReadings = (from) => toReadings(from, "findings", findingsValue);
const toCoverageReadings = (from) => toReadings(from, "coverage", coverageValue);
/** Observations of one type whose value has the shape that this version knows. */
function toReadings({ envelope, artifacts }, type, schema) {
	return envelope.observations.flatMap((observation) => {
		if (observation.type !== type) return [];
		const parsed = schema.safeParse(observation.value);
		if (!parsed.success) return [];
		const basis = observation.basis_artifact_ids.flatMap((id) => artifacts.get(id) ?? []);
		const stepIds = [...new Set(basis.flatMap(({ step_id: id }) => id === null ? [] : [id]))];
		return [{
			observation,
			value: parsed.data,
			basis,
			stepIds
		}];
	});
}
/** Observations of other types, or of a shape that this version does not know: their summary is what can be shown. */
function toOtherObservations({ observations }) {
	return observations.filter(({ type, value }) => {
		const known = Object.entries(observationValues).find(([name]) => name === type);
		return known === void 0 || !known[1].safeParse(value).success;
	});
}

// src/render/counts.ts
/** `1,204`. By hand, since the first use of Intl takes tens of milliseconds of each run. */
function formatCount(count) {
	return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
/** `1 test`, `1,204 tests`. */
function toCount(count, one, many = `${one}s`) {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

// src/render/budget.ts
/** Tried in turn, until what must stay fits: it is never shortened for the sake of what may go. */
const details = [
	fullDetail,
	{
		cellLength: 120,
		tableRows: Infinity,
		outside: usualLengths
	},
	{
		cellLength: 60,
		tableRows: Infinity,
		outside: usualLengths
	},
	{
		cellLength: 40,
		tableRows: 400,
		outside: usualLengths
	},
	{
		cellLength: 40,
		tableRows: 100,
		outside: usualLengths
	},
	{
		cellLength: 24,
		tableRows: 12,
		outside: usualLengths
	},
	{
		cellLength: 24,
		tableRows: 6,
		outside: {
			text: 300,
			code: 60
		}
	},
	{
		cellLength: 16,
		tableRows: 3,
		outside: {
			text: 160,
			code: 30
		}
	}
];
/**
* A page of at most `budgetBytes` bytes of UTF-8. What is too much goes in whole sections, lowest `keep` first and the
* last of equals first, and one line says what went; then the strings and tables of what stays get shorter.
* @throws RangeError when the sections that must stay do not fit in their shortest form
*/
function renderWithinBudget(sections, budgetBytes) {
	for (const detail of details) {
		const page = renderAt(sections, budgetBytes, detail);
		if (page !== void 0) return page;
	}
	throw new RangeError(`a page of ${budgetBytes} bytes is too small for what must be on it`);
}
function renderAt(sections, budgetBytes, detail) {
	const isShort = detail !== fullDetail;
	const render = ({ blocks }) => `${renderMarkdown(blocks, detail)}\n`;
	const always = sections.filter(({ keep }) => keep === "always").map(render);
	if (toBytes(always) > budgetBytes) return void 0;
	const parts = sections.map((section) => section.keep === "always" ? always.shift() ?? "" : render(section));
	const dropped = /* @__PURE__ */ new Set();
	let size = toBytes(parts);
	for (const next of toDropOrder(sections)) {
		if (size + Buffer.byteLength(toNote(sections, dropped, isShort, budgetBytes)) <= budgetBytes) break;
		dropped.add(next);
		size -= toBytes([parts[next] ?? ""]);
	}
	const note = toNote(sections, dropped, isShort, budgetBytes);
	const page = `${parts.filter((_, index) => !dropped.has(index)).join("\n")}${note}`;
	return Buffer.byteLength(page) <= budgetBytes ? page : void 0;
}
/** With the line break that joins each to the next. */
function toBytes(parts) {
	return parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0);
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
	return `\n_To keep this page under ${formatCount(budgetBytes)} bytes: ${changes.join("; ")}. The envelope and its artifacts have it all._\n`;
}

// src/render/summary-facts.ts
/**
* @param comparison with the envelope as its `after`: what src/compare makes of the base's envelope and this one
*/
function toFacts(envelope, comparison) {
	const artifacts = new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact]));
	const steps = new Map(envelope.execution.steps.map((step) => [step.id, step]));
	const source = {
		envelope,
		artifacts
	};
	const isLast = ({ basis }) => !basis.some((artifact) => isOfEarlierAttempt(artifact, steps));
	return {
		envelope,
		artifacts,
		steps,
		tests: toTestsReadings(source).filter(isLast),
		findings: toFindingsReadings(source).filter(isLast),
		coverage: toCoverageReadings(source).filter(isLast),
		changes: comparison?.changes ?? null
	};
}
/** A retry makes what an earlier attempt reported no news: it is in the envelope, and not on the page. */
function isOfEarlierAttempt({ id, step_id }, steps) {
	const step = step_id === null ? void 0 : steps.get(step_id);
	if (step === void 0 || step.report_artifact_ids.includes(id)) return false;
	return step.attempts.some(({ report_artifact_ids: ids }) => ids.includes(id));
}
/** A reading as a comparison names it (`subject` of its changes; src/compare/readings.ts): the step and its reports. */
function toSubject({ basis }) {
	return `${basis[0]?.step_id ?? "run"}: ${basis.map(({ name }) => name).join(", ")}`;
}
/** A test as a page and a comparison name it. */
function toTestName({ suite, name }) {
	return [...suite, name].join(" › ");
}
/** A finding as a comparison names it (src/compare/observations.ts). */
function toFindingName({ rule_id: rule, level, message, uri, start_line: line }) {
	return `${level} ${rule}${uri === void 0 ? "" : ` ${uri}${line === void 0 ? "" : `:${line}`}`}: ${message.split("\n")[0] ?? ""}`;
}
/** `src/cart.ts:12`; empty when the report does not say. */
function toPlace(file, line) {
	if (file === void 0 || file === "") return "";
	return line === void 0 ? file : `${file}:${line}`;
}

// src/render/reading-remarks.ts
/**
* What the reports of steps say, by step id, in a few words: `3 of 412 tests failed (0 on the base)`, `12 findings, 2 of
* them new`, `lines 84.1 % (+0.3)`. The words are ours, the figures a stranger's.
*/
function toReadingRemarks(facts) {
	const { changes } = facts;
	const said = [
		...facts.tests.map((reading) => [reading, toTestsRemark(reading, changes)]),
		...facts.findings.map((reading) => [reading, toFindingsRemark(reading, changes)]),
		...facts.coverage.map((reading) => [reading, toCoverageRemark(reading, changes)])
	];
	const remarks = /* @__PURE__ */ new Map();
	for (const [{ stepIds }, remark] of said) {
		if (remark === "") continue;
		for (const id of stepIds) remarks.set(id, remarks.has(id) ? `${remarks.get(id)} · ${remark}` : remark);
	}
	return remarks;
}
/** Whether a base has the report of a reading too, so that equal figures mean that nothing changed. */
function isCompared(reading, changes) {
	return changes !== null && findChange(changes, "report_read", toSubject(reading)) === void 0;
}
/** Changes of one kind in what a reading says. */
function toChangesOf(changes, code, subject) {
	return (changes ?? []).filter((change) => change.code === code && change.subject === subject);
}
/** `+0.3`, `−2`; empty when equal. With a minus sign that is no hyphen, which a line could break at. */
function toSigned(difference) {
	const rounded = Math.round(difference * 100) / 100;
	if (rounded === 0) return "";
	return `${rounded > 0 ? "+" : "−"}${formatCount(Math.abs(rounded))}`;
}
/** `84.1 %`, rounded down: 100 means all. */
function toPercent(percent) {
	return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
}
function findChange(changes, code, subject) {
	return changes.find((change) => change.code === code && change.subject === subject);
}
function toTestsRemark(reading, changes) {
	const { tests, failed, flaky, skipped, pending, problems, problems_left_out: left } = reading.value;
	const beside = problems.length + left;
	const notes = [
		...beside > 0 ? [`${toCount(beside, "problem")} beside them`] : [],
		...flaky > 0 ? [`${flaky} flaky`] : [],
		...skipped + pending > 0 ? [`${formatCount(skipped + pending)} skipped`] : []
	];
	return [failed > 0 ? `${formatCount(failed)} of ${toCount(tests, "test")} failed${toBaseFailures(reading, changes)}` : toCount(tests, "test"), ...notes].join(", ");
}
function toBaseFailures(reading, changes) {
	if (!isCompared(reading, changes)) return "";
	const change = findChange(changes, "tests_failed", toSubject(reading));
	return change === void 0 ? " (as many on the base)" : ` (${Number(change.before)} on the base)`;
}
function toFindingsRemark(reading, changes) {
	const { total, by_level: levels } = reading.value;
	const fresh = toChangesOf(changes, "finding_new", toSubject(reading)).length;
	const errors = levels.error > 0 ? `, ${toCount(levels.error, "error")}` : "";
	return `${total === 0 ? "no findings" : toCount(total, "finding")}${errors}${fresh > 0 ? `, ${fresh} new` : ""}`;
}
function toCoverageRemark(reading, changes) {
	const name = coverageMetricNames.find((metric) => reading.value[metric] !== void 0);
	const percent = name === void 0 ? void 0 : reading.value[name]?.percent;
	if (name === void 0 || percent === void 0) return "";
	const change = changes && findChange(changes, "coverage", `${toSubject(reading)} (${name})`);
	const difference = change ? toSigned(Number(change.after) - Number(change.before)) : "";
	return `${name} covered ${toPercent(percent)}${difference === "" ? "" : ` (${difference})`}`;
}

// src/render/message-lines.ts
const maxLines = 8;
/** A shorter line stands in others by chance. */
const repeatLength = 12;
/**
* The line by which a message is known: its first that says anything, with the next one where it only announces that
* (`Expected values to be strictly equal:`).
*/
function toFirstLine(message) {
	const [first = "", second] = toLines(message).filter((line) => line.trim() !== "");
	return first.trimEnd().endsWith(":") && second !== void 0 ? `${first.trim()} ${second.trim()}` : first.trim();
}
/** A message whole, as inert lines, where it has more to say than its first line; else none. */
function toMoreLines(message, width) {
	const lines = withoutRepeats(toLines(message));
	const telling = lines.filter((line) => line.trim() !== "");
	const first = toFirstLine(message);
	if (telling.map((line) => line.trim()).join(" ") === first) return [];
	const shown = lines.slice(0, maxLines).map((line) => toInertLine(line.replaceAll("	", "    "), width));
	return lines.length > maxLines ? [...shown, "…"] : shown;
}
/** Up to where a tool says the same once more, as stacks and inspected errors do. */
function withoutRepeats(lines) {
	const first = lines.find((line) => line.trim() !== "")?.trim() ?? "";
	const again = lines.findIndex((line, index) => index > 0 && line.trim() !== first && line.includes(first));
	const kept = first.length < repeatLength || again < 0 ? lines : lines.slice(0, again);
	while (kept.at(-1)?.trim() === "") kept.pop();
	return kept;
}
/** Of what may be a megabyte the beginning is enough. */
function toLines(message) {
	const lines = message.slice(0, 8192).split(/\r\n|[\n\r]/);
	while (lines.at(-1)?.trim() === "") lines.pop();
	return lines;
}

// src/render/row-sections.ts
/** A table whose first rows are seen at once, some more of them behind a fold, and the rest counted. */
function makeRowSections({ titles, rows, total, open, folded, keep, label, one }) {
	const columns = titles.map((title) => ({ title }));
	const first = rows.slice(0, open);
	const more = rows.slice(open, open + folded);
	const left = Math.max(total, rows.length) - first.length - more.length;
	const counted = [[text(`${formatCount(left)} more, in the envelope`)], ...columns.slice(1).map(() => [])];
	const withCount = (part) => ({
		type: "table",
		columns,
		rows: left > 0 ? [...part, counted] : part,
		reserved: left > 0 ? 1 : 0
	});
	if (more.length === 0) return [{
		keep,
		label,
		blocks: [withCount(first)]
	}];
	return [{
		keep,
		label,
		blocks: [{
			type: "table",
			columns,
			rows: first
		}]
	}, {
		keep: keep - 1,
		label: `more ${label}`,
		blocks: [details$1([text(`${more.length} more ${more.length === 1 ? one : `${one}s`}`)], [withCount(more)])]
	}];
}

// src/render/summary-header.ts
/** Symbols of the answers; a word beside each says the same. */
const emojis = {
	pass: "✅",
	fail: "❌",
	incomplete: "⚠️",
	waiting: "⏸️"
};
/** The answer, then on what it was given: commit, attempt, matrix leg, time. */
function makeHeader(options) {
	const { envelope, verdict, level, isSigned } = options;
	const answer = toAnswer(envelope, verdict, isSigned);
	return [
		{
			type: "heading",
			level,
			children: [text(`${answer} · `), code(envelope.plan.name)]
		},
		...toAlarm(verdict),
		makeSubjectLine(options)
	];
}
/** A page that a later one has taken the place of: by what, and what it said. */
function makeSupersededHeader(options, by) {
	const { envelope, verdict, level, isSigned } = options;
	const successor = by.by_commit === void 0 ? [text(by.by_attempt === void 0 ? "a later run" : `attempt ${by.by_attempt}`)] : [
		text("commit "),
		code(toShortCommit(by.by_commit)),
		text(by.by_attempt === void 0 ? "" : `, attempt ${by.by_attempt}`)
	];
	return [
		{
			type: "heading",
			level,
			children: [
				text("⏭️ Superseded by "),
				...successor,
				text(" · "),
				code(envelope.plan.name)
			]
		},
		paragraph(text(`It said: ${toAnswer(envelope, verdict, isSigned)}`)),
		...toAlarm(verdict),
		makeSubjectLine(options)
	];
}
function makeSubjectLine({ envelope, runUrl }) {
	const facts = [
		toCommit(envelope),
		...toLeg(envelope.subject.meta),
		...runUrl === void 0 ? [] : [link(runUrl, text("run"))],
		[text(formatDuration(envelope.execution.duration_ms))]
	];
	return paragraph(...dotted(facts));
}
function toAnswer(envelope, verdict, isSigned) {
	if (toBrokenAnswers(verdict).length > 0) return "⛔ Do not rely on this: the envelope does not hold";
	const { mood, sentence } = toHeadline(envelope.execution);
	const { meta } = envelope.subject;
	const isFork = meta["pr_from_fork"] === true || meta["mr_from_fork"] === true;
	return `${emojis[mood]} ${sentence}${isFork && !isSigned ? " · not signed (pull request from a fork)" : ""}`;
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

// src/render/step-cells.ts
/** The columns of a table of steps, as `toStepCells` fills them. */
const stepColumns = [
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
/** Artifacts that one row names. */
const evidencePerRow = 3;
/** A step as a row; `remark` is what was seen of it beside its outcome. */
function toStepCells(step, artifacts, remark) {
	return [
		[text(toStepWord(step).emoji)],
		toName(step),
		[text(step.kind)],
		toResult(step, remark),
		[text(step.attempt === 0 ? "–" : toUnbroken(formatDuration(step.duration_ms)))],
		toEvidence(step, artifacts)
	];
}
/** With spaces at which no line is broken. */
function toUnbroken(words) {
	return words.replaceAll(" ", "\xA0");
}
function toName({ id, name }) {
	return name === id || name === "" ? [code(id)] : [code(id), text(` ${name}`)];
}
function toResult(step, remark) {
	const reasons = [remark, toReason(step)].filter((part) => part !== "");
	const warnings = step.warnings.length;
	const notes = [
		...step.max_attempts > 1 && step.attempt > 0 ? [`attempt ${step.attempt} of ${step.max_attempts}`] : [],
		...warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`],
		...step.output_complete || step.attempt === 0 ? [] : ["output incomplete"]
	];
	return [
		strong(text(toStepWord(step).word)),
		...reasons.map((reason, index) => text(`${index === 0 ? ": " : " · "}${reason}`)),
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

// src/render/summary-seal.ts
const repoLength = 300;
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
function makeSealLines(seal) {
	const { envelope, envelopeSha256, envelopeFileName, envelopeUrl, verdict, signing } = seal;
	const { artifacts, integrity } = envelope;
	const missing = verdict.complete.answer === "artifacts_missing" ? verdict.complete.artifacts.missing.length : 0;
	return [
		paragraph(strong(text("Envelope")), text(" "), ...link(envelopeUrl, code(envelopeFileName)), text(" · "), wholeCode(`sha256:${envelopeSha256}`), text(" · head "), wholeCode(integrity.head_entry_hash), text(` · ${artifacts.length} ${artifacts.length === 1 ? "artifact" : "artifacts"}`), ...missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]),
		paragraph(strong(text("Trust:")), text(" "), ...toTrustNodes(toTrust(envelope, verdict), signing)),
		makeCommand(toVerifyCommand(envelopeFileName, toChecked(envelope)))
	];
}
/** Other ways to check, folded. Nothing in them is fetched from Quoderat. */
function makeOtherChecks({ envelope, envelopeSha256, envelopeFileName, signing }) {
	const file = toShellWord(envelopeFileName);
	const repo = toRepo(envelope.subject.repo.name);
	const keyless = signing?.state === "keyless" ? [
		"",
		"# the keyless signature: made by this workflow, and logged in public or by the forge",
		`npx quoderat verify ${file} ${toBundle(signing)} --fetch-trusted-root --identity ${toShellWord(signing.identity)} --issuer ${toShellWord(signing.issuer)}`,
		...envelope.subject.source === "github" && repo !== "" ? [`gh attestation verify ${file}${repo}${toGhBundle(signing)} --predicate-type ${predicateType}`] : []
	] : [];
	const lines = [
		"# the digest: the same as above, and as the forge shows of the upload",
		`echo ${toShellWord(`${envelopeSha256}  ${envelopeFileName}`)} | sha256sum --check`,
		...keyless
	];
	return [details$1([text("Check it yourself")], [{
		type: "code_block",
		language: "sh",
		lines
	}])];
}
/** Of the statement (docs/envelope.md, section 7), which `gh` has to be told: it looks for another by default. */
const predicateType = "https://quoderat.io/evidence-envelope/v1";
function toBundle({ bundleFileName: name }) {
	return name === void 0 ? "--sigstore" : `--sigstore-bundle ${toShellWord(name)}`;
}
function toGhBundle({ bundleFileName: name }) {
	return name === void 0 ? "" : ` --bundle ${toShellWord(name)}`;
}
/** The weakest word first, then by whom. */
function toTrustNodes({ level, seal, signer }, signing) {
	const keyless = signing?.state === "keyless" ? [
		text("keyless through Sigstore as "),
		code(signing.identity),
		text(" by "),
		code(signing.issuer)
	] : [];
	const failed = signing?.state === "failed" ? [text(` · keyless signing failed: ${signing.reason}`)] : [];
	if (signer !== void 0) {
		const key = [
			text("by key "),
			code(signer.key),
			text(` (${signer.check})`)
		];
		return [
			...level === "server sealed" ? [
				strong(text(level)),
				text(", signed "),
				...key
			] : [
				strong(text(level)),
				text(" "),
				...key,
				text(`, ${seal}`)
			],
			...keyless.length > 0 ? [text("; also "), ...keyless] : [],
			...failed
		];
	}
	if (keyless.length > 0) return [
		strong(text("signed")),
		text(" "),
		...keyless,
		text(`, ${seal.replace(/^hash only: |, not signed$/g, "")}`)
	];
	return [
		strong(text("hash only")),
		text(seal.slice(9)),
		...failed
	];
}
/**
* What the evidence does not show, and what was replaced in it. That the envelope is not signed is no limit where the
* statement about it is, which the envelope can't know of.
*/
function makeLimitLines({ claims, redactions, events }, signing) {
	const replaced = redactions.reduce((sum, { match_count }) => sum + match_count, 0);
	const facts = [replaced === 0 ? "nothing was redacted" : `${replaced} ${replaced === 1 ? "value was" : "values were"} redacted`, ...events.dropped === 0 ? [] : [`${events.dropped} events were dropped on the way to the server`]];
	const isOvertaken = (claim) => claim === "unsigned" && signing?.state === "keyless";
	const here = claims.no_claims.filter((claim) => !ofAnyRecord.has(claim) && !isOvertaken(claim));
	return [...here.length === 0 ? [] : [paragraph(strong(text("Does not show:")), text(` ${toNoClaims(here).join("; ")}.`))], paragraph(strong(text("Redactions:")), text(` ${facts.join(" · ")}.`))];
}
/** What no evidence of this kind shows, folded. */
function makeUsualLimits({ claims }) {
	const always = claims.no_claims.filter((claim) => ofAnyRecord.has(claim));
	if (always.length === 0) return [];
	return [details$1([text("No record of this kind shows")], [paragraph(text(`${toNoClaims(always).join("; ")}.`))])];
}
/** The one command that checks a file, offline. */
function toVerifyCommand(fileName, { repo, commit }) {
	const of = commit === null ? "" : ` --commit ${toShellWord(commit)}`;
	return `npx quoderat verify ${toShellWord(fileName)}${toRepo(repo)}${of}`;
}
/** A command by itself, which forges give a button that copies it. */
function makeCommand(command) {
	return {
		type: "code_block",
		language: "sh",
		lines: [command]
	};
}
/** The repository and commit of an envelope. */
function toChecked({ subject }) {
	return {
		repo: subject.repo.name,
		commit: subject.id
	};
}
/** A name longer than any forge has is no repository's, and cut it would be another's. */
function toRepo(name) {
	return name === null || name.length > repoLength ? "" : ` --repo ${toShellWord(name)}`;
}

// src/lib/group-by.ts
/** Values by key, both in order of first appearance. Map.groupBy, which Node 20 does not have. */
function groupBy(values, toKey) {
	const groups = /* @__PURE__ */ new Map();
	for (const value of values) {
		const key = toKey(value);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [value]);
		else group.push(value);
	}
	return groups;
}

// src/render/summary-totals.ts
/** Coverage reports that the line names, and differences that the fold lists. */
const coverageShown = 3;
const changesShown = 40;
/**
* Tests, findings and coverage of the run in one line, each with what is different from the base:
* `412 tests, 3 failed (+3), 2 skipped · 12 findings (2 new, 1 fixed) · lines covered 84.1 % (+0.3)`.
*/
function makeTotals(facts, comparison) {
	const parts = [
		...toTestsTotal(facts),
		...toFindingsTotal(facts),
		...toCoverageTotal(facts)
	];
	if (parts.length === 0) return [];
	return [paragraph(...dotted(parts), ...toBase(comparison))];
}
/** What else is different from the base, folded: names of tests and findings, coverage. */
function makeDeltaDetails({ changes }, comparison) {
	const told = (changes ?? []).filter(({ area, code }) => areas.has(area) && !totals.has(code));
	const lines = (comparison?.notes ?? []).map((note) => [text(note)]);
	if (told.length + lines.length === 0) return [];
	const rows = told.slice(0, changesShown).map((change) => toRow(change));
	const left = told.length - rows.length;
	const table = {
		type: "table",
		columns: [
			{ title: "" },
			{ title: "Report" },
			{ title: "Against the base" }
		],
		rows: left > 0 ? [...rows, [
			[],
			[text(`${left} more, told by quoderat diff`)],
			[]
		]] : rows
	};
	const summary = toCount(told.length, "difference to the base", "differences to the base");
	return [details$1([text(summary)], [...rows.length > 0 ? [table] : [], ...lines.map((line) => paragraph(...line))])];
}
/** Why there are no differences where a base was given. */
function makeBaseNote(comparison) {
	if (comparison === void 0 || comparison.changes !== null) return [];
	return [paragraph(strong(text("Not compared with the base:")), text(" one of the two envelopes is not intact."))];
}
const areas = /* @__PURE__ */ new Set([
	"tests",
	"findings",
	"coverage"
]);
const totals = /* @__PURE__ */ new Set([
	"tests_total",
	"tests_failed",
	"tests_skipped",
	"findings_total"
]);
const senses = {
	worse: "❌\xA0worse",
	better: "✅\xA0better",
	neutral: "–\xA0neither"
};
function toRow({ code: changeCode, subject, before, after, sense }) {
	const phrase = toPhrase(changeCode, toValue(changeCode, before), toValue(changeCode, after));
	return [
		[text(senses[sense])],
		[code(subject ?? "run")],
		[text(phrase)]
	];
}
function toValue(changeCode, value) {
	if (value === null) return "none";
	return changeCode === "coverage" ? `${value} %` : String(value);
}
function toTestsTotal({ tests, changes }) {
	if (tests.length === 0) return [];
	const sum = (name) => tests.reduce((total, { value }) => total + value[name], 0);
	const delta = (name) => toDelta(tests, changes, name);
	const skipped = sum("skipped") + sum("pending");
	const words = [
		`${toCount(sum("tests"), "test")}${delta("tests_total")}`,
		`${formatCount(sum("failed"))} failed${delta("tests_failed")}`,
		...sum("flaky") > 0 ? [`${formatCount(sum("flaky"))} flaky`] : [],
		...skipped > 0 ? [`${formatCount(skipped)} skipped${delta("tests_skipped")}`] : []
	];
	return [[text(words.join(", "))]];
}
function toFindingsTotal({ findings, changes }) {
	if (findings.length === 0) return [];
	const total = findings.reduce((sum, { value }) => sum + value.total, 0);
	const errors = findings.reduce((sum, { value }) => sum + value.by_level.error, 0);
	const count = (name) => findings.reduce((sum, reading) => sum + toChangesOf(changes, name, toSubject(reading)).length, 0);
	const notes = [...errors > 0 ? [toCount(errors, "error")] : [], ...findings.some((reading) => isCompared(reading, changes)) ? [`${count("finding_new")} new`, `${count("finding_gone")} fixed`] : []];
	return [[text(`${toCount(total, "finding")}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`)]];
}
function toCoverageTotal({ coverage, changes }) {
	const told = coverage.flatMap((reading) => toCoverageWords(reading, changes, coverage.length > 1));
	const left = told.length - coverageShown;
	return [...told.slice(0, coverageShown), ...left > 0 ? [[text(`${left} more coverage reports`)]] : []];
}
function toCoverageWords(reading, changes, isOneOfMany) {
	const name = coverageMetricNames.find((metric) => reading.value[metric] !== void 0);
	const percent = name === void 0 ? void 0 : reading.value[name]?.percent;
	if (name === void 0 || percent === void 0) return [];
	const delta = toDelta([reading], changes, "coverage", ` (${name})`);
	const of = isOneOfMany && reading.stepIds[0] !== void 0 ? [text(" by "), code(reading.stepIds[0])] : [];
	return [[text(`${name} covered ${toPercent(percent)}${delta}`), ...of]];
}
/** By how much readings differ in sum from those of the base; empty where they do not, or nothing was compared. */
function toDelta(readings, changes, name, suffix = "") {
	const differences = readings.flatMap((reading) => toChangesOf(changes, name, `${toSubject(reading)}${suffix}`).map(({ before, after }) => Number(after) - Number(before)));
	const signed = toSigned(differences.reduce((sum, difference) => sum + difference, 0));
	return signed === "" ? "" : ` (${signed})`;
}
function toBase(comparison) {
	if (comparison === void 0 || comparison.changes === null) return [];
	const { commit_sha: commit } = comparison.before;
	return commit === null ? [text(" · against the base")] : [text(" · against base "), code(toShortCommit(commit))];
}

export { renderWithinBudget as A, toChangesOf as C, toPlace as D, toFindingName as E, toOtherObservations as F, toTestsReadings as I, toCount as M, toCoverageReadings as N, toSubject as O, toFindingsReadings as P, isCompared as S, toFacts as T, makeHeader as _, makeCommand as a, toFirstLine as b, makeSealLines as c, toTrustNodes as d, toVerifyCommand as f, emojis as g, toUnbroken as h, groupBy as i, formatCount as j, toTestName as k, makeUsualLimits as l, toStepCells as m, makeDeltaDetails as n, makeLimitLines as o, stepColumns as p, makeTotals as r, makeOtherChecks as s, makeBaseNote as t, toChecked as u, makeSupersededHeader as v, toReadingRemarks as w, toMoreLines as x, makeRowSections as y };