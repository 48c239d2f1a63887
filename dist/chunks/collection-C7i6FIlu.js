import { i as toTally, n as toBrokenAnswers, r as toHeadline, t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason$1 } from "./step-words-Ce7SbeE_.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { C as toVerifyCommand, E as isOfBase, S as toTrustNodes, T as toCount, _ as toFirstLine, a as emojis, b as makeCommand, c as makeRowSections, d as toPlace, f as toTestName, i as makeTotals, l as toReadingRemarks, o as stepColumns, s as toStepCells, u as toFacts, v as groupBy, w as renderWithinBudget, x as toChecked, y as makeOtherChecks } from "./summary-qlegcPMJ.js";
import { r as toTrust } from "./step-remarks-IMRRLvJA.js";
import { a as paragraph, c as wholeCode, i as link, n as details, o as strong, r as dotted, s as text, t as code } from "./tree-DXwFO1HV.js";
import { n as toShortCommit, r as toShortDigest } from "./change-phrases-BkIt82a1.js";

// src/collection-page.ts
const ofBase = "This is about a commit of the base: the pull request's own was not checked out.";
/** What a page about many jobs is made from, but for the bytes that it may have. */
function toCollectionPage(options) {
	const { gathered, title, evidence, runUrl } = options;
	const subject = toSubject(options);
	const isBase = isCollectionOfBase(options);
	const notices = [...isBase ? [ofBase] : [], ...options.notices ?? []];
	return {
		title,
		legs: gathered.legs.map(toPageLeg),
		...gathered.newestAttempt !== null && { newestAttempt: gathered.newestAttempt },
		repo: subject?.repo.name ?? null,
		commit: subject?.id ?? null,
		headCommit: isBase ? null : subject?.git?.head_sha ?? null,
		...evidence && { collection: toFile(evidence, options) },
		...runUrl !== void 0 && { runUrl },
		...notices.length > 0 && { notices }
	};
}
/**
* Whether a leg ran a commit of the base where a page is about a pull request. The job that collects need not have
* checked out what the legs have, so it is asked only where there is none.
*/
function isCollectionOfBase(options) {
	const legs = options.gathered.legs.filter((leg) => leg.state === "in");
	if (legs.length > 0) return legs.some(({ member }) => isOfBase(member.envelope.subject));
	const subject = toSubject(options);
	return subject !== void 0 && isOfBase(subject);
}
/** Of the collection, else of any leg that is of the run: they were all compared with it. */
function toSubject({ evidence, gathered }) {
	if (evidence !== null) return evidence.envelope.subject;
	return gathered.legs.find((leg) => leg.state === "in")?.member.envelope.subject;
}
function toPageLeg(leg) {
	if (leg.state !== "in") return {
		label: leg.label,
		state: leg.state,
		reason: leg.reason
	};
	const { member, isOlderAttempt } = leg;
	return {
		label: leg.label,
		state: "in",
		...member.recency.attempt !== null && { attempt: member.recency.attempt },
		isOlderAttempt,
		envelope: member.envelope,
		envelopeSha256: member.sha256,
		envelopeFileName: member.source,
		verdict: member.verdict,
		...member.url !== void 0 && { url: member.url }
	};
}
function toFile({ envelope, envelopeSha256, verdict }, { file, signing }) {
	const trust = toTrust(envelope, verdict);
	return {
		fileName: file?.name ?? "envelope.json",
		sha256: envelopeSha256,
		headHash: envelope.integrity.head_entry_hash,
		...file?.url !== void 0 && { url: file.url },
		...signing && { signing },
		trust: {
			...trust,
			seal: trust.seal.replace("in the same job that ran the steps", "by a job of the same run")
		}
	};
}

