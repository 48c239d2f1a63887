import { join } from "node:path";
import { closeSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";

// src/journal/journal.ts
const journalFileName = "journal.ndjson";
/**
* Opens the journal of a run: its events, one JSON object a line, so that a run whose process is killed can still be
* sealed. Output is not in it (it lies in the artifact files), so it stays small. Writes are synchronous: a line that
* append has returned for is in the kernel and outlives the process; it need not outlive the machine.
* @throws the file system's error when there is such a file already or none can be made
*/
function openJournal(dir) {
	return makeJournal(openSync(join(dir, journalFileName), "wx", 384));
}
/**
* Opens the journal of a lost run to add its end, after its first `lines` lines: what a cut-off write left is dropped.
* @throws the file system's error
*/
function resumeJournal(dir, lines) {
	const path = join(dir, journalFileName);
	truncateSync(path, toLengthOfLines(readFileSync(path), lines));
	return makeJournal(openSync(path, "a"));
}
function toLengthOfLines(bytes, lines) {
	let end = 0;
	for (let line = 0; line < lines; line += 1) end = bytes.indexOf("\n", end) + 1;
	return end;
}
function makeJournal(opened) {
	let fd = opened;
	const close = () => {
		if (fd !== void 0) closeSync(fd);
		fd = void 0;
	};
	return {
		append(event) {
			if (fd === void 0) return;
			if (event.type === "step_output" || event.type === "heartbeat") return;
			try {
				writeWhole(fd, Buffer.from(`${JSON.stringify(event)}\n`));
			} catch (error) {
				close();
				throw error;
			}
		},
		close
	};
}
/** A write may be short when the disk fills up. */
function writeWhole(fd, line) {
	for (let written = 0; written < line.length;) written += writeSync(fd, line, written);
}

export { openJournal as n, resumeJournal as r, journalFileName as t };