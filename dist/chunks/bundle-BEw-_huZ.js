import { r as writeBundle } from "./bundle-De2IrOGj.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-CUQ4A_KA.js";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";

// src/cli/commands/bundle.ts
/**
* `quoderat bundle`: packs an evidence folder and prints where, and the SHA-256.
* @throws CliError usage when there is no such folder; BundleError
*/
async function bundle(named, flags, io) {
	const dir = resolve(io.cwd, named);
	if (!await stat(dir).then((found) => found.isDirectory(), () => false)) throw new CliError("usage", `${named} is no folder; name the evidence folder of a run`);
	const written = await writeBundle(dir, flags.out === void 0 ? `${dir}.tar.gz` : resolve(io.cwd, flags.out));
	io.stdout.write(`${written.path}\nsha256 ${written.sha256}\n`);
	return exitCodes.success;
}

export { bundle };