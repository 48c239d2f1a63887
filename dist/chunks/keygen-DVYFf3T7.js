import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as generateKeys } from "./keys-Ck0aianH.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

// src/cli/commands/keygen.ts
/**
* `quoderat keygen`: writes a key pair to two new files and prints its keyid; the private half is never printed.
* @throws CliError exists when either file is there, not_writable
*/
async function keygen(flags, io) {
	const { keyid, privatePem, publicPem } = generateKeys();
	const [privateFile, publicFile] = [`${flags.out}.key`, `${flags.out}.pub`];
	for (const file of [privateFile, publicFile]) await assertFree(file, io.cwd);
	await writeNew(privateFile, privatePem, 384, io.cwd);
	try {
		await writeNew(publicFile, publicPem, 420, io.cwd);
	} catch (error) {
		await rm(resolve(io.cwd, privateFile), { force: true });
		throw error;
	}
	io.stdout.write(`private key  ${privateFile} (keep it secret; sign with --key ${privateFile})\n`);
	io.stdout.write(`public key   ${publicFile} (give it to whoever verifies)\n`);
	io.stdout.write(`keyid        ${keyid}\n`);
	return exitCodes.success;
}
async function assertFree(file, cwd) {
	if (await stat(resolve(cwd, file)).catch(() => void 0) !== void 0) throw new CliError("exists", `${file} exists and is left alone; name another with --out`);
}
async function writeNew(file, text, mode, cwd) {
	await writeFile(resolve(cwd, file), text, {
		flag: "wx",
		mode
	}).catch((error) => {
		throw new CliError("not_writable", `${file} can't be written: ${toMessage(error)}`, { cause: error });
	});
}

export { keygen };