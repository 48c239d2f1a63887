import { n as toErrorCode, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as makeFolder } from "./make-folder-BCFlgVDv.js";
import { n as KeyError } from "./errors-CCP6iRFo.js";
import { n as makeSigner, t as generateKeys } from "./keys-Ck0aianH.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { createPublicKey, randomUUID } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";

// src/seal/public-key.ts
/** The public half of a private key that makeSigner takes, as SubjectPublicKeyInfo PEM. @throws KeyError not_pem */
function toPublicPem(privatePem) {
	try {
		return createPublicKey(privatePem).export({
			type: "spki",
			format: "pem"
		}).toString();
	} catch {
		throw new KeyError("not_pem", "the private key cannot be decoded; was it cut or altered?");
	}
}

// src/server/keys/errors.ts
/** Why the server has no key to seal with. Never holds a part of a key. */
var KeyRingError = class extends CodedError {};

// src/server/keys/key-files.ts
/** Keys in one folder: one a month for a century. */
const MOST_FILES = 1200;
/**
* Every private key of the source. A folder that is not there or holds none gets its first key.
* @throws KeyRingError unreadable, too_open, malformed
*/
async function readKeys(source) {
	if ("files" in source) return Promise.all(source.files.map(readKey));
	const names = await listKeys(source.dir);
	if (names.length === 0) return [await readKey(await writeNewKey(source.dir))];
	return Promise.all(names.map((name) => readKey(join(source.dir, name))));
}
/**
* Makes a key in the folder: its file is there whole, readable by its owner alone, or not at all.
* @returns the path of the file, which is named by the keyid
* @throws KeyRingError not_writable
*/
async function writeNewKey(dir) {
	const { keyid, privatePem } = generateKeys();
	const path = join(dir, `${keyid}.key`);
	const draft = join(dir, `${randomUUID()}.tmp`);
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			await makeFolder(dir, 448);
			const file = _usingCtx$1.a(await open(draft, "wx", 384));
			await file.writeFile(privatePem);
			await file.sync();
			await rename(draft, path);
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch (error) {
		await rm(draft, { force: true }).catch(() => {});
		throw new KeyRingError("not_writable", `no sealing key can be written into ${dir} (${toReason(error)})`);
	}
	return path;
}
/** The keys in a folder, the oldest first; they are not read. @throws KeyRingError unreadable */
async function listKeyFiles(dir) {
	return (await Promise.all((await listKeys(dir)).map(async (name) => ({
		keyid: name.slice(0, 64),
		madeAt: (await stat(join(dir, name)).catch(() => null))?.mtime ?? /* @__PURE__ */ new Date(0)
	})))).toSorted((one, other) => one.madeAt.getTime() - other.madeAt.getTime());
}
async function listKeys(dir) {
	try {
		const names = (await readdir(dir)).filter((name) => /^[0-9a-f]{64}\.key$/.test(name)).toSorted();
		if (names.length > MOST_FILES) throw new KeyRingError("malformed", `${dir} holds ${names.length} keys; at most ${MOST_FILES} are read`);
		return names;
	} catch (error) {
		if (toErrorCode(error) === "ENOENT") return [];
		if (error instanceof KeyRingError) throw error;
		throw new KeyRingError("unreadable", `the folder of sealing keys ${dir} can't be read (${toReason(error)})`);
	}
}
async function readKey(path) {
	const pem = await readPrivateFile(path);
	try {
		const signer = makeSigner(pem);
		const named = /^[0-9a-f]{64}(?=\.key$)/.exec(basename(path))?.[0];
		if (named !== void 0 && named !== signer.keyid) throw new KeyRingError("malformed", `the sealing key in ${path} is another than its name says`);
		return {
			signer,
			publicPem: toPublicPem(pem)
		};
	} catch (error) {
		if (!(error instanceof KeyError)) throw error;
		throw new KeyRingError("malformed", `the sealing key in ${path}: ${error.message}`);
	}
}
async function readPrivateFile(path) {
	try {
		try {
			var _usingCtx3 = _usingCtx();
			const file = _usingCtx3.a(await open(path, "r"));
			await assertClosed(file, path);
			const buffer = Buffer.alloc(limits.keyBytes);
			const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
			return buffer.toString("utf8", 0, bytesRead);
		} catch (_) {
			_usingCtx3.e = _;
		} finally {
			await _usingCtx3.d();
		}
	} catch (error) {
		if (error instanceof KeyRingError) throw error;
		throw new KeyRingError("unreadable", `the sealing key ${path} can't be read (${toReason(error)})`);
	}
}
/** As PostgreSQL has it: nobody but the owner; the group may read what belongs to root, as mounted secrets do. */
async function assertClosed(file, path) {
	const { mode, uid } = await file.stat();
	const allowed = uid === 0 ? 416 : 384;
	if (process.platform === "win32" || (mode & 511 & ~(allowed | 64)) === 0) return;
	const shown = (mode & 511).toString(8).padStart(4, "0");
	throw new KeyRingError("too_open", `the sealing key ${path} can be read or changed by others (mode ${shown}); chmod 600 it, and if others had access make a new key (quoderat keys rotate)`);
}
function toReason(error) {
	return toErrorCode(error) ?? "unknown";
}

export { KeyRingError as i, readKeys as n, writeNewKey as r, listKeyFiles as t };