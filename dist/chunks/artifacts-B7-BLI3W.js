import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { n as toErrorCode } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { constants as constants$1 } from "node:fs";
import { setImmediate } from "node:timers/promises";

// src/execution/content-writer.ts
const QUEUE_BYTES = 2 * limits.outputChunkBytes;
/**
* @param dir the store's folder
* @param partialPath where the bytes are until their hash is known; not made for empty content
* @param known hashes that the folder holds already
*/
function makeContentWriter(dir, partialPath, known) {
	const hash = createHash("sha256");
	let queue = [];
	let queuedBytes = 0;
	let accepted = 0;
	let size = 0;
	let file;
	let problem = null;
	let pump;
	let room;
	const release = () => {
		room?.resolve();
		room = void 0;
	};
	const fail = (error) => {
		problem ??= toProblem(error);
		queue = [];
		queuedBytes = 0;
	};
	const writeQueued = async () => {
		try {
			file ??= await open(partialPath, "w");
			for (let bytes = queue.shift(); bytes !== void 0; bytes = queue.shift()) {
				await writeAll(file, bytes);
				hash.update(bytes);
				size += bytes.length;
				queuedBytes -= bytes.length;
				if (queuedBytes < QUEUE_BYTES) release();
			}
		} catch (error) {
			fail(error);
		} finally {
			pump = void 0;
			release();
		}
	};
	const place = async (sha256) => {
		if (file === void 0) {
			if (!known.has(sha256)) await writeFile(join(dir, sha256), "");
		} else {
			if (problem !== null) await file.truncate(size).catch(() => {});
			await file.close();
			if (known.has(sha256)) await rm(partialPath, { force: true });
			else await rename(partialPath, join(dir, sha256));
		}
		known.add(sha256);
	};
	return {
		write(bytes) {
			if (problem !== null || bytes.length === 0) return void 0;
			const kept = accepted + bytes.length <= limits.artifactBytes ? bytes : bytes.subarray(0, limits.artifactBytes - accepted);
			if (kept.length > 0) {
				queue.push(kept);
				queuedBytes += kept.length;
				accepted += kept.length;
				pump ??= writeQueued();
			}
			if (kept.length < bytes.length) problem = "too_large";
			if (queuedBytes < QUEUE_BYTES) return void 0;
			room ??= makeDeferred();
			return room.promise;
		},
		async finish() {
			await pump;
			const sha256 = hash.digest("hex");
			await place(sha256).catch(fail);
			return {
				sha256,
				size,
				truncated: problem !== null,
				problem
			};
		}
	};
}
async function writeAll(file, bytes) {
	for (let written = 0; written < bytes.length;) written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
}
function toProblem(error) {
	return toErrorCode(error) ?? "unknown";
}

