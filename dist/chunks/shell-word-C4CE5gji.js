import { n as toInertLine } from "./inert-BfcQbr-O.js";

// src/render/shell-word.ts
/**
* A word for a command that a reader may paste into a POSIX shell: quoted unless it is plainly harmless, since file and
* repository names come from strangers.
*/
function toShellWord(value) {
	const line = toInertLine(value);
	if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(line)) return line;
	const quoted = `'${line.replaceAll("'", String.raw`'\''`)}'`;
	return line.startsWith("-") ? `./${quoted}` : quoted;
}

export { toShellWord as t };