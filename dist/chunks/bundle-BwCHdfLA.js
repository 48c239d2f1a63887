import { r as writeBundle } from "./bundle-Dbi0888N.js";
import { n as isGzip } from "./bundle-input-BUrczjJB.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";

// src/cli/commands/bundle.ts
/**
* `quoderat bundle`: packs an evidence folder and prints where, and the SHA-256.
* @throws CliError usage when there is no such folder, exists when something else than a bundle is there; BundleError
*/
async function bundle(named, flags, io) {
	const dir = resolve(io.cwd, named);
	if (!await stat(dir).then((found) => found.isDirectory(), () => false)) throw new CliError("usage", `${named} is no folder; name the evidence folder of a run`);
	const target = flags.out === void 0 ? `${dir}.tar.gz` : resolve(io.cwd, flags.out);
	if (!await isFree(target)) throw new CliError("exists", `${target} exists, is no bundle, and is left alone; name another with --out`);
	const written = await writeBundle(dir, target);
	io.stdout.write(`${written.path}\nsha256 ${written.sha256}\n`);
	return exitCodes.success;
}
/** Nothing is there, or an earlier bundle: a slip such as `--out envelope.json` would cost the evidence. */
async function isFree(path) {
	const found = await stat(path).catch(() => null);
	if (found === null || found.isFile() && found.size === 0) return true;
	if (!found.isFile()) return false;
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const { bytesRead, buffer } = await _usingCtx$1.a(await open(path, "r")).read(Buffer.alloc(2), 0, 2, 0);
			return bytesRead === 2 && isGzip(buffer);
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch {
		return false;
	}
}

export { bundle };