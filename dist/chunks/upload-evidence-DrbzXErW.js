import { d as warning, n as endGroup, o as notice, u as startGroup } from "./core-MS2wMUn3.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { a as toReason, i as toPublishError, n as PublishError } from "./outputs-BLZOYDlN.js";
import { o as restoreEnvironment, r as saveState } from "./state-BpeZ9zWn.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as toServiceProblem } from "./service-CbgvC1QA.js";
import { i as writeUnsealedBundle, r as writeBundle } from "./bundle-Dbi0888N.js";
import { r as pushFiles } from "./relayed-folder-BkNAtxDq.js";
import process$1 from "node:process";
import { EOL } from "os";
import { constants, promises } from "fs";
import { copyFile, link, mkdtemp, readFile, rename, rm, stat as stat$1 } from "node:fs/promises";
import { basename, join } from "node:path";

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
const { access: access$1, appendFile: appendFile$1, writeFile: writeFile$1 } = promises;
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
			yield (overwrite ? writeFile$1 : appendFile$1)(filePath, this._buffer, { encoding: "utf8" });
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
	const { DefaultArtifactClient } = await import("./artifact-D4Ll55A-.js");
	const name = basename(path);
	return new DefaultArtifactClient().uploadArtifact(name, [path], join(path, ".."), {
		...options,
		skipArchive: true
	});
}

// src/action/upload-evidence.ts
/** The page of an artifact of this run, as GitHub's own upload-artifact gives it. */
function toArtifactUrl(id, env, run = env["GITHUB_RUN_ID"]) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
	return server && repository && run ? { url: `${server}/${repository}/actions/runs/${run}/artifacts/${id}` } : {};
}
/**
* Uploads the envelope, its keyless signature and then the bundle, each as one raw file. Trouble is told and changes nothing; what a
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
		if (options.signaturePath !== void 0 && !options.cancellation.signal.aborted) {
			const bytes = await readFile(options.signaturePath).catch(() => void 0);
			const signature = bytes && {
				path: options.signaturePath,
				sha256: sha256(bytes)
			};
			const settled = signature && await upload("signature", signature, ".quoderat.sigstore.json", options);
			if (typeof settled === "object") uploads.signature = settled;
		}
		if (state.bundle === "open" && !options.cancellation.signal.aborted) {
			const settled = await uploadFolder((target) => writeBundle(options.evidence.dir, target), ".quoderat.tar.gz", options);
			if (typeof settled === "object") uploads.bundle = settled;
		}
		return uploads;
	} finally {
		endGroup();
	}
}
/** Keeps the folder of a run that nobody has sealed; trouble is told. */
async function uploadUnsealed(dir, options) {
	const problem = options.inputs.upload === "never" ? "upload: never" : toServiceProblem(options.env);
	if (problem !== void 0) {
		warning(`What the run left was not uploaded: ${problem}. It is in ${dir}`);
		return;
	}
	restoreEnvironment(process$1.env, options.env);
	const write = (target) => writeUnsealedBundle(dir, pushFiles, target);
	const uploaded = await uploadFolder(write, ".quoderat-unsealed.tar.gz", options);
	return typeof uploaded === "object" ? uploaded : void 0;
}
async function uploadFolder(write, extension, options) {
	const folder = await mkdtemp(join(options.inputs.tempDir, "quoderat-bundle-")).catch(() => void 0);
	try {
		if (folder === void 0) throw new Error(`${options.inputs.tempDir} can't be written`);
		return await upload("bundle", await write(join(folder, "bundle.tar.gz")), extension, options);
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
		const settle = () => what === "signature" ? void 0 : saveState({ [what]: "settled" }, env);
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
			settle();
			if (artifact.name !== `${stem}${extension}`) notice(`The name ${stem}${extension} was taken; the ${what} was uploaded as ${artifact.name}`);
			return artifact;
		} catch (error) {
			const failure = toPublishError(error);
			if (failure.code === "timeout" && cancellation.signal.aborted) return "open";
			warning(`The ${what} was not uploaded: ${failure.message}`);
			settle();
			return "failed";
		}
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}

export { appendJobSummary as i, uploadEvidence as n, uploadUnsealed as r, toArtifactUrl as t };