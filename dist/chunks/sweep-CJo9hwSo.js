import { n as toErrorCode, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { t as isReservedEnvName } from "./reserved-env-BzbK9kaS.js";
import { t as makeBufferPool } from "./buffer-pool-Dc3yPAuZ.js";
import { Socket } from "node:net";
import { closeSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { execFile, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

// src/execution/environment.ts
/** The runner's variables that every child gets: what programs need to work at all, and nothing that tells or grants. */
const SAFE_NAMES = /* @__PURE__ */ new Set([
	"PATH",
	"HOME",
	"LANG",
	"LANGUAGE",
	"TMPDIR",
	"TEMP",
	"TMP",
	"TZ",
	"CI",
	"USER",
	"LOGNAME",
	"SHELL",
	"TERM"
]);
const SAFE_NAMES_ON_WINDOWS = /* @__PURE__ */ new Set([
	"SYSTEMROOT",
	"SYSTEMDRIVE",
	"WINDIR",
	"COMSPEC",
	"PATHEXT",
	"USERPROFILE",
	"USERNAME",
	"APPDATA",
	"LOCALAPPDATA",
	"PROGRAMDATA",
	"NUMBER_OF_PROCESSORS",
	"PROCESSOR_ARCHITECTURE",
	"HOMEDRIVE",
	"HOMEPATH"
]);
const SAFE_PREFIXES_ON_WINDOWS = ["PROGRAMFILES", "COMMONPROGRAMFILES"];
/** The variable by which a step's processes are known when they have left its process group. */
const STEP_MARK = "QUODERAT_STEP_MARK";
/** What all steps of a run are marked with beside their own mark: known from its journal when the run is lost. */
function toRunMark(runId) {
	return runId.replaceAll("-", "");
}
/**
* The environment of a step's processes: the safe base, what `pass_env` names, what the manifest sets, and the step's
* mark. The later wins. Names of the runner's or Quoderat's own never come in, whatever the plan says.
* @param mark 32 hex digits; a mark that is there already (Quoderat inside a step of Quoderat) is kept beside it, or the
* outer run could not find its own survivors
*/
function toChildEnvironment(options) {
	const { runnerEnv, passEnv, manifestEnv, mark, platform } = options;
	const windows = platform === "win32";
	const toKey = (name) => windows ? name.toUpperCase() : name;
	const passed = new Set(passEnv.map(toKey));
	const chosen = /* @__PURE__ */ new Map();
	for (const [name, value] of Object.entries(runnerEnv)) if (isSafe(name, windows) || passed.has(toKey(name))) chosen.set(toKey(name), [name, value]);
	for (const [name, value] of Object.entries(manifestEnv)) chosen.set(toKey(name), [name, value]);
	const kept = [...chosen.values()].filter(([name]) => !isReservedEnvName(name));
	return Object.fromEntries([...kept, [STEP_MARK, toMarks(runnerEnv[STEP_MARK], mark)]]);
}
function isSafe(name, windows) {
	if (!windows) return SAFE_NAMES.has(name) || name.startsWith("LC_");
	const upper = name.toUpperCase();
	return SAFE_NAMES.has(upper) || upper.startsWith("LC_") || SAFE_NAMES_ON_WINDOWS.has(upper) || SAFE_PREFIXES_ON_WINDOWS.some((prefix) => upper.startsWith(prefix));
}
function toMarks(outer, mark) {
	return outer !== void 0 && /^[0-9a-f,]{32,1000}$/.test(outer) ? `${outer},${mark}` : mark;
}

// src/execution/spawn-error.ts
/** Why a step's process could not be started. The message follows "could not be started: ". */
var SpawnError = class extends CodedError {};

// src/execution/source.ts
const readBuffers = makeBufferPool(65536, 16);
/** Reads a named pipe. The descriptor belongs to the source from here on. */
function readPipe(fd, sink) {
	const buffer = readBuffers.take();
	const socket = new Socket({
		fd,
		readable: true,
		writable: false,
		onread: {
			buffer,
			callback: (size) => {
				const wait = sink(buffer.subarray(0, size));
				if (wait) wait.then(() => socket.resume());
				return wait === void 0;
			}
		}
	});
	socket.once("close", () => readBuffers.give(buffer));
	socket.resume();
	return toSource$1(socket);
}
/** Reads a stream that Node made, where named pipes can't be had. */
function readStream(stream, sink) {
	stream.on("data", (chunk) => {
		const wait = sink(chunk);
		if (!wait) return;
		stream.pause();
		wait.then(() => stream.resume());
	});
	return toSource$1(stream);
}
function toSource$1(stream) {
	const end = makeDeferred();
	let ended = false;
	stream.on("error", () => {});
	stream.once("close", () => {
		ended = true;
		end.resolve();
	});
	return {
		ended: end.promise,
		isEnded: () => ended,
		close: () => stream.destroy()
	};
}

// src/execution/child.ts
/**
* Starts a program with /dev/null as stdin and a pipe each for stdout and stderr.
* @throws SpawnError when the system does not start it
*/
async function spawnChild(options) {
	const { program, scratch } = options;
	const stdout = await scratch.openPipe();
	const stderr = await scratch.openPipe();
	const mark = scratch.openMark();
	let child;
	let pid;
	try {
		({child, pid} = await spawnOrThrow(options, [stdout?.write ?? "pipe", stderr?.write ?? "pipe"], mark));
	} catch (error) {
		for (const pipe of [stdout, stderr]) if (pipe) closeSync(pipe.read);
		throw toSpawnError(error, program);
	} finally {
		for (const fd of [
			stdout?.write,
			stderr?.write,
			mark?.fd
		]) if (fd !== void 0) closeSync(fd);
	}
	return {
		pid,
		exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve({
			code,
			signal
		}))),
		sources: [toSource(stdout, child.stdout, options.stdout), toSource(stderr, child.stderr, options.stderr)],
		openFiles: [
			stdout?.path,
			stderr?.path,
			mark?.path
		].filter((path) => path !== void 0)
	};
}
async function spawnOrThrow(options, output, mark) {
	const { program, cwd, env, platform } = options;
	const between = Array.from({ length: 28 }, () => "ignore");
	const child = spawn(program.file, program.args, {
		cwd,
		env,
		stdio: [
			"ignore",
			...output,
			...mark ? [...between, mark.fd] : []
		],
		detached: platform !== "win32",
		windowsHide: true,
		windowsVerbatimArguments: program.verbatim
	});
	const { pid } = child;
	if (pid === void 0) return await new Promise((_, reject) => child.once("error", reject));
	child.on("error", () => {});
	return {
		child,
		pid
	};
}
function toSource(pipe, stream, sink) {
	if (pipe) return readPipe(pipe.read, sink);
	if (!stream) throw new Error("a child without an output stream");
	return readStream(stream, sink);
}
function toSpawnError(error, program) {
	const code = toErrorCode(error) ?? "unknown";
	const name = `"${program.file}"`;
	if (code === "ENOENT" || code === "ENOTDIR") {
		const advice = /[\\/]/.test(program.file) ? "no such file" : "it is not on PATH";
		return new SpawnError("program_not_found", `program ${name} was not found: ${advice}`, { cause: error });
	}
	if (code === "EACCES" || code === "EPERM") return new SpawnError("not_permitted", `program ${name} may not be executed (${code}): is it an executable file?`, { cause: error });
	return new SpawnError("refused_by_system", `the system refused to start ${name} (${code})`, { cause: error });
}

// src/execution/proc.ts
/** Reads one process. undefined: there is none (any more). */
function readProcess(pid) {
	const text = readProc(`${pid}/stat`);
	const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
	if (fields === void 0 || fields.length < 20) return void 0;
	const [state = "", parent, group, session] = fields;
	return {
		pid,
		startTime: Number(fields[19]),
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
		zombie: state === "Z" || state === "X"
	};
}
/** The ids of all processes, ascending. Empty where there is no /proc. */
function readProcessIds() {
	try {
		return readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && pid > 0).toSorted((a, b) => a - b);
	} catch {
		return [];
	}
}
/** The id given to the newest process or thread, or NaN: the last field of /proc/loadavg. */
function readNewestId() {
	return Number(readProc("loadavg")?.trimEnd().split(" ").at(-1) ?? NaN);
}
/** After how many ids the system begins again with the lowest. */
function readIdLimit() {
	return Number(readProc("sys/kernel/pid_max") ?? 32768);
}
/**
* Whether a process carries the step's mark: in the environment it was started with, or by an open file that only
* the step's processes inherit. The second outlives `env -i` and programs that write their title over their environment
* (nginx, redis); the first outlives programs that close all descriptors.
*/
function isMarked(pid, mark, openFiles) {
	if (readProc(`${pid}/environ`)?.includes(mark)) return true;
	return [
		31,
		1,
		2
	].some((fd) => {
		try {
			const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
			return openFiles.some((path) => target === path || target === `${path} (deleted)`);
		} catch {
			return false;
		}
	});
}
function readProc(name) {
	try {
		return readFileSync(`/proc/${name}`, "utf8");
	} catch {
		return;
	}
}

