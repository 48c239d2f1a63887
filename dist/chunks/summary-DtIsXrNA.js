import { A as renderWithinBudget, C as toChangesOf, D as toPlace, E as toFindingName, F as toOtherObservations, M as toCount, O as toSubject, S as isCompared, T as toFacts, _ as makeHeader, b as toFirstLine, c as makeSealLines, h as toUnbroken, i as groupBy, j as formatCount, k as toTestName, l as makeUsualLimits, m as toStepCells, n as makeDeltaDetails, o as makeLimitLines, p as stepColumns, r as makeTotals, s as makeOtherChecks, t as makeBaseNote, v as makeSupersededHeader, w as toReadingRemarks, x as toMoreLines, y as makeRowSections } from "./summary-totals-D7MyVKwO.js";
import { t as toStepRemarks } from "./step-remarks-BskTdD3w.js";
import { a as paragraph, n as details, o as strong, s as text, t as code } from "./tree-DXwFO1HV.js";
import { n as toInertLine, r as toInertTail, t as inertLength } from "./inert-BfcQbr-O.js";
import { r as findingLevels } from "./observation-DZkPMKXb.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as pad, r as toCells$1, t as clip } from "./cells-DRqpYzdK.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";

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
		const blocks = isOpen ? [paragraph(...title), quote] : [details(title, [quote])];
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
	return [details([text(title)], section?.blocks ?? [])];
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
	return [details([text(parts.join(" · "))], blocks)];
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
			blocks: trouble.length === 0 ? [] : [details([text("What did not pass then")], trouble)]
		},
		...makeLastSections(options)
	];
}
function makeLastSections(options) {
	const seal = {
		...options,
		envelopeUrl: options.links?.envelope,
		signing: options.signing
	};
	return [
		{
			keep: "always",
			label: "limits",
			blocks: makeLimitLines(options.envelope, options.signing)
		},
		{
			keep: 3,
			label: "limits of any record",
			blocks: makeUsualLimits(options.envelope)
		},
		{
			keep: "always",
			label: "envelope",
			blocks: makeSealLines(seal)
		},
		{
			keep: 4,
			label: "other ways to check",
			blocks: makeOtherChecks(seal)
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
	return [details([text(count)], [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}])];
}

export { renderSummary as t };