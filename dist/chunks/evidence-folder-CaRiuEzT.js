import { n as toErrorCode, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as makeFolder } from "./make-folder-BCFlgVDv.js";
import { copyFile, mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

// src/publish/files/evidence-folder.ts
var EvidenceFolderError = class extends CodedError {};
/** The names in an evidence folder. Artifacts lie in `artifacts/<sha256>`. */
const evidenceFiles = {
	envelope: "envelope.json",
	statement: "envelope.intoto.json",
	/** The Sigstore bundle over the statement; or why it could not be made, until it is. */
	sigstore: "envelope.sigstore.json",
	signingPending: "signing-pending.json",
	manifest: "manifest.yml",
	summary: "summary.md",
	report: "report.html",
	artifacts: "artifacts"
};
/**
* Makes the folder of one run. What lies there stays: a folder with anything in it is refused.
* @throws EvidenceFolderError not_empty or not_writable
*/
async function makeEvidenceFolder(dir) {
	if ((await makeFolder(dir).then(() => readdir(dir)).catch((error) => {
		throw new EvidenceFolderError("not_writable", `${dir} can't be made: ${toReason(error)}`, { cause: error });
	})).length > 0) throw new EvidenceFolderError("not_empty", `${dir} is not empty; name a new folder for this run's evidence`);
	await mkdir(join(dir, evidenceFiles.artifacts)).catch((error) => {
		throw new EvidenceFolderError("not_writable", `${dir} can't be written: ${toReason(error)}`, { cause: error });
	});
}
/**
* Writes one file of the folder, which is made when it is not there, so that a reader sees the whole of it or nothing.
* @throws EvidenceFolderError not_writable
*/
async function writeEvidenceFile(dir, name, data) {
	const path = join(dir, name);
	const draft = `${path}.tmp`;
	try {
		await makeFolder(dir);
		const file = await open(draft, "w", 420);
		try {
			await file.writeFile(data);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true }).catch(() => {});
		throw new EvidenceFolderError("not_writable", `${path} can't be written: ${toReason(error)}`, { cause: error });
	}
	return path;
}
/**
* One file of the folder; null when it is not there.
* @throws EvidenceFolderError too_large, not_readable
*/
async function readEvidenceFile(dir, name) {
	const path = join(dir, name);
	try {
		const { size } = await stat(path);
		if (size <= limits.envelopeBytes) return await readFile(path);
	} catch (error) {
		if (toErrorCode(error) === "ENOENT") return null;
		throw new EvidenceFolderError("not_readable", `${path} can't be read: ${toReason(error)}`, { cause: error });
	}
	throw new EvidenceFolderError("too_large", `${path} has more than the ${limits.envelopeBytes} bytes that are read`);
}
/** Takes a file out of the folder that has served its time. That it can't be is no error: nothing depends on it. */
async function dropEvidenceFile(dir, name) {
	await rm(join(dir, name), { force: true }).catch(() => {});
}
/** Where the Sigstore bundle of an envelope file lies: `envelope.sigstore.json`, `release-7.quoderat.sigstore.json`. */
function toSigstorePath(envelopePath) {
	return join(dirname(envelopePath), `${basename(envelopePath).replace(/\.json$/, "")}.sigstore.json`);
}
/** Shows an artifact of the folder under a name of its own as well. An artifact that was not kept is no error. */
async function linkArtifact(dir, sha256, name) {
	await copyFile(join(dir, evidenceFiles.artifacts, sha256), join(dir, name)).catch(() => {});
}
/** The file system's word for it, without the path that the sentence names already. */
function toReason(error) {
	const code = toErrorCode(error);
	if (code === "ENOSPC") return "the disk is full (ENOSPC)";
	if (code === "EACCES" || code === "EPERM") return `no permission (${code})`;
	if (code === "EROFS") return "the file system is read-only (EROFS)";
	if (code === "ENOTDIR" || code === "EEXIST") return `a file stands where a folder should be (${code})`;
	return code ?? String(error);
}

export { makeEvidenceFolder as a, writeEvidenceFile as c, linkArtifact as i, dropEvidenceFile as n, readEvidenceFile as o, evidenceFiles as r, toSigstorePath as s, EvidenceFolderError as t };