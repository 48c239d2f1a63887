import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { r as evidenceFiles } from "./evidence-folder-ByAWJy20.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { open } from "node:fs/promises";
import { join } from "node:path";

// src/publish/files/read-tail.ts
/**
* The end of a text file, from the beginning of a line; null when it can't be read.
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
			return start === 0 ? {
				text,
				truncated: false
			} : {
				text: text.slice(text.indexOf("\n") + 1),
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

export { readTail as n, readExcerpts as t };