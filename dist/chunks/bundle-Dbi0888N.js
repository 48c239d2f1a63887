import { t as require_tar_stream } from "./tar-stream-CzpN8qHn.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { Transform } from "node:stream";
import { createGzip } from "node:zlib";
import { createHash } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

// src/publish/files/bundle.ts
var import_tar_stream = require_tar_stream();
var BundleError = class extends CodedError {};
/**
* Writes the evidence folder as one .tar.gz whose bytes depend on its content alone: names sorted, no times, owners or
* modes of the machine. (The compressed bytes also depend on the version of zlib; the tar inside does not.)
* @returns the path and SHA-256 of the archive
* @throws BundleError no_envelope when the folder holds no sealed envelope; not_writable
*/
async function writeBundle(dir, target) {
	return writeArchive(dir, await listEvidence(dir), target);
}
/**
* The same of a folder whose run nobody has sealed yet: what is needed to let somebody.
* @param names of the files beside the artifacts; those that are not there are left out
*/
async function writeUnsealedBundle(dir, names, target) {
	return writeArchive(dir, await listMembers(dir, names), target);
}
async function writeArchive(dir, names, target) {
	const archive = (0, import_tar_stream.pack)();
	const hash = createHash("sha256");
	const draft = `${target}.tmp`;
	try {
		await Promise.all([addAll(archive, dir, names), pipeline(archive, createGzip({ level: 6 }), makeHeaderNeutral(), hashing(hash), createWriteStream(draft))]);
		await rename(draft, target);
	} catch (error) {
		await rm(draft, { force: true }).catch(() => {});
		const reason = error instanceof Error ? error.message : String(error);
		throw new BundleError("not_writable", `${target} can't be written: ${reason}`, { cause: error });
	}
	return {
		path: target,
		sha256: hash.digest("hex")
	};
}
async function listEvidence(dir) {
	if (!(await readdir(dir).catch(() => [])).includes(evidenceFiles.envelope)) throw new BundleError("no_envelope", `${join(dir, evidenceFiles.envelope)} is not there; name the evidence folder of a sealed run, or seal it first`);
	return listMembers(dir, Object.values(evidenceFiles).filter((name) => name !== evidenceFiles.artifacts));
}
async function listMembers(dir, members) {
	const top = await readdir(dir).catch(() => []);
	const artifacts = await readdir(join(dir, evidenceFiles.artifacts)).catch(() => []);
	return [...members.filter((name) => top.includes(name)), ...artifacts.filter((name) => /^[0-9a-f]{64}$/.test(name)).map((name) => `${evidenceFiles.artifacts}/${name}`)].toSorted();
}
async function addAll(archive, dir, names) {
	try {
		for (const name of names) {
			const path = join(dir, name);
			const { size } = await stat(path);
			const header = toMemberHeader(name, size);
			if (size === 0) archive.entry(header, "");
			else await pipeline(createReadStream(path, { end: size - 1 }), archive.entry(header));
		}
		archive.finalize();
	} catch (error) {
		archive.destroy(error instanceof Error ? error : new Error(String(error)));
		throw error;
	}
}
/** A member's header that tells nothing of the machine: what makes two bundles of the same evidence the same. */
function toMemberHeader(name, size) {
	return {
		name,
		size,
		mode: 420,
		uid: 0,
		gid: 0,
		uname: "",
		gname: "",
		mtime: /* @__PURE__ */ new Date(0)
	};
}
/** RFC 1952, 2.3: byte 9 of a gzip header names the operating system; zlib writes the one it was built for. */
function makeHeaderNeutral() {
	let seen = 0;
	return new Transform({ transform(chunk, _encoding, done) {
		if (seen <= 9 && seen + chunk.length > 9) chunk[9 - seen] = 255;
		seen += chunk.length;
		done(null, chunk);
	} });
}
function hashing(hash) {
	return new Transform({ transform(chunk, _encoding, done) {
		hash.update(chunk);
		done(null, chunk);
	} });
}

export { writeUnsealedBundle as i, toMemberHeader as n, writeBundle as r, makeHeaderNeutral as t };