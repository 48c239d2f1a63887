import { t as limits } from "./limits-DSc7_a2H.js";
import { n as KeyError } from "./errors-CCP6iRFo.js";
import { n as makeSigner, r as parseTrustedKey } from "./keys-Ck0aianH.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as readFileBounded } from "./read-bounded-Bcr0G72G.js";
import { resolve } from "node:path";

// src/cli/key-files.ts
/**
* The key that signs: of the file that was named, else the PEM text in QUODERAT_SIGNING_KEY, else none. An empty
* variable is none: forges hand secrets to pull requests from forks that way.
* @throws CliError; no part of a key is in it
*/
async function readSigner(file, io) {
	if (file !== void 0) return named(`--key ${file}`, makeSigner, await readKeyFile(file, io.cwd));
	const pem = io.env["QUODERAT_SIGNING_KEY"] ?? "";
	return pem.trim() === "" ? void 0 : named("QUODERAT_SIGNING_KEY", makeSigner, pem);
}
/** The public keys that were named as trusted. @throws CliError */
async function readTrustedKeys(files, io) {
	return Promise.all(files.map(async (file) => named(`--key ${file}`, parseTrustedKey, await readKeyFile(file, io.cwd))));
}
async function readKeyFile(file, cwd) {
	if (/[\r\n]|-----BEGIN/.test(file)) throw new CliError("usage", "--key takes the path of a file, never the key itself, which other processes could read");
	return (await readFileBounded(resolve(cwd, file), limits.keyBytes, `--key ${file}`)).toString("utf8");
}
function named(source, parse, pem) {
	try {
		return parse(pem);
	} catch (error) {
		if (!(error instanceof KeyError)) throw error;
		throw new CliError("unreadable", `${source}: ${error.message}`, { cause: error });
	}
}

export { readTrustedKeys as n, readSigner as t };