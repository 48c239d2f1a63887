import { t as limits } from "./limits-DSc7_a2H.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { n as normaliseRelativePath, t as findPathFault } from "./relative-path-_PeV26Xg.js";
import { D as string, O as tuple, b as int, h as _enum } from "./primitives-B201jKT5.js";
import { a as paragraph, f as renderInline, i as link, l as fullDetail, o as strong, p as defuseCodeLine, s as text, t as code, u as renderMarkdown } from "./tree-DXwFO1HV.js";

// src/render/annotation-path.ts
const pathLength = 1e3;
/**
* A file that a report names, from the root of the repository, with "/"; undefined where it lies outside or is none.
* @param cwd of the step, from the working directory: tools name files from there, or from the working directory
*/
function toAnnotationPath(named, cwd, roots) {
	const path = named.replaceAll("\\", "/");
	if (path.length > pathLength || defuseCodeLine(toInertLine(path, pathLength)) !== path) return void 0;
	if (path.startsWith("/") || /^[A-Za-z]:\//.test(path)) return toRelative(path, roots.workspace);
	if (/^(?:~|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path)) return void 0;
	const below = toCleanPath(cwd) ?? ".";
	const isFromCwd = below !== "." && !path.replace(/^(?:\.\/)+/, "").startsWith(`${below}/`);
	return toCleanPath([
		roots.workingDirectory ?? ".",
		...isFromCwd ? [below] : [],
		path
	].join("/"));
}
/** Windows drives count without case. */
function toRelative(path, workspace) {
	const root = workspace?.replaceAll("\\", "/").replace(/\/+$/, "");
	if (root === void 0 || root === "") return void 0;
	return (/^[A-Za-z]:/.test(root) ? path.toLowerCase().startsWith(`${root.toLowerCase()}/`) : path.startsWith(`${root}/`)) ? toCleanPath(path.slice(root.length + 1)) : void 0;
}
function toCleanPath(path) {
	const slashed = path.replaceAll("\\", "/");
	return findPathFault(slashed, { glob: false }) === void 0 ? normaliseRelativePath(slashed) : void 0;
}

// src/publish/comment/leg.ts
const count = int().min(0);
const fields = tuple([
	string().regex(/^\w{1,64}$/),
	string().regex(/^\w{0,16}$/),
	string().max(200),
	string().max(200),
	count.max(1e5),
	count,
	count,
	string().regex(/^\d{0,20}$/),
	string().regex(/^[0-9a-f]{0,64}$/),
	_enum([
		"success",
		"failed",
		"aborted"
	]),
	string().max(200),
	string().regex(/^[0-9a-f]{0,64}$/),
	string().regex(/^\d{0,20}$/)
]);
/** Cut to the lengths that a comment of many legs can bear. */
function toFitLeg(leg) {
	const cut = (text, length) => text.slice(0, length).toWellFormed();
	return {
		...leg,
		label: cut(leg.label, 100),
		job: cut(leg.job, 60),
		title: cut(leg.title, 80),
		commit: leg.commit.slice(0, 12),
		digest: leg.digest.slice(0, 16)
	};
}
/** A leg as one short line: a matrix has up to 256 of them. */
function printLeg(leg) {
	const { key, evidence, label, job, total, runNumber, attempt, runId, commit, status, title, digest, artifactId } = leg;
	return toCommentSafe([
		key,
		evidence,
		label,
		job,
		total,
		runNumber,
		attempt,
		runId,
		commit,
		status,
		title,
		digest,
		artifactId
	]);
}
/** Anybody who may edit comments can have written it: what has not the right shape is no leg. */
function parseLeg(line) {
	let value;
	try {
		value = JSON.parse(line);
	} catch {
		return;
	}
	const result = fields.safeParse(value);
	if (!result.success) return void 0;
	const [key, evidence, label, job, total, runNumber, attempt, runId, commit, status, title, digest, artifactId] = result.data;
	return {
		key,
		evidence,
		label,
		job,
		total,
		runNumber,
		attempt,
		runId,
		commit,
		status,
		title,
		digest,
		artifactId
	};
}
/** A leg in one run and attempt. Its evidence tells it from another call of the same workflow. */
function toLegId({ key, runNumber, attempt, evidence }) {
	return `${key} ${runNumber} ${attempt} ${evidence}`;
}
/** Newest first. */
function compareAge(a, b) {
	return b.runNumber - a.runNumber || b.attempt - a.attempt;
}
/** JSON that can stand in an HTML comment: it can't end it, notify anybody, hide anything or hold a line break. */
function toCommentSafe(value) {
	return JSON.stringify(value).replaceAll(/[<>&@#`]|--|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (match) => Array.from({ length: match.length }, (_, index) => toEscape(match.charCodeAt(index))).join(""));
}
function toEscape(unit) {
	return `\\u${unit.toString(16).padStart(4, "0")}`;
}

// src/publish/comment/body.ts
const END = "<!-- quoderat:end -->";
const SECTION = /^<!-- quoderat:(section|leg) (\[.*\]) -->$/;
/** The first line of the comment, by which it is found again. */
function toCommentMarker({ manifest, workflow }) {
	return `<!-- quoderat:comment:v1 ${toCommentSafe({
		manifest,
		workflow
	})} -->`;
}
/** Whether a comment begins with the marker. Further down it may be a quotation. */
function hasMarker(body, marker) {
	return body.startsWith(marker) && /^\r?(?:\n|$)/.test(body.slice(marker.length));
}
/**
* The sections of a comment. It may have been edited by hand: what does not parse is left out, and a section without
* an end has no text.
*/
function parseSections(body) {
	const sections = /* @__PURE__ */ new Map();
	let open;
	for (const line of body.replaceAll("\r\n", "\n").split("\n")) {
		const [, kind, json] = SECTION.exec(line) ?? [];
		const leg = json === void 0 ? void 0 : parseLeg(json);
		if (leg !== void 0) {
			sections.set(toLegId(leg), {
				leg,
				text: void 0
			});
			open = kind === "section" ? {
				leg,
				lines: []
			} : void 0;
		} else if (line === END) {
			if (open !== void 0) sections.set(toLegId(open.leg), {
				leg: open.leg,
				text: open.lines.join("\n")
			});
			open = void 0;
		} else open?.lines.push(line);
	}
	return [...sections.values()];
}
/** A section as parseSections finds it again. The text can't hold a line that would be taken for one of ours. */
function printSection({ leg, text }) {
	if (text === void 0) return `<!-- quoderat:leg ${printLeg(leg)} -->`;
	return `<!-- quoderat:section ${printLeg(leg)} -->\n${text}\n${END}`;
}
/** A page made fit to be a section's text: an invisible space breaks whatever looks like a marker of ours. */
function toSectionText(page) {
	return page.replaceAll(/\r\n?/g, "\n").replaceAll(/<!--(?=\s*quoderat:)/g, "<!--​").replaceAll(/^\n+|\s+$/g, "");
}

// src/publish/comment/head.ts
const symbols = {
	success: "✅",
	failed: "❌",
	aborted: "⚠️"
};
const results = {
	success: "passed",
	failed: "failed",
	aborted: "incomplete"
};
/** How all legs together stand, and a row for each, as far as `rowBytes` go; failures come first. */
function renderHead(manifest, sorted, words, rowBytes) {
	const newest = sorted.current[0]?.leg;
	if (newest === void 0) return "";
	const rows = toRows(sorted, words);
	const shown = rows.slice(0, toFitting(rows, rowBytes, words));
	const left = rows.length - shown.length;
	const waiting = sorted.expected - sorted.current.length;
	const more = [...left > 0 ? [toNoteRow(`${left} more`, words.elsewhere, words)] : [], ...waiting > 0 ? [toNoteRow(waiting === 1 ? "1 leg" : `${waiting} legs`, "⏳ no envelope yet", words)] : []];
	return renderMarkdown([
		{
			type: "heading",
			level: 3,
			children: [text(`${toSentence(sorted)} · `), code(manifest)]
		},
		paragraph(...newest.commit === "" ? [] : [
			text("Commit "),
			code(newest.commit.slice(0, 7)),
			text(" · ")
		], ...link(words.runUrl(newest), text(words.run(newest)))),
		toTable([...shown, ...more], words)
	], fullDetail);
}
/** Folded: what runs and attempts before this one have said. */
function renderSuperseded({ current, superseded }, words) {
	const newest = current[0]?.leg;
	if (newest === void 0 || superseded.length === 0) return "";
	const by = [...newest.commit === "" ? [] : [code(newest.commit.slice(0, 7)), text(", ")], text(words.run(newest))];
	const rows = superseded.map((leg) => [
		toName(leg),
		[text(`${symbols[leg.status]} ${results[leg.status]}`)],
		[code(leg.commit.slice(0, 7))],
		link(words.partUrl(leg), text(words.part(leg)))
	]);
	const columns = [
		"Leg",
		"Result",
		"Commit",
		"Run"
	].map((title) => ({ title }));
	const count = superseded.length === 1 ? "1 earlier result" : `${superseded.length} earlier results`;
	const folded = {
		type: "details",
		summary: [
			text("⏭ Superseded by "),
			...by,
			text(`: ${count}`)
		],
		children: [{
			type: "table",
			columns,
			rows
		}]
	};
	return renderMarkdown([folded], fullDetail);
}
/** What a leg is called: its matrix values, or its job where there is no matrix. */
function toLegName({ label, job }) {
	return label || job || "job";
}
function toSentence({ current, expected }) {
	const count = (status) => current.filter(({ leg }) => leg.status === status).length;
	const [failed, aborted] = [count("failed"), count("aborted")];
	const incomplete = aborted === 0 ? "" : `, ${aborted} incomplete`;
	if (current.length < expected) return `⏳ ${current.length} of ${expected} envelopes in${failed === 0 ? "" : `, ${failed} failed`}${incomplete}`;
	if (failed > 0) return `❌ Failed: ${failed} of ${expected} legs failed${incomplete}`;
	if (aborted > 0) return `⚠️ Incomplete: ${aborted} of ${expected} legs did not finish`;
	return `✅ Passed: ${expected} of ${expected} legs passed`;
}
function toRows({ current }, words) {
	const attempt = Math.max(...current.map(({ leg }) => leg.attempt));
	return current.map(({ leg }) => [
		toName(leg),
		[text(`${symbols[leg.status]} ${results[leg.status]}`)],
		[text(leg.title)],
		...words.hasAttempts ? [[text(leg.attempt === attempt ? String(leg.attempt) : `${leg.attempt} (not re-run)`)]] : [],
		leg.digest === "" ? [text("–")] : link(words.artifactUrl(leg), code(`sha256:${leg.digest.slice(0, 8)}…`))
	]);
}
function toName(leg) {
	return [code(toLegName(leg))];
}
function toNoteRow(name, note, words) {
	return [
		[text(name)],
		[text(note)],
		...toTitles(words).slice(2).map(() => [])
	];
}
function toTable(rows, words) {
	return {
		type: "table",
		columns: toTitles(words).map((title) => ({ title })),
		rows
	};
}
function toTitles({ hasAttempts }) {
	return [
		"Leg",
		"Result",
		"Steps",
		...hasAttempts ? ["Attempt"] : [],
		"Envelope"
	];
}
/** How many rows fit. */
function toFitting(rows, rowBytes, words) {
	const empty = Buffer.byteLength(renderMarkdown([toTable([], words)], fullDetail));
	let size = 0;
	const end = rows.findIndex((row) => {
		size += Buffer.byteLength(renderMarkdown([toTable([row], words)], fullDetail)) - empty;
		return size > rowBytes;
	});
	return end === -1 ? rows.length : end;
}

// src/publish/comment/sections.ts
/** Results of former runs and attempts that are still named. */
const SUPERSEDED = 10;
/**
* The union of what was read at several times: of one leg, run and attempt the last one. The order in which legs get
* to write has no influence on the result, nor has a section that is read twice.
*/
function mergeSections(...lists) {
	const merged = /* @__PURE__ */ new Map();
	for (const section of lists.flat()) {
		const id = toLegId(section.leg);
		const before = merged.get(id);
		const hasKept = section.text === void 0 && before !== void 0 && isSameLeg(before.leg, section.leg);
		merged.set(id, hasKept ? before : section);
	}
	return [...merged.values()];
}
/** The same whatever the order of what is given. */
function sortSections(sections) {
	const newestFirst = sections.toSorted((a, b) => compareAge(a.leg, b.leg) || compareForStaying(a.leg, b.leg));
	const run = newestFirst[0]?.leg.runNumber;
	const counts = /* @__PURE__ */ new Map();
	for (const { leg } of newestFirst.filter(({ leg }) => leg.runNumber === run)) {
		const group = `${leg.key} ${leg.attempt}`;
		counts.set(group, (counts.get(group) ?? 0) + 1);
	}
	const slots = /* @__PURE__ */ new Map();
	for (const [group, count] of counts) {
		const [key = ""] = group.split(" ");
		slots.set(key, Math.max(slots.get(key) ?? 0, count));
	}
	const current = [];
	const superseded = [];
	for (const section of newestFirst) {
		const { leg } = section;
		const left = leg.runNumber === run ? slots.get(leg.key) ?? 0 : 0;
		if (left > 0) current.push(section);
		else superseded.push(leg);
		slots.set(leg.key, left - 1);
	}
	return {
		current: current.toSorted((a, b) => compareForReading(a.leg, b.leg)),
		superseded: superseded.toSorted((a, b) => compareAge(a, b) || compareForReading(a, b)).slice(0, SUPERSEDED),
		expected: toExpected(current)
	};
}
/** Whether a comment already shows all that these sections say. */
function isShown(sections, inComment) {
	const shown = new Map(inComment.map(({ leg }) => [toLegId(leg), leg]));
	return sortSections(sections).current.every(({ leg }) => {
		const there = shown.get(toLegId(leg));
		return there !== void 0 && isSameLeg(there, leg);
	});
}
function isSameLeg(a, b) {
	return [
		"status",
		"commit",
		"title",
		"digest"
	].every((name) => a[name] === b[name]);
}
/** Of jobs that look the same those that failed were run again. */
function compareForStaying(a, b) {
	const rank = ({ status }) => status === "success" ? 0 : 1;
	return rank(a) - rank(b) || (a.evidence < b.evidence ? -1 : 1);
}
/** Failures first; then as people count, `node 9` before `node 10`. */
function compareForReading(a, b) {
	const ranks = {
		failed: 0,
		aborted: 1,
		success: 2
	};
	return ranks[a.status] - ranks[b.status] || a.job.localeCompare(b.job, "en", { numeric: true }) || a.label.localeCompare(b.label, "en", { numeric: true }) || (toLegId(a) < toLegId(b) ? -1 : 1);
}
function toExpected(current) {
	const totals = /* @__PURE__ */ new Map();
	const counts = /* @__PURE__ */ new Map();
	for (const { leg } of current) {
		totals.set(leg.job, Math.max(totals.get(leg.job) ?? 0, leg.total));
		counts.set(leg.job, (counts.get(leg.job) ?? 0) + 1);
	}
	return [...totals].reduce((sum, [job, total]) => sum + Math.max(total, counts.get(job) ?? 0), 0);
}

// src/publish/comment/page.ts
/** Less than this says nothing; a failure is worth this much. */
const SHORTEST = 1200;
const FAILURE = 6e3;
/** About what the comment has that is not about a single leg. */
const HEAD = 300;
/** What is given up in turn when even the names of all legs are too much. */
const details = [
	{
		rows: .35,
		hasSuperseded: true,
		nameLength: 100
	},
	{
		rows: .15,
		hasSuperseded: false,
		nameLength: 40
	},
	{
		rows: .05,
		hasSuperseded: false,
		nameLength: 12
	}
];
/**
* The comment with this job's section in it. Every leg has a fair share of the room; this job's section is made to
* fit, and where others have taken more than theirs, or a failure needs it, pages go whole, those of passed legs first:
* their rows stay.
*/
function makeCommentPage(page) {
	const sorted = sortSections(mergeSections(page.sections, [{
		leg: page.own.leg,
		text: void 0
	}]));
	const bare = sorted.current.map(({ leg }) => ({
		leg,
		text: void 0
	}));
	for (const detail of details) {
		const size = toSize(layOut({
			...sorted,
			current: bare
		}, page, detail));
		const room = page.budgetBytes - size;
		const kept = Math.max(0, size - HEAD) / bare.length * Math.max(0, sorted.expected - bare.length);
		const share = Math.floor((room - kept) / sorted.expected);
		if (room >= 0) return layOut({
			...sorted,
			current: toTexts(sorted, page, room, share)
		}, page, detail);
	}
	return layOut({
		current: [],
		superseded: [],
		expected: 0
	}, page, {
		rows: 0,
		hasSuperseded: false,
		nameLength: 0
	});
}
/** Which sections keep their text, and this job's own in what is left. */
function toTexts(sorted, { own, sections }, room, share) {
	const id = toLegId(own.leg);
	const isCurrent = sorted.current.some(({ leg }) => toLegId(leg) === id);
	const isTight = share < SHORTEST;
	const least = isCurrent ? toFairShare(own.leg, share) : 0;
	const kept = new Map(sections.flatMap(({ leg, text }) => text === void 0 || toLegId(leg) === id ? [] : [[toLegId(leg), text]]));
	const others = sorted.current.flatMap(({ leg }) => {
		const text = kept.get(toLegId(leg));
		return text === void 0 ? [] : [{
			leg,
			text,
			size: toCost({
				leg,
				text
			})
		}];
	});
	let used = others.reduce((sum, { size }) => sum + size, 0);
	for (const other of toDropOrder(others)) {
		const isOver = used > room;
		const isInTheWay = used + least > room && (other.size > toFairShare(other.leg, share) || isLesser(other.leg, own.leg));
		if (!isOver && !isInTheWay) continue;
		kept.delete(toLegId(other.leg));
		used -= other.size;
	}
	const most = sorted.current.length >= sorted.expected && !isTight ? room - used : Math.min(room - used, least);
	const text = least === 0 ? void 0 : toOwnText(own, most);
	return sorted.current.map(({ leg }) => ({
		leg,
		text: toLegId(leg) === id ? text : kept.get(toLegId(leg))
	}));
}
/** What a leg's page may have at the cost of others: more where something failed, nothing where nothing could be said. */
function toFairShare({ status }, share) {
	if (status !== "success") return Math.max(share, FAILURE);
	return share < SHORTEST ? 0 : share;
}
/** A page about what passed gives way to one about what did not. */
function isLesser(other, own) {
	return other.status === "success" && own.status !== "success";
}
function toDropOrder(others) {
	const rank = ({ leg }) => leg.status === "success" ? 0 : 1;
	return others.toSorted((a, b) => rank(a) - rank(b) || b.size - a.size);
}
function toOwnText({ leg, render }, most) {
	const budget = most - toCost({
		leg,
		text: ""
	});
	if (budget < 200) return void 0;
	try {
		const text = toSectionText(render(budget));
		return toCost({
			leg,
			text
		}) <= most ? text : void 0;
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
function layOut(sorted, { owner, words, budgetBytes }, detail) {
	const isOne = sorted.current.length === 1 && sorted.expected <= 1 && sorted.current[0]?.text !== void 0;
	const head = isOne ? "" : renderHead(owner.manifest, sorted, words, budgetBytes * detail.rows);
	const superseded = detail.hasSuperseded ? sorted.superseded : [];
	const short = (leg) => toShort(leg, detail.nameLength);
	const silent = sorted.current.filter(({ text }) => text === void 0).map(({ leg }) => leg);
	return [
		toCommentMarker(owner),
		head,
		...sorted.current.map(({ leg, text }) => {
			if (text === void 0) return "";
			return isOne ? printSection({
				leg: short(leg),
				text
			}) : fold({
				leg: short(leg),
				text
			});
		}),
		renderSuperseded({
			...sorted,
			superseded
		}, words),
		[...silent, ...superseded].map((leg) => printSection({
			leg: short(leg),
			text: void 0
		})).join("\n")
	].filter((part) => part !== "").join("\n\n");
}
function fold({ leg, text: page }) {
	const nodes = [
		text(`${symbols[leg.status]} `),
		strong(text(toLegName(leg))),
		text(`: ${leg.title}`)
	];
	const summary = renderInline(nodes, "html", {
		text: 100,
		code: 100
	});
	return `<details${leg.status === "success" ? "" : " open"}><summary>${summary}</summary>\n\n${printSection({
		leg,
		text: page
	})}\n\n</details>`;
}
/** What a section's text costs over its bare mention. */
function toCost({ leg, text }) {
	return toSize(fold({
		leg,
		text: text ?? ""
	})) - toSize(printSection({
		leg,
		text: void 0
	})) + 4;
}
/** The job's name stays: by it the legs that are still to come are counted. */
function toShort(leg, length) {
	return leg.label.length > length ? {
		...leg,
		label: `${leg.label.slice(0, length).toWellFormed()}…`
	} : leg;
}
function toSize(page) {
	return Buffer.byteLength(page);
}

// src/publish/comment/converge.ts
/**
* Puts this job's section into the one comment of its manifest, which the manifest's other legs write too, perhaps at
* this moment. No forge has a way to write only what nobody has changed, so: read right before writing, merge, write,
* wait until whoever read before that write has written too, and read again until all is there that was ever seen.
* Two that were created at once become one: the oldest stays, the others go once all they said is in it.
* @throws the port's errors
*/
async function convergeComment(port, report) {
	const writer = makeWriter(port, {
		...report,
		own: {
			...report.own,
			leg: toFitLeg(report.own.leg)
		}
	});
	let isWritten = false;
	let url;
	for (let tries = 0; tries < limits.commentTries; tries += 1) {
		try {
			const found = await writer.read().catch((error) => {
				if (isWritten && port.toTrouble(error) !== void 0 && port.toTrouble(error) !== "gone") return void 0;
				throw error;
			});
			if (found === void 0) return {
				state: "written",
				url
			};
			if (found[0] !== void 0 && writer.isSettled(found[0], isWritten)) {
				await writer.removeDuplicates(found.slice(1));
				return {
					state: "written",
					url: found[0].url
				};
			}
			if (found[0] === void 0 && tries === 0 && writer.hasSiblings()) {
				await port.pause(port.random() * limits.commentSettleMs * .5);
				continue;
			}
			url = await writer.write(found[0]) ?? url;
			isWritten = true;
		} catch (error) {
			const trouble = port.toTrouble(error);
			if (trouble === "too_long") writer.shrink(error);
			else if (trouble !== "gone" || !writer.hadComment()) throw error;
			continue;
		}
		const pause = writer.hasSiblings() ? limits.commentSettleMs : limits.commentSettleMs / 5;
		await port.pause(pause * (1 + port.random() / 2));
	}
	return { state: "contended" };
}
function makeWriter(port, { owner, own, words, budgetBytes: most }) {
	const marker = toCommentMarker(owner);
	/** Every section that was ever seen: what another job wrote over is put back. */
	let known = [];
	let budgetBytes = most;
	let hadComment = false;
	/** Comments that are this job's to delete, once they are duplicates: its own, and what was left by jobs before it. */
	let deletable;
	const note = ({ body }) => {
		known = mergeSections(known, parseSections(body));
	};
	const compose = () => makeCommentPage({
		owner,
		own,
		words,
		budgetBytes,
		sections: known
	});
	const read = async () => {
		const ours = await port.listOwn((body) => hasMarker(body, marker));
		ours.forEach(note);
		hadComment = ours.length > 0;
		deletable ??= new Set(ours.map(({ id }) => id));
		return ours;
	};
	/** Whether a comment has this job's section, as it is now. */
	const holdsOwn = ({ body }) => parseSections(body).some(({ leg }) => toLegId(leg) === toLegId(own.leg) && leg.status === own.leg.status);
	const { key, runNumber, total } = own.leg;
	const hasSiblings = () => total > 1 || known.some(({ leg }) => leg.key !== key && leg.runNumber === runNumber);
	return {
		read,
		isSettled({ body }, hasWritten) {
			const sections = parseSections(body);
			const wanted = mergeSections(known, [{
				leg: own.leg,
				text: void 0
			}]);
			return isShown(wanted, sections) && (hasWritten || holdsOwn({ body }));
		},
		async write(primary) {
			if (primary === void 0) {
				const made = await port.create(compose(), async () => (await read()).find(holdsOwn));
				deletable?.add(made.id);
				return made.url;
			}
			const [readMs, writeMs] = hasSiblings() ? [limits.commentSettleMs / 3, limits.commentSettleMs * 2 / 3] : [];
			const body = async () => {
				note(await port.read(primary.id, readMs));
				return compose();
			};
			return (await port.update(primary.id, body, writeMs)).url;
		},
		async removeDuplicates(duplicates) {
			for (const { id } of duplicates.filter(({ id }) => deletable?.has(id))) await port.remove(id).catch(() => {});
		},
		shrink(error) {
			if (budgetBytes < 2e3) throw error;
			budgetBytes = Math.floor(budgetBytes / 4);
		},
		hadComment: () => hadComment,
		hasSiblings
	};
}

// src/shown-signing.ts
/** What came of keyless signing, in the page's words; undefined: nothing that a reader is told. */
function toShownSigning(signing, bundleFileName) {
	if (signing?.state === "failed") return {
		state: "failed",
		reason: signing.reason
	};
	if (signing?.state !== "signed") return void 0;
	const { identity, issuer, instance } = signing;
	return {
		state: "keyless",
		identity,
		issuer,
		instance,
		...bundleFileName !== void 0 && { bundleFileName }
	};
}

export { convergeComment as n, toAnnotationPath as r, toShownSigning as t };