// src/render/collection-legs.ts
const looks = {
	rejected: {
		emoji: "⛔",
		word: "rejected"
	},
	fail: {
		emoji: "❌",
		word: "failed"
	},
	incomplete: {
		emoji: "⚠️",
		word: "incomplete"
	},
	missing: {
		emoji: "⏳",
		word: "no envelope"
	},
	waiting: {
		emoji: "⏸️",
		word: "waiting"
	},
	pass: {
		emoji: "✅",
		word: "passed"
	}
};
const order = Object.keys(looks);
function toLegOutcome({ state, envelope, verdict }) {
	if (state === "rejected" || verdict !== void 0 && toBrokenAnswers(verdict).length > 0) return "rejected";
	if (state === "missing" || envelope === void 0) return "missing";
	return toHeadline(envelope.execution).mood;
}
/** Worst first, and otherwise as given. */
function sortLegs(legs) {
	return legs.toSorted((a, b) => order.indexOf(toLegOutcome(a)) - order.indexOf(toLegOutcome(b)));
}
/** Every leg with its result, of which attempt, and by which file that is shown. */
function makeLegsTable(legs, isFinal) {
	return {
		type: "table",
		columns: [
			{ title: "Leg" },
			{ title: "Result" },
			{
				title: "Steps passed",
				align: "right"
			},
			{ title: "Attempt" },
			{ title: "Envelope" }
		],
		rows: sortLegs(legs).map((leg) => [
			[code(leg.label)],
			toResult(leg, isFinal),
			[text(toSteps(leg))],
			toAttempt(leg),
			leg.envelopeSha256 === void 0 ? [text("–")] : link(leg.url, code(toShortDigest(leg.envelopeSha256)))
		])
	};
}
function toResult(leg, isFinal) {
	const outcome = toLegOutcome(leg);
	const { emoji, word } = looks[outcome];
	if (outcome === "missing" && isFinal) return [
		text("⚠️ "),
		strong(text("no envelope")),
		...toWhy(leg.reason)
	];
	if (outcome === "missing") return [text(`${emoji} no envelope yet`), ...toWhy(leg.reason)];
	return [
		text(`${emoji} `),
		...outcome === "pass" ? [text(word)] : [strong(text(word))],
		...toWhy(toReason(leg))
	];
}
function toReason({ reason, verdict, envelope, state }) {
	if (reason !== void 0 || verdict === void 0) return reason;
	const broken = toBrokenAnswers(verdict);
	if (broken.length > 0) return broken.map(({ name }) => name.toLowerCase()).join(", ");
	const allowed = envelope === void 0 || state !== "in" ? 0 : toTally(envelope.execution.steps).allowed;
	return allowed === 0 ? void 0 : `${allowed} allowed to fail`;
}
function toWhy(reason) {
	return reason === void 0 || reason === "" ? [] : [text(`: ${reason}`)];
}
/** What a rejected file says of itself is not told. */
function toSteps(leg) {
	const outcome = toLegOutcome(leg);
	if (leg.envelope === void 0 || outcome === "rejected" || outcome === "missing") return "–";
	const { passed, total } = toTally(leg.envelope.execution.steps);
	return `${passed} of ${total}`;
}
function toAttempt({ attempt, isOlderAttempt }) {
	if (attempt === void 0) return [text("–")];
	return isOlderAttempt === true ? [strong(text(`${attempt} (not re-run)`))] : [text(String(attempt))];
}