// src/execution/process-table.ts
/**
* All processes as ps(1) of macOS and the BSDs lists them; `text` ends with the environment of those whose owner we are
* (-E), which is where a step's mark is looked for. Empty when ps can't be had.
*/
function readProcessTable() {
	const args = [
		"-A",
		"-E",
		"-ww",
		"-o",
		"pid=,ppid=,pgid=,lstart=,command="
	];
	return new Promise((resolve) => {
		execFile("/bin/ps", args, {
			env: { LC_ALL: "C" },
			timeout: 5e3,
			maxBuffer: 67108864
		}, (error, stdout) => resolve(error ? [] : stdout.split("\n").flatMap(parseTableLine)));
	});
}
/** lstart is five words: `Sat Nov 21 09:55:12 2026`. */
function parseTableLine(line) {
	const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/.exec(line);
	if (!match) return [];
	const [, pid, parent, group, startTime = "", text = ""] = match;
	return [{
		pid: Number(pid),
		parent: Number(parent),
		group: Number(group),
		startTime,
		text
	}];
}

// src/execution/signals.ts
/** Sends a signal to every member of a process group (POSIX). A group that is gone is no fault. */
function killGroup(leader, signal) {
	if (process.platform !== "win32" && leader > 1) send(-leader, signal);
}
function killProcess(pid) {
	send(pid, "SIGKILL");
}
/** Ends a process and those it started, by force: Windows knows no gentler way for a program without a window. */
function killTreeOnWindows(pid) {
	return new Promise((resolve) => {
		execFile("taskkill", [
			"/T",
			"/F",
			"/PID",
			String(pid)
		], {
			timeout: 5e3,
			windowsHide: true
		}, () => resolve());
	});
}
function send(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch {}
}