// src/execution/copy-file.ts
const SNIFF_BYTES = 8192;
/**
* Copies a file into a writer piece by piece, through the redactor when it begins like text. A symlink is not followed,
* and what is no regular file (a named pipe would never end) is refused.
* @throws the system's error when it can't be opened or read
*/
async function copyFile$1(options) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { path, redactor, writer, isStopped } = options;
		const file = _usingCtx$1.a(await open(path, constants$1.O_RDONLY | (constants$1.O_NOFOLLOW ?? 0) | (constants$1.O_NONBLOCK ?? 0)));
		if (!(await file.stat()).isFile()) throw new Error("it is not a regular file");
		let stream;
		let first = true;
		let stopped = false;
		for (;;) {
			const buffer = Buffer.allocUnsafe(limits.outputChunkBytes);
			const { bytesRead } = await file.read(buffer, 0, buffer.length);
			const bytes = buffer.subarray(0, bytesRead);
			if (first && isText(bytes)) stream = redactor.stream();
			first = false;
			if (bytesRead === 0) break;
			const piece = stream ? stream.push(bytes) : bytes;
			await (writer.write(piece) ?? setImmediate());
			stopped = isStopped();
			if (stopped) break;
		}
		if (stream) await writer.write(stream.end());
		const content = await writer.finish();
		return {
			content: stopped ? {
				...content,
				truncated: true,
				problem: content.problem ?? "stopped"
			} : content,
			class: stream ? "text" : "binary",
			hits: stream?.hits() ?? []
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** Whether the beginning of a file is UTF-8 without NUL. A character cut off by the end of what was read is no fault. */
function isText(bytes) {
	const head = bytes.subarray(0, SNIFF_BYTES);
	if (head.includes(0)) return false;
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

// src/execution/open-stored.ts
/** The bytes of a kept artifact, or null when the store does not hold it. */
async function openStoredArtifact(dir, sha256) {
	const file = await open(join(dir, sha256)).catch(() => null);
	return file === null ? null : file.createReadStream();
}

// src/execution/artifacts.ts
/** Below the store: bytes whose hash is not known yet. */
const PARTIAL_FOLDER = ".partial";
/**
* The file below the store that has an artifact's bytes until it is complete: `.partial/<sha256 of the id>`. A hash,
* since ids are longer than file names may be and hold what they must not.
*/
function toPartialName(artifactId) {
	return `${PARTIAL_FOLDER}/${sha256(artifactId)}`;
}
/** Opens the store in `dir`, made when it does not exist. A folder that can't be made shows with each artifact. */
async function openArtifactStore(dir) {
	for (const folder of [dir, join(dir, PARTIAL_FOLDER)]) await mkdir(folder).catch(() => {});
	const known = /* @__PURE__ */ new Set();
	const openWriter = (artifactId) => makeContentWriter(dir, join(dir, toPartialName(artifactId)), known);
	return {
		openWriter,
		read: (digest) => openStoredArtifact(dir, digest),
		async captureFile({ path, redactor, isStopped, ...identity }) {
			const copied = await copyFile$1({
				path,
				redactor,
				isStopped,
				writer: openWriter(identity.id)
			});
			return {
				artifact: toArtifact(identity, copied.content, {
					mediaType: toMediaType(identity.name, copied.class),
					redaction: {
						class: copied.class,
						applied: copied.hits.length > 0
					}
				}),
				receipts: copied.hits,
				problem: copied.content.problem
			};
		},
		async captureBytes({ mediaType, bytes, redactor, ...identity }) {
			const writer = openWriter(identity.id);
			const stream = redactor?.stream();
			const pieces = stream ? [stream.push(bytes), stream.end()] : [Buffer.from(bytes)];
			for (const piece of pieces) await writer.write(piece);
			const content = await writer.finish();
			const receipts = stream?.hits() ?? [];
			return {
				artifact: toArtifact(identity, content, {
					mediaType,
					redaction: {
						class: stream ? "text" : "none",
						applied: receipts.length > 0
					}
				}),
				receipts,
				problem: content.problem
			};
		}
	};
}
/** The artifact as recorded. */
function toArtifact({ id, kind, name, stepId }, content, { mediaType, redaction }) {
	return {
		id,
		kind,
		sha256: content.sha256,
		content_uri: `urn:sha256:${content.sha256}`,
		size_bytes: content.size,
		media_type: mediaType,
		name,
		step_id: stepId,
		redaction,
		truncated: content.truncated
	};
}
/** Only types that a reader of evidence would want to tell apart; nothing is looked up in the content. */
const mediaTypes = {
	xml: "application/xml",
	trx: "application/xml",
	json: "application/json",
	sarif: "application/sarif+json",
	html: "text/html",
	js: "text/javascript",
	css: "text/css",
	csv: "text/csv",
	svg: "image/svg+xml",
	png: "image/png",
	jpg: "image/jpeg",
	pdf: "application/pdf",
	gz: "application/gzip",
	tgz: "application/gzip",
	zip: "application/zip",
	whl: "application/zip",
	jar: "application/java-archive",
	tar: "application/x-tar",
	wasm: "application/wasm"
};
function toMediaType(name, contentClass) {
	const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
	return mediaTypes[extension] ?? (contentClass === "text" ? "text/plain" : "application/octet-stream");
}

export { openStoredArtifact as a, toPartialName as i, openArtifactStore as n, toArtifact as r, PARTIAL_FOLDER as t };