// src/render/collection-failures.ts
const rowsShown = {
	open: 10,
	folded: 10,
	legs: 4
};
/** Legs that may be quoted, worst first. */
function toLegFacts(legs) {
	return sortLegs(legs).flatMap((leg) => {
		const outcome = toLegOutcome(leg);
		if (leg.envelope === void 0 || outcome === "rejected" || outcome === "missing") return [];
		return [{
			leg,
			facts: toFacts(leg.envelope, void 0)
		}];
	});
}
/** Steps that did not pass, and how many did not run, leg by leg. */
function makeLegFailures(legs) {
	const rows = legs.flatMap(({ leg, facts }) => {
		const { steps } = facts.envelope.execution;
		const remarks = toReadingRemarks(facts);
		const failed = steps.filter((step) => isFailure(step) || step.status === "aborted" || step.status === "waiting").toSorted((a, b) => Number(a.continue_on_error) - Number(b.continue_on_error));
		const skipped = steps.filter(({ status }) => status === "skipped");
		const [first] = skipped;
		return [...failed.map((step) => {
			const { emoji, word } = toStepWord(step);
			const why = [remarks.get(step.id) ?? "", toReason$1(step)].filter((part) => part !== "").join(" · ");
			return [
				[text(emoji)],
				[code(leg.label)],
				[code(step.id)],
				[strong(text(word)), text(why === "" ? "" : `: ${why}`)]
			];
		}), ...first === void 0 ? [] : [[
			[text(toStepWord(first).emoji)],
			[code(leg.label)],
			toIds(skipped.map(({ id }) => id)),
			[strong(text("not run")), text(`: ${toReason$1(first)}${skipped.length > 1 ? ", and more" : ""}`)]
		]]];
	});
	if (rows.length === 0) return [];
	return [{
		type: "table",
		columns: [
			{ title: "" },
			{ title: "Leg" },
			{ title: "Step" },
			{ title: "Result" }
		],
		rows
	}];
}
/** The failing tests of all legs by name, each once, with the legs in which it failed; the most frequent first. */
function makeLegTests(legs) {
	const failures = legs.flatMap(({ leg, facts }) => facts.tests.flatMap(({ value }) => value.cases.filter(({ status }) => status === "failed").map((found) => ({
		leg: leg.label,
		found
	}))));
	const groups = [...groupBy(failures, ({ found }) => toTestName(found)).values()].toSorted((a, b) => toLegLabels(b).length - toLegLabels(a).length);
	if (groups.length === 0) return [];
	const rows = groups.flatMap((group) => {
		const [first] = group;
		if (first === void 0) return [];
		const place = toPlace(first.found.file, first.found.line);
		const message = toFirstLine(first.found.message ?? "");
		return [[
			[code(toTestName(first.found))],
			[text(message === "" ? "–" : message)],
			place === "" ? [text("–")] : [code(place)],
			toLegs(toLegLabels(group), legs.length)
		]];
	});
	return makeRowSections({
		titles: [
			"Failing test",
			"Message",
			"Where",
			"Legs"
		],
		rows,
		total: rows.length,
		open: rowsShown.open,
		folded: rowsShown.folded,
		keep: 50,
		label: "failing tests",
		one: "failing test"
	});
}
function toLegLabels(group) {
	return [...new Set(group.map(({ leg }) => leg))];
}
function toLegs(labels, total) {
	return labels.length === total && total > 1 ? [strong(text(`all ${toCount(total, "leg")}`))] : toIds(labels);
}
function toIds(ids) {
	const shown = ids.slice(0, rowsShown.legs).flatMap((id, index) => [text(index === 0 ? "" : ", "), code(id)]);
	const left = ids.length - rowsShown.legs;
	return left > 0 ? [...shown, text(` and ${left} more`)] : shown;
}

