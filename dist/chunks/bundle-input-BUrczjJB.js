import { t as require_tar_stream } from "./tar-stream-CzpN8qHn.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { createGunzip } from "node:zlib";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

// src/cli/bundle-input.ts
var import_tar_stream = require_tar_stream();
const { artifacts: artifactsName, ...topLevel } = evidenceFiles;
const topLevelNames = new Set(Object.values(topLevel));
const artifactName = new RegExp(`^${artifactsName}/[0-9a-f]{64}$`);
/** By the first two bytes (RFC 1952, 2.3.1); no JSON text begins so. */
function isGzip(head) {
	return head.readUInt16BE() === 8075;
}
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

export { isGzip as n, extractBundle as t };