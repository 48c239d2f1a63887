import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { n as toErrorCode, r as toMessage } from "./errors-B6vIz8YT.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { createReadStream } from "node:fs";

// src/cli/read-bounded.ts
/**
* All bytes of a stream, at most `limit`.
* @param named what people call it
* @throws CliError unreadable
*/
async function readBounded(stream, limit, named) {
	const toTooLarge = () => new CliError("unreadable", `${named} is too large: at most ${limit} bytes are read`);
	try {
		return await collectBytes(stream, limit, toTooLarge);
	} catch (error) {
		throw error instanceof CliError ? error : toUnreadable(named, error);
	}
}
/** All bytes of a file, or of a pipe that has a path: `<(command)` in a shell. @throws CliError unreadable */
async function readFileBounded(path, limit, named) {
	return readBounded(createReadStream(path), limit, named);
}
/** The error to throw for what the file system said of `named`. */
function toUnreadable(named, error) {
	const code = toErrorCode(error) ?? "";
	return new CliError("unreadable", `${named} can't be read: ${{
		ENOENT: "there is no such file",
		EISDIR: "it is a folder",
		EACCES: "no permission (EACCES)"
	}[code] ?? (code || toMessage(error))}`, { cause: error });
}

export { readFileBounded as n, toUnreadable as r, readBounded as t };