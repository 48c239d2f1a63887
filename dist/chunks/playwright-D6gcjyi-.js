import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { i as makePlainConduct, n as findFiles, r as readFoundFile, t as makeProcessKind } from "./process-kind-BP66kicw.js";
import { t as isObject } from "./json-DncajuVf.js";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";

// src/execution/playwright/recordings.ts
/**
* What a file's name says of a recording: `trace.zip` and `video.webm` of a result, and the copies that the HTML report
* keeps of them under the digest of their content. null: it is none.
*/
function toRecording(name) {
	const base = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
	if (/^(?:trace[^/]*|[0-9a-f]{40})\.zip$/.test(base)) return "trace";
	return /\.(?:webm|mp4)$/.test(base) ? "video" : null;
}
/** Whether a file is a recording that the manifest does not allow to attach. */
function isHeldBack(name, { attach }) {
	const what = toRecording(name);
	return what !== null && attach?.includes(what) !== true;
}

// src/execution/playwright/attachments.ts
/**
* The recordings that a report of Playwright's json reporter names, and the screenshots of results that did not pass.
* Each file once, in the report's order. Anything that is not as expected is passed over.
*/
function findAttachments(report) {
	const found = /* @__PURE__ */ new Map();
	const pending = toObjects(report, "suites").toReversed();
	for (let suite = pending.pop(); suite !== void 0; suite = pending.pop()) {
		pending.push(...toObjects(suite, "suites").toReversed());
		const tests = toObjects(suite, "specs").flatMap((spec) => toObjects(spec, "tests"));
		for (const result of tests.flatMap((test) => toObjects(test, "results"))) {
			const failed = result["status"] !== "passed" && result["status"] !== "skipped";
			for (const attachment of toObjects(result, "attachments")) {
				const file = toNamedFile(attachment, failed);
				if (file !== null && !found.has(file.path)) found.set(file.path, file);
			}
		}
	}
	return [...found.values()];
}
function toNamedFile({ name, contentType, path }, failed) {
	if (typeof path !== "string" || typeof contentType !== "string") return null;
	if (name === "trace" || toRecording(path) === "trace") return {
		path,
		what: "trace"
	};
	if (contentType.startsWith("video/") || toRecording(path) === "video") return {
		path,
		what: "video"
	};
	return failed && contentType.startsWith("image/") ? {
		path,
		what: "screenshot"
	} : null;
}
function toObjects(holder, key) {
	const list = isObject(holder) ? holder[key] : void 0;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

// src/execution/playwright/keep.ts
/**
* Keeps screenshots, and recordings that the manifest allows, as artifacts; lists the other recordings by digest in an
* observation. What lies outside of the workspace is left alone.
* @returns the ids of the artifacts
*/
async function keepAttachments(context, named, reportIds) {
	const { step, workspace, warn, stop } = context;
	const ids = [];
	const numbers = {
		screenshot: 0,
		trace: 0,
		video: 0
	};
	const listed = [];
	const seen = /* @__PURE__ */ new Set();
	let leftOut = 0;
	for (const { path, what } of named) {
		const file = await readFoundFile(workspace, path);
		if (file === void 0) {
			warn("file_not_captured", `a ${what} that its report names is not there, or not in the workspace`);
			continue;
		}
		if (seen.has(file.path)) continue;
		seen.add(file.path);
		if (stop.reason() !== null || seen.size > limits.playwrightAttachments) {
			leftOut += 1;
			continue;
		}
		try {
			if (what === "screenshot" || step.attach?.includes(what) === true) ids.push(await keep(context, file, what, numbers[what] += 1));
			else listed.push(await list(context, file, what));
		} catch (error) {
			warn("file_not_captured", `${file.name} can't be read: ${toMessage(error)}`);
		}
	}
	if (leftOut > 0) warn("file_not_captured", `${leftOut} screenshots and recordings were neither kept nor listed`);
	if (listed.length > 0) await tellQuarantine(context, {
		files: listed,
		files_left_out: leftOut
	}, reportIds);
	return ids;
}
async function keep(context, file, kind, number) {
	const { store, redactor, step, toArtifactId } = context;
	const id = toArtifactId(`${kind}/${number}`);
	const name = context.redact(file.name, "artifacts");
	const isStopped = () => context.stop.reason() !== null;
	const captured = await store.captureFile({
		id,
		kind,
		name,
		stepId: step.id,
		path: file.path,
		redactor,
		isStopped
	});
	if (captured.problem !== null) context.warn("file_not_captured", `${file.name} was not kept whole (${captured.problem})`);
	await context.announce(captured, name, "artifact");
	return id;
}
async function list(context, file, what) {
	const hash = createHash("sha256");
	let size = 0;
	for await (const chunk of createReadStream(file.path)) {
		hash.update(chunk);
		size += chunk.length;
	}
	return {
		name: context.redact(file.name, "observations"),
		what,
		sha256: hash.digest("hex"),
		size_bytes: size
	};
}
async function tellQuarantine(context, value, reportIds) {
	const { step, attempt, emit } = context;
	const count = value.files.length;
	const observation = {
		id: `${step.id}/${attempt}/quarantine`,
		type: "quarantine",
		summary: `${count} ${count === 1 ? "recording was" : "recordings were"} not kept: a trace or video may show passwords`,
		value,
		basis_artifact_ids: reportIds,
		informational: reportIds.length === 0,
		parser: {
			name: "quoderat/playwright",
			version: "1"
		}
	};
	await emit({
		type: "observation_recorded",
		step_id: step.id,
		observation
	});
}

// src/execution/playwright/conduct.ts
/**
* Tells Playwright's json reporter where to write, and looks after what the report names: screenshots of failures are kept,
* recordings are listed or, where the manifest allows it, kept.
*/
function makePlaywrightConduct(context) {
	const { step, workspace } = context;
	const path = step.reports.find(({ format }) => format === "playwright")?.path ?? "";
	let before;
	return {
		...makePlainConduct(context),
		async prepare(cwd) {
			before = (await findReport(workspace, cwd, path))?.version;
			const file = join(cwd, path);
			return {
				PLAYWRIGHT_JSON_OUTPUT_FILE: file,
				PLAYWRIGHT_JSON_OUTPUT_NAME: file
			};
		},
		async capture(cwd, reportIds) {
			const report = await findReport(workspace, cwd, path);
			const named = report !== void 0 && report.version !== before ? await readAttachments(context, report) : [];
			const declared = await findRecordings(context, cwd);
			return await keepAttachments(context, [...named, ...declared], reportIds);
		}
	};
}
/** undefined: there is none, or the manifest names several by a glob. */
async function findReport(workspace, cwd, path) {
	const files = path === "" ? [] : await findFiles(workspace, cwd, path);
	return files.length === 1 ? files[0] : void 0;
}
async function readAttachments({ warn }, report) {
	if (report.size > limits.playwrightReportBytes) {
		warn("file_not_captured", `${report.name} is too large to look for screenshots in`);
		return [];
	}
	try {
		return findAttachments(JSON.parse(await readFile(report.path, "utf8")));
	} catch (error) {
		warn("file_not_captured", `${report.name} can't be searched for screenshots: ${toMessage(error).split("\n")[0] ?? ""}`);
		return [];
	}
}
/** Recordings that outputs name: they are not kept with the outputs, so they are listed like the others. */
async function findRecordings({ step, workspace }, cwd) {
	const found = [];
	for (const pattern of step.outputs) for (const { path, name } of await findFiles(workspace, cwd, pattern)) {
		const what = toRecording(name);
		if (what !== null && step.attach?.includes(what) !== true) found.push({
			path,
			what
		});
	}
	return found;
}

// src/execution/kinds/playwright.ts
/** The project's own Playwright: a test run that may leave pictures and recordings of what a browser showed. */
const playwright = makeProcessKind({
	report: "fail",
	output: "warn",
	reportHint: "let Playwright write it with its json reporter, as in --reporter=list,json",
	leavesOut: ({ name }, step) => isHeldBack(name, step)
}, makePlaywrightConduct);

export { playwright };