import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { a as toPlainVerdict, i as toNotStarted, n as openOutput, r as watch, s as withFileFault, t as keepOutput } from "./step-output-km6joCmW.js";
import { a as readProcessTable, c as readNewestId, d as spawnChild, f as SpawnError, i as killTreeOnWindows, l as readProcess, n as killGroup, o as isMarked, p as toChildEnvironment, r as killProcess, s as readIdLimit, t as sweep, u as readProcessIds } from "./sweep-CJo9hwSo.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as redactJson } from "./json-DCC6I965.js";
import { t as findPathFault } from "./relative-path-_PeV26Xg.js";
import { randomBytes } from "node:crypto";
import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { createReadStream, realpathSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

// src/execution/conduct.ts
/** A program that is run to its end. */
function makePlainConduct({ step }) {
	return {
		limits: {
			timeoutMs: step.timeout_ms,
			idleTimeoutMs: step.idle_timeout_ms
		},
		ending: null,
		onText: () => {},
		prepare: async () => ({}),
		onStarted: () => {},
		onOver: () => {},
		toVerdict: (result) => toPlainVerdict(result, step),
		capture: async () => []
	};
}

// src/execution/file-judge.ts
function makeFileJudge(context) {
	let fault = null;
	return {
		judge(rule, cause) {
			if (rule === "fail" && !context.step.allow_empty) {
				fault ??= {
					...cause,
					message: context.redact(cause.message, "cause/message")
				};
				return;
			}
			const missing = cause.code === "report_missing" || cause.code === "output_missing";
			context.warn(missing ? "glob_matched_nothing" : "file_not_captured", cause.message);
		},
		fault: () => fault
	};
}

// src/execution/survivors.ts
/** The finder for a system. To be made right after the leader, before it can have ended unseen. */
function makeProcessFinder(step, platform) {
	if (platform === "linux") return makeProcFinder(step);
	if (platform !== "win32") return makeTableFinder(step);
	return {
		remember: async () => {},
		find: async () => [],
		isAlive: () => false
	};
}
/** More than this no machine starts: within a known time, ids can't have gone round. */
const STARTS_PER_MS = 500;
/** So many processes are looked at before others get their turn. */
const PROCESSES_PER_TURN = 100;
/**
* Linux. Most steps are seen to have left nothing from one small read: when the newest id of the system is the leader's,
* nobody has started anything since. Otherwise every process that is younger than the leader is looked at.
*/
function makeProcFinder({ leader, mark, openFiles }) {
	const startedAt = performance.now();
	const leaderStart = readProcess(leader)?.startTime ?? 0;
	const newestIsLive = readNewestId() >= leader;
	const known = /* @__PURE__ */ new Set();
	const readYounger = async () => {
		const idsAscend = readNewestId() >= leader && (performance.now() - startedAt) * STARTS_PER_MS < readIdLimit();
		const younger = [];
		let looked = 0;
		for (const pid of readProcessIds()) {
			if (pid === leader || pid === process.pid || idsAscend && pid < leader) continue;
			if ((looked += 1) % PROCESSES_PER_TURN === 0) await setImmediate();
			const found = readProcess(pid);
			if (found && found.startTime >= leaderStart && !found.zombie) younger.push(found);
		}
		return younger;
	};
	const isOurs = (entry) => entry.group === leader || entry.session === leader || known.has(toKey(entry)) || isMarked(entry.pid, mark, openFiles);
	return {
		async remember() {
			const processes = await readYounger();
			for (const entry of withDescendants(/* @__PURE__ */ new Set([leader]), processes)) known.add(toKey(entry));
		},
		async find() {
			if (newestIsLive && readNewestId() === leader) return [];
			const processes = await readYounger();
			const found = withDescendants(new Set(processes.filter(isOurs).map(({ pid }) => pid)), processes).map(toSurvivor);
			for (const survivor of found) known.add(toKey(survivor));
			return found;
		},
		isAlive({ pid, startTime }) {
			const found = readProcess(pid);
			return found !== void 0 && !found.zombie && String(found.startTime) === startTime;
		}
	};
}
/** macOS and the BSDs, by ps. */
function makeTableFinder({ leader, mark }) {
	const known = /* @__PURE__ */ new Set();
	const read = async () => (await readProcessTable()).filter(({ pid }) => pid !== leader && pid !== process.pid);
	return {
		async remember() {
			for (const entry of withDescendants(/* @__PURE__ */ new Set([leader]), await read())) known.add(toKey(entry));
		},
		async find() {
			const entries = await read();
			const isOurs = (entry) => entry.group === leader || known.has(toKey(entry)) || entry.text.includes(mark);
			return withDescendants(new Set(entries.filter(isOurs).map(({ pid }) => pid)), entries).map(toSurvivor);
		},
		isAlive: () => true
	};
}
/** The entries in `roots`, and all that descend from them. */
function withDescendants(roots, entries) {
	const found = new Set(roots);
	for (let size = -1; size !== found.size;) {
		size = found.size;
		for (const { pid, parent } of entries) if (found.has(parent)) found.add(pid);
	}
	return entries.filter(({ pid }) => found.has(pid));
}
function toSurvivor({ pid, startTime }) {
	return {
		pid,
		startTime: String(startTime)
	};
}
function toKey({ pid, startTime }) {
	return `${pid}@${startTime}`;
}

// src/execution/terminate.ts
/**
* Ends a running leader: TERM to its group, a grace period, KILL to its group. What is left of its tree is for the sweep,
* which knows of it because it is remembered before the first signal.
* @returns how the leader ended; null when even KILL did not end it in time (uninterruptible sleep)
*/
async function terminate(child, finder, options) {
	if (options.platform === "win32") {
		await killTreeOnWindows(child.pid);
		return waitForExit(child, limits.reapMs);
	}
	await finder.remember();
	killGroup(child.pid, "SIGTERM");
	const exit = await waitForExit(child, options.graceMs);
	if (exit !== null) return exit;
	await finder.remember();
	killGroup(child.pid, "SIGKILL");
	killProcess(child.pid);
	return waitForExit(child, limits.reapMs);
}
async function waitForExit(child, ms) {
	let timer;
	const timeout = new Promise((resolve) => {
		timer = setTimeout(() => resolve(null), ms);
	});
	try {
		return await Promise.race([child.exited, timeout]);
	} finally {
		clearTimeout(timer);
	}
}

// src/execution/process.ts
/**
* Runs a program until its leader ends or must end, reads what is left in its pipes, and kills what it leaves behind.
* When this resolves nothing of it is alive, or `swept.left` counts what is.
* @throws SpawnError when it can't be started
*/
async function runProcess(options) {
	const { stdout, stderr, mark, stop, platform } = options;
	const time = makeStopwatch();
	const child = await spawnChild({
		...options,
		stdout: stdout.sink,
		stderr: stderr.sink
	});
	const finder = makeProcessFinder({
		leader: child.pid,
		mark,
		openFiles: child.openFiles
	}, platform);
	const spawnMs = time.lap();
	options.onStarted();
	const activity = {
		lastAt: () => Math.max(stdout.lastAt(), stderr.lastAt()),
		isBlocked: () => stdout.isBlocked() || stderr.isBlocked()
	};
	const mustEnd = makeDeferred();
	const watchdog = watch({
		...options,
		activity,
		end: mustEnd.resolve
	});
	options.ending?.then(mustEnd.resolve);
	const first = await Promise.race([child.exited.then((exit) => ({ exit })), mustEnd.promise]);
	watchdog[Symbol.dispose]();
	options.onOver();
	const runMs = time.lap();
	const endedBy = typeof first === "string" ? first : null;
	const graceMs = endedBy === "cancelled" || endedBy === "run_timeout" || stop.reason() !== null ? limits.cancelGraceMs : limits.killGraceMs;
	const exit = typeof first === "string" ? await terminate(child, finder, {
		graceMs,
		platform
	}) : first.exit;
	let terminateMs = time.lap();
	if (!await allEnded(child.sources, limits.drainMs)) await setImmediate();
	const endedAt = performance.now();
	const wasWriting = !child.sources.every((source) => source.isEnded()) && activity.lastAt() > endedAt - limits.drainMs / 2;
	let drainMs = time.lap();
	const swept = await sweep(finder, child.pid);
	terminateMs += time.lap();
	const patience = stop.reason() === null ? Number.POSITIVE_INFINITY : limits.reapMs / limits.drainMs;
	for (let wait = 1; !await allEnded(child.sources, limits.drainMs) && activity.isBlocked() && wait < patience;) wait += 1;
	const outputComplete = !(wasWriting && swept.killed > 0) && child.sources.every((source) => source.isEnded());
	for (const source of child.sources) source.close();
	drainMs += time.lap();
	return {
		exit,
		endedBy,
		swept,
		outputComplete,
		spawnMs,
		runMs,
		terminateMs,
		drainMs
	};
}
/** Waits until all sources have ended, or `ms` have gone by. @returns whether they have ended */
async function allEnded(sources, ms) {
	let timer;
	const timeout = new Promise((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([Promise.all(sources.map(({ ended }) => ended)).then(() => true), timeout]);
	} finally {
		clearTimeout(timer);
	}
}
/** lap(): the ms since the last one. */
function makeStopwatch() {
	let last = performance.now();
	return { lap() {
		const now = performance.now();
		const ms = now - last;
		last = now;
		return ms;
	} };
}

// src/execution/program.ts
/**
* The program and arguments of a command. `argv` is taken as it is: no shell sees it. A `run` script goes to its shell as
* a file that only this user can read, never as an argument: arguments are visible to everyone on the machine
* (/proc/pid/cmdline), and one is limited to 128 KiB on Linux.
* @throws SpawnError when the script can't be written
*/
function toProgram(command, scratch) {
	if ("argv" in command) {
		const [file = "", ...args] = command.argv;
		return {
			file,
			args,
			verbatim: false,
			release: () => {}
		};
	}
	const { extension, toText, toCommand } = shellForms[command.shell];
	const script = scratch.writeScript(extension, toText(command.run));
	return {
		...toCommand(script.path),
		verbatim: command.shell === "cmd",
		release: script.remove
	};
}
const shellForms = {
	bash: {
		extension: ".sh",
		toText: withNewline,
		toCommand: (path) => ({
			file: "bash",
			args: [
				"--noprofile",
				"--norc",
				"-euo",
				"pipefail",
				path
			]
		})
	},
	sh: {
		extension: ".sh",
		toText: withNewline,
		toCommand: (path) => ({
			file: "sh",
			args: ["-eu", path]
		})
	},
	pwsh: {
		extension: ".ps1",
		toText: (script) => `$ErrorActionPreference = 'Stop'\n${withNewline(script)}if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\n`,
		toCommand: (path) => ({
			file: "pwsh",
			args: [
				"-NoLogo",
				"-NoProfile",
				"-NonInteractive",
				"-ExecutionPolicy",
				"Bypass",
				"-File",
				path
			]
		})
	},
	cmd: {
		extension: ".cmd",
		toText: (script) => `@echo off\r\n${withNewline(script).replaceAll(/\r?\n/g, "\r\n")}`,
		toCommand: (path) => ({
			file: "cmd.exe",
			args: [
				"/D",
				"/E:ON",
				"/V:OFF",
				"/S",
				"/C",
				`"call "${path}""`
			]
		})
	}
};
function withNewline(script) {
	return script.endsWith("\n") ? script : `${script}\n`;
}

// src/execution/read-reports.ts
/**
* Reads the reports that were kept: the redacted bytes, which are the basis of what is said of them. Each gives an
* observation; one that can't be read, or says that nothing ran, is held against the step as its kind's rule says.
*/
async function readReports(context, reports, { rule, exitCode, judge }) {
	const readings = [];
	for (const kept of reports) {
		const { artifact } = kept;
		if (artifact.size_bytes === 0) continue;
		const report = await readEither(context, kept);
		readings.push({
			name: artifact.name,
			report
		});
		if (!report.ok) {
			judge(rule, {
				code: report.code,
				message: `its report ${artifact.name} ${report.message}`
			});
			continue;
		}
		await context.emit({
			type: "observation_recorded",
			step_id: context.step.id,
			observation: toObservation(context, artifact, report)
		});
		if (!report.ran && report.type !== "coverage") judge(rule, {
			code: "nothing_ran",
			message: `its report ${artifact.name} says that nothing ran`
		});
	}
	const disagreement = context.reports.findDisagreement(exitCode, readings);
	if (disagreement !== void 0) context.warn("report_disagrees", disagreement);
}
/**
* What the kept bytes say. Where the redactor took something out of a report so that its form was lost, that must not
* fail the step: then it is read as the step wrote it, and what is told of it is redacted.
*/
async function readEither(context, kept) {
	const { artifact, format, path } = kept;
	const report = await readOne(context, artifact, format);
	if (report.ok || !artifact.redaction.applied) return report;
	const whole = await readFrom(context, format, async () => createReadStream(path));
	if (whole.ok) context.warn("report_read_unredacted", `its report ${artifact.name} was read before redaction, which broke its form`);
	return whole.ok ? whole : report;
}
function readOne(context, artifact, format) {
	return readFrom(context, format, () => context.store.read(artifact.sha256));
}
async function readFrom(context, format, open) {
	try {
		const chunks = await open();
		if (chunks !== null) return await context.reports.read(format, chunks);
		return {
			ok: false,
			code: "report_unreadable",
			message: "was not kept, so it was not read"
		};
	} catch (error) {
		return {
			ok: false,
			code: "report_unreadable",
			message: `can't be read: ${toMessage(error)}`
		};
	}
}
/** Redacted once more: what was spelt with entities or escapes in the report is plain text now. */
function toObservation({ redactor, redact, step }, artifact, { type, summary, value, parser }) {
	return {
		id: `${artifact.id}/${type}`,
		type,
		summary: redact(`${step.id}: ${summary}`, `observations/${artifact.id}`),
		value: redactJson(value, redactor).value,
		basis_artifact_ids: [artifact.id],
		informational: false,
		parser
	};
}

// src/execution/workdir.ts
/**
* The folder a step runs in, with every symlink followed. Asked without waiting: four trips to the thread pool would be a
* tenth of what a small step costs.
* @param workspace absolute, already followed
* @param cwd relative to it, with "/"
* @throws SpawnError when there is no such folder, or a symlink leads it out of the workspace
*/
function readWorkdir(workspace, cwd) {
	let found;
	try {
		found = realpathSync.native(join(workspace, cwd));
		if (!statSync(found).isDirectory()) throw new SpawnError("cwd_not_found", `its cwd ${cwd} is not a folder`);
	} catch (error) {
		if (error instanceof SpawnError) throw error;
		throw new SpawnError("cwd_not_found", `its cwd ${cwd} does not exist in the workspace`, { cause: error });
	}
	if (!isInside(workspace, found)) throw new SpawnError("cwd_outside", `its cwd ${cwd} is a link that leads out of the workspace`);
	return found;
}
/** Whether `path` is `folder` or below it. Both absolute and without symlinks. */
function isInside(folder, path) {
	const way = relative(folder, path);
	return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

// src/execution/file-globs.ts
/**
* The regular files that a glob matches, sorted by name. A folder's name stands for all that is in it. Links are not
* followed out of the workspace, and dot files count.
* @param cwd where the glob starts; absolute, without symlinks, as is `workspace`
* @param pattern a glob, or the plain name of a file, whatever characters it has
*/
async function findFiles(workspace, cwd, pattern) {
	if (findPathFault(pattern, { glob: true }) !== void 0) return [];
	const plain = await readFoundFile(workspace, join(cwd, pattern));
	if (plain) return [plain];
	const { glob } = await import("./dist-fjTScJaP.js");
	const matches = await glob(pattern, {
		cwd,
		dot: true,
		followSymbolicLinks: false,
		absolute: true
	});
	const files = [];
	for (const match of matches) {
		const file = await readFoundFile(workspace, match);
		if (file) files.push(file);
	}
	return files.toSorted((a, b) => a.name < b.name ? -1 : 1);
}
/** One file, with symlinks followed. undefined: it is none, or not in the workspace. */
async function readFoundFile(workspace, path) {
	try {
		const real = await realpath(path);
		if (!isInside(workspace, real)) return void 0;
		const stat = await lstat(real, { bigint: true });
		if (!stat.isFile()) return void 0;
		return {
			path: real,
			name: relative(workspace, path).split(sep).join("/"),
			size: Number(stat.size),
			version: `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`
		};
	} catch {
		return;
	}
}

// src/execution/step-files.ts
/** @param cwd absolute, without symlinks */
async function readReportsBefore({ step, workspace }, cwd) {
	const found = await Promise.all(step.reports.map(({ path }) => findFiles(workspace, cwd, path)));
	return new Map(found.flat().map(({ path, version }) => [path, version]));
}
/** Keeps the reports and outputs of an attempt that is over, also of one that failed, and judges what is not there. */
async function captureFiles(context, cwd, before, { rules, judge }) {
	const { step, workspace } = context;
	const keep = makeKeeper(context);
	const reports = [];
	for (const { path, format } of step.reports) {
		const files = await findFiles(workspace, cwd, path);
		const fresh = files.filter((file) => before.get(file.path) !== file.version);
		const problem = findReportFault(path, files, fresh, rules);
		if (problem) judge(rules.report, problem);
		const kept = await keep("report", path, fresh);
		reports.push(...kept.map(({ artifact, path: file }) => ({
			artifact,
			path: file,
			format
		})));
	}
	for (const pattern of step.outputs) {
		const files = await findFiles(workspace, cwd, pattern);
		if (files.length === 0) judge(rules.output, {
			code: "output_missing",
			message: `its output ${pattern} does not exist: nothing matches it`
		});
		await keep("output", pattern, files.filter((file) => rules.leavesOut?.(file, step) !== true));
	}
	return {
		...keep.ids,
		reports
	};
}
function findReportFault(path, files, fresh, rules) {
	if (files.length === 0) return {
		code: "report_missing",
		message: `its report ${path} does not exist${rules.reportHint === void 0 ? "" : `; ${rules.reportHint}`}`
	};
	if (fresh.length === 0) return {
		code: "report_stale",
		message: `its report ${path} was there before and has not been written since`
	};
	const empty = fresh.find(({ size }) => size === 0);
	return empty ? {
		code: "report_empty",
		message: `its report ${empty.name} is empty`
	} : null;
}
function makeKeeper(context) {
	const { stop, store, redactor, step } = context;
	const ids = {
		reportIds: [],
		outputIds: []
	};
	const seen = {
		report: /* @__PURE__ */ new Set(),
		output: /* @__PURE__ */ new Set()
	};
	let deadline;
	const isStopped = () => {
		if (stop.reason() === null) return false;
		deadline ??= performance.now() + limits.cancelCaptureMs;
		return performance.now() > deadline;
	};
	const keepOne = async (kind, file) => {
		const list = kind === "report" ? ids.reportIds : ids.outputIds;
		const id = context.toArtifactId(`${kind}/${list.length + 1}`);
		const name = context.redact(file.name, "artifacts");
		try {
			const captured = await store.captureFile({
				id,
				kind,
				name,
				stepId: step.id,
				path: file.path,
				redactor,
				isStopped
			});
			if (captured.problem !== null) context.warn("file_not_captured", `${file.name} was not kept whole (${captured.problem})`);
			list.push(id);
			await context.announce(captured, name, "artifact");
			return [{
				artifact: captured.artifact,
				path: file.path
			}];
		} catch (error) {
			context.warn("file_not_captured", `${file.name} can't be read: ${toMessage(error)}`);
			return [];
		}
	};
	const keep = async (kind, pattern, files) => {
		const kept = [];
		const fresh = files.filter(({ path }) => !seen[kind].has(path));
		const room = Math.max(0, limits.outputFilesPerStep - seen[kind].size);
		for (const [index, file] of fresh.slice(0, room).entries()) {
			if (isStopped()) {
				context.warn("file_not_captured", `${fresh.length - index} files of ${pattern} were not kept: the run was being ended`);
				return kept;
			}
			seen[kind].add(file.path);
			kept.push(...await keepOne(kind, file));
		}
		if (fresh.length > room) context.warn("file_not_captured", `${fresh.length - room} files of ${pattern} were not kept: a step keeps ${limits.outputFilesPerStep} at most`);
		return kept;
	};
	return Object.assign(keep, { ids });
}

// src/execution/process-kind.ts
/** The kinds whose steps run a program. They differ in what they make of declared files, and in what else they do. */
function makeProcessKind(rules, makeConduct = makePlainConduct) {
	return async (context) => {
		const { attempt, now } = context;
		const startedAt = now();
		const start = performance.now();
		const conduct = makeConduct(context);
		const stdout = openOutput(context, "stdout", conduct.onText);
		const stderr = openOutput(context, "stderr", conduct.onText);
		const run = await runStep(context, rules, conduct, {
			stdout,
			stderr
		});
		const keptAt = performance.now();
		const complete = [await keepOutput(context, "stdout", stdout), await keepOutput(context, "stderr", stderr)];
		const captured = await run.capture();
		const { cause, ...verdict } = withFileFault(run.verdict, captured.fault);
		return {
			attempt,
			...verdict,
			...cause && { cause },
			started_at: toTimestamp(startedAt),
			finished_at: toTimestamp(now()),
			duration_ms: Math.round(performance.now() - start),
			phases: {
				...run.phases,
				capture_ms: Math.round(performance.now() - keptAt)
			},
			stdout_artifact_id: context.toArtifactId("stdout"),
			stderr_artifact_id: context.toArtifactId("stderr"),
			report_artifact_ids: captured.reportIds,
			output_artifact_ids: captured.outputIds,
			output_complete: run.outputComplete && !complete.includes(false),
			survivors_killed: run.survivorsKilled
		};
	};
}
/** From the plan's words to a process that has ended, or could not begin. */
async function runStep(context, rules, conduct, outputs) {
	const { step, workspace, scratch, runnerEnv, platform } = context;
	const start = performance.now();
	try {
		const cwd = readWorkdir(workspace, step.cwd);
		const before = await readReportsBefore(context, cwd);
		const ownEnv = await conduct.prepare(cwd);
		if (step.command === null) throw new Error(`step ${step.id} has no command`);
		const program = toProgram(step.command, scratch);
		const mark = randomBytes(16).toString("hex");
		const manifestEnv = {
			...ownEnv,
			...context.environments[step.id]
		};
		const env = toChildEnvironment({
			runnerEnv,
			passEnv: step.pass_env,
			manifestEnv,
			mark: `${context.runMark},${mark}`,
			platform
		});
		const preparedMs = performance.now() - start;
		let result;
		try {
			result = await runProcess({
				...context,
				...conduct,
				...conduct.limits,
				...outputs,
				program,
				cwd,
				env,
				mark
			});
		} finally {
			program.release();
		}
		tellSurvivors(context, result);
		const verdict = redactCause(context, conduct.toVerdict(result));
		return {
			verdict,
			phases: toPhases(result, preparedMs),
			outputComplete: result.outputComplete,
			survivorsKilled: result.swept.killed,
			capture: async () => {
				const { judge, fault } = makeFileJudge(context);
				const captured = await captureFiles(context, cwd, before, {
					rules,
					judge
				});
				const { reportIds } = captured;
				const more = await conduct.capture(cwd, reportIds);
				await readReports(context, captured.reports, {
					rule: rules.report,
					exitCode: verdict.exit_code,
					judge
				});
				return {
					reportIds,
					outputIds: [...captured.outputIds, ...more],
					fault: fault()
				};
			}
		};
	} catch (error) {
		if (!(error instanceof SpawnError)) throw error;
		return {
			verdict: toNotStarted(context.redact(error.message, "cause/message")),
			phases: {
				spawn_ms: Math.round(performance.now() - start),
				run_ms: 0,
				terminate_ms: 0,
				drain_ms: 0
			},
			outputComplete: true,
			survivorsKilled: 0,
			capture: async () => ({
				reportIds: [],
				outputIds: [],
				fault: null
			})
		};
	}
}
function redactCause(context, verdict) {
	const { cause } = verdict;
	return cause === null ? verdict : {
		...verdict,
		cause: {
			...cause,
			message: context.redact(cause.message, "cause/message")
		}
	};
}
function toPhases(result, preparedMs) {
	return {
		spawn_ms: Math.round(preparedMs + result.spawnMs),
		run_ms: Math.round(result.runMs),
		terminate_ms: Math.round(result.terminateMs),
		drain_ms: Math.round(result.drainMs)
	};
}
function tellSurvivors({ warn }, { swept, outputComplete }) {
	const were = (count) => count === 1 ? "1 process was" : `${count} processes were`;
	if (swept.killed > 0) warn("survivors_killed", `${were(swept.killed)} still running when it had ended, and killed`);
	if (swept.left > 0) warn("survivors_left", `${were(swept.left)} still running when it had ended, and could not be killed`);
	if (!outputComplete) warn("output_incomplete", "its output was cut off: a process that it left behind was still writing, or held it open");
}

export { makePlainConduct as i, findFiles as n, readFoundFile as r, makeProcessKind as t };