import { c as setOutput, d as warning, i as getInput, l as setSecret, n as endGroup, o as notice, s as saveState$1, u as startGroup } from "./core-MS2wMUn3.js";
import { n as toErrorCode, r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-BJB9pL5s.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { n as evidenceFiles } from "./evidence-folder-YMIOVZ09.js";
import { r as renderSummary, t as readExcerpts } from "./excerpts-9mliwGRv.js";
import { t as writeBundle } from "./bundle-DZpirMC4.js";
import { t as toServiceProblem } from "./service-CbgvC1QA.js";
import process$1 from "node:process";
import { EOL } from "os";
import { constants, promises } from "fs";
import { randomBytes } from "node:crypto";
import { copyFile, link, mkdtemp, rename, rm, stat as stat$1 } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { tmpdir } from "node:os";

// node_modules/@actions/core/lib/summary.js
var __awaiter = void 0 && (void 0).__awaiter || function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access: access$1, appendFile, writeFile: writeFile$1 } = promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	/**
	* Finds the summary file path from the environment, rejects if env var is not found or file does not exist
	* Also checks r/w permissions.
	*
	* @returns step summary file path
	*/
	filePath() {
		return __awaiter(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access$1(pathFromEnv, constants.R_OK | constants.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	/**
	* Wraps content in an HTML tag, adding any HTML attributes
	*
	* @param {string} tag HTML tag to wrap
	* @param {string | null} content content within the tag
	* @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
	*
	* @returns {string} content wrapped in HTML element
	*/
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	/**
	* Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
	*
	* @param {SummaryWriteOptions} [options] (optional) options for write operation
	*
	* @returns {Promise<Summary>} summary instance
	*/
	write(options) {
		return __awaiter(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile$1 : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	/**
	* Clears the summary buffer and wipes the summary file
	*
	* @returns {Summary} summary instance
	*/
	clear() {
		return __awaiter(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	/**
	* Returns the current summary buffer as a string
	*
	* @returns {string} string of summary buffer
	*/
	stringify() {
		return this._buffer;
	}
	/**
	* If the summary buffer is empty
	*
	* @returns {boolen} true if the buffer is empty
	*/
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	/**
	* Resets the summary buffer without writing to summary file
	*
	* @returns {Summary} summary instance
	*/
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	/**
	* Adds raw text to the summary buffer
	*
	* @param {string} text content to add
	* @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	/**
	* Adds the operating system-specific end-of-line marker to the buffer
	*
	* @returns {Summary} summary instance
	*/
	addEOL() {
		return this.addRaw(EOL);
	}
	/**
	* Adds an HTML codeblock to the summary buffer
	*
	* @param {string} code content to render within fenced code block
	* @param {string} lang (optional) language to syntax highlight code
	*
	* @returns {Summary} summary instance
	*/
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML list to the summary buffer
	*
	* @param {string[]} items list of items to render
	* @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML table to the summary buffer
	*
	* @param {SummaryTableCell[]} rows table rows
	*
	* @returns {Summary} summary instance
	*/
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds a collapsable HTML details element to the summary buffer
	*
	* @param {string} label text for the closed state
	* @param {string} content collapsable content
	*
	* @returns {Summary} summary instance
	*/
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML image tag to the summary buffer
	*
	* @param {string} src path to the image you to embed
	* @param {string} alt text description of the image
	* @param {SummaryImageOptions} options (optional) addition image attributes
	*
	* @returns {Summary} summary instance
	*/
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML section heading element
	*
	* @param {string} text heading text
	* @param {number | string} [level=1] (optional) the heading level, default: 1
	*
	* @returns {Summary} summary instance
	*/
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML thematic break (<hr>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML line break (<br>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML blockquote to the summary buffer
	*
	* @param {string} text quote text
	* @param {string} cite (optional) citation url
	*
	* @returns {Summary} summary instance
	*/
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML anchor tag to the summary buffer
	*
	* @param {string} text link text/content
	* @param {string} href hyperlink
	*
	* @returns {Summary} summary instance
	*/
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const _summary = new Summary();
const summary = _summary;

// src/publish/github/failure.ts
/** Why something could not be handed to GitHub. It never decides about the job. */
var PublishError = class extends CodedError {};
const CREDENTIALS = [
	[/(https?:\/\/[^\s"'<>?]{1,2000})\?[^\s"'<>]*/g, "$1?…"],
	[/\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g, "…"],
	[/\b(bearer|authorization:?)\s+\S+/gi, "$1 …"]
];
/** The file system's word for an error (`EACCES`), or `otherwise` when it has none. */
function toReason(error, otherwise) {
	return toErrorCode(error) ?? otherwise;
}
/** What went wrong in a conversation with GitHub, on one line and without tokens or signed addresses. */
function toPublishError(error) {
	if (error instanceof PublishError) return error;
	let text = toMessage(error).slice(0, 4e3);
	for (const [pattern, stand] of CREDENTIALS) text = text.replaceAll(pattern, stand);
	const line = text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim().slice(0, 500);
	return new PublishError(/\(409\)|already exists/i.test(line) ? "conflict" : "failed", line || "unknown error");
}

// src/publish/github/outputs.ts
/** Hands outputs to the steps that follow. Gives back why that did not work, or undefined. */
function setOutputs(outputs, env) {
	if (!env["GITHUB_OUTPUT"]) return "this runner takes no outputs (GITHUB_OUTPUT is not set)";
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
		return;
	} catch (error) {
		return `the outputs can't be written: ${toReason(error, "GITHUB_OUTPUT is not writable")}`;
	}
}

// src/action/environment.ts
const PRIVATE = /^(?:ACTIONS_|INPUT_|STATE_)|^QUODERAT_SIGNING_KEY$/;
/** The environment as it is now. */
function copyEnvironment(environment) {
	return Object.fromEntries(Object.entries(environment).filter((entry) => entry[1] !== void 0));
}
/**
* Removes what only the action itself is given: the runner's tokens, inputs and state. Nothing that inherits this
* process's environment by mistake gets them then. It is no boundary: on Linux a child of the same user can still read
* what this process was started with (/proc/PID/environ).
*/
function scrubEnvironment(environment) {
	for (const name of Object.keys(environment)) if (PRIVATE.test(name)) delete environment[name];
}
/** Gives back what the artifact SDK reads, once no child is alive. */
function restoreEnvironment(environment, copy) {
	for (const [name, value] of Object.entries(copy)) if (name.startsWith("ACTIONS_")) environment[name] = value;
}
/** Adds what the runner tells through inputs only, under the names that ci/ reads. */
function addRunnerFacts(copy, facts) {
	return {
		...copy,
		QUODERAT_MATRIX: facts.matrix,
		...facts.checkRunId !== void 0 && { QUODERAT_CHECK_RUN_ID: facts.checkRunId },
		...facts.signingKey !== void 0 && { QUODERAT_SIGNING_KEY: facts.signingKey }
	};
}

// src/action/inputs.ts
var InputError = class extends CodedError {};
const uploadModes = [
	"auto",
	"always",
	"never"
];
/**
* Reads the inputs of this process, after the signing key has become a mask of the job's log.
* @throws InputError
*/
function readMaskedInputs(env) {
	const readInput = (name) => getInput(name, { trimWhitespace: false });
	const signingKey = readSigningKey(readInput, env);
	if (signingKey !== void 0) setSecret(signingKey);
	return readInputs(readInput, env);
}
/**
* Reads and checks all inputs.
* @param readInput gives the text of an input as it was passed, "" when it was not
* @param env the runner's environment
* @throws InputError that names every input that is wrong
*/
function readInputs(readInput, env) {
	const faults = [];
	const read = (name) => readInput(name).trim() || void 0;
	const checkout = resolve(env["GITHUB_WORKSPACE"] || ".");
	const workspace = resolve(checkout, read("working-directory") ?? ".");
	const tempDir = env["RUNNER_TEMP"] || tmpdir();
	const out = read("out");
	const steps = readInput("steps").trim() === "" ? void 0 : readInput("steps");
	const path = read("manifest");
	if (steps !== void 0 && path !== void 0) faults.push("both `manifest` and `steps` are given; keep the one that is meant");
	const expectedPlanHash = read("expected-plan-hash");
	if (expectedPlanHash !== void 0 && !/^[0-9a-f]{64}$/.test(expectedPlanHash)) faults.push("`expected-plan-hash` must be 64 lower-case hex digits, as `quoderat plan` prints them");
	const upload = uploadModes.find((mode) => mode === (read("upload") ?? "auto"));
	if (upload === void 0) faults.push(`\`upload\` must be one of ${uploadModes.join(", ")}`);
	const retention = read("retention-days");
	if (retention !== void 0 && !isWithin(retention, 1, 400)) faults.push("`retention-days` must be a whole number from 1 to 400");
	const name = read("name");
	if (name !== void 0 && (name.length > 100 || /\p{Cc}/u.test(name))) faults.push("`name` must be one line of at most 100 characters");
	if (faults.length > 0 || upload === void 0) throw new InputError("bad_input", faults.join("; "));
	return {
		manifest: steps === void 0 ? { file: resolve(workspace, path ?? "quoderat.yml") } : { inline: steps },
		workspace,
		workingDirectory: relative(checkout, workspace).replaceAll(sep, "/") || ".",
		name,
		expectedPlanHash,
		signingKey: readSigningKey(readInput, env),
		upload,
		retentionDays: retention === void 0 ? void 0 : Number(retention),
		outDir: out === void 0 ? join(tempDir, "quoderat", randomBytes(6).toString("hex")) : resolve(checkout, out),
		tempDir,
		checkRunId: /^\d{1,20}$/.exec(read("check-run-id") ?? "")?.[0],
		matrix: read("matrix") ?? "null"
	};
}
function readSigningKey(readInput, env) {
	return readInput("signing-key").trim() || env["QUODERAT_SIGNING_KEY"]?.trim() || void 0;
}
function isWithin(text, least, most) {
	return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

// src/action/cancellation.ts
/** Left for what is written after an upload was given up. */
const LAST_MS = 1e3;
/**
* Hears the runner's cancellation: SIGINT, after 7.5 s SIGTERM, after 2.5 s the end, each sent to this process alone
* (actions/runner, ProcessInvoker.cs). The first signal decides; later ones only repeat it.
*/
function watchCancellation(source, now) {
	const cancelled = new AbortController();
	let deadline = Infinity;
	const hear = () => {
		if (cancelled.signal.aborted) return;
		deadline = now() + limits.cancelMs;
		cancelled.abort("cancelled");
	};
	for (const name of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP",
		"SIGBREAK"
	]) source.on(name, hear);
	return {
		signal: cancelled.signal,
		limit(ms) {
			const over = new AbortController();
			const timers = [setTimeout(() => over.abort(), ms)];
			const hurry = () => {
				const left = deadline - LAST_MS - now();
				if (left > 0) timers.push(setTimeout(() => over.abort(), left));
				else over.abort();
			};
			if (cancelled.signal.aborted) hurry();
			cancelled.signal.addEventListener("abort", hurry, { once: true });
			return {
				signal: over.signal,
				[Symbol.dispose]() {
					cancelled.signal.removeEventListener("abort", hurry);
					for (const timer of timers) clearTimeout(timer);
				}
			};
		}
	};
}

// src/publish/github/summary.ts
/**
* Adds Markdown to the page of the step (GITHUB_STEP_SUMMARY). The runner drops a page of more than 1 MiB whole, with
* an error, so a text over the budget is refused here.
* @throws PublishError too_large or not_writable
*/
async function appendJobSummary(markdown) {
	const bytes = Buffer.byteLength(markdown);
	if (bytes > limits.jobSummaryBytes) throw new PublishError("too_large", `the job summary has ${bytes} bytes; GitHub shows at most 1 MiB`);
	try {
		await summary.addRaw(markdown, true).write();
	} catch (error) {
		summary.emptyBuffer();
		const reason = toReason(error, "GITHUB_STEP_SUMMARY is not set or not writable");
		throw new PublishError("not_writable", `the job summary can't be written: ${reason}`, { cause: error });
	}
}

// src/action/state.ts
const prefix = "quoderat-";
/** Notes a step forward. A runner that keeps no state loses only what the post step would have made good. */
function saveState(state, env) {
	if (!env["GITHUB_STATE"]) return;
	try {
		for (const [name, value] of Object.entries(state)) saveState$1(`${prefix}${name}`, value);
	} catch {}
}
function readState(env) {
	const read = (name) => env[`STATE_${prefix}${name}`] || void 0;
	const toProgress = (value) => value === "settled" ? "settled" : "open";
	return {
		dir: read("dir"),
		stem: read("stem"),
		envelope: toProgress(read("envelope")),
		bundle: toProgress(read("bundle")),
		summary: toProgress(read("summary"))
	};
}
function isSettled(state) {
	return state.envelope === "settled" && state.bundle === "settled" && state.summary === "settled";
}

// src/publish/github/upload.ts
/**
* Uploads one raw file. A name that is taken (a step that ran before under the same name) is tried once more with a
* suffix; the name that it got is in the result.
* @throws PublishError conflict, timeout, changed (other bytes arrived than were sealed) or failed
*/
async function uploadRaw(upload, uploadFile = uploadToGithub) {
	if (upload.giveUp.aborted) throw makeTimeout();
	const folder = await mkdtemp(join(upload.tempDir, "quoderat-upload-")).catch((error) => {
		throw toPublishError(error);
	});
	try {
		const first = join(folder, `${upload.stem}${upload.extension}`);
		await link(upload.path, first).catch(() => copyFile(upload.path, first));
		try {
			return await send(first, upload, uploadFile);
		} catch (error) {
			if (!(error instanceof PublishError) || error.code !== "conflict") throw error;
		}
		const second = join(folder, `${upload.stem}-${sha256(folder).slice(0, 6)}${upload.extension}`);
		await rename(first, second);
		return await send(second, upload, uploadFile);
	} catch (error) {
		throw toPublishError(error);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
/** How long the upload of a file may take: a fixed part, and more for a large one. */
async function toTimeLimit(path) {
	const { size } = await stat$1(path);
	return Math.min(limits.uploadMs + size / limits.uploadBytesPerMs, limits.uploadMaxMs);
}
async function send(path, upload, uploadFile) {
	const { size } = await stat$1(path);
	const options = upload.retentionDays === void 0 ? {} : { retentionDays: upload.retentionDays };
	const answer = await orGiveUp(upload.giveUp, uploadFile(path, options)).catch((error) => {
		throw toPublishError(error);
	});
	if (answer.id === void 0) throw new PublishError("failed", "the artifact service gave no artifact id");
	if (answer.digest !== upload.sha256) throw new PublishError("changed", `the artifact service holds sha256:${answer.digest ?? "(none)"} but the file was sha256:${upload.sha256}`);
	return {
		id: answer.id,
		name: basename(path),
		sha256: upload.sha256,
		sizeBytes: size
	};
}
/** The SDK can't be cancelled: what it still does afterwards ends with the process. */
async function orGiveUp(giveUp, work) {
	let onAbort = () => {};
	const abort = new Promise((_resolve, reject) => {
		onAbort = () => reject(makeTimeout());
		if (giveUp.aborted) onAbort();
		giveUp.addEventListener("abort", onAbort, { once: true });
	});
	try {
		return await Promise.race([work, abort]);
	} finally {
		giveUp.removeEventListener("abort", onAbort);
	}
}
function makeTimeout() {
	return new PublishError("timeout", "the artifact service did not finish in time");
}
async function uploadToGithub(path, options) {
	const { DefaultArtifactClient } = await import("./artifact-D-wQ3JbG.js");
	const name = basename(path);
	return new DefaultArtifactClient().uploadArtifact(name, [path], join(path, ".."), {
		...options,
		skipArchive: true
	});
}

// src/action/upload-evidence.ts
/**
* Uploads the envelope and then the bundle, each as one raw file. Trouble is told and changes nothing; what a
* cancellation leaves no time for stays open for the post step.
*/
async function uploadEvidence(options) {
	const { evidence, env, inputs, state } = options;
	const problem = inputs.upload === "never" ? "upload: never" : toServiceProblem(env);
	if (problem !== void 0) {
		const tell = inputs.upload === "always" ? warning : notice;
		if (inputs.upload !== "never") tell(`The evidence was not uploaded: ${problem}. It is in ${evidence.dir}`);
		saveState({
			envelope: "settled",
			bundle: "settled"
		}, env);
		return {};
	}
	restoreEnvironment(process$1.env, env);
	startGroup("Quoderat: upload the evidence");
	const uploads = {};
	try {
		if (state.envelope === "open") {
			const settled = await upload("envelope", {
				path: evidence.envelopePath,
				sha256: evidence.envelopeSha256
			}, ".quoderat.json", options);
			if (settled === "open") return uploads;
			if (settled === "failed") {
				saveState({ bundle: "settled" }, env);
				return uploads;
			}
			uploads.envelope = settled;
		}
		if (state.bundle === "open" && !options.cancellation.signal.aborted) {
			const settled = await uploadBundle(options);
			if (typeof settled === "object") uploads.bundle = settled;
		}
		return uploads;
	} finally {
		endGroup();
	}
}
async function uploadBundle(options) {
	const folder = await mkdtemp(join(options.inputs.tempDir, "quoderat-bundle-")).catch(() => void 0);
	try {
		if (folder === void 0) throw new Error(`${options.inputs.tempDir} can't be written`);
		return await upload("bundle", await writeBundle(options.evidence.dir, join(folder, "bundle.tar.gz")), ".quoderat.tar.gz", options);
	} catch (error) {
		warning(`The bundle could not be made: ${toMessage(error)}`);
		saveState({ bundle: "settled" }, options.env);
		return "failed";
	} finally {
		if (folder !== void 0) await rm(folder, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
async function upload(what, file, extension, { inputs, env, cancellation, stem }) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { retentionDays, tempDir } = inputs;
		const limit = _usingCtx$1.u(cancellation.limit(await toTimeLimit(file.path)));
		try {
			const artifact = await uploadRaw({
				...file,
				stem,
				extension,
				tempDir,
				giveUp: limit.signal,
				...retentionDays !== void 0 && { retentionDays }
			});
			saveState({ [what]: "settled" }, env);
			if (artifact.name !== `${stem}${extension}`) notice(`The name ${stem}${extension} was taken; the ${what} was uploaded as ${artifact.name}`);
			return artifact;
		} catch (error) {
			const failure = toPublishError(error);
			if (failure.code === "timeout" && cancellation.signal.aborted) return "open";
			warning(`The ${what} was not uploaded: ${failure.message}`);
			saveState({ [what]: "settled" }, env);
			return "failed";
		}
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}

// src/action/publish-evidence.ts
/**
* Outputs, uploads and job summary of a sealed run. Nothing here can fail the step: what does not work is told as a
* warning.
*/
async function publishEvidence(options) {
	const { evidence, env, state } = options;
	try {
		warnIf(setOutputs(toOutputs(evidence), env));
		const uploads = await uploadEvidence(options);
		if (uploads.envelope || uploads.bundle) warnIf(setOutputs(toUploadOutputs(uploads, env), env));
		if (state.summary === "open") await appendJobSummary(await makePage(evidence, uploads, env));
	} catch (error) {
		warning(toMessage(error));
	}
	saveState({ summary: "settled" }, env);
}
function warnIf(problem) {
	if (problem !== void 0) warning(problem);
}
function toOutputs({ envelope, envelopePath, envelopeSha256 }) {
	return {
		status: envelope.execution.status,
		"run-id": envelope.run_id,
		"evidence-id": envelope.evidence_id,
		"head-hash": envelope.integrity.head_entry_hash,
		"plan-hash": envelope.plan.plan_hash,
		"envelope-path": envelopePath,
		"envelope-sha256": envelopeSha256
	};
}
function toUploadOutputs({ envelope, bundle }, env) {
	return {
		...envelope && {
			"artifact-id": String(envelope.id),
			"artifact-url": toArtifactUrl(envelope.id, env)
		},
		...bundle && { "bundle-artifact-id": String(bundle.id) }
	};
}
/** The address of this workflow run. */
function toRunUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }) {
	return `${server ?? ""}/${repository ?? ""}/actions/runs/${run ?? ""}`;
}
/** As GitHub's own upload-artifact gives it. */
function toArtifactUrl(id, env) {
	return `${toRunUrl(env)}/artifacts/${id}`;
}
/** The summary, with the name and the place from which the envelope can be downloaded. */
async function makePage(evidence, { envelope }, env) {
	return renderSummary({
		envelope: evidence.envelope,
		envelopeSha256: evidence.envelopeSha256,
		envelopeFileName: envelope?.name ?? evidenceFiles.envelope,
		verdict: evidence.verdict,
		budgetBytes: limits.jobSummaryBytes,
		links: {
			...env["GITHUB_SERVER_URL"] && { run: `${toRunUrl(env)}/attempts/${env["GITHUB_RUN_ATTEMPT"] ?? "1"}` },
			...envelope && { envelope: toArtifactUrl(envelope.id, env) }
		},
		excerpts: await readExcerpts(evidence.dir, evidence.envelope)
	});
}

// src/action/stdout.ts
/**
* Writes to the job log and waits while its reader is behind. A reader that has gone ends the waiting: the steps go on.
*/
function makeWriter(stream) {
	let open = true;
	const close = () => {
		open = false;
	};
	stream.on("error", close);
	stream.on("close", close);
	return (text) => {
		if (!open || stream.write(text)) return void 0;
		return new Promise((resolve) => {
			for (const event of [
				"drain",
				"error",
				"close"
			]) stream.once(event, () => resolve());
		});
	};
}
/** Resolves when all that was written has left the process, or has nowhere to go. */
function flush(stream) {
	return new Promise((resolve) => {
		stream.write("", () => resolve());
	});
}

export { readState as a, InputError as c, copyEnvironment as d, scrubEnvironment as f, isSettled as i, readMaskedInputs as l, makeWriter as n, saveState as o, setOutputs as p, publishEvidence as r, watchCancellation as s, flush as t, addRunnerFacts as u };