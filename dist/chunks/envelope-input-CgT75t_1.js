import { t as limits } from "./limits-DSc7_a2H.js";
import { r as evidenceFiles, s as toSigstorePath } from "./evidence-folder-CaRiuEzT.js";
import { a as relayedFiles } from "./relayed-folder-BkNAtxDq.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { n as isGzip, t as extractBundle } from "./bundle-input-BUrczjJB.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as readFileBounded, r as toUnreadable, t as readBounded } from "./read-bounded-Bcr0G72G.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { open, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

// src/cli/envelope-input.ts
/**
* Reads an envelope from a file, an evidence folder, a bundle (.tar.gz, told by its first bytes) or stdin (`-`).
* @throws CliError unreadable
*/
async function readEnvelopeInput(named, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		if (named === "-") return toInput(await readBounded(io.stdin, limits.envelopeBytes, "stdin"), void 0, void 0);
		const path = resolve(io.cwd, named);
		const found = await stat(path).catch((error) => {
			throw toUnreadable(named, error);
		});
		if (found.isDirectory()) return readFolder(path, named);
		const file = _usingCtx$1.a(await openToRead(path, named));
		const head = found.isFile() ? await file.read(Buffer.alloc(2), 0, 2, 0) : void 0;
		if (head?.bytesRead === 2 && isGzip(head.buffer)) return await readBundle(path, named);
		const stream = file.createReadStream(found.isFile() ? {
			start: 0,
			autoClose: false
		} : { autoClose: false });
		return toInput(await readBounded(stream, limits.envelopeBytes, named), await findFolder(join(dirname(path), evidenceFiles.artifacts)), found.isFile() ? path : void 0);
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function readFolder(dir, named) {
	const path = join(dir, evidenceFiles.envelope);
	if (!await isFile(path)) {
		const advice = await isFile(join(dir, relayedFiles.server)) ? "its run was to be sealed by a server: `quoderat push` lets it" : "a run that was lost is sealed by `quoderat seal`";
		throw new CliError("unreadable", `${named} holds no ${basename(path)}; ${advice}`);
	}
	return toInput(await readFileBounded(path, limits.envelopeBytes, path), await findFolder(join(dir, evidenceFiles.artifacts)), path);
}
async function readBundle(path, named) {
	const folder = await extractBundle(path, named);
	try {
		return {
			...await readFolder(folder.dir, named),
			path: void 0,
			[Symbol.asyncDispose]: () => folder.remove()
		};
	} catch (error) {
		await folder.remove();
		throw error;
	}
}
/**
* What `work` finds wrong with the bytes of an envelope, told of the envelope: it was perhaps one of two.
* @throws CliError unreadable, in place of EnvelopeError; the other errors of `work`
*/
async function tellOf(named, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof EnvelopeError)) throw error;
		throw new CliError("unreadable", `${named === "-" ? "stdin" : named}: ${error.message}`, { cause: error });
	}
}
function toInput(bytes, artifactsDir, path) {
	return {
		bytes,
		artifactsDir,
		path,
		sigstorePath: path === void 0 ? void 0 : toSigstorePath(path),
		[Symbol.asyncDispose]: () => Promise.resolve()
	};
}
async function openToRead(path, named) {
	try {
		return await open(path, "r");
	} catch (error) {
		throw toUnreadable(named, error);
	}
}
async function isFile(path) {
	return (await stat(path).catch(() => void 0))?.isFile() === true;
}
async function findFolder(dir) {
	return (await stat(dir).catch(() => void 0))?.isDirectory() === true ? dir : void 0;
}

export { tellOf as n, readEnvelopeInput as t };