import { t as limits } from "./limits-BGCs7w8k.js";
import { r as evidenceFiles, s as toSigstorePath } from "./evidence-folder-C_22EO9j.js";
import { t as require_tar_stream } from "./tar-stream-CzpN8qHn.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as readFileBounded, r as toUnreadable, t as readBounded } from "./read-bounded-Bcr0G72G.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { createGunzip } from "node:zlib";
import { mkdir, mkdtemp, open, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { tmpdir } from "node:os";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

// src/cli/bundle-input.ts
var import_tar_stream = require_tar_stream();
const { artifacts: artifactsName, ...topLevel } = evidenceFiles;
const topLevelNames = new Set(Object.values(topLevel));
const artifactName = new RegExp(`^${artifactsName}/[0-9a-f]{64}$`);
/**
* Unpacks a bundle that may come from anyone into a new temporary folder: only plain files with the names of an
* evidence folder, each once, within the limits for their number and bytes.
* @throws CliError unreadable
*/
async function extractBundle(path, named) {
	const dir = await mkdtemp(join(tmpdir(), "quoderat-bundle-"));
	const remove = () => rm(dir, {
		recursive: true,
		force: true
	});
	try {
		await mkdir(join(dir, artifactsName));
		await extractTo(dir, path);
		return {
			dir,
			remove
		};
	} catch (error) {
		await remove();
		throw new CliError("unreadable", `${named} is no evidence bundle that can be read: ${toMessage(error)}`, { cause: error });
	}
}
async function extractTo(dir, path) {
	const entries = (0, import_tar_stream.extract)();
	const unpacking = pipeline(createReadStream(path), createGunzip(), entries);
	unpacking.catch(() => {});
	const seen = /* @__PURE__ */ new Set();
	let total = 0;
	for await (const entry of entries) {
		const { name, size } = entry.header;
		assertMember(entry.header, seen);
		seen.add(name);
		total += size;
		if (total > limits.bundleBytes) throw new Error(`it holds more than ${limits.bundleBytes} bytes`);
		await pipeline(entry, createWriteStream(join(dir, ...name.split("/")), { flags: "wx" }));
	}
	await unpacking;
}
function assertMember({ name, type, size }, seen) {
	if (type !== "file") throw new Error(`${name} in it is no plain file`);
	if (!topLevelNames.has(name) && !artifactName.test(name)) throw new Error(`${name} in it is no part of evidence`);
	if (seen.has(name)) throw new Error(`${name} is in it twice`);
	if (seen.size >= limits.bundleEntries) throw new Error(`it holds more than ${limits.bundleEntries} files`);
	if (size > limits.artifactBytes) throw new Error(`${name} in it has more than ${limits.artifactBytes} bytes`);
}

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
		if (head?.bytesRead === 2 && head.buffer.readUInt16BE() === 8075) return await readBundle(path, named);
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
	if (!await stat(path).then((found) => found.isFile(), () => false)) throw new CliError("unreadable", `${named} holds no ${basename(path)}; a run that was lost is sealed by \`quoderat seal\``);
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
async function findFolder(dir) {
	return (await stat(dir).catch(() => void 0))?.isDirectory() === true ? dir : void 0;
}

export { readEnvelopeInput as t };