// src/render/collection.ts
const stepsShown = 30;
const noticesShown = 5;
/**
* The page of many jobs: first whether all passed and none is missing, then the legs, what failed in which, and each
* leg by itself, folded. Everything that comes from a leg is taken for a stranger's text.
* @throws RangeError when budgetBytes is too small for what must be on the page
*/
function renderCollection(page) {
	const { legs, isFinal = true } = page;
	const known = toLegFacts(legs);
	const sections = [
		{
			keep: "always",
			label: "header",
			blocks: makeHeader(page)
		},
		{
			keep: "always",
			label: "legs",
			blocks: legs.length === 0 ? [] : [makeLegsTable(legs, isFinal)]
		},
		{
			keep: "always",
			label: "failures",
			blocks: makeLegFailures(known)
		},
		...makeLegTests(known),
		...known.map((leg) => ({
			keep: toLegOutcome(leg.leg) === "pass" ? 10 : 20,
			label: "legs by themselves",
			blocks: makeLegFold(leg)
		})),
		{
			keep: "always",
			label: "collection",
			blocks: makeCollectionLines(page)
		},
		{
			keep: 4,
			label: "other ways to check",
			blocks: makeCollectionChecks(page)
		}
	];
	return renderWithinBudget(sections.filter(({ blocks }) => blocks.length > 0), page.budgetBytes);
}
/** The first line of a page, and the title of a check: `✅ Passed: 4 of 4 legs passed`. */
function toCollectionSentence({ legs, isFinal = true }) {
	const outcomes = legs.map(toLegOutcome);
	const count = (outcome) => outcomes.filter((one) => one === outcome).length;
	const total = legs.length;
	const arrived = total - count("missing");
	const missing = count("missing") === 0 ? "" : `, ${count("missing")} missing`;
	const of = (part) => `${part} of ${toCount(total, "leg")}`;
	if (total === 0) return `${emojis.fail} Nothing ran: 0 envelopes in`;
	if (count("rejected") > 0) {
		const [part, verb] = [count("rejected"), count("rejected") === 1 ? "does" : "do"];
		return `⛔ Do not rely on this: ${part} of ${toCount(total, "envelope")} ${verb} not hold`;
	}
	if (count("fail") > 0) return `${emojis.fail} Failed: ${of(count("fail"))} failed${isFinal ? missing : ""}`;
	if (count("missing") > 0) {
		const sentence = `${arrived} of ${toCount(total, "envelope")} in`;
		return isFinal ? `${emojis.incomplete} Incomplete: ${sentence}` : `⏳ ${sentence}`;
	}
	if (count("incomplete") > 0) return `${emojis.incomplete} Incomplete: ${of(count("incomplete"))} did not finish`;
	if (count("waiting") > 0) return `${emojis.waiting} Waiting for approval: ${of(count("pass"))} passed`;
	return `${emojis.pass} Passed: ${of(total)} passed`;
}
function makeHeader(page) {
	const { title, newestAttempt, runUrl, isComment, legs, notices = [] } = page;
	const older = legs.filter(({ isOlderAttempt }) => isOlderAttempt === true).length;
	const facts = [
		toCommit(page),
		...newestAttempt === void 0 ? [] : [[text(`attempt ${newestAttempt}`)]],
		...older === 0 ? [] : [[text(`${toCount(older, "leg")} of an earlier attempt`)]],
		...runUrl === void 0 ? [] : [link(runUrl, text("run"))]
	];
	return [
		{
			type: "heading",
			level: isComment === true ? 4 : 3,
			children: [text(`${toCollectionSentence(page)} · `), code(title)]
		},
		paragraph(...dotted(facts)),
		...notices.slice(0, noticesShown).map((notice) => paragraph(text(`ℹ️ ${notice}`)))
	];
}
function toCommit({ commit, headCommit }) {
	if (commit === void 0 || commit === null) return [text("No commit")];
	if (headCommit === void 0 || headCommit === null || headCommit === commit) return [text("Commit "), code(toShortCommit(commit))];
	return [
		text("Commit "),
		code(toShortCommit(headCommit)),
		text(" (tested as "),
		code(toShortCommit(commit)),
		text(")")
	];
}
/** One leg, folded: its answer, its totals, its steps, and its envelope with the command that checks it. */
function makeLegFold({ leg, facts }) {
	const { envelope } = facts;
	const { mood, sentence } = toHeadline(envelope.execution);
	const remarks = toReadingRemarks(facts);
	const steps = envelope.execution.steps.slice(0, stepsShown);
	const left = envelope.execution.steps.length - steps.length;
	const rows = steps.map((step) => toStepCells(step, facts.artifacts, remarks.get(step.id) ?? ""));
	const counted = left > 0 ? [[
		[],
		[text(`${left} more, in the envelope`)],
		[],
		[],
		[],
		[]
	]] : [];
	const took = formatDuration(envelope.execution.duration_ms);
	return [details([strong(text(leg.label)), text(` · ${emojis[mood]} ${sentence} · ${took}`)], [
		...makeTotals(facts, void 0),
		{
			type: "table",
			columns: stepColumns,
			rows: [...rows, ...counted]
		},
		...makeLegEnvelope(leg, facts)
	])];
}
function makeLegEnvelope(leg, { envelope }) {
	const name = leg.envelopeFileName ?? "envelope.json";
	return [paragraph(strong(text("Envelope")), text(" "), ...link(leg.url, code(name)), ...leg.envelopeSha256 === void 0 ? [] : [text(" · "), wholeCode(`sha256:${leg.envelopeSha256}`)], text(" · head "), wholeCode(envelope.integrity.head_entry_hash), text(` · ${toTrust(envelope, leg.verdict).level}`)), makeCommand(toVerifyCommand(name, toChecked(envelope)))];
}
function makeCollectionLines({ collection, repo, commit }) {
	if (collection === void 0) return [];
	const { fileName, sha256, headHash, url, trust, signing } = collection;
	return [
		paragraph(strong(text("Collection")), text(" "), ...link(url, code(fileName)), text(" · "), wholeCode(`sha256:${sha256}`), text(" · head "), wholeCode(headHash)),
		paragraph(strong(text("Trust:")), text(" "), ...toTrustNodes(trust, signing)),
		makeCommand(toVerifyCommand(fileName, {
			repo: repo ?? null,
			commit: commit ?? null
		}))
	];
}
function makeCollectionChecks({ collection, repo = null }) {
	return collection === void 0 ? [] : makeOtherChecks({
		signing: void 0,
		...collection,
		repo
	});
}

export { toCollectionPage as i, toCollectionSentence as n, isCollectionOfBase as r, renderCollection as t };