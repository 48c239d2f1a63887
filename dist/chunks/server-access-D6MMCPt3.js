import { n as parseDuration } from "./duration-Ctjd7fX0.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as KeyError } from "./errors-CCP6iRFo.js";
import { r as parseTrustedKey } from "./keys-Ck0aianH.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as readFileBounded } from "./read-bounded-Bcr0G72G.js";
import { resolve } from "node:path";

// src/cli/server-access.ts
/**
* The server that was named, by --server or QUODERAT_SERVER, with the token for it; undefined when none was. Tokens come
* from the environment or a file, never from the command line, where other processes could read them.
* @throws CliError
*/
async function readServerOptions(flags, io) {
	const url = flags.server ?? toGiven(io.env["QUODERAT_SERVER"]);
	if (url === void 0) {
		if (flags.serverKey !== void 0) throw new CliError("usage", "--server-key says who must seal, and no server is named: add --server or QUODERAT_SERVER");
		return;
	}
	const key = flags.serverKey === void 0 ? void 0 : await readPublicKey(flags.serverKey, io);
	return {
		url,
		auth: { token: await readToken(io) },
		...key !== void 0 && { key },
		...flags.serverTimeout !== void 0 && { timeoutMs: toTimeout(flags.serverTimeout) }
	};
}
/** As readServerOptions(), where there has to be one. @throws CliError */
async function requireServerOptions(flags, io) {
	const options = await readServerOptions(flags, io);
	if (options === void 0) throw new CliError("usage", "name the server with --server or QUODERAT_SERVER");
	return options;
}
/** The first of the three ways that is not empty: forges give secrets to pull requests from forks as empty variables. */
async function readToken({ cwd, env }) {
	const token = toGiven(env["QUODERAT_SERVER_TOKEN"]);
	if (token !== void 0) return token;
	const file = toGiven(env["QUODERAT_SERVER_TOKEN_FILE"]);
	if (file !== void 0) return (await readFileBounded(resolve(cwd, file), limits.keyBytes, "QUODERAT_SERVER_TOKEN_FILE")).toString("utf8");
	const idToken = toGiven(env["QUODERAT_ID_TOKEN"]);
	if (idToken !== void 0) return idToken;
	throw new CliError("usage", "there is no token for the server: set QUODERAT_SERVER_TOKEN, QUODERAT_SERVER_TOKEN_FILE, or in a GitLab job the id token QUODERAT_ID_TOKEN");
}
async function readPublicKey(file, io) {
	const pem = (await readFileBounded(resolve(io.cwd, file), limits.keyBytes, `--server-key ${file}`)).toString("utf8");
	try {
		parseTrustedKey(pem);
		return pem;
	} catch (error) {
		if (!(error instanceof KeyError)) throw error;
		throw new CliError("unreadable", `--server-key ${file}: ${error.message}`, { cause: error });
	}
}
function toTimeout(text) {
	const ms = parseDuration(text);
	if (ms !== void 0 && ms > 0 && ms <= limits.runMaxDurationMs) return ms;
	throw new CliError("usage", "--server-timeout must be a duration such as 90s or 5m, at most 1h");
}
function toGiven(text) {
	return text === void 0 || text.trim() === "" ? void 0 : text.trim();
}

export { requireServerOptions as n, readServerOptions as t };