import { t as journalFileName } from "./journal-GpaeIyAm.js";
import { t as isObject } from "./json-DncajuVf.js";
import { c as writeEvidenceFile, r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as runEvent } from "./event-BBeg8omg.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { join } from "node:path";
import { closeSync, createReadStream, ftruncateSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";

// src/relay/spool.ts
const spoolFileName = "spool.ndjson";
/**
* The file is made when it is first needed.
* @param end the length of one that was left behind: it is only read, since the next try may need it again
*/
function openSpool(dir, end = 0) {
	const path = join(dir, spoolFileName);
	let fd;
	let size = end;
	let isBroken = false;
	const open = () => fd ??= openSync(path, end === 0 ? "w+" : "r", 384);
	const close = () => {
		if (fd !== void 0) closeSync(fd);
		fd = void 0;
	};
	return {
		append(line, mostBytes) {
			const bytes = Buffer.from(`${line}\n`);
			if (isBroken || size + bytes.length > mostBytes) return void 0;
			try {
				const file = open();
				for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, size + done);
			} catch {
				isBroken = true;
				return;
			}
			const place = {
				at: size,
				bytes: bytes.length - 1
			};
			size += bytes.length;
			return place;
		},
		read({ at, bytes }) {
			try {
				const line = Buffer.alloc(bytes);
				return readSync(open(), line, 0, bytes, at) === bytes ? line.toString() : void 0;
			} catch {
				return;
			}
		},
		clear() {
			if (size === 0 || fd === void 0) return;
			try {
				ftruncateSync(fd, 0);
				size = 0;
				isBroken = false;
			} catch {
				isBroken = true;
			}
		},
		close,
		remove() {
			close();
			rmSync(path, { force: true });
		}
	};
}
/**
* What a spool that was left behind holds, by sequence number; a line that was cut off or is no output of this run is
* passed over. Reads one piece at a time.
* @throws RelayError bad_options when it is larger than any that was written
*/
async function readSpoolIndex(dir, runId) {
	const path = join(dir, spoolFileName);
	const places = /* @__PURE__ */ new Map();
	const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
	if (size === 0) return {
		places,
		end: 0
	};
	if (size > 2 * limits.relaySpoolBytes) throw new RelayError("bad_options", `${path} has ${size} bytes, more than a spool ever has`, { retryable: false });
	let at = 0;
	let rest = [];
	for await (const chunk of createReadStream(path)) {
		let from = 0;
		for (let lineEnd = chunk.indexOf(10); lineEnd !== -1; lineEnd = chunk.indexOf(10, from)) {
			const line = Buffer.concat([...rest, chunk.subarray(from, lineEnd)]);
			rest = [];
			from = lineEnd + 1;
			const seq = line.length > LINE_BYTES ? void 0 : parseSeq(line.toString(), runId);
			if (seq !== void 0) places.set(seq, {
				at,
				bytes: line.length
			});
			at += line.length + 1;
		}
		rest.push(chunk.subarray(from));
	}
	return {
		places,
		end: size
	};
}
/** More than JSON makes of one piece of output, were all of it control characters. */
const LINE_BYTES = 16 * limits.outputChunkBytes;
function parseSeq(line, runId) {
	try {
		const event = runEvent.safeParse(JSON.parse(line));
		return event.success && event.data.run_id === runId && event.data.type === "step_output" ? event.data.seq : void 0;
	} catch {
		return;
	}
}

// src/relayed-folder.ts
/** The names in an evidence folder whose run a server is to seal (docs/protocol.md, "When the server is away"). */
const relayedFiles = {
	server: "server.json",
	record: "record.unsealed.json",
	note: "UNSEALED.txt"
};
/** All that `quoderat push` needs of a folder, beside its artifacts. */
const pushFiles = [
	journalFileName,
	spoolFileName,
	evidenceFiles.manifest,
	...Object.values(relayedFiles)
];
/** Notes who is to seal this run, so that nobody else does it unasked. Holds no secret. */
function noteServer(dir, server) {
	writeFileSync(join(dir, relayedFiles.server), `${JSON.stringify({ url: server.url })}\n`);
}
/** The address of the server that is to seal the run of this folder; null: none is. */
function readServerNote(dir) {
	try {
		const note = JSON.parse(readFileSync(join(dir, relayedFiles.server), "utf8"));
		return isObject(note) && typeof note["url"] === "string" ? note["url"] : null;
	} catch {
		return null;
	}
}
/**
* Keeps the record under a name that says what it is not, and a note on what to do where the rest of the run lies: in the
* first folder, which stays the one to push though the record had to be written into another.
*/
async function writeUnsealed(record, { dirs, serverName, reason }) {
	const [first = "."] = dirs;
	const { run_id, plan } = record;
	const text = JSON.stringify({
		unsealed: true,
		run_id,
		plan_hash: plan.plan_hash,
		server: serverName,
		record
	});
	for (const dir of dirs) try {
		const recordPath = await writeEvidenceFile(dir, relayedFiles.record, `${text}\n`);
		if (dir === first) await writeEvidenceFile(dir, relayedFiles.note, toNote(record, serverName));
		return {
			dir: first,
			recordPath,
			serverName,
			reason
		};
	} catch {}
	return {
		dir: first,
		recordPath: null,
		serverName,
		reason
	};
}
/** Takes away what only an unsealed run has. */
function dropUnsealed(dir) {
	for (const name of [relayedFiles.record, relayedFiles.note]) rmSync(join(dir, name), { force: true });
}
/** The reason is not in it: it holds words of the server's, and a file has no surface that makes them inert. */
function toNote({ run_id, execution }, serverName) {
	return `This run is NOT sealed, and nothing in this folder is evidence yet.

  run      ${run_id}
  outcome  ${execution.status}
  server   ${serverName}

The server that was to seal it could not be brought to do so in time. All that it needs is in this folder:
journal.ndjson (what happened), artifacts/ (what was captured), and spool.ndjson, if there is one (output that the
server has not seen). Keep all of it together, and let the server finish:

  quoderat push <this folder> --server ${serverName}

with the token in QUODERAT_SERVER_TOKEN. ${relayedFiles.record} is what the worker recorded, for reading only.
`;
}

export { relayedFiles as a, readSpoolIndex as c, readServerNote as i, noteServer as n, writeUnsealed as o, pushFiles as r, openSpool as s, dropUnsealed as t };