// src/execution/sweep.ts
/** Processes that are ending by themselves get this long (a `tee` that has just read its end of file). */
const SETTLE_MS = [
	1,
	3,
	6,
	10,
	20
];
/**
* Kills what a step has left behind, and returns when it is dead. Those that leave the group, the session and their
* parents are known by their marks; what they start meanwhile is found in the next round.
*/
async function sweep(finder, leader) {
	let found = await finder.find();
	for (const pause of SETTLE_MS) {
		if (found.length === 0) break;
		await setTimeout(pause);
		found = await finder.find();
	}
	killGroup(leader, "SIGKILL");
	const seen = /* @__PURE__ */ new Map();
	const deadline = performance.now() + limits.reapMs;
	for (let pause = 1; found.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
		for (const survivor of found) {
			seen.set(`${survivor.pid}@${survivor.startTime}`, survivor);
			if (finder.isAlive(survivor)) killProcess(survivor.pid);
		}
		await setTimeout(pause);
		found = await finder.find();
	}
	return {
		killed: seen.size - found.length,
		left: found.length
	};
}

export { readProcessTable as a, readNewestId as c, spawnChild as d, SpawnError as f, killTreeOnWindows as i, readProcess as l, toRunMark as m, killGroup as n, isMarked as o, toChildEnvironment as p, killProcess as r, readIdLimit as s, sweep as t, readProcessIds as u };