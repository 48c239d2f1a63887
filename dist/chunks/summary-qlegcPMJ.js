import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as toInertLine, r as toInertTail, t as inertLength } from "./inert-BfcQbr-O.js";
import { n as toBrokenAnswers, r as toHeadline, t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { n as toNoClaims, r as toTrust, t as toStepRemarks } from "./step-remarks-IMRRLvJA.js";
import { a as paragraph, c as wholeCode, d as usualLengths, i as link$1, l as fullDetail, n as details$1, o as strong, r as dotted, s as text, t as code, u as renderMarkdown } from "./tree-DXwFO1HV.js";
import { n as toShortCommit, r as toShortDigest, t as toPhrase } from "./change-phrases-BkIt82a1.js";
import { c as testsValue, i as findingsValue, n as coverageValue, o as observationValues, r as findingLevels, t as coverageMetricNames } from "./observation-DZkPMKXb.js";
import { n as pad, r as toCells$1, t as clip } from "./cells-DRqpYzdK.js";
import { open } from "node:fs/promises";
import { join } from "node:path";

// src/render/tested-commit.ts
/**
* Whether a run that is told of at a pull request had a commit of the base in its hands, and not the pull request's:
* pull_request_target, where nobody checked the head out. What passed then says nothing of the head.
*/
function isOfBase({ git, meta }) {
	if (git === null || git.head_sha === null || git.head_sha === git.commit_sha) return false;
	return meta["event_name"] === "pull_request_target" && meta["head_differs_from_event"] !== true;
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
	},
	{
		cellLength: 16,
		tableRows: 3,
		outside: {
			text: 80,
			code: 20
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
		paragraph(strong(text("Envelope")), text(" "), ...link$1(envelopeUrl, code(envelopeFileName)), text(" · "), wholeCode(`sha256:${envelopeSha256}`), text(" · head "), wholeCode(integrity.head_entry_hash), text(` · ${artifacts.length} ${artifacts.length === 1 ? "artifact" : "artifacts"}`), ...missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]),
		paragraph(strong(text("Trust:")), text(" "), ...toTrustNodes(toTrust(envelope, verdict), signing)),
		makeCommand(toVerifyCommand(envelopeFileName, toChecked(envelope)))
	];
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

// src/render/other-checks.ts
/** Of whose Sigstore instance a signature is: what it proves beside who signed, and where its root of trust is from. */
const instances = {
	public: {
		proof: ", and logged in public",
		root: "--fetch-trusted-root",
		fetch: []
	},
	github: {
		proof: " of a repository that is not public, so it is in no log",
		root: "--trusted-root trusted_root.jsonl",
		fetch: ["gh attestation trusted-root > trusted_root.jsonl"]
	},
	own: {
		proof: "; trusted_root.json is that of the Sigstore instance of your own",
		root: "--trusted-root trusted_root.json",
		fetch: []
	}
};
/** Whom `gh` takes for an identity provider. */
const githubIssuer = "https://token.actions.githubusercontent.com";
/** Of the statement (docs/envelope.md, section 7), which `gh` has to be told: it looks for another by default. */
const predicateType = "https://quoderat.io/evidence-envelope/v1";
/** Other ways to check a file, folded. Nothing in them is fetched from Quoderat. */
function makeOtherChecks({ fileName, sha256, repo, trust, signing }) {
	const file = toShellWord(fileName);
	const lines = [
		"# the digest: the same as above, and as the forge shows of the upload",
		`echo ${toShellWord(`${sha256}  ${fileName}`)} | sha256sum --check`,
		...toKeyLines(trust, file),
		...signing?.state === "keyless" ? toKeylessLines(signing, file, toRepo(repo)) : []
	];
	return [details$1([text("Check it yourself")], [{
		type: "code_block",
		language: "sh",
		lines
	}])];
}
/** The reader brings the key: one that a page names is worth what the page is. */
function toKeyLines({ level, signer }, file) {
	if (signer === void 0) return [];
	const [where, option] = level === "server sealed" ? ["jwks.json is what the server has at /.well-known/jwks.json", "--jwks jwks.json"] : ["key.pem is the public key of those who sign", "--key key.pem"];
	return [
		"",
		`# the seal, by key ${signer.key}: ${where}`,
		`npx quoderat verify ${file} ${option}`
	];
}
function toKeylessLines(signing, file, repo) {
	const { bundleFileName: bundle } = signing;
	const { proof, root, fetch } = instances[signing.instance];
	const [identity, issuer] = [toShellWord(signing.identity), toShellWord(signing.issuer)];
	const beside = bundle === void 0 ? "--sigstore" : `--sigstore-bundle ${toShellWord(bundle)}`;
	const lines = [
		"",
		`# the keyless signature: made by this workflow${proof}`,
		...fetch,
		`npx quoderat verify ${file} ${beside} ${root} --identity ${identity} --issuer ${issuer}`
	];
	if (signing.issuer !== githubIssuer || repo === "" || signing.instance === "own") return lines;
	const given = bundle === void 0 ? "" : ` --bundle ${toShellWord(bundle)}`;
	const who = `--cert-identity ${identity} --predicate-type ${predicateType}`;
	return [...lines, `gh attestation verify ${file}${repo}${given} ${who}`];
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
		...runUrl === void 0 ? [] : [link$1(runUrl, text("run"))],
		[text(formatDuration(envelope.execution.duration_ms))]
	];
	return paragraph(...dotted(facts));
}
function toAnswer(envelope, verdict, isSigned) {
	if (toBrokenAnswers(verdict).length > 0) return "⛔ Do not rely on this: the envelope does not hold";
	const { mood, sentence } = toHeadline(envelope.execution);
	const { meta } = envelope.subject;
	const isFork = meta["pr_from_fork"] === true || meta["mr_from_fork"] === true;
	const base = isOfBase(envelope.subject) ? " · of the base, not of the pull request's commit" : "";
	return `${emojis[mood]} ${sentence}${base}${isFork && !isSigned ? " · not signed (pull request from a fork)" : ""}`;
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
	if (isOfBase(subject)) {
		const head = code(toShortCommit(git.head_sha));
		return [
			text("Commit "),
			tested,
			text(" of the base: "),
			head,
			text(" was not checked out"),
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
	const rows = told.slice(0, changesShown).map((change) => toRow$2(change));
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
function toRow$2({ code: changeCode, subject, before, after, sense }) {
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

// src/publish/files/read-tail.ts
/**
* The end of a text file, from the beginning of a line if one begins there; null when it can't be read.
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
			if (start === 0) return {
				text,
				truncated: false
			};
			const whole = text.slice(text.indexOf("\n") + 1);
			return {
				text: whole === "" ? text.replace(/^\uFFFD+/, "") : whole,
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

// src/render/summary-approvals.ts
const decisions = {
	approved: "✅ approved",
	rejected: "❌ rejected",
	expired: "⚠️ expired",
	pending: "⏳ pending"
};
/** Who decided what about which step, and when. */
function makeApprovals({ gates }) {
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
		[text(decisions[decision])],
		[text(by ?? "–")],
		[text(at === null ? "–" : toMinute(at))],
		[text(reason === "" ? "–" : reason)]
	]);
	return [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}];
}
/** `2026-11-21 09:27 UTC` of a timestamp, which is UTC as the record has it. */
function toMinute(timestamp) {
	return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 16)} UTC`;
}

// src/render/summary-excerpts.ts
/** Failed steps whose output is quoted. */
const excerptSteps = 5;
/**
* The ends of the outputs of failed steps, a section for each step and stream, for as many as texts are given. The
* first is in sight unless the failing tests of its step are named already; the others are folded.
* @param failed worst first
*/
function makeExcerptSections(failed, excerpts, hasTests) {
	let isFirst = true;
	return failed.slice(0, excerptSteps).flatMap((step) => ["stderr", "stdout"].flatMap((stream) => {
		const lines = toInertTail(toExcerpt(excerpts, step[`${stream}_artifact_id`]));
		if (lines.length === 0) return [];
		const shown = lines.length < inertLength.excerptLines ? stream : `last ${lines.length} lines of ${stream}`;
		const title = [strong(text(step.id)), text(`: ${shown}`)];
		const quote = {
			type: "code_block",
			language: "text",
			lines
		};
		const isOpen = isFirst && !hasTests(step.id);
		isFirst = false;
		const blocks = isOpen ? [paragraph(...title), quote] : [details$1(title, [quote])];
		return [{
			keep: isOpen ? 35 : 30,
			label: "excerpts",
			blocks
		}];
	}));
}
function toExcerpt(excerpts, artifactId) {
	return artifactId !== null && Object.hasOwn(excerpts, artifactId) ? excerpts[artifactId] ?? "" : "";
}

// src/render/summary-findings.ts
const rowsShown$1 = {
	open: 10,
	folded: 10,
	quiet: 20
};
const words = {
	error: "❌\xA0error",
	warning: "⚠️\xA0warning",
	note: "ℹ️\xA0note",
	none: "–\xA0none"
};
/** What static analysis found where a step failed over it, or what is new against the base. Errors first. */
function makeFindingSections(facts) {
	const { loud, quiet, hasBase, hidden } = toFound(facts);
	if (loud.length === 0) return [];
	return makeRowSections({
		titles: toTitles(hasBase),
		rows: loud.map((found) => toRow$1(found, hasBase)),
		total: loud.length + (quiet.length === 0 ? hidden : 0),
		open: rowsShown$1.open,
		folded: rowsShown$1.folded,
		keep: 46,
		label: "findings",
		one: "finding"
	});
}
/** The other findings, folded. */
function makeQuietFindings(facts) {
	const { quiet, hasBase, hidden } = toFound(facts);
	if (quiet.length === 0) return [];
	const count = quiet.length + hidden;
	const [section] = makeRowSections({
		titles: toTitles(hasBase),
		rows: quiet.slice(0, rowsShown$1.quiet).map((found) => toRow$1(found, hasBase)),
		total: count,
		open: rowsShown$1.quiet,
		folded: 0,
		keep: 0,
		label: "",
		one: "finding"
	});
	const title = `${formatCount(count)} ${count === 1 ? "finding that fails" : "findings that fail"} no step`;
	return [details$1([text(title)], section?.blocks ?? [])];
}
function toFound(facts) {
	const found = facts.findings.flatMap((reading) => {
		const isFailed = reading.stepIds.some((id) => {
			const step = facts.steps.get(id);
			return step !== void 0 && isFailure(step) && !step.continue_on_error;
		});
		const isKnown = isCompared(reading, facts.changes);
		const fresh = new Set(toChangesOf(facts.changes, "finding_new", toSubject(reading)).map(({ after }) => after));
		return reading.value.results.map((finding) => {
			const isNew = isKnown ? fresh.has(toFindingName(finding)) : void 0;
			return {
				finding,
				isNew,
				isLoud: isFailed || isNew === true
			};
		});
	});
	const sorted = found.toSorted((a, b) => toWeight(a) - toWeight(b));
	return {
		loud: sorted.filter(({ isLoud }) => isLoud),
		quiet: sorted.filter(({ isLoud }) => !isLoud),
		hasBase: found.some(({ isNew }) => isNew !== void 0),
		hidden: facts.findings.reduce((sum, { value }) => sum + value.results_left_out, 0)
	};
}
function toTitles(hasBase) {
	return [
		"Level",
		"Finding",
		"Where",
		"Rule",
		...hasBase ? ["Against the base"] : []
	];
}
function toWeight({ finding, isNew }) {
	return findingLevels.indexOf(finding.level) * 2 + (isNew === true ? 0 : 1);
}
function toRow$1({ finding, isNew }, hasBase) {
	const place = toPlace(finding.uri, finding.start_line);
	return [
		[text(words[finding.level])],
		[text(toFirstLine(finding.message))],
		place === "" ? [text("–")] : [code(place)],
		[code(finding.rule_id)],
		...hasBase ? [toAgainst(isNew)] : []
	];
}
function toAgainst(isNew) {
	if (isNew === void 0) return [text("–")];
	return isNew ? [strong(text("new"))] : [text("on the base too")];
}

// src/render/text-timeline.ts
/** Characters of a bar, terminal columns of a name, and steps that are drawn. */
const barLength = 32;
const nameLength = 28;
const maxSteps = 60;
/**
* The steps that ran as lines of text, in the order in which they began: name, outcome, a bar from start to end, and the
* same in words, so that nothing is lost on who can't see the bars. No lines for fewer than two steps.
*/
function makeTimeline({ steps, started_at, duration_ms }) {
	const startMs = Date.parse(started_at);
	const ran = steps.flatMap((step) => step.started_at === null || step.status === "skipped" ? [] : [{
		step,
		fromMs: Math.max(0, Date.parse(step.started_at) - startMs)
	}]).toSorted((a, b) => a.fromMs - b.fromMs || a.step.index - b.step.index);
	if (ran.length < 2) return [];
	const spanMs = Math.max(1, duration_ms, ...ran.map(({ step, fromMs }) => fromMs + step.duration_ms));
	const shown = ran.slice(0, maxSteps).map(({ step, fromMs }) => ({
		name: clip(toInertLine(step.id, 56), nameLength),
		bar: toBar(fromMs, step.duration_ms, spanMs),
		words: `${toStepWord(step).word}, from +${formatDuration(fromMs)} for ${formatDuration(step.duration_ms)}${toTries(step)}`
	}));
	const width = Math.max(...shown.map(({ name }) => toCells$1(name)));
	const left = ran.length - shown.length;
	return [...shown.map(({ name, bar, words }) => `${pad(name, width)}  ${bar}  ${words}`), ...left > 0 ? [`and ${left} more steps`] : []];
}
function toBar(fromMs, durationMs, spanMs) {
	const start = Math.min(31, Math.floor(fromMs / spanMs * barLength));
	const end = Math.min(barLength, Math.max(start + 1, Math.round((fromMs + durationMs) / spanMs * barLength)));
	return "·".repeat(start) + "█".repeat(end - start) + "·".repeat(barLength - end);
}
function toTries({ attempt }) {
	return attempt > 1 ? ` (attempt ${attempt})` : "";
}

// src/render/summary-passed.ts
/** Before the time that a step took. */
const startColumn = 4;
/** The passed steps, folded, with when each began; and the timeline of all that ran. */
function makePassedTable(facts, remarks) {
	const { execution } = facts.envelope;
	const passed = execution.steps.filter(({ status }) => status === "success");
	const lines = makeTimeline(execution);
	const blocks = [...passed.length === 0 ? [] : [makeTable(passed, facts, remarks)], ...lines.length === 0 ? [] : [{
		type: "code_block",
		language: "text",
		lines
	}]];
	if (blocks.length === 0) return [];
	const took = formatDuration(execution.duration_ms);
	const parts = [...passed.length === 0 ? [] : [`${toCount(passed.length, "step")} passed`], ...lines.length === 0 ? [] : [`timeline of ${took}`]];
	return [details$1([text(parts.join(" · "))], blocks)];
}
function makeTable(passed, { envelope, artifacts }, remarks) {
	const startMs = Date.parse(envelope.execution.started_at);
	const rows = passed.map((step) => {
		const start = step.started_at === null ? "–" : formatDuration(Math.max(0, Date.parse(step.started_at) - startMs));
		return toStepCells(step, artifacts, remarks.get(step.id) ?? "").toSpliced(startColumn, 0, [text(toUnbroken(start))]);
	});
	return {
		type: "table",
		columns: stepColumns.toSpliced(startColumn, 0, {
			title: "Start",
			align: "right"
		}),
		rows
	};
}

// src/render/summary-steps.ts
/** From so many steps on that one thing kept from running, they share a row. */
const sharingSteps = 4;
/** Steps that such a row names. */
const namedSteps = 8;
/** What a reader has to look at, worst first, then what did not run; nothing when all is well. */
function makeTroubleTable(facts, remarks) {
	const { steps } = facts.envelope.execution;
	const worse = toStepsWithNews(facts);
	const rows = steps.filter((step) => step.status !== "success" && step.status !== "skipped" || worse.has(step.id)).toSorted((a, b) => toRank$1(a) - toRank$1(b)).map((step) => toCells(step, facts, remarks));
	const skipped = toSkippedRows(facts);
	if (rows.length + skipped.length === 0) return [];
	return [{
		type: "table",
		columns: stepColumns,
		rows: [...rows, ...skipped],
		reserved: skipped.length
	}];
}
/** The steps that came to nothing, by how much that matters. */
function toFailedSteps(steps) {
	return steps.filter((step) => isFailure(step) || step.status === "aborted").toSorted((a, b) => toRank$1(a) - toRank$1(b));
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
function toCells(step, { artifacts }, remarks) {
	const [emoji = [], ...cells] = toStepCells(step, artifacts, remarks.get(step.id) ?? "");
	return [step.status === "success" ? [text("⚠️")] : emoji, ...cells];
}
/** Steps that passed, and whose reports are worse than those of the base. */
function toStepsWithNews({ findings, tests, changes }) {
	const isWorse = (subject) => toChangesOf(changes, "finding_new", subject).length > 0 || toChangesOf(changes, "test_newly_failing", subject).length > 0 || toChangesOf(changes, "test_newly_flaky", subject).length > 0;
	return new Set([...findings, ...tests].filter((reading) => isWorse(toSubject(reading))).flatMap(({ stepIds }) => stepIds));
}
/** A row for each step that did not run, or one for many of them that the same thing held up. */
function toSkippedRows({ envelope, artifacts }) {
	const skipped = envelope.execution.steps.filter(({ status }) => status === "skipped");
	return [...groupBy(skipped, toReason)].flatMap(([reason, steps]) => {
		const [first] = steps;
		if (first === void 0 || steps.length < sharingSteps) return steps.map((step) => toStepCells(step, artifacts, ""));
		const named = steps.slice(0, namedSteps).flatMap(({ id }, index) => [text(index === 0 ? "" : ", "), code(id)]);
		const left = steps.length - namedSteps;
		const { emoji, word } = toStepWord(first);
		const kinds = [...new Set(steps.map(({ kind }) => kind))];
		return [[
			[text(emoji)],
			[...named, text(left > 0 ? ` and ${left} more` : "")],
			[text(kinds.length === 1 ? kinds[0] ?? "" : "–")],
			[strong(text(word)), text(`, ${steps.length} steps${reason === "" ? "" : `: ${reason}`}`)],
			[text("–")],
			[text("–")]
		]];
	});
}
function toRank$1(step) {
	if (isFailure(step)) return step.continue_on_error ? 3 : 0;
	if (step.status === "aborted") return 1;
	return step.status === "waiting" ? 2 : 4;
}

// src/render/summary-tests.ts
/** Failing tests that are shown at once, behind a fold, and with more than the first line of what they say. */
const rowsShown = {
	open: 10,
	folded: 10,
	quoted: 3
};
/**
* The failing tests by name, with what they say and where; the first of them with more lines of that. Of the last
* attempt of each step: a test that passed when it was tried again is no failure.
*/
function makeTestSections(facts) {
	const failures = facts.tests.toSorted((a, b) => toRank(facts, a) - toRank(facts, b)).flatMap((reading) => toFailures(reading, facts)).toSorted((a, b) => Number(a.against === "on the base too") - Number(b.against === "on the base too"));
	if (failures.length === 0) return [];
	const hasSteps = new Set(failures.map(({ step }) => step)).size > 1;
	const hasBase = failures.some(({ against }) => against !== "");
	const last = [...hasBase ? ["Against the base"] : [], ...hasSteps ? ["Step"] : []];
	return [...makeRowSections({
		titles: [
			"Failing test",
			"Message",
			"Where",
			...last
		],
		rows: failures.map((failure) => toRow(failure, hasBase, hasSteps)),
		total: facts.tests.reduce((sum, { value }) => sum + toFailureCount(value), 0),
		open: rowsShown.open,
		folded: rowsShown.folded,
		keep: 50,
		label: "failing tests",
		one: "failing test"
	}), ...failures.slice(0, rowsShown.quoted).flatMap(toQuote)];
}
/** In the order of the steps, those that may fail last. */
function toRank({ steps }, { stepIds }) {
	const step = steps.get(stepIds[0] ?? "");
	if (step === void 0) return Number.MAX_SAFE_INTEGER;
	return step.index + (step.continue_on_error ? 1e6 : 0);
}
function toFailures(reading, { changes }) {
	const step = reading.stepIds[0] ?? "";
	const isKnown = isCompared(reading, changes);
	const newly = new Set(toChangesOf(changes, "test_newly_failing", toSubject(reading)).map(({ after }) => after));
	const failed = reading.value.cases.filter(({ status }) => status === "failed");
	return reading.value.problems.map((problem) => toProblemFailure(problem, step)).concat(failed.map((found) => {
		const name = toTestName(found);
		const against = newly.has(name) ? "new" : "on the base too";
		const place = toPlace(found.file, found.line);
		return {
			step,
			name,
			place,
			message: found.message ?? "",
			against: isKnown ? against : ""
		};
	}));
}
function toProblemFailure({ where, message }, step) {
	return {
		step,
		name: where,
		place: "",
		message,
		against: ""
	};
}
function toFailureCount({ failed, problems, problems_left_out: left }) {
	return failed + problems.length + left;
}
function toRow({ step, name, place, message, against }, hasBase, hasSteps) {
	const first = toFirstLine(message);
	return [
		[code(name)],
		[text(first === "" ? "–" : first)],
		place === "" ? [text("–")] : [code(place)],
		...hasBase ? [against === "new" ? [strong(text("new"))] : [text(against === "" ? "–" : against)]] : [],
		...hasSteps ? [step === "" ? [text("–")] : [code(step)]] : []
	];
}
/** What a test says beyond its row; nothing when the row has it all. */
function toQuote({ name, message }) {
	const lines = toMoreLines(message, inertLength.excerptLine);
	if (lines.length === 0) return [];
	return [{
		keep: 40,
		label: "messages of tests",
		blocks: [paragraph(code(name), text(" says:")), {
			type: "code_block",
			language: "text",
			lines
		}]
	}];
}

// src/render/summary.ts
/** Notices on a page; a publisher has few. */
const noticesShown = 5;
/**
* The page that a reviewer reads, as GitHub Flavored Markdown: first whether it passed, then what did not, then how to
* check it. Everything in the envelope is taken for a stranger's text.
* @throws RangeError when budgetBytes is too small for what must be on the page
*/
function renderSummary(options) {
	const sections = options.superseded === void 0 ? makeSections(options) : makeOldSections(options, options.superseded);
	return renderWithinBudget(sections.filter(({ blocks }) => blocks.length > 0), options.budgetBytes);
}
/** In the order of the page; `keep` is the order in which they go when it is too large. */
function makeSections(options) {
	const { envelope, comparison } = options;
	const { steps } = envelope.execution;
	const facts = toFacts(envelope, comparison);
	const remarks = joinRemarks(toStepRemarks(envelope), toReadingRemarks(facts));
	const testedSteps = new Set(facts.tests.filter(({ value }) => value.failed > 0).flatMap(({ stepIds }) => stepIds));
	const hasTests = (stepId) => testedSteps.has(stepId);
	return [
		{
			keep: "always",
			label: "header",
			blocks: [...makeHeader(toHeaderOptions(options)), ...makeNotices(options)]
		},
		{
			keep: 58,
			label: "totals",
			blocks: [...makeTotals(facts, comparison), ...makeBaseNote(comparison)]
		},
		{
			keep: "always",
			label: "failures",
			blocks: makeTroubleTable(facts, remarks)
		},
		...makeTestSections(facts),
		...makeFindingSections(facts),
		...makeExcerptSections(toFailedSteps(steps), { ...options.excerpts }, hasTests),
		{
			keep: 60,
			label: "approvals",
			blocks: makeApprovals(envelope)
		},
		{
			keep: 25,
			label: "warnings",
			blocks: makeWarningsTable(steps)
		},
		{
			keep: 10,
			label: "passed steps",
			blocks: makePassedTable(facts, remarks)
		},
		{
			keep: 7,
			label: "other findings",
			blocks: makeQuietFindings(facts)
		},
		{
			keep: 6,
			label: "observations",
			blocks: makeOtherObservations(facts)
		},
		{
			keep: 5,
			label: "differences",
			blocks: makeDeltaDetails(facts, comparison)
		},
		...makeLastSections(options)
	];
}
/** A page that is history: what it said, and where its evidence is. */
function makeOldSections(options, superseded) {
	const facts = toFacts(options.envelope, void 0);
	const remarks = joinRemarks(toStepRemarks(options.envelope), toReadingRemarks(facts));
	const trouble = makeTroubleTable(facts, remarks);
	return [
		{
			keep: "always",
			label: "header",
			blocks: makeSupersededHeader(toHeaderOptions(options), superseded)
		},
		{
			keep: "always",
			label: "failures",
			blocks: trouble.length === 0 ? [] : [details$1([text("What did not pass then")], trouble)]
		},
		...makeLastSections(options)
	];
}
function makeLastSections(options) {
	const { envelope, envelopeSha256: sha256, envelopeFileName: fileName, verdict, signing } = options;
	const seal = {
		...options,
		envelopeUrl: options.links?.envelope,
		signing
	};
	const checked = {
		fileName,
		sha256,
		repo: envelope.subject.repo.name,
		trust: toTrust(envelope, verdict),
		signing
	};
	return [
		{
			keep: "always",
			label: "limits",
			blocks: makeLimitLines(envelope, signing)
		},
		{
			keep: 3,
			label: "limits of any record",
			blocks: makeUsualLimits(envelope)
		},
		{
			keep: "always",
			label: "envelope",
			blocks: makeSealLines(seal)
		},
		{
			keep: 4,
			label: "other ways to check",
			blocks: makeOtherChecks(checked)
		}
	];
}
function toHeaderOptions({ envelope, verdict, links, surface, signing }) {
	return {
		envelope,
		verdict,
		runUrl: links?.run,
		level: surface === "comment" ? 4 : 3,
		isSigned: envelope.integrity.signatures.length > 0 || signing?.state === "keyless"
	};
}
function makeNotices({ notices = [] }) {
	return notices.slice(0, noticesShown).map((notice) => paragraph(text(`ℹ️ ${notice}`)));
}
function joinRemarks(...maps) {
	const ids = new Set(maps.flatMap((map) => [...map.keys()]));
	return new Map([...ids].map((id) => [id, maps.flatMap((map) => map.get(id) ?? []).join(" · ")]));
}
/** What was read that has no place of its own on the page, folded. */
function makeOtherObservations({ envelope }) {
	const others = toOtherObservations(envelope).filter(({ type }) => type !== "http" && type !== "service");
	if (others.length === 0) return [];
	const titles = [
		"Observation",
		"What",
		"Basis"
	];
	const rows = others.map(({ type, summary, informational, basis_artifact_ids: basis }) => [
		[code(type)],
		[text(summary)],
		[text(informational ? "none: a remark" : toCount(basis.length, "artifact"))]
	]);
	const count = toCount(others.length, "other observation");
	return [details$1([text(count)], [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}])];
}

export { toVerifyCommand as C, isOfBase as E, toTrustNodes as S, toCount as T, toFirstLine as _, emojis as a, makeCommand as b, makeRowSections as c, toPlace as d, toTestName as f, toTestsReadings as g, toOtherObservations as h, makeTotals as i, toReadingRemarks as l, toFindingsReadings as m, readExcerpts as n, stepColumns as o, toCoverageReadings as p, readTail as r, toStepCells as s, renderSummary as t, toFacts as u, groupBy as v, renderWithinBudget as w, toChecked as x, makeOtherChecks as y };