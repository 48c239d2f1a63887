import { d as startGroup, f as warning, p as summary, r as endGroup, s as notice } from "./core-CZ3zILaY.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DLnekA5E.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { d as toPublishError, f as toReason, l as PublishError, o as restoreEnvironment, r as saveState } from "./state-BE-PZWNP.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { r as pushFiles } from "./relayed-folder-DLePX8u6.js";
import { i as writeUnsealedBundle, r as writeBundle } from "./bundle-CQHpjbZa.js";
import { t as toServiceProblem } from "./service-CbgvC1QA.js";
import process from "node:process";
import { copyFile, link, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";

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
	const { size } = await stat(path);
	return Math.min(limits.uploadMs + size / limits.uploadBytesPerMs, limits.uploadMaxMs);
}
async function send(path, upload, uploadFile) {
	const { size } = await stat(path);
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
	const { DefaultArtifactClient } = await import("./artifact-C2uE7q8e.js");
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
	restoreEnvironment(process.env, env);
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
	restoreEnvironment(process.env, options.env);
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