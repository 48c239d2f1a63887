import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

// package.json
var name = "quoderat";
var version$1 = "0.1.0";

// src/build-info.ts
const version = version$1;
/**
* Which Quoderat this is. dist_sha256 is the SHA-256 of the text that `sha256sum` would print for the JavaScript files
* of dist/, sorted by path: `cd dist && find . -name '*.js' | sed 's|^./||' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
* null when it runs from source. Reading and hashing are left to Node's threads: a run has git to wait for meanwhile.
*/
async function readWorker() {
	const here = fileURLToPath(import.meta.url);
	return {
		name,
		version,
		dist_sha256: here.endsWith(".ts") ? null : await hashDist(toDistFolder(here))
	};
}
/** The file that this code was bundled into is an entry in dist/ or a chunk in dist/chunks/. */
function toDistFolder(file) {
	const folder = dirname(file);
	return folder.endsWith("chunks") ? dirname(folder) : folder;
}
async function hashDist(dist) {
	const files = (await readdir(dist, {
		recursive: true,
		encoding: "utf8"
	})).filter((name) => name.endsWith(".js")).map((name) => name.replaceAll("\\", "/")).toSorted();
	const lines = await Promise.all(files.map(async (name) => {
		const digest = await crypto.subtle.digest("SHA-256", await readFile(join(dist, name)));
		return `${Buffer.from(digest).toString("hex")}  ${name}\n`;
	}));
	return createHash("sha256").update(lines.join("")).digest("hex");
}

export { version as n, readWorker as t };