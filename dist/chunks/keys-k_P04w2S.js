import { r as writeNewKey, t as listKeyFiles } from "./key-files-nuNgOeEt.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { join, resolve } from "node:path";

// src/cli/commands/keys.ts
/**
* `quoderat keys`: the sealing keys in a server's data folder. A new one is found by the running server within half a
* minute, is listed at once and signs ten minutes later; the older one signs until then. Private halves are never printed.
* @throws KeyRingError; CliError usage where there is nothing to rotate
*/
async function keys(action, flags, io) {
	const dir = join(resolve(io.cwd, flags.data ?? io.env["QUODERAT_DATA"] ?? "quoderat-data"), "keys");
	const files = await listKeyFiles(dir);
	if (action === "rotate") {
		if (files.length === 0) throw new CliError("usage", `there are no sealing keys in ${dir}: name the server's data folder with --data`);
		const path = await writeNewKey(dir);
		io.stdout.write(`new key      ${path}\n`);
		io.stdout.write("It is listed as soon as a server sees it, and signs ten minutes later. When it does, delete the older\n");
		io.stdout.write("private keys here if they must not sign again; their public halves stay listed.\n");
		return exitCodes.success;
	}
	if (files.length === 0) io.stdout.write(`there are no sealing keys in ${dir} yet: the first start of a server makes one\n`);
	for (const { keyid, madeAt } of files) io.stdout.write(`${keyid}  ${madeAt.toISOString()}\n`);
	return exitCodes.success;
}

export { keys };