import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as runEvent } from "./event-BBeg8omg.js";
import { t as journalFileName } from "./journal-GpaeIyAm.js";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

// src/journal/read-journal.ts
var JournalError = class extends CodedError {};
/**
* The events of a run from its evidence folder, in the order written. A last line that was cut off by the loss of the
* process is left out; any other line that is no event is an error, since it was not written by Quoderat.
* @throws JournalError no_journal, too_large or damaged (with the line's number)
*/
async function readJournal(dir) {
	const path = join(dir, journalFileName);
	const lines = (await readBounded(path)).split("\n");
	lines.pop();
	const events = lines.map((line, index) => parseLine(line, `${path}:${index + 1}`));
	if (events[0]?.type !== "run_started") throw new JournalError("no_journal", `${path} does not begin with the start of a run; there is nothing to seal`);
	return events;
}
async function readBounded(path) {
	const size = await stat(path).then((found) => found.size, (error) => {
		throw new JournalError("no_journal", `${path} is not there; name the evidence folder of a run`, { cause: error });
	});
	if (size > limits.journalBytes) throw new JournalError("too_large", `${path} has ${size} bytes; a journal has at most ${limits.journalBytes}`);
	return readFile(path, "utf8");
}
function parseLine(line, where) {
	try {
		return runEvent.parse(JSON.parse(line));
	} catch (error) {
		throw new JournalError("damaged", `${where} is no event of this version of Quoderat`, { cause: error });
	}
}

export { readJournal as n, JournalError as t };