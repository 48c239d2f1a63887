import { a as pick, c as lookUp, l as toBareEnv, o as findGit, r as readBoundedText, s as findOnPath, t as detectContext, u as runBounded } from "./detect-BzEt0UHY.js";
import { t as limits } from "./limits-BJB9pL5s.js";
import { D as openScratch, O as makeEventSink, S as releaseFolder, _ as emitUnsearched, a as openRepository, b as claimFolder, c as WorktreeError, d as parseStatus, f as splitNul, g as emitToolchain, h as emitStart, i as readMaterials, l as isForeseen, m as emitEnd, n as emitMaterials, o as makeKeeper, p as toShownPath, s as runGit, t as emitDiff, u as joinNul, v as keepInputs, w as openJournal, y as toFinalized } from "./run-worktree-DEAy8LpG.js";
import { n as openArtifactStore, o as makeDeferred } from "./artifacts-PgPQH-6O.js";
import { h as toRunMark, t as redactJson } from "./json-4PicSMIr.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as makeProcessKind } from "./process-kind-Drqe6atf.js";
import { o as toVerdict } from "./step-output-CV9eCZlZ.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as makeUuidV7 } from "./uuid-h98Sk8Dg.js";
import { n as makePlan, r as parseManifest } from "./display-path-DHWsVcVQ.js";
import { n as hashPlan } from "./diagnostics-BhYWCqV3.js";
import { i as makeEvidenceFolder, n as evidenceFiles, t as EvidenceFolderError } from "./evidence-folder-YMIOVZ09.js";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, stat, utimes } from "node:fs/promises";
import path, { join } from "node:path";
import os from "node:os";
import { accessSync, constants as constants$1, existsSync, lstatSync } from "node:fs";

// src/ci/tool-files.ts
const MAX_BYTES = 262144;
/**
* The version in the package.json of the npm package that a command belongs to: npm on POSIX links to a file in the
* package, on Windows it writes a .cmd beside node_modules. null when the package found there is another one (corepack).
*/
function readPackageVersion(name) {
	return async (file) => {
		const real = await realpath(file);
		const folders = [
			path.join(path.dirname(real), ".."),
			path.join(path.dirname(file), "node_modules", name),
			path.dirname(real)
		];
		for (const folder of folders) {
			const manifest = parseJson(await readBoundedText(path.join(folder, "package.json"), MAX_BYTES));
			const version = pick(manifest, "version");
			if (pick(manifest, "name") === name && typeof version === "string") return version;
		}
		return null;
	};
}
/** JAVA_VERSION of the `release` file that every JDK and JRE since 7 has beside its bin folder. */
async function readJdkVersion(file) {
	const release = await readBoundedText(path.join(path.dirname(await realpath(file)), "..", "release"), MAX_BYTES);
	return /^JAVA_VERSION="([^"]+)"/m.exec(release ?? "")?.[1] ?? null;
}
/** The version in the name of a .jar in the lib folder beside the script's own. */
function readJarVersion(jar) {
	return async (file) => {
		return (await readdir(path.join(path.dirname(await realpath(file)), "..", "lib"))).map((name) => jar.exec(name)?.[1]).find((version) => version !== void 0) ?? null;
	};
}
function parseJson(text) {
	try {
		return JSON.parse(text ?? "null");
	} catch {
		return null;
	}
}

// src/ci/tools.ts
const PLAIN = /^v?(\d+\.\d\S*)$/;
/**
* The tools whose versions are recorded. Those that start a JVM or Node only to print a line come last, and are read
* from their files where these tell. pip is not asked: it takes 0.7 s, and says little beside Python's version.
*/
const tools = [
	tool("git", /^git version (\d\S*)/),
	tool("bash", /^GNU bash, version (\d+\.\d+\.\d+)/),
	tool("make", /^GNU Make (\d\S*)/),
	tool("gcc", /^\S*gcc\S* \(.*\) (\d\S*)/),
	tool("clang", /clang version (\d+\.\d+\.\d+)/),
	tool("cmake", /^cmake version (\d\S*)/),
	tool("docker", /^Docker version (\d[^,\s]*)/),
	tool("go", /^go version (?:go)?(\S+)/, { args: ["version"] }),
	tool("rustc", /^rustc (\d\S*)/),
	tool("cargo", /^cargo (\d\S*)/),
	tool("python", /^Python (\d\S*)/, { names: process.platform === "win32" ? ["python", "python3"] : ["python3", "python"] }),
	tool("ruby", /^ruby (\d\S*)/),
	tool("php", /^PHP (\d\S*)/),
	tool("bun", PLAIN),
	tool("deno", /^deno (\d\S*)/),
	tool("node", PLAIN),
	tool("dotnet", PLAIN),
	tool("npm", PLAIN, { read: readPackageVersion("npm") }),
	tool("pnpm", PLAIN, { read: readPackageVersion("pnpm") }),
	tool("yarn", PLAIN),
	tool("java", /^\S+ version "([^"]+)"/, {
		args: ["-version"],
		read: readJdkVersion
	}),
	tool("gradle", /^Gradle (\d\S*)/, { read: readJarVersion(/^gradle-(?:core|launcher)-(\d.*)\.jar$/) }),
	tool("mvn", /^Apache Maven (\d\S*)/, { read: readJarVersion(/^maven-core-(\d+\.\d+\.\d.*)\.jar$/) })
];
/** Where those tools, and the managers whose shims stand for them, keep what they need to start. */
const toolHomes = [
	"ASDF_DATA_DIR",
	"ASDF_DIR",
	"CARGO_HOME",
	"COREPACK_HOME",
	"DEVELOPER_DIR",
	"DOTNET_ROOT",
	"GOROOT",
	"JAVA_HOME",
	"MISE_DATA_DIR",
	"NVM_DIR",
	"PYENV_ROOT",
	"PYENV_VERSION",
	"RBENV_ROOT",
	"RBENV_VERSION",
	"RUSTUP_HOME",
	"RUSTUP_TOOLCHAIN",
	"VOLTA_HOME"
];
/** A port that nobody listens on: what has no switch of its own against downloading is refused at once. */
const NOWHERE = "http://127.0.0.1:9";
/** Many of these programs are shims that download the version a project asks for. A question must not do that. */
const quietEnv = {
	ALL_PROXY: NOWHERE,
	HTTPS_PROXY: NOWHERE,
	HTTP_PROXY: NOWHERE,
	https_proxy: NOWHERE,
	http_proxy: NOWHERE,
	COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
	COREPACK_ENABLE_NETWORK: "0",
	DOTNET_CLI_TELEMETRY_OPTOUT: "1",
	DOTNET_GENERATE_ASPNET_CERTIFICATE: "false",
	DOTNET_NOLOGO: "1",
	DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
	GOTOOLCHAIN: "local",
	MISE_OFFLINE: "1",
	MISE_NOT_FOUND_AUTO_INSTALL: "false",
	NO_COLOR: "1",
	NO_UPDATE_NOTIFIER: "1",
	PROTO_AUTO_INSTALL: "false",
	PROTO_OFFLINE: "true",
	RUSTUP_AUTO_INSTALL: "0",
	npm_config_manage_package_manager_versions: "false"
};
function tool(key, pattern, more = {}) {
	return {
		key,
		names: [key],
		args: ["--version"],
		pattern,
		...more
	};
}

// src/ci/toolchain.ts
/** A tool that is on PATH and was not heard in time. */
const UNKNOWN = "unknown";
/** A probe that takes longer than this waits for something: another may start, so that hung tools hold up nobody. */
const PATIENCE_MS = 250;
const MAX_LINE = 200;
/**
* The versions of the tools on PATH, `<tool>_version` to what the tool says; tools that are absent or fail are left out,
* those that did not answer before the signal or within limits.probeMs are `unknown`. Runs beside the first step and
* gives way to it: a few at once, at a low priority. Never rejects.
*/
async function probeToolchain(options) {
	const env = {
		...toBareEnv(options.env, toolHomes),
		...quietEnv
	};
	const probes = [];
	const queue = [...tools];
	const work = async () => {
		for (let tool = queue.shift(); tool !== void 0; tool = queue.shift()) {
			const { key } = tool;
			const probe = probeTool(tool, {
				env,
				cwd: options.cwd,
				signal: options.signal
			});
			probes.push(probe.then((version) => [`${key}_version`, version]));
			await Promise.race([probe, patience()]);
		}
	};
	await Promise.all(Array.from({ length: limits.probesAtOnce }, work));
	const found = await Promise.all(probes);
	return Object.fromEntries(found.filter((entry) => entry[1] !== null).toSorted(byName));
}
async function probeTool(tool, options) {
	for (const name of tool.names) {
		const file = await findOnPath(name, options.env);
		if (file === null || isStub(file)) continue;
		const version = await readVersion(tool, file) ?? await askVersion(tool, file, options);
		if (version !== null) return version;
	}
	return null;
}
async function readVersion(tool, file) {
	try {
		return toLine(await tool.read?.(file) ?? "");
	} catch {
		return null;
	}
}
async function askVersion(tool, file, { env, cwd, signal }) {
	if (signal.aborted) return UNKNOWN;
	const result = await runBounded({
		...toCommand(file, [...tool.args], env),
		cwd,
		env,
		timeoutMs: limits.probeMs,
		maxBytes: limits.probeBytes,
		background: true,
		signal
	});
	if (result.kind === "timed_out") return UNKNOWN;
	const line = toFirstLine(result);
	return line === null ? null : tool.pattern.exec(line)?.[1] ?? line;
}
function toFirstLine({ kind, code, stdout, stderr }) {
	return (kind === "exited" && code === 0 ? [...stdout.split("\n"), ...stderr.split("\n")] : []).map(toLine).find((line) => line !== null) ?? null;
}
/** A line as it may be shown: no escape sequences (Maven prints some even to a pipe), no control characters. */
function toLine(text) {
	const plain = text.replaceAll(/\u001B\[[0-9;]*[A-Za-z]/g, "").replaceAll(/\p{Cc}/gu, "").trim();
	return plain === "" ? null : plain.slice(0, MAX_LINE).toWellFormed();
}
/** Windows starts .cmd and .bat files only through cmd.exe, whose quoting knows no way to say `%` or `"`. */
function toCommand(file, args, env) {
	if (process.platform !== "win32" || !/\.(?:cmd|bat)$/i.test(file) || /[%"]/.test(file)) return {
		file,
		args
	};
	return {
		file: lookUp(env, "ComSpec") ?? "C:\\Windows\\System32\\cmd.exe",
		args: [
			"/d",
			"/s",
			"/c",
			`""${file}" ${args.join(" ")}"`
		],
		verbatim: true
	};
}
/**
* Programs that stand for one that may not be there. Without the command line tools macOS offers, in a window, to
* install them; the bash in Windows' own folder starts a Linux machine.
*/
function isStub(file) {
	if (process.platform === "win32") return /\\system32\\bash\.exe$/i.test(file);
	if (process.platform !== "darwin" || path.dirname(file) !== "/usr/bin") return false;
	return [
		"git",
		"make",
		"gcc",
		"clang",
		"python3",
		"java"
	].includes(path.basename(file)) && !existsSync("/Library/Developer/CommandLineTools") && !existsSync("/Applications/Xcode.app");
}
/** Resolves after PATIENCE_MS. The probe that it races holds the process open, not this. */
function patience() {
	return new Promise((resolve) => {
		setTimeout(resolve, PATIENCE_MS).unref();
	});
}
function byName([left], [right]) {
	return left < right ? -1 : 1;
}

// src/lib/channel.ts
/**
* Makes a channel whose producers wait while the queued values weigh `bound` or more. When the consumer leaves, what is
* queued is dropped, producers stop waiting and later values go nowhere.
*/
function makeChannel(bound) {
	let queue = [];
	let head = 0;
	let weight = 0;
	let room;
	let arrival;
	let state = "open";
	let failure;
	const wake = () => {
		arrival?.resolve();
		arrival = void 0;
	};
	const makeRoom = () => {
		room?.resolve();
		room = void 0;
	};
	const take = () => {
		const entry = queue[head];
		if (entry === void 0) return void 0;
		head += 1;
		if (head === queue.length) {
			queue = [];
			head = 0;
		}
		weight -= entry.weight;
		if (weight < bound) makeRoom();
		return entry;
	};
	const leave = () => {
		state = "left";
		queue = [];
		makeRoom();
	};
	async function* consume() {
		try {
			for (;;) {
				for (let entry = take(); entry !== void 0; entry = take()) yield entry.value;
				if (state !== "open") break;
				arrival = makeDeferred();
				await arrival.promise;
			}
			if (failure) throw failure.error;
		} finally {
			leave();
		}
	}
	return {
		push(value, itsWeight) {
			if (state !== "open") return void 0;
			queue.push({
				value,
				weight: itsWeight
			});
			weight += itsWeight;
			wake();
			if (weight < bound) return void 0;
			room ??= makeDeferred();
			return room.promise;
		},
		close() {
			if (state === "open") state = "closed";
			wake();
		},
		fail(error) {
			failure ??= { error };
			this.close();
		},
		[Symbol.asyncIterator]: consume
	};
}

// src/execution/schedule.ts
/**
* when: success (the default) runs when every need was good: it succeeded, or was allowed to fail. failure runs when all
* needs have ended and one failed, or was skipped for a failure. always runs when all needs have ended. A step with one
* of the last two and no needs comes after all steps before it in the plan. Services that still run when nothing else
* does count as good: then is decided whether what waits for a failure of theirs is skipped.
*/
function makeSchedule(plan) {
	const states = toStates(plan.steps);
	let failedFirst = null;
	const skip = (state, reason, failure) => {
		state.phase = "done";
		state.outcome = {
			skipped: true,
			failure
		};
		return {
			step: state.step,
			reason
		};
	};
	const decide = (state, isLast) => {
		const { step, needs } = state;
		if (step.when === "success") {
			const culprit = needs.find(({ outcome }) => outcome?.failure);
			if (culprit?.outcome?.failure) return skip(state, toReason$1(culprit.step.id, culprit.outcome), culprit.outcome.failure);
			const idle = needs.find(({ outcome }) => outcome?.skipped);
			if (idle) return skip(state, `needs ${idle.step.id}, which was skipped`, null);
			if (failedFirst) return skip(state, `fail_fast: ${failedFirst.root} ${failedFirst.end}`, failedFirst);
		}
		if (!needs.every(({ phase }) => phase === "done" || phase === "ready")) return "wait";
		if (step.when === "failure" && !needs.some(({ outcome }) => outcome?.failure)) {
			if (!isLast && needs.some(({ phase }) => phase === "ready")) return "wait";
			return skip(state, "runs only after a failure, and nothing before it failed", null);
		}
		return "start";
	};
	const stateOf = (step) => {
		const state = states.get(step.id);
		if (!state) throw new Error(`step ${step.id} is not in the plan`);
		return state;
	};
	const take = (room, isLast, skipped) => {
		for (const state of states.values()) {
			if (state.phase !== "waiting" || room === "services" && state.step.kind !== "service") continue;
			const decision = decide(state, isLast);
			if (decision === "start") {
				state.phase = "running";
				return state.step;
			}
			if (decision !== "wait") skipped.push(decision);
		}
		return null;
	};
	/** Nothing runs but services that are ready: nothing more will fail that a step could wait for. */
	const isIdle = () => [...states.values()].every(({ phase }) => phase !== "running");
	return {
		next(room) {
			const skipped = [];
			for (;;) {
				const before = skipped.length;
				const start = take(room, false, skipped) ?? (skipped.length === before && isIdle() ? take(room, true, skipped) : null);
				if (start !== null || skipped.length === before) return {
					start,
					skip: skipped
				};
			}
		},
		ready(step) {
			stateOf(step).phase = "ready";
		},
		finish(step, status) {
			const state = stateOf(step);
			const failed = status !== "success" && !step.continue_on_error;
			state.phase = "done";
			state.outcome = {
				skipped: false,
				failure: failed ? {
					root: step.id,
					end: ends[status]
				} : null
			};
			if (plan.fail_fast) failedFirst ??= state.outcome.failure;
		},
		skipRest(reason) {
			return [...states.values()].filter(({ phase }) => phase === "waiting").map((state) => skip(state, reason, null));
		}
	};
}
function toStates(steps) {
	const states = /* @__PURE__ */ new Map();
	for (const step of steps) states.set(step.id, {
		step,
		needs: [],
		phase: "waiting",
		outcome: null
	});
	const all = [...states.values()];
	for (const [index, state] of all.entries()) {
		const { needs, when } = state.step;
		if (needs.length === 0 && when !== "success") state.needs = all.slice(0, index);
		else state.needs = needs.flatMap((id) => states.get(id) ?? []);
	}
	return states;
}
function toReason$1(need, { skipped, failure }) {
	if (failure === null) return `needs ${need}`;
	const { root, end } = failure;
	return skipped ? `needs ${need}, which was skipped because ${root} ${end}` : `needs ${need}, which ${end}`;
}
const ends = {
	success: "succeeded",
	failed: "failed",
	error: "could not be started",
	timed_out: "timed out",
	skipped: "was skipped",
	aborted: "was aborted",
	waiting: "is waiting"
};

// src/execution/services.ts
function makeServices({ steps }) {
	const running = /* @__PURE__ */ new Map();
	const needs = toAllNeeds(steps);
	const isNeeded = (id) => [...running.keys()].some((other) => needs.get(other)?.has(id));
	return {
		add(step, onReady) {
			const over = makeDeferred();
			const state = {
				isReady: false,
				end: over.resolve
			};
			if (step.kind === "service") running.set(step.id, state);
			return {
				tellReady() {
					state.isReady = true;
					onReady();
				},
				isReady: () => state.isReady,
				over: over.promise
			};
		},
		remove: ({ id }) => void running.delete(id),
		isEmpty: () => running.size === 0,
		endUnneeded() {
			if (![...running.values()].every(({ isReady }) => isReady)) return;
			for (const [id, { end }] of running) if (!isNeeded(id)) end();
		},
		endAll() {
			for (const { end } of running.values()) end();
		}
	};
}
/** Step id to the ids of all that it needs, by however many steps between. */
function toAllNeeds(steps) {
	const direct = new Map(steps.map(({ id, needs }) => [id, needs]));
	return new Map(steps.filter(({ kind }) => kind === "service").map(({ id }) => {
		const found = /* @__PURE__ */ new Set();
		const pending = [id];
		for (let next = pending.pop(); next !== void 0; next = pending.pop()) for (const need of direct.get(next) ?? []) {
			if (found.has(need)) continue;
			found.add(need);
			pending.push(need);
		}
		return [id, found];
	}));
}

// src/execution/kinds/build.ts
/** A build: outputs that it declares and does not make are a failure. */
const build = makeProcessKind({
	report: "warn",
	output: "fail"
});

// src/execution/kinds/command.ts
/** A program that is run for its effect: declared files that are not there are worth a warning. */
const command = makeProcessKind({
	report: "warn",
	output: "warn"
});

// src/execution/kinds/lint.ts
/** A linter: without the report it declares it has said nothing. */
const lint = makeProcessKind({
	report: "fail",
	output: "warn"
});

// src/execution/kinds/test.ts
/** Tests: without the report they declare nothing is known to have run. */
const test = makeProcessKind({
	report: "fail",
	output: "warn"
});

// src/execution/kinds/registry.ts
/**
* What makes an attempt of each kind of step. Those that speak HTTP or look into reports load when the first of them runs:
* Node's TLS alone takes longer to load than many a step.
*/
const kinds = {
	command,
	lint,
	test,
	build,
	service: async (context) => (await import("./service-xRwoSKkU.js")).service(context),
	http_probe: async (context) => (await import("./http-probe-ChRd6K5c.js")).httpProbe(context),
	playwright: async (context) => (await import("./playwright-BFChISxX.js")).playwright(context)
};

// src/execution/step-context.ts
function makeAttemptContext(run, step, attempt) {
	const { emit, redactor, now } = run;
	const toArtifactId = (rest) => `${step.id}/${attempt}/${rest}`;
	const receive = (hits, id, where) => {
		for (const hit of hits) {
			const receipt = {
				id: `${id}/${hit.rule_id}/${hit.match_type}`,
				...hit,
				...where,
				timestamp: toTimestamp(now())
			};
			emit({
				type: "redaction_applied",
				step_id: step.id,
				receipt
			});
		}
	};
	let texts = 0;
	const redact = (text, pointer) => {
		const { text: safe, hits } = redactor.text(text);
		if (hits.length === 0) return text;
		const path = `/execution/steps/${step.index}/${pointer}`;
		receive(hits, toArtifactId(`text/${texts += 1}`), {
			path,
			artifact_id: null,
			stage: "record"
		});
		return safe;
	};
	const redactValue = (value, pointer) => {
		const { value: safe, found } = redactJson(value, redactor, `/execution/steps/${step.index}/${pointer}`);
		for (const { path, hit } of found) receive([hit], toArtifactId(`text/${texts += 1}`), {
			path,
			artifact_id: null,
			stage: "record"
		});
		return safe;
	};
	return {
		...run,
		step,
		attempt,
		toArtifactId,
		redact,
		redactValue,
		warn(code, message) {
			emit({
				type: "step_warning",
				step_id: step.id,
				attempt,
				code,
				message: redact(message, "warnings")
			});
		},
		announce({ artifact, receipts }, path, stage) {
			const wait = emit({
				type: "artifact_captured",
				step_id: step.id,
				artifact
			});
			receive(receipts, artifact.id, {
				path,
				artifact_id: artifact.id,
				stage
			});
			return wait;
		}
	};
}

// src/execution/stop.ts
/**
* One listener on the signal for any number of steps: Node warns of a leak from the eleventh on.
* A reason that is not one of ours counts as a cancellation.
*/
function makeStop$1(signal) {
	const listeners = /* @__PURE__ */ new Set();
	const reason = () => {
		if (!signal.aborted) return null;
		return signal.reason === "run_timeout" ? "run_timeout" : "cancelled";
	};
	const onAbort = () => {
		const why = reason() ?? "cancelled";
		for (const listener of listeners) listener(why);
		listeners.clear();
	};
	signal.addEventListener("abort", onAbort, { once: true });
	return {
		reason,
		subscribe(listener) {
			const already = reason();
			if (already !== null) {
				listener(already);
				return () => {};
			}
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		[Symbol.dispose]: () => signal.removeEventListener("abort", onAbort)
	};
}
/** Waits, or less when the run is being ended. @returns whether the whole time went by */
function sleepUnlessStopped(ms, stop) {
	return new Promise((resolve) => {
		let unsubscribe = () => {};
		const timer = setTimeout(() => {
			unsubscribe();
			resolve(true);
		}, ms);
		unsubscribe = stop.subscribe(() => {
			clearTimeout(timer);
			resolve(false);
		});
	});
}

// src/execution/step.ts
/** Makes the attempts of one step, tells of each, and gives the status of the last. */
async function runStep(run, step) {
	for (let attempt = 1;; attempt += 1) {
		const context = makeAttemptContext(run, step, attempt);
		const output = {
			stdout_artifact_id: context.toArtifactId("stdout"),
			stderr_artifact_id: context.toArtifactId("stderr")
		};
		await run.emit({
			type: "step_started",
			step_id: step.id,
			attempt,
			...output
		});
		const result = await kinds[step.kind](context);
		if (!mayRetry(run, step, result)) return await finish(run, step, result);
		const delay_ms = toBackoff(step, attempt + 1);
		await run.emit({
			type: "step_retrying",
			step_id: step.id,
			attempt,
			result,
			next_attempt: attempt + 1,
			delay_ms
		});
		if (!await sleepUnlessStopped(delay_ms, run.stop)) return await finish(run, step, toUnmadeAttempt(run, step, attempt + 1));
	}
}
async function finish(run, step, result) {
	await run.emit({
		type: "step_finished",
		step_id: step.id,
		attempt: result.attempt,
		result
	});
	return result.status;
}
/** A service that was ready has been used: to start it again would not undo what its end did to the steps. */
function mayRetry({ stop, service }, step, { attempt, status }) {
	if (service.isReady()) return false;
	return status !== "success" && attempt < step.retry.max_attempts && stop.reason() === null;
}
/** ms before attempt n (2, 3, ...): doubled each time, up to the plan's bound. */
function toBackoff({ retry }, attempt) {
	return Math.min(retry.backoff_ms * 2 ** (attempt - 2), retry.max_backoff_ms);
}
/** The attempt that the end of the run came before: nothing of it exists but the decision to make it. */
function toUnmadeAttempt({ stop, now }, step, attempt) {
	const at = toTimestamp(now());
	const { cause, ...verdict } = toVerdict({
		exit: null,
		endedBy: stop.reason() ?? "cancelled"
	}, step);
	const wait = formatDuration(toBackoff(step, attempt));
	return {
		attempt,
		...verdict,
		...cause && { cause: {
			...cause,
			message: `${cause.message} in the ${wait} before attempt ${attempt}`
		} },
		started_at: at,
		finished_at: at,
		duration_ms: 0,
		phases: {
			spawn_ms: 0,
			run_ms: 0,
			terminate_ms: 0,
			drain_ms: 0,
			capture_ms: 0
		},
		stdout_artifact_id: null,
		stderr_artifact_id: null,
		report_artifact_ids: [],
		output_artifact_ids: [],
		output_complete: true,
		survivors_killed: 0
	};
}

// src/execution/execute.ts
/**
* Runs the steps of a plan and tells what happens as it happens: for each step exactly one step_finished or step_skipped,
* whatever comes. A consumer that is slow slows the steps down: nothing piles up. One that leaves ends the steps, which
* are dead when its loop is over. A throw is a bug, or a workspace that does not exist.
*/
async function* execute(options) {
	const channel = makeChannel(limits.eventQueueBytes);
	const left = new AbortController();
	const running = runPlan(options, channel, left.signal).then(() => channel.close(), (error) => channel.fail(error));
	try {
		yield* channel;
	} finally {
		left.abort("cancelled");
		await running;
	}
}
async function runPlan(options, channel, left) {
	try {
		var _usingCtx$2 = _usingCtx();
		const { plan, runnerEnv, now } = options;
		const { platform } = process;
		const stop = _usingCtx$2.u(makeStop$1(AbortSignal.any([options.signal, left])));
		const scratch = _usingCtx$2.a(await openScratch(runnerEnv.PATH, platform, options.runMark));
		const emit = (draft) => channel.push({
			...draft,
			timestamp: toTimestamp(now())
		}, toWeight(draft));
		const workspace = await realpath(options.workspace);
		const run = {
			...options,
			workspace,
			scratch,
			stop,
			platform,
			emit
		};
		const schedule = makeSchedule(plan);
		const services = makeServices(plan);
		const active = /* @__PURE__ */ new Set();
		const failures = [];
		let changed = makeDeferred();
		const tellSkipped = async (skipped) => {
			for (const { step, reason } of skipped) await emit({
				type: "step_skipped",
				step_id: step.id,
				attempt: 0,
				reason
			});
		};
		const begin = (step) => {
			const service = services.add(step, () => {
				schedule.ready(step);
				changed.resolve();
			});
			if (step.kind !== "service") active.add(step);
			runStep({
				...run,
				service
			}, step).then((status) => schedule.finish(step, status)).catch((error) => void failures.push(error)).finally(() => {
				active.delete(step);
				services.remove(step);
				changed.resolve();
			});
		};
		for (;;) {
			changed = makeDeferred();
			const reason = stop.reason();
			if (reason !== null || failures.length > 0) await tellSkipped(schedule.skipRest(reason === "run_timeout" ? "the run reached its max_duration" : "the run was cancelled"));
			while (stop.reason() === null && failures.length === 0) {
				const { start, skip } = schedule.next(active.size < plan.max_parallel ? "any" : "services");
				await tellSkipped(skip);
				if (start === null) break;
				begin(start);
			}
			if (active.size === 0) {
				if (services.isEmpty() && stop.reason() === reason) break;
				if (failures.length > 0) services.endAll();
				else services.endUnneeded();
			}
			if (active.size > 0 || !services.isEmpty()) await changed.promise;
		}
		if (failures.length > 0) throw failures[0];
	} catch (_) {
		_usingCtx$2.e = _;
	} finally {
		await _usingCtx$2.d();
	}
}
/** Bytes that a draft keeps in memory, roughly. */
function toWeight(draft) {
	return draft.type === "step_output" ? 512 + draft.bytes : 512;
}

// src/log/forgiving-log.ts
/**
* A log that can't harm the run: when it fails, or nobody reads it once the run is to stop, it is given up with one
* problem told. Until then a slow reader is waited for: that is what keeps memory bounded.
* @param options.stop aborted when the run is to end: from then on a write has limits.logPatienceMs
*/
function makeForgivingLog(options) {
	const { log, stop, onProblem } = options;
	let given = true;
	const attempt = async (act) => {
		if (!given) return;
		try {
			await withPatience(act(), stop);
		} catch (error) {
			given = false;
			onProblem(`the job log can't be written any more (${toMessage(error)}); the run goes on`);
		}
	};
	return {
		write: (event) => attempt(() => log.write(event)),
		end: () => attempt(() => log.end())
	};
}
async function withPatience(work, stop) {
	let timer;
	let arm = () => {};
	const lost = new Promise((_resolve, reject) => {
		arm = () => {
			timer = setTimeout(() => reject(/* @__PURE__ */ new Error("nobody reads it")), limits.logPatienceMs);
		};
		if (stop.aborted) arm();
		else stop.addEventListener("abort", arm, { once: true });
	});
	try {
		await Promise.race([work, lost]);
	} finally {
		clearTimeout(timer);
		stop.removeEventListener("abort", arm);
	}
}

// src/redaction/base64-forms.ts
/** A shorter core says too little to be told from chance: 36 bits. */
const LEAST_CORE = 6;
/** A part of a core that a line break or a cut left over counts from this length: 54 bits. */
const LEAST_PIECE = 9;
/** Lines of wrapped base64 have 64 or 76 characters: each holds a place where a part is recognised. */
const PIECE_STEP = 48;
/**
* base64 and base64url (RFC 4648) of bytes as they look inside the encoding of a larger text: at the three alignments,
* without the characters at the borders that carry bits of the neighbours. Those are covered by `spill`.
*/
function toBase64Forms(bytes) {
	const forms = [];
	for (const alignment of [
		0,
		1,
		2
	]) {
		const shifted = Buffer.concat([Buffer.alloc(alignment), bytes]).toString("base64");
		const bits = (alignment + bytes.length) * 8;
		const core = shifted.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(bits / 6));
		if (core.length < LEAST_CORE) {
			if (alignment === 0) forms.push({
				bytes: shifted,
				kind: "encoded_value",
				leastPiece: 0,
				pieceStep: 0,
				spill: 0
			});
			continue;
		}
		const spill = (alignment > 0 ? 1 : 0) | (bits % 6 > 0 ? 2 : 0);
		const leastPiece = core.length < LEAST_PIECE ? 0 : LEAST_PIECE;
		forms.push({
			bytes: core,
			kind: "encoded_value",
			leastPiece,
			pieceStep: PIECE_STEP,
			spill
		});
		if (/[+/]/.test(core)) {
			const url = core.replaceAll("+", "-").replaceAll("/", "_");
			forms.push({
				bytes: url,
				kind: "encoded_value",
				leastPiece,
				pieceStep: PIECE_STEP,
				spill
			});
		}
	}
	return forms;
}
/** True for a byte of either base64 alphabet. */
function isBase64Byte(byte) {
	return byte !== void 0 && BASE64_BYTES[byte] === 1;
}
const BASE64_BYTES = /* @__PURE__ */ new Uint8Array(256);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") BASE64_BYTES[char.charCodeAt(0)] = 1;

// src/redaction/hex-forms.ts
/** From this many bytes hex is long enough not to be met by chance. */
const LEAST_BYTES = 6;
/** `xxd -p` writes 60 digits to a line; dumps write eight bytes or more to a group. A part counts from 6 bytes. */
const LINES = {
	leastPiece: 16,
	pieceStep: 48
};
const GROUPS = {
	leastPiece: 17,
	pieceStep: 16
};
const WHOLE = {
	leastPiece: 0,
	pieceStep: 0
};
/**
* Bytes in hex: plain, with `:` or a space or `\x` or `%` between bytes, and in the groups of `xxd`. The lower-case ones,
* which dumps wrap into lines, are recognised in parts.
*/
function toHexForms(bytes) {
	const lower = bytes.toString("hex");
	const upper = lower.toUpperCase();
	const percent = [toForm$2(`%${join$1(lower, "%")}`, WHOLE), toForm$2(`%${join$1(upper, "%")}`, WHOLE)];
	if (bytes.length < LEAST_BYTES) return percent;
	return [
		...percent,
		toForm$2(lower, LINES),
		toForm$2(upper, LINES),
		toForm$2(join$1(lower, ":"), GROUPS),
		toForm$2(join$1(lower, " "), GROUPS),
		toForm$2(join$1(upper, ":"), WHOLE),
		toForm$2(join$1(upper, " "), WHOLE),
		toForm$2(`\\x${join$1(lower, "\\x")}`, WHOLE),
		toForm$2(lower.replaceAll(/....(?!$)/g, "$& "), GROUPS),
		toForm$2(`${lower.slice(0, 2)} ${lower.slice(2).replaceAll(/....(?!$)/g, "$& ")}`, GROUPS)
	];
}
function join$1(digits, between) {
	return digits.replaceAll(/..(?!$)/g, `$&${between}`);
}
function toForm$2(bytes, piece) {
	return {
		bytes,
		kind: "encoded_value",
		...piece,
		spill: 0
	};
}

// src/redaction/escapes.ts
/** Letters, digits and `_` are written as they are by every escape of this file. */
const ESCAPE_FREE = /^\w*$/;
const hexOf = (char, digits) => char.charCodeAt(0).toString(16).padStart(digits, "0");
const toJson = (value) => JSON.stringify(value).slice(1, -1);
const toAsciiJson = (value, spell) => toJson(value).replaceAll(/[^\x00-\x7f]/g, (char) => `\\u${spell(hexOf(char, 4))}`);
const toMarkupSafeJson = (value) => toJson(value).replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${hexOf(char, 4)}`);
const lower = (hex) => hex.toLowerCase();
const upper = (hex) => hex.toUpperCase();
const toPercent = (value) => encodeURIComponent(value.toWellFormed());
const toStrictPercent = (value) => toPercent(value).replaceAll(/[!'()*]/g, (char) => `%${upper(hexOf(char, 2))}`);
const toForm$1 = (value) => new URLSearchParams([["", value]]).toString().slice(1);
const withLowerHex = (escape) => (value) => escape(value).replaceAll(/%[0-9A-F]{2}/g, lower);
const toByteEscapes = (value, spell) => Array.from(Buffer.from(value), (byte) => byte === 92 ? "\\\\" : byte >= 32 && byte < 127 ? String.fromCharCode(byte) : SHORT[byte] ?? spell(byte)).join("");
const SHORT = {
	7: "\\a",
	8: "\\b",
	9: "\\t",
	10: "\\n",
	11: "\\v",
	12: "\\f",
	13: "\\r",
	27: "\\E"
};
const HTML = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
const toHtml = (value) => value.replaceAll(/[&<>"']/g, (char) => HTML[char] ?? char);
/**
* The escapes: JSON (RFC 8259; also with `\/`, in ASCII, safe for HTML, and JSON inside JSON), POSIX shell and `bash`
* quoting (as `set -x` and `printf %q` write it), percent-encoding (RFC 3986, the URL standard's form encoding, encodeURI),
* HTML and XML, doubled quotes (CSV, SQL, YAML, PowerShell), byte escapes of C, Python and bash, CRLF line ends.
*/
const ESCAPES = [
	toJson,
	(value) => toJson(value).replaceAll("/", "\\/"),
	(value) => toAsciiJson(value, lower),
	(value) => toAsciiJson(value, upper),
	toMarkupSafeJson,
	(value) => toJson(toJson(value)),
	(value) => toJson(toJson(value)).replaceAll("/", "\\/"),
	(value) => toJson(toJson(toJson(value))),
	(value) => value.replaceAll("'", String.raw`'\''`),
	(value) => value.replaceAll("'", `'"'"'`),
	(value) => value.replaceAll("'", String.raw`\'`),
	(value) => value.replaceAll(/[\\']/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`!]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:,./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`).replaceAll("'", String.raw`\'`),
	(value) => toByteEscapes(value, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`),
	toPercent,
	withLowerHex(toPercent),
	toStrictPercent,
	withLowerHex(toStrictPercent),
	(value) => toPercent(value).replaceAll("%2F", "/"),
	toForm$1,
	withLowerHex(toForm$1),
	(value) => encodeURI(value.toWellFormed()),
	(value) => toPercent(toPercent(value)),
	toHtml,
	(value) => toHtml(value).replaceAll("&#39;", "&#x27;"),
	(value) => toHtml(value).replaceAll("&#39;", "&apos;").replaceAll("&quot;", "&#34;"),
	(value) => toHtml(value).replaceAll("&#39;", "'").replaceAll("&quot;", "\""),
	(value) => toHtml(value).replaceAll("&#39;", "'"),
	(value) => value.replaceAll("'", "''"),
	(value) => value.replaceAll("\"", "\"\"")
];
/** The value as every escape writes it, each spelling once; spellings that equal the value are left out. */
function toEscapedSpellings(value) {
	const spellings = /* @__PURE__ */ new Set();
	if (ESCAPE_FREE.test(value)) return spellings;
	for (const escape of ESCAPES) spellings.add(escape(value));
	spellings.delete(value);
	return spellings;
}

// src/redaction/encodings.ts
/** Shorter values are met in any text: they are not searched for. Characters after trimming. */
const LEAST_VALUE = 4;
/** A line of a multi-line value counts as a secret by itself from this length. */
const LEAST_LINE = 8;
/** Only this much of a value is searched for; the environment cannot hold much more. */
const MOST_VALUE = 65536;
/** Longer values (key files) are looked for as they are, escaped and in base64 only. */
const MOST_SMALL = 4096;
/** A multi-line value with lines too short to count alone is also looked for as a whole, up to this length. */
const MOST_WHOLE = 1024;
/** Longer forms are cut into overlapping parts, so that no form is long and a part that is printed alone is found. */
const PART$1 = 256;
const PART_OVERLAP = 16;
const PEM_BORDER = /^-{5}(?:BEGIN|END) [^\r\n]{1,80}-{5}$/;
/**
* Every form of a value that is looked for, each once. Thresholds, in bytes of the value: from 4 as it is, escaped and
* percent-encoded; from 5 in base64; from 6 in hex. Of a multi-line value each line counts from 8 characters.
*/
function toForms(value) {
	const whole = value.slice(0, MOST_VALUE).trim();
	if (whole.length < 4) return [];
	const forms = /* @__PURE__ */ new Map();
	const add = (form) => {
		if (!forms.has(form.bytes)) forms.set(form.bytes, form);
	};
	const lines = toLines$1(whole);
	for (const line of lines.counted) addWritten(line, add);
	if (lines.counted.length !== 1 || lines.counted[0] !== whole) addWhole(whole, lines.others, add);
	addEncoded(whole, add);
	return [...forms.values()].flatMap(toParts);
}
function toLines$1(whole) {
	if (!/[\r\n]/.test(whole)) return {
		counted: [whole],
		others: []
	};
	const all = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
	return {
		counted: all.filter((line) => line.length >= LEAST_LINE && !PEM_BORDER.test(line)),
		others: all.filter((line) => line.length < LEAST_LINE && /\w/.test(line))
	};
}
/** A multi-line value: written into one line by some escape, and as it is when its lines would not all be found. */
function addWhole(whole, shortLines, add) {
	for (const spelling of toEscapedSpellings(whole)) if (!/[\r\n]/.test(spelling)) add(toForm(toBytes(spelling), "encoded_value"));
	if (shortLines.length === 0 || whole.length > MOST_WHOLE) return;
	const unix = whole.replaceAll(/\r\n?/g, "\n");
	add(toForm(toBytes(unix), "known_value"));
	add(toForm(toBytes(unix.replaceAll("\n", "\r\n")), "encoded_value"));
}
function addWritten(text, add) {
	add(toForm(toBytes(text), "known_value"));
	for (const spelling of toEscapedSpellings(text)) add(toForm(toBytes(spelling), "encoded_value"));
}
function addEncoded(whole, add) {
	const bytes = Buffer.from(whole);
	for (const form of toBase64Forms(bytes)) add(form);
	if (whole.length > MOST_SMALL) return;
	for (const form of toHexForms(bytes)) add(form);
	const wide = Buffer.from(whole, "utf16le");
	add(toForm(wide.toString("latin1"), "encoded_value"));
	for (const form of toBase64Forms(wide)) add({
		...form,
		leastPiece: 0
	});
}
function toForm(bytes, kind) {
	return {
		bytes,
		kind,
		leastPiece: 0,
		pieceStep: 0,
		spill: 0
	};
}
function toBytes(text) {
	return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}
function toParts(form) {
	if (form.bytes.length <= PART$1) return [form];
	const parts = [];
	for (let from = 0; from + PART_OVERLAP < form.bytes.length; from += 240) {
		const bytes = form.bytes.slice(from, from + PART$1);
		const isLast = from + PART$1 >= form.bytes.length;
		parts.push({
			...form,
			bytes,
			spill: (from === 0 ? form.spill & 1 : 0) | (isLast ? form.spill & 2 : 0)
		});
	}
	return parts;
}

// src/redaction/secret-names.ts
/** Words that make a name a secret's when they stand in it as whole words. */
const SECRET_WORDS = new Set("TOKEN SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PWD PASS APIKEY CREDENTIAL CREDENTIALS CREDS CRED AUTH AUTHTOKEN BEARER COOKIE JWT PAT PRIVATEKEY WEBHOOK DSN".split(" "));
/** KEY alone says little (CACHE_KEY, PRIMARY_KEY): it counts behind one of these. */
const KEY_OWNERS = new Set("API ACCESS PRIVATE SECRET SIGNING SIGN ENCRYPTION ENCRYPT MASTER ACCOUNT SSH DEPLOY SERVICE SA GPG PGP RSA EC APP ADMIN LICENSE STORAGE SHARED HMAC SESSION JWT AUTH CLIENT GCP GOOGLE AWS AZURE OPENAI ANTHROPIC STRIPE SENDGRID DATADOG DD SENTRY WEBHOOK UPLOAD RELEASE STORE KEYSTORE AGE COSIGN SIGSTORE HOST TLS SSL CERT".split(" "));
/** A name that ends so tells about a secret and is none: TOKEN_URL, PASSWORD_FILE, AUTH_TYPE, TOKENS_PER_MINUTE. */
const DESCRIPTIONS = new Set("FILE PATH DIR NAME ID URI URL TYPE COUNT LENGTH SIZE LIMIT TTL EXPIRY EXPIRES EXPIRATION TIMEOUT MINUTE MINUTES SECONDS HOURS DAYS AGE ENABLED DISABLED REQUIRED HOST PORT SOCK SOCKET USER USERNAME EMAIL REGION VERSION MODE FORMAT HEADER PROVIDER ENDPOINT ISSUER AUDIENCE SCOPE SCOPES ALGORITHM ALG PREFIX SUFFIX REF ARN DOMAIN PROJECT METHOD STRATEGY BACKEND PLUGIN HELPER POLICY PUBLIC KEYID FINGERPRINT ASKPASS PROMPT STATUS".split(" "));
/**
* Whether the name of an environment variable or of a JSON member says that its value is a secret. Whole words are
* compared (`_`, `-`, `.` and camelCase divide them), so MONKEY is no KEY and TOKENS_PER_MINUTE no TOKEN.
*/
function isSecretName(name) {
	if (/^(?:OLD)?PWD$/i.test(name)) return false;
	const words = toWords(name);
	const last = words.at(-1);
	if (last === void 0 || DESCRIPTIONS.has(last)) return false;
	if (words.some((word) => SECRET_WORDS.has(word))) return last !== "PASS" || words.length > 1;
	return words.some((word, index) => word === "KEY" && KEY_OWNERS.has(words[index - 1] ?? ""));
}
/** Whether a name says that its value describes something: an id, a file, an address. */
function isDescription(name) {
	return DESCRIPTIONS.has(toWords(name).at(-1) ?? "");
}
function toWords(name) {
	return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").split(/[^A-Za-z0-9]+/).filter((word) => word !== "").map((word) => word.toUpperCase());
}

// src/redaction/json-secrets.ts
/** Nesting and number of leaves that are looked at. */
const MOST_DEPTH = 16;
const MOST_LEAVES = 1e3;
const LEAST_LEAF = 8;
/**
* The secret strings of a credential blob (a service account file, a docker config, `az` or `aws` output). A leaf counts
* when its member's name says so, or when it looks generated: 16 characters or more of mixed kinds, no address, no path.
* Members that describe (`type`, `project_id`, `client_email`, `token_uri`, `clientId`) do not count, nor do URLs.
* @returns an empty list for a text that is no JSON object or array
*/
function toJsonSecrets(name, text) {
	const start = text.trimStart().charAt(0);
	if (start !== "{" && start !== "[") return [];
	let root;
	try {
		root = JSON.parse(text);
	} catch {
		return [];
	}
	const found = [];
	collect(root, name, "", 0, found);
	return found;
}
function collect(value, name, key, depth, found) {
	if (found.length >= MOST_LEAVES || depth > MOST_DEPTH) return;
	if (typeof value === "string") {
		if (isSecretLeaf(key, value)) found.push({
			name,
			value
		}, ...toBasicPassword(name, key, value));
	} else if (Array.isArray(value)) for (const item of value) collect(item, name, key, depth + 1, found);
	else if (typeof value === "object" && value !== null) for (const [member, item] of Object.entries(value)) collect(item, `${name}.${toPlain(member)}`, member, depth + 1, found);
}
function isSecretLeaf(key, value) {
	if (isDescription(key) || value.length < LEAST_LEAF) return false;
	if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(value)) return false;
	if (isSecretName(key) || value.startsWith("-----BEGIN ")) return true;
	return /^[^\s@]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\w-]+(?:\.[\w-]+)+$|^[~.]{0,2}\//.test(value);
}
/** The `auth` of a docker config is base64 of `user:password`. */
function toBasicPassword(name, key, value) {
	if (key !== "auth" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return [];
	const [, password = ""] = /^[^:\x00-\x1f]{1,256}:([^\x00-\x1f]{4,})$/.exec(Buffer.from(value, "base64").toString()) ?? [];
	return password === "" ? [] : [{
		name: `${name}.password`,
		value: password
	}];
}
function toPlain(member) {
	return member.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 40);
}

// src/redaction/secrets.ts
/** Values and their bytes that are searched for at most; declared ones come first. */
const MOST_SECRETS = 1e4;
const MOST_BYTES = 8388608;
/** A guessed secret is at least so long: shorter ones would be met in any text. */
const LEAST_GUESSED = 6;
/** Values of secret-looking names that are settings or the well-known passwords of test databases. */
const NO_SECRETS = new Set("true false yes no on off none null undefined default enabled disabled required optional auto inherit always never password passwd secret token postgres root admin test testing guest changeme example dummy placeholder redacted hidden basic bearer oauth oauth2 netrc store keyring".split(" "));
/**
* The values that must not appear in anything that leaves a run: those of the declared names, those of names that look
* secret, the passwords in URLs and connection strings of any name, and the secret members of JSON values.
* @param env the runner's environment, and what the manifest sets
* @param declared names under `secrets` in the manifest: their values count whatever they look like
*/
function collectSecrets(env, declared) {
	const secrets = /* @__PURE__ */ new Map();
	const skipped = [];
	let bytes = 0;
	const add = (name, value) => {
		const text = value.trim();
		if (text.length < 4 || secrets.has(text)) return;
		if (secrets.size >= MOST_SECRETS || bytes + text.length > MOST_BYTES) {
			skipped.push({
				name,
				reason: `not searched for: more than ${MOST_SECRETS} values or ${MOST_BYTES} bytes of them`
			});
			return;
		}
		bytes += Math.min(text.length, MOST_VALUE);
		secrets.set(text, {
			name,
			value: text
		});
	};
	const declaredNames = new Set(declared);
	for (const name of declaredNames) {
		const value = env[name]?.trim() ?? "";
		const reason = toReason(value);
		if (reason !== void 0) skipped.push({
			name,
			reason
		});
		add(name, value);
		for (const leaf of toJsonSecrets(name, value)) add(leaf.name, leaf.value);
	}
	for (const [name, value] of Object.entries(env)) {
		if (isSecretName(name) && !declaredNames.has(name)) {
			const leaves = toJsonSecrets(name, value);
			for (const leaf of leaves) add(leaf.name, leaf.value);
			if (leaves.length === 0 && isGuessedSecret(value.trim())) add(name, value);
		}
		for (const password of toPasswords(value)) add(name, password);
	}
	return {
		secrets: [...secrets.values()],
		skipped
	};
}
function toReason(value) {
	if (value === "") return "declared as a secret but not set: nothing to search for";
	if (value.length < 4) return `shorter than ${4} characters: not searched for, because it would be met in any text`;
	if (value.length > 65536) return `longer than ${MOST_VALUE} characters: only its beginning is searched for`;
}
function isGuessedSecret(value) {
	if (value.length < LEAST_GUESSED || NO_SECRETS.has(value.toLowerCase())) return false;
	if (/^[-+]?[\d.,:]+$/.test(value)) return false;
	if (/^(?:\*+|\.+|x+|<[^>]*>|\$\{?[\w.]+\}?|\$\{\{.*\}\})$/i.test(value)) return false;
	if (/^(?:~|\.{1,2})?\/(?:[\w.@+-]+\/)*[\w.@+-]*$/.test(value) && value.split("/").length > 2) return false;
	if (/^[A-Za-z]:\\[^\n]*$/.test(value)) return false;
	return !/^[a-z][a-z0-9+.-]{1,20}:\/\/[^@\s]*$/i.test(value) || /hooks\.|webhook|token=|sig=|key=/i.test(value);
}
/** `scheme://user:password@host` (RFC 3986), and `Password=...;AccountKey=...` of connection strings. */
function toPasswords(value) {
	const passwords = [];
	for (const [, raw = ""] of value.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#:@]{0,256}:([^\s/?#]{1,1024})@/gi)) passwords.push(raw, decode(raw));
	for (const [, raw = ""] of value.matchAll(/(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)=([^;\s]{1,1024})/gi)) passwords.push(raw);
	return passwords.filter((password) => password.length >= LEAST_GUESSED && isGuessedSecret(password));
}
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

// src/redaction/all-secrets.ts
/**
* What must not appear, from several environments: the runner's, and what the manifest sets for each step. A declared
* name counts where it is set; it is missing only when it is set nowhere.
*/
function collectAllSecrets(environments, declared) {
	const isSet = (name) => environments.some((env) => Boolean(env[name]));
	const sources = environments.map((env) => {
		return collectSecrets(env, declared.filter((name) => Boolean(env[name]) || !isSet(name)));
	});
	const secrets = new Map(sources.flatMap((source) => source.secrets).map((secret) => [`${secret.name}=${secret.value}`, secret]));
	const skipped = new Map(sources.flatMap((source) => source.skipped).map((entry) => [entry.name, entry]));
	return {
		secrets: [...secrets.values()],
		skipped: [...skipped.values()]
	};
}

// src/redaction/byte-window.ts
/** Readable bytes behind the last valid one, for scanners that look ahead by a word. */
const SLACK = 16;
const FIRST_CAPACITY = 512;
function makeByteWindow(capacity = FIRST_CAPACITY) {
	const memory = /* @__PURE__ */ new ArrayBuffer(Math.ceil(capacity / 4) * 4 + SLACK & -4);
	return {
		bytes: Buffer.from(memory),
		words: new Int32Array(memory),
		length: 0
	};
}
/** Appends in place; grows by doubling, so that a line that comes byte by byte costs its length and no more. */
function append(window, data) {
	const needed = window.length + data.length;
	if (needed + SLACK > window.bytes.length) {
		const grown = makeByteWindow(Math.max(needed, window.bytes.length * 2));
		window.bytes.copy(grown.bytes, 0, 0, window.length);
		window.bytes = grown.bytes;
		window.words = grown.words;
	}
	window.bytes.set(data, window.length);
	window.length = needed;
}
/** Forgets the first `count` bytes. */
function dropFront(window, count) {
	window.bytes.copyWithin(0, count, window.length);
	window.length -= count;
}

// src/redaction/match.ts
/** Bounds that the matchers keep and the stream relies on. */
const bounds = {
	/** No pattern or value reaches further than this from where its search begins. */
	lookAhead: 16384,
	/** No look-behind reaches further than this. */
	lookBehind: 512
};

// src/redaction/line-rules.ts
const PIECE = bounds.lookAhead;
/** No match of a user's rule is longer, where a line is longer than a piece. */
const OVERLAP = 4096;
/** A pattern is written in characters and run over bytes: what is not ASCII in it is looked for as UTF-8. */
function makeLineRule(source, identity) {
	return {
		pattern: new RegExp(Buffer.from(source).toString("latin1"), "g"),
		identity
	};
}
/**
* Runs the rules over the lines and pieces that are complete.
* @param text the window as latin1
* @param position of the stream; `next` is where the piece to look at begins
* @returns where bytes must be kept from, because a piece that is not complete begins there
*/
function matchLines(rules, window, text, position, isFinal, matches) {
	if (rules.length === 0) return window.length;
	while (position.next < window.length) {
		const lineEnd = toLineEnd$1(window, position.next, position.next + PIECE);
		const isWhole = lineEnd < window.length && lineEnd < position.next + PIECE;
		if (!isWhole && !isFinal && window.length < position.next + PIECE) break;
		const end = Math.min(lineEnd, window.length);
		for (const rule of rules) matchPiece(rule, text.slice(position.next, end), position.next, matches);
		if (isWhole) position.next = end + 1;
		else if (end === window.length && isFinal) position.next = end;
		else position.next = end - OVERLAP;
	}
	return position.next;
}
function matchPiece(rule, piece, offset, matches) {
	for (const found of piece.matchAll(rule.pattern)) {
		const start = offset + found.index;
		if (found[0] !== "") matches.push({
			at: -1,
			start,
			end: start + found[0].length,
			identity: rule.identity
		});
	}
}
function toLineEnd$1({ bytes, length }, from, most) {
	const last = Math.min(length, most);
	for (let at = from; at < last; at++) if (bytes[at] === 10 || bytes[at] === 13) return at;
	return last;
}

// src/redaction/gram-table.ts
const FOLD = 538976288;
const MIX = 2654435761;
const MIX_NEXT = 2246822507;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The gram of four byte values. */
function toGram(a, b, c, d) {
	return a | b << 8 | c << 16 | d << 24 | FOLD;
}
/**
* A set of grams behind a bitmap. The bitmap decides the speed: one load for each two bytes of input, whatever the number
* of patterns. It grows with their number, from 64 KiB to what a second-level cache holds; what passes it is looked up
* together with the bytes that follow.
* @param capacity how many grams will be added at most
*/
function makeGramTable(capacity) {
	const bitmap = makeBitmap(capacity);
	const entries = makeEntries(capacity);
	return {
		add(gram, pattern, offset, next) {
			const hash = Math.imul(gram, MIX);
			bitmap.bits[hash >>> bitmap.shift >>> 5] |= 1 << (hash >>> bitmap.shift);
			entries.add(gram, next, pattern, offset);
		},
		isTaken(gram) {
			const bit = Math.imul(gram, MIX) >>> bitmap.shift;
			return (bitmap.bits[bit >>> 5] >>> bit & 1) === 1;
		},
		scan(words, from, to, found) {
			const input = LITTLE_ENDIAN ? words : toLittleEndian(words);
			const { bits, shift } = bitmap;
			const last = to + 3 >> 2;
			let word = input[from >> 2] | FOLD;
			for (let index = from >> 2; index < last; index++) {
				const next = input[index + 1] | FOLD;
				const between = word >>> 16 | next << 16;
				const bit = Math.imul(word, MIX) >>> shift;
				const bitBetween = Math.imul(between, MIX) >>> shift;
				const isKnown = bits[bit >>> 5] >>> bit;
				const isKnownBetween = bits[bitBetween >>> 5] >>> bitBetween;
				if (((isKnown | isKnownBetween) & 1) !== 0) {
					if ((isKnown & 1) !== 0) entries.find(word, next, index << 2, found);
					if ((isKnownBetween & 1) !== 0) entries.find(between, next >>> 16 | (input[index + 2] | FOLD) << 16, (index << 2) + 2, found);
				}
				word = next;
			}
		}
	};
}
/** 24 bits or more for each gram, so that 4 % of other windows pass at most. */
function makeBitmap(capacity) {
	const log = Math.min(22, Math.max(19, 32 - Math.clz32(capacity * 12)));
	return {
		bits: new Int32Array(2 ** (log - 5)),
		shift: 32 - log
	};
}
/** Chains of what was added, those with a known follower apart from those without. */
function makeEntries(capacity) {
	const shift = 32 - Math.min(20, Math.max(10, 33 - Math.clz32(capacity)));
	const narrowHeads = new Int32Array(2 ** (32 - shift));
	const wideHeads = new Int32Array(2 ** (32 - shift));
	const wide = makeBitmap(capacity);
	const grams = new Int32Array(capacity + 1);
	const followers = new Int32Array(capacity + 1);
	const patterns = new Int32Array(capacity + 1);
	const offsets = new Int16Array(capacity + 1);
	const chain = new Int32Array(capacity + 1);
	let count = 0;
	return {
		add(gram, next, pattern, offset) {
			const hash = next === void 0 ? Math.imul(gram, MIX) : mixBoth(gram, next);
			const heads = next === void 0 ? narrowHeads : wideHeads;
			if (next !== void 0) wide.bits[hash >>> wide.shift >>> 5] |= 1 << (hash >>> wide.shift);
			const entry = ++count;
			grams[entry] = gram;
			followers[entry] = next ?? 0;
			patterns[entry] = pattern;
			offsets[entry] = offset;
			chain[entry] = heads[hash >>> shift];
			heads[hash >>> shift] = entry;
		},
		find(gram, next, at, found) {
			for (let entry = narrowHeads[Math.imul(gram, MIX) >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram) found(patterns[entry], at - offsets[entry], offsets[entry]);
			const hash = mixBoth(gram, next);
			if ((wide.bits[hash >>> wide.shift >>> 5] >>> (hash >>> wide.shift) & 1) === 0) return;
			for (let entry = wideHeads[hash >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram && followers[entry] === next) found(patterns[entry], at - offsets[entry], offsets[entry]);
		}
	};
}
function mixBoth(gram, next) {
	return Math.imul(Math.imul(gram, MIX) ^ Math.imul(next, MIX_NEXT), MIX);
}
function toLittleEndian(words) {
	const copy = words.slice();
	Buffer.from(copy.buffer).swap32();
	return copy;
}

// src/redaction/literals.ts
/** Grams to add for a literal: two at one place, or 1 + 128 when it is four bytes short. */
const GRAMS_PLAIN = 2;
const GRAMS_SHORT = 129;
const PLACES_TRIED = 8;
/** What the table compares at a place, on either parity. */
const WIDE_BYTES = 2 * 4 + 1;
/** How many grams `register` adds at most. */
function countGrams(literals) {
	let count = 0;
	for (const { bytes, leastPiece, pieceStep } of literals) if (bytes.length < 5) count += GRAMS_SHORT;
	else count += leastPiece === 0 ? GRAMS_PLAIN : 2 * (2 + Math.floor(bytes.length / pieceStep));
	return count;
}
/** Exact comparison of literals, held in one buffer. */
function makeLiteralMatcher(literals) {
	const pool = Buffer.from(literals.map((literal) => literal.bytes).join(""), "latin1");
	const starts = new Int32Array(literals.length + 1);
	for (const [index, literal] of literals.entries()) starts[index + 1] = starts[index] + literal.bytes.length;
	const multiLine = literals.flatMap((literal, index) => /[\r\n]/.test(literal.bytes) ? [index] : []);
	const verify = (window, index, start, offset, matches) => {
		const from = starts[index];
		const size = starts[index + 1] - from;
		if (start >= 0 && start + size <= window.length) {
			const { bytes } = window;
			let same = 0;
			while (same < size && bytes[start + same] === pool[from + same]) same++;
			if (same === size) {
				const { spill, identity } = literals[index];
				const end = spillRight(window, start + size, spill);
				matches.push({
					at: start,
					start: spillLeft(window, start, spill),
					end,
					identity
				});
				return;
			}
		}
		const literal = literals[index];
		if (literal.leastPiece === 0) return;
		const piece = verifyPiece(window, pool, from, start, toPlace(literal, offset), literal);
		if (piece !== void 0) matches.push(piece);
	};
	return {
		register(table, firstPattern) {
			for (const [index, literal] of literals.entries()) registerLiteral(table, firstPattern + index, literal, pool.subarray(starts[index], starts[index + 1]));
		},
		verify,
		openFrom(window, from, end) {
			let open = end;
			for (const index of multiLine) {
				const text = pool.subarray(starts[index], starts[index + 1]);
				for (let size = text.length - 1; size > 0; size--) {
					if (text[size - 1] !== 10 && text[size - 1] !== 13) continue;
					const start = end - size;
					if (start >= from && start < open && text.compare(window.bytes, start, end, 0, size) === 0) open = start;
				}
			}
			return open;
		},
		hasMultiLine: multiLine.length > 0
	};
}
function registerLiteral(table, pattern, literal, text) {
	if (text.length < 5) {
		table.add(toGram(text[0], text[1], text[2], text[3]), pattern, 0);
		for (let any = 0; any < 256; any++) if ((any & 32) !== 0) table.add(toGram(text[1], text[2], text[3], any), pattern, 1);
		return;
	}
	if (literal.leastPiece === 0) {
		registerAt(table, pattern, text, rarestPlace(table, text));
		return;
	}
	const last = toLastPlace(text.length);
	for (let place = 0; place < last - 1; place += literal.pieceStep) registerAt(table, pattern, text, place);
	registerAt(table, pattern, text, last);
}
function registerAt(table, pattern, text, place) {
	for (let at = place; at <= place + 5 - 4; at++) {
		const isWide = at + 2 * 4 <= text.length;
		table.add(gramAt(text, at), pattern, at, isWide ? gramAt(text, at + 4) : void 0);
	}
}
/** The last place with a gram and its follower on either parity; in a short text, with a gram alone. */
function toLastPlace(size) {
	return Math.max(0, size - (size < WIDE_BYTES ? 5 : WIDE_BYTES));
}
/** The place that `registerAt` noted `offset` for. */
function toPlace({ bytes, pieceStep }, offset) {
	const last = toLastPlace(bytes.length);
	return offset >= last ? last : offset - offset % pieceStep;
}
/**
* A place whose grams no other literal has and ordinary text seldom has: a thousand values that begin with the same
* `https://` would otherwise all be compared wherever one is printed.
*/
function rarestPlace(table, text) {
	const last = toLastPlace(text.length);
	const step = Math.max(1, Math.floor(last / PLACES_TRIED));
	let best = 0;
	let least = Number.POSITIVE_INFINITY;
	for (let place = 0; place <= last; place += step) {
		let cost = (table.isTaken(gramAt(text, place)) ? 20 : 0) + (table.isTaken(gramAt(text, place + 1)) ? 20 : 0);
		for (let at = place; at < place + 5; at++) cost += COMMONNESS[text[at]];
		if (cost < least) {
			least = cost;
			best = place;
		}
	}
	return best;
}
function gramAt(text, at) {
	return toGram(text[at], text[at + 1], text[at + 2], text[at + 3]);
}
const COMMONNESS = /* @__PURE__ */ new Uint8Array(256);
for (const char of "bfghjkmpqvwxyz3456789") COMMONNESS[char.charCodeAt(0)] = 1;
for (const char of " etaoinsrhldcu/.:-_012=") COMMONNESS[char.charCodeAt(0)] = 2;
/**
* A long enough part of a literal, each side of it either the literal's own end or cut where the text stops being
* base64: a line break of wrapped output, a quote, the end. It must hold every byte that the table compares at the noted place, so that the
* parity of the sampled windows never decides.
*/
function verifyPiece(window, pool, from, start, place, literal) {
	const { bytes, length } = window;
	const size = literal.bytes.length;
	const first = Math.max(0, -start);
	const last = Math.min(size, length - start);
	let left = place;
	let right = place;
	while (left > first && bytes[start + left - 1] === pool[from + left - 1]) left--;
	while (right < last && bytes[start + right] === pool[from + right]) right++;
	if (right < Math.min(size, place + WIDE_BYTES) || right - left < literal.leastPiece) return void 0;
	if (left > 0 && !isCutBefore(window, start + left)) return void 0;
	if (right < size && start + right < length && isBase64Byte(bytes[start + right])) return void 0;
	return {
		at: start + left,
		start: left === 0 ? spillLeft(window, start, literal.spill) : start + left,
		end: right === size ? spillRight(window, start + right, literal.spill) : start + right,
		identity: literal.identity
	};
}
function isCutBefore({ bytes }, at) {
	if (at <= 0 || !isBase64Byte(bytes[at - 1])) return true;
	return at > 1 && bytes[at - 2] === BACKSLASH && (bytes[at - 1] === LETTER_N || bytes[at - 1] === LETTER_R);
}
const BACKSLASH = 92;
const LETTER_N = 110;
const LETTER_R = 114;
const EQUALS = 61;
function spillLeft(window, start, spill) {
	return (spill & 1) !== 0 && start > 0 && isBase64Byte(window.bytes[start - 1]) ? start - 1 : start;
}
function spillRight(window, end, spill) {
	if ((spill & 2) === 0) return end;
	let at = end;
	if (at < window.length && isBase64Byte(window.bytes[at])) at++;
	while (at < Math.min(window.length, end + 3) && window.bytes[at] === EQUALS) at++;
	return at;
}

// src/redaction/rule-matcher.ts
/** Finds the anchors of shapes. */
function makeRuleMatcher(shapes) {
	const anchors = shapes.flatMap((shape, index) => shape.anchors.map((anchor) => toListed(anchor, shape, index)));
	return {
		register(table, firstPattern) {
			for (const [index, anchor] of anchors.entries()) registerAnchor(table, firstPattern + index, anchor);
		},
		verify({ bytes, length }, index, at, sightings) {
			const anchor = anchors[index];
			if (at < 0 || at + anchor.bytes.length > length) return;
			for (let offset = 0; offset < anchor.bytes.length; offset++) {
				const byte = bytes[at + offset];
				if ((anchor.ignoreCase ? toLower(byte) : byte) !== anchor.bytes[offset]) return;
			}
			if (anchor.followedBy.length > 0 && !anchor.followedBy.includes(bytes[at + anchor.bytes.length])) return;
			sightings.push({
				at,
				shape: anchor.shape
			});
		}
	};
}
/** How many grams `register` adds. */
function countAnchorGrams(shapes) {
	let count = 0;
	for (const [index, shape] of shapes.entries()) for (const anchor of shape.anchors) for (const { classes } of toWindows(toListed(anchor, shape, index))) count += classes.reduce((product, bytes) => product * bytes.length, 1);
	return count;
}
/**
* Tries a shape where its anchor stands. A line of `password=password=...` must not cost its square: an anchor inside
* the last match of the same shape is passed over.
* @param text the window as latin1
*/
function matchShape(shape, index, text, at, ends) {
	if (at < ends[index]) return void 0;
	const { pattern } = shape;
	pattern.lastIndex = at;
	const found = pattern.exec(text);
	if (found === null) return void 0;
	const all = at + found[0].length;
	const start = all - (found.findLast((group) => group !== void 0) ?? found[0]).length;
	const end = shape.narrow === void 0 ? all : shape.narrow(text, start, all);
	if (end <= start) return void 0;
	if (shape.opensBlock !== true) ends[index] = end;
	return {
		at,
		start,
		end,
		identity: index
	};
}
function toListed(anchor, shape, index) {
	const { text, followedBy = "", precededBy = "" } = typeof anchor === "string" ? { text: anchor } : anchor;
	return {
		bytes: Buffer.from(text, "latin1"),
		precededBy: [...Buffer.from(precededBy, "latin1")],
		followedBy: [...Buffer.from(followedBy, "latin1")],
		ignoreCase: shape.ignoreCase === true,
		shape: index
	};
}
function registerAnchor(table, pattern, anchor) {
	for (const { offset, classes } of toWindows(anchor)) {
		const [first, second, third, fourth] = classes;
		for (const a of first) for (const b of second) for (const c of third) for (const d of fourth) table.add(toGram(a, b, c, d), pattern, offset);
	}
}
/** The bytes that can stand, case folded, in the windows at the first two places of an anchor and its neighbours. */
function toWindows({ bytes, precededBy, followedBy }) {
	const classes = [...bytes.subarray(0, 5)].map((byte) => [byte | FOLDED]);
	const first = precededBy.length > 0 ? -1 : 0;
	if (precededBy.length > 0) classes.unshift(toFolded(precededBy));
	const following = classes.length < 5 ? toFolded(followedBy) : [];
	while (classes.length < 5 && following.length > 0) classes.push(following);
	return [0, 1].map((place) => {
		const [a, b, c, d] = classes.slice(place, place + 4);
		if (a === void 0 || b === void 0 || c === void 0 || d === void 0) throw new RangeError(`the anchor ${bytes.toString("latin1")} is too short to be looked for`);
		return {
			offset: first + place,
			classes: [
				a,
				b,
				c,
				d
			]
		};
	});
}
function toFolded(bytes) {
	return [...new Set(bytes.map((byte) => byte | FOLDED))];
}
const FOLDED = 32;
function toLower(byte) {
	return byte >= 65 && byte <= 90 ? byte | FOLDED : byte;
}

// src/redaction/judge.ts
/** A placeholder, a reference or a word that says what is missing: no credential, whatever it stands after. */
const PLACEHOLDER = /^(?:\$[\w{(@*?].*|%[\w{(].*|#?\{\{.*|<.*|\*{2,}|\.{2,}|x{3,}|-+|_+|\?+|\[redacted.*|\[(?:hidden|masked|filtered|secret|removed|omitted)\].*|\(.*|@.{0,2}|[[{(<|>&*!]+[-+]?|%s|\{\w*\}.*)$/is;
const CODE = /^!?&?(?:(?:os|sys|process|system|env|environ|std|self|this|config|cfg|settings|options|opts|args|argv|props|params|secrets?|vars?|inputs?|ctx|context|req|request|res|response|data|user|client|await|new|rails|app|vault|import|require|getenv|lambda|function|typeof)\b[.\s([:>?!]|[A-Za-z_$][A-Za-z_$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][A-Za-z_$]*){1,8}[;,)\]]*$)/;
const PLAIN_PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[\w.@-]{1,40}[\\/]){1,12}[\w.@-]{0,40}$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^@]*$/i;
/** What tools say of a credential, and the types that code gives it. */
const PROSE = new Set("true false yes no on off null none nil undefined empty blank unset set missing required optional invalid valid expired expires revoked rejected accepted unknown unexpected expected present absent found ok okay failed failure passed success done error warning hidden masked filtered redacted removed omitted secret secrets password passwords token tokens passphrase pass credentials credential key keys value string str text number integer int bool boolean object array bytes any unknown void never default disabled enabled must should cannot may is are was not the a an and or of for from to with without please enter use see run skip skipped skipping reset resets changed created updated deleted generated stored using provided given description type name id identifier punctuation eof end start auth bearer basic jwt oauth oauth2 n/a na tbd todo".split(" "));
const SELF = /^(?:(?:my|the|your|new|old|current|user|db|api|access|auth|client|github|gitlab|npm|refresh|id|csrf|session)[ _-]?)*(?:passw(?:or)?d|passwd|passphrase|secret|token|api[_-]?key|key|credentials?|pwd|pass)s?$/i;
const STRUCTURAL = /[)\]}>,;]$/;
/** A header or a flag: anything there is a credential unless it is a placeholder. */
function narrowLoose(text, start, end) {
	const value = text.slice(start, end);
	return PLACEHOLDER.test(value) || PROSE.has(value.toLowerCase()) ? -1 : end;
}
/** After a word that is also used in prose ("bearer authentication"): only what no word looks like. */
function narrowRandom(text, start, end) {
	const value = text.slice(start, end);
	return isMixed(value) && !PLACEHOLDER.test(value) ? end : -1;
}
/** After `key =` or `key:`, where code, prose and prompts also stand. */
function narrowAssignment(text, start, end) {
	const opener = text.charAt(start - 1);
	const isQuoted = opener === "\"" || opener === "'" || opener === "`";
	const last = isQuoted ? end : withoutClosers(text, start, end);
	const value = text.slice(start, last);
	if (value === "") return -1;
	if (value.length > 200) return last;
	if (PLACEHOLDER.test(value) || PLAIN_PATH.test(value) || PLAIN_URL.test(value)) return -1;
	const bare = value.toLowerCase().replace(/[.!?,:]+$/, "");
	if (PROSE.has(bare) || SELF.test(bare)) return -1;
	const key = text.slice(Math.max(0, start - 80), start);
	if (!isQuoted && (CODE.test(value) || isCall(text, value, last))) return -1;
	if (/(?:^|[^A-Za-z0-9_;"-])(?:OLD)?PWD[ \t]*[=:][ \t]*["']?$/.test(key)) return -1;
	if (isQuoted) return /\s/.test(value) && isSentence(value) ? -1 : last;
	return isBareCredential(text, key, value, last) ? last : -1;
}
/** True when the command stands on the same line, not far before. */
function isCommandBefore(text, at, command) {
	const before = text.slice(Math.max(0, at - 400), at);
	return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1).includes(command);
}
function isBareCredential(text, key, value, end) {
	const isPassword = /(?:pass|pwd)/i.test(key.slice(-24));
	if (/^[-+]?\d[\d.,_%]*(?:ms|s|m|h|d|k|kb|mb|b)?$/i.test(value)) return isPassword ? value.length >= 4 : value.length >= 16;
	if (/(?::|>)[ \t]*$/.test(key) && !/^(?:[ \t]{0,8}(?:$|[\r\n#<,;}\])"'&|\\]|--|-[a-z])|$)/.test(text.slice(end, end + 12))) return isMixed(value);
	const isAfterColon = /:[ \t]{1,8}$/.test(key);
	if (isAfterColon && /^[[{(]/.test(value)) return false;
	if (!isAfterColon || !/^[A-Z]?[a-z]+(?:[-_'][a-z]+)*[.!?:]*$/.test(value)) return true;
	return /(?:^|[\r\n])[ \t]*(?:- )?[\w.-]*(?:pass\w*|pwd|secret|key)["']?:[ \t]+$/i.test(key);
}
/** Two kinds of characters at least, as generated values have, and more than a short word. */
function isMixed(value) {
	return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}
/** A message about a credential, which a passphrase of words hardly looks like. */
function isSentence(value) {
	return /^[A-Z]?[a-z',]+(?: [A-Za-z0-9',()-]+){2,}[.!?:]?$/.test(value) && /\b(?:must|should|cannot|can|is|are|was|be|the|your|please|not|invalid|required|to|for|of|at)\b/i.test(value);
}
/** `getToken(...)`, or what is left of it before a quote or a space: `os.environ[`. */
function isCall(text, value, end) {
	if (/^[A-Za-z_$][\w$.]*$/.test(value)) return /[([]/.test(text.charAt(end));
	return /^[A-Za-z_$][\w$.:>-]*[([](?:.*[)\]][;,)\]}]*)?$/.test(value);
}
/** `{token: abc}` and `f(password=abc)` go on after the value. */
function withoutClosers(text, start, end) {
	let last = end;
	while (last > start && STRUCTURAL.test(text.slice(last - 1, last))) {
		const opener = {
			")": "(",
			"]": "[",
			"}": "{",
			">": "<"
		}[text.charAt(last - 1)];
		if (opener !== void 0 && text.slice(start, last).includes(opener)) break;
		last--;
	}
	return last;
}

// src/redaction/rules.ts
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALNUM = LETTERS + LETTERS.toUpperCase() + DIGITS;
const WORD = `${ALNUM}_-`;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
/** Group: an optional quote as it stands in text, in a JSON string, or in a JSON string inside a JSON string. */
const QUOTE = String.raw`(?:\\{0,3}["'\x60])?`;
/** The words that name a credential when they end a key. */
const KEY_WORD = "pass(?:word|wd|phrase|code)|_pass|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|(?:api|access|private|encryption|signing|account|shared[_-]?access|master|auth|license)[_-]?key|credentials?|_auth";
const SPACE = String.raw`[ \t]`;
/** Between key and value: `=`, `:`, `=>`, `:=`, the end of an XML start tag, or a space after a `--flag`. */
const OPERATOR = `(?:${SPACE}{0,8}(?:=>|:=|={1,3}|:)${SPACE}{0,8}|>|(?<=(?<![\\w-])--?[\\w-]{0,64})${SPACE}{1,4}(?!-))`;
/** A value in escaped quotes, in quotes, or bare. Quotes that never close end with the line. */
const VALUE = String.raw`(?:\\{1,3}["']([^"'\\\r\n]{1,1024})|"((?:\\[^\r\n]|[^"\\\r\n]){1,1024})|'((?:\\[^\r\n]|[^'\\\r\n]){1,1024})|` + String.raw`\x60([^\x60\r\n]{1,1024})|((?:[^\s"'\x60,;&<]|<(?![/!?A-Za-z])|,(?=[^\s"'\x60,])){1,1024}))`;
/** What can come after a key word for its value to be one; most words in prose end here. */
const AFTER_KEY = "=:>\"'`\\] 	";
const KEY_ANCHORS = "password passwd passphrase passcode token credential credentials _auth _pass apikey accesskey privatekey encryptionkey signingkey accountkey masterkey authkey licensekey sharedaccesskey api_key api-key access_key access-key private_key private-key encryption_key encryption-key signing_key signing-key account_key account-key master_key master-key auth_key auth-key license_key license-key".split(" ").map((text) => ({
	text,
	followedBy: AFTER_KEY
}));
/**
* The credential shapes that are always masked. Sources: the token formats that the issuers document and the shapes
* that secret scanners look for. Order matters where two shapes begin at the same byte: the first gives the name.
*/
const SHAPES = [
	{
		id: "private-key",
		anchors: ["-----BEGIN "],
		pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y,
		opensBlock: true
	},
	{
		id: "jwt",
		anchors: [{
			text: "eyJ",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])eyJ[\w-]{8,2048}\.[\w-]{8,8192}(?:\.[\w-]{0,1024}){0,3}/y
	},
	{
		id: "aws-access-key-id",
		anchors: [
			"AKIA",
			"ASIA",
			"ABIA",
			"ACCA"
		].map((text) => ({
			text,
			followedBy: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
		})),
		pattern: /(?<![A-Za-z0-9])A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])/y
	},
	{
		id: "github-token",
		anchors: [
			"ghp_",
			"gho_",
			"ghu_",
			"ghs_",
			"ghr_"
		].map((text) => ({
			text,
			followedBy: ALNUM
		})),
		pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}(?:[._-][\w-]{1,1024}){0,3}/y
	},
	{
		id: "github-token",
		anchors: ["github_pat_"],
		pattern: /github_pat_\w{22,255}/y
	},
	{
		id: "gitlab-token",
		anchors: [
			"glpat-",
			"glrt-",
			"gldt-",
			"glcbt-",
			"glptt-",
			"glft-",
			"glsoat-",
			"gloas-",
			"glimt-",
			"glagent-",
			"glffct-",
			"glwt-"
		],
		pattern: /(?<![A-Za-z0-9])gl[a-z]{2,6}-[\w-]{16,300}(?:\.[\w-]{2,64}){0,3}/y
	},
	{
		id: "gitlab-token",
		anchors: ["GR1348941"],
		pattern: /GR1348941[\w-]{20,64}/y
	},
	{
		id: "slack-token",
		anchors: Array.from("abeoprs", (kind) => `xox${kind}-`).concat("xapp-", "xoxe."),
		pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp|xoxe\.xox[bp])-[A-Za-z0-9-]{10,255}/y
	},
	{
		id: "slack-webhook",
		anchors: ["hooks.slack.com/"],
		pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/+-]{20,200})/y
	},
	{
		id: "discord-webhook",
		anchors: ["/api/webhooks/"],
		pattern: /\/api\/webhooks\/\d{10,24}\/([\w-]{30,128})/y
	},
	{
		id: "stripe-key",
		anchors: [
			"sk_live_",
			"rk_live_",
			"sk_test_",
			"rk_test_",
			"whsec_"
		],
		pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{10,255}/y
	},
	{
		id: "google-api-key",
		anchors: [{
			text: "AIza",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])AIza[\w-]{35}/y
	},
	{
		id: "google-oauth",
		anchors: ["ya29.", "GOCSPX-"],
		pattern: /(?<![\w-])(?:ya29\.|GOCSPX-)[\w-]{20,1024}(?:\.[\w-]{1,64}){0,2}/y
	},
	{
		id: "npm-token",
		anchors: [{
			text: "npm_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,64}/y
	},
	{
		id: "pypi-token",
		anchors: ["pypi-AgE"],
		pattern: /pypi-AgE[\w-]{40,512}/y
	},
	{
		id: "rubygems-key",
		anchors: ["rubygems_"],
		pattern: /rubygems_[a-f0-9]{48}/y
	},
	{
		id: "anthropic-key",
		anchors: ["sk-ant-"],
		pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{16,255}/y
	},
	{
		id: "openai-key",
		anchors: [{
			text: "sk-",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin|service|or-v1)-[\w-]{20,255}|[A-Za-z0-9]{32,128}(?![\w-]))/y
	},
	{
		id: "huggingface-token",
		anchors: [{
			text: "hf_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z]{30,64}(?![A-Za-z0-9_])/y
	},
	{
		id: "azure-storage-key",
		anchors: ["accountkey=", "sharedaccesskey="],
		ignoreCase: true,
		pattern: /(?:account|sharedaccess)key=([A-Za-z0-9+/]{20,172}={0,2})/iy
	},
	{
		id: "azure-sas",
		anchors: ["?sig=", "&sig="],
		pattern: /[?&]sig=([A-Za-z0-9%+/_-]{30,256}={0,2})/y
	},
	{
		id: "sendgrid-key",
		anchors: [{
			text: "SG.",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/y
	},
	{
		id: "twilio-key",
		anchors: [{
			text: "SK",
			followedBy: HEX
		}],
		pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/y
	},
	{
		id: "twilio-auth-token",
		anchors: ["twilio"],
		ignoreCase: true,
		pattern: /twilio[^\r\n]{0,60}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/iy
	},
	{
		id: "digitalocean-token",
		anchors: [
			"dop_v1_",
			"doo_v1_",
			"dor_v1_"
		],
		pattern: /(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{64}/y
	},
	{
		id: "vault-token",
		anchors: [
			"hvs",
			"hvb",
			"hvr"
		].map((text) => ({
			text: `${text}.`,
			followedBy: WORD
		})),
		pattern: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,512}/y
	},
	{
		id: "terraform-token",
		anchors: [".atlasv1."],
		pattern: /\.atlasv1\.([\w-]{40,128})/y
	},
	{
		id: "docker-token",
		anchors: ["dckr_pat_", "dckr_oat_"],
		pattern: /dckr_[po]at_[\w-]{20,128}/y
	},
	{
		id: "age-secret-key",
		anchors: ["AGE-SECRET-KEY-1"],
		pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y
	},
	{
		id: "shopify-token",
		anchors: [
			"shpat_",
			"shpss_",
			"shpca_",
			"shppa_"
		],
		pattern: /shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}/y
	},
	{
		id: "grafana-token",
		anchors: ["glsa_", "glc_e"],
		pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[\w+/=-]{20,400})/y
	},
	{
		id: "linear-key",
		anchors: ["lin_api_"],
		pattern: /lin_api_[A-Za-z0-9]{32,64}/y
	},
	{
		id: "authorization",
		anchors: ["authorization"],
		ignoreCase: true,
		pattern: new RegExp(`authorization${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}(?:(?:bearer|basic|token|digest|negotiate|apikey|ntlm|key|bot|dpop)${SPACE}{1,4})?` + String.raw`([^\s"'\x60,;<>\\]{4,8192}(?:,? ?(?:Credential|SignedHeaders|Signature|response|nonce|username)=(?:"[^"\r\n]{1,512}"|[^\s"'<>]{1,512})){0,8})`, "iy"),
		narrow: narrowLoose
	},
	{
		id: "bearer-token",
		anchors: ["bearer "],
		ignoreCase: true,
		pattern: /(?<![\w-])bearer {1,4}([\w.~+/-]{8,8192}={0,2})/iy,
		narrow: narrowRandom
	},
	{
		id: "cookie",
		anchors: ["cookie"],
		ignoreCase: true,
		pattern: new RegExp(`cookie2?${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}` + String.raw`((?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{1,4096}(?:; ?)?)(?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{0,1024}(?:; ?)?){0,6})`, "iy")
	},
	{
		id: "url-password",
		anchors: [{
			text: "://",
			precededBy: ALNUM,
			followedBy: PRINTABLE
		}],
		pattern: /:\/\/[^\s/?#:@"'<>]{0,255}:([^\s/?#"'<>]{1,512})(?=@)/y,
		narrow: narrowLoose
	},
	{
		id: "docker-auth",
		anchors: ["\"auth\"", "\"identitytoken\""],
		pattern: /"(?:auth|identitytoken)"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=_.-]{8,4096})/y
	},
	{
		id: "curl-user",
		anchors: [
			{
				text: " -u ",
				followedBy: PRINTABLE
			},
			" --user ",
			" --user="
		],
		pattern: /(?: -u | --user[ =])["']?[^\s:"']{1,128}:((?:[^\s"'<]|<(?![/!?A-Za-z])){1,256})/y,
		narrow: (text, start, end) => isCommandBefore(text, start, "curl") ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [{
			text: " -p ",
			followedBy: PRINTABLE
		}],
		pattern: / -p ["']?([^\s"'<-](?:[^\s"'<]|<(?![/!?A-Za-z])){2,256})/y,
		narrow: (text, start, end) => ["login", "sshpass"].some((command) => isCommandBefore(text, start, command)) ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [
			"mysql",
			"sshpass",
			"mariadb"
		],
		pattern: /(?:mysql|mariadb|sshpass)[\w-]{0,16}(?: [^\s|;&]{1,80}){0,6}? -p["']?((?:[^\s"'<]|<(?![/!?A-Za-z])){3,256})/y,
		narrow: narrowLoose
	},
	{
		id: "netrc",
		anchors: ["password "],
		pattern: /(?<=\blogin[ \t]{1,4}[^\s]{1,128}[ \t]{1,4})password[ \t]{1,4}([^\s"'<>]{1,256})/y,
		narrow: narrowLoose
	},
	{
		id: "credential-assignment",
		anchors: [
			...KEY_ANCHORS,
			{
				text: "secret",
				followedBy: `${AFTER_KEY}_-aAkK`
			},
			{
				text: "pwd",
				followedBy: AFTER_KEY
			}
		],
		ignoreCase: true,
		pattern: new RegExp(String.raw`(?:${KEY_WORD})(?:\\{0,3}["'\x60]\]?|\])?${OPERATOR}${VALUE}`, "iy"),
		narrow: narrowAssignment
	}
];

// src/redaction/matcher.ts
/** @param identities those of the built-in shapes first */
function makeMatcher(identities, literals, lineRules) {
	const table = makeGramTable(countGrams(literals) + countAnchorGrams(SHAPES));
	const rules = makeRuleMatcher(SHAPES);
	const values = makeLiteralMatcher(literals);
	rules.register(table, literals.length);
	values.register(table, 0);
	return {
		identities,
		shapes: SHAPES,
		lineRules,
		scan(window, from, to) {
			const matches = [];
			const sightings = [];
			table.scan(window.words, from, to, (pattern, start, offset) => {
				if (pattern < literals.length) values.verify(window, pattern, start, offset, matches);
				else rules.verify(window, pattern - literals.length, start, sightings);
			});
			return {
				matches,
				sightings: sightings.toSorted((a, b) => a.at - b.at || a.shape - b.shape)
			};
		},
		openFrom: (window, from, end) => values.openFrom(window, from, end),
		hasMultiLine: values.hasMultiLine
	};
}

// src/redaction/mask.ts
const RANK = {
	known_value: 0,
	encoded_value: 1,
	pattern: 2
};
/**
* Writes the window from `position.written` to `cut`. Matches that overlap get one marker, named by the one that begins
* first (then: known before encoded before pattern, the longer one, the first listed). The name is therefore settled when
* the marker is written, whatever joins it later.
* @param matches any order; sorted in place
* @param count called once for each marker
* @returns copies: nothing in it is a view of the window
*/
function writeMasked(window, cut, position, matches, identities, count) {
	const parts = [];
	const copyTo = (end) => {
		const from = Math.max(position.written, position.maskedTo);
		if (end > from) parts.push(Buffer.from(window.bytes.subarray(from, end)));
		position.written = Math.max(position.written, end);
	};
	const rank = (match) => RANK[identities[match.identity].match_type];
	matches.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end || a.identity - b.identity);
	for (const { start, end, identity } of matches) {
		if (start >= cut) break;
		if (start >= position.maskedTo) {
			copyTo(start);
			parts.push(identities[identity].marker);
			count(identity);
		}
		position.maskedTo = Math.max(position.maskedTo, end);
	}
	copyTo(cut);
	return parts;
}

// src/redaction/private-key.ts
function makeKeyBlock() {
	return {
		inside: false,
		next: 0,
		maskedTo: 0,
		blanks: 0,
		strangers: 0
	};
}
/** How far behind the begin line the body must show itself. */
const LEAD = 512;
/** Lines of other writers between lines of the body. */
const MOST_STRANGERS = 4;
const MOST_BLANKS = 8;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const END_LINE = /-----END (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const FILLER = /(?:\s|\\[nrt\\]|["'+,`;]|[A-Za-z0-9-]{1,15}: [^\r\n\\]{1,76}(?:\r?\n|\\n)){0,40}/y;
const BODY = /[A-Za-z0-9+/=]{16,}|(?:[A-Za-z0-9+/=]{1,15}(?:\s|\\[nr]){1,4}){1,8}-----END /y;
/** Lines that leave it open whether a body comes. */
const UNDECIDED_LINE = /^[\s"'+]*(?:[A-Za-z0-9-]{1,15}: .*|[A-Za-z0-9+/=]{1,15})?\s*$/;
/** The same with what a log puts in front of each line. */
const PREFIXED_BODY = /\s{0,8}[^\r\n]{1,80}[\s|:>][ \t]{0,8}["']?[A-Za-z0-9+/]{40,}={0,2}["',\\nr+ ]{0,8}[\r\n]/y;
const BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{24,}={0,2}(?:["',;\\+ \t]|\\[nr]){0,12}$/;
const SHORT_BODY_LINE = /^[\s"'+]*(?:[A-Za-z0-9+/]{1,76}={0,2}|=[A-Za-z0-9+/]{4}|[A-Za-z0-9-]{1,15}: ?.{0,76})?(?:["',;+\s]|\\[nr])*$/;
const LONE_BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{48,}={0,2}(?:["',;+ \t]|\\[nr]){0,12}$/;
/**
* Follows the block as far as the text reaches.
* @param begins where the begin lines found in [.., limit) begin and end, ascending
* @param limit lines that begin before it are complete, or have `bounds.lookAhead` bytes
* @param isFinal no more text comes
*/
function followBlock(block, text, begins, limit, isFinal) {
	const step = {
		parts: [],
		holdFrom: limit
	};
	if (block.inside) followLines(block, text, limit, step);
	for (const { start, end } of begins) {
		if (block.inside || start < block.next) continue;
		const body = toBodyStart(text, end, isFinal);
		if (body === "later") {
			step.holdFrom = Math.min(step.holdFrom, start);
			break;
		}
		if (body === "none") continue;
		block.inside = true;
		block.next = end;
		markMasked(block, end);
		step.parts.push({
			start,
			end
		});
		followLines(block, text, limit, step);
	}
	return step;
}
/** Whether a body follows a begin line: some say `BEGIN PRIVATE KEY` and mean no key. */
function toBodyStart(text, from, isFinal) {
	FILLER.lastIndex = from;
	FILLER.test(text);
	BODY.lastIndex = FILLER.lastIndex;
	if (BODY.test(text)) return "body";
	PREFIXED_BODY.lastIndex = from;
	if (PREFIXED_BODY.test(text)) return "body";
	if (isFinal || text.length - from >= LEAD) return "none";
	const [, ...lines] = text.slice(from).split("\n");
	return lines.slice(0, -1).every((line) => UNDECIDED_LINE.test(line)) ? "later" : "none";
}
function followLines(block, text, limit, step) {
	while (block.inside && block.next < limit) {
		const lineEnd = toLineEnd(text, block.next);
		const nextBegin = text.slice(block.next, lineEnd).indexOf(BEGIN);
		const end = nextBegin < 0 ? lineEnd : block.next + nextBegin;
		const line = text.slice(block.next, end);
		const mark = line.includes(END) ? END_LINE.exec(line) : null;
		const start = block.strangers === 0 ? block.maskedTo - 1 : block.next;
		if (nextBegin === 0) block.inside = false;
		else if (mark !== null) {
			const last = block.next + mark.index + mark[0].length;
			step.parts.push({
				start,
				end: last
			});
			block.inside = false;
			block.next = last;
		} else if (line.trim() === "" && block.blanks < MOST_BLANKS) {
			block.blanks++;
			block.next = skipLineEnd(text, end);
		} else if (block.strangers === 0 ? isBodyLine(line) : LONE_BODY_LINE.test(line)) {
			step.parts.push({
				start,
				end
			});
			markMasked(block, end);
			block.next = skipLineEnd(text, end);
		} else if (block.strangers < MOST_STRANGERS) {
			block.strangers++;
			block.next = skipLineEnd(text, end);
		} else block.inside = false;
	}
	if (block.inside && block.strangers === 0) step.holdFrom = Math.min(step.holdFrom, block.maskedTo);
}
function markMasked(block, end) {
	block.maskedTo = end;
	block.blanks = 0;
	block.strangers = 0;
}
function isBodyLine(line) {
	return line.length > 200 ? /^[A-Za-z0-9+/=\\nr"',:;\s]*$/.test(line.slice(0, 4096)) || /\\n[A-Za-z0-9+/]{40}/.test(line.slice(0, 4096)) : BODY_LINE.test(line) || SHORT_BODY_LINE.test(line);
}
function toLineEnd(text, from) {
	const most = Math.min(text.length, from + bounds.lookAhead / 2);
	for (let at = from; at < most; at++) {
		const char = text.charCodeAt(at);
		if (char === 10 || char === 13) return at;
	}
	return most;
}
function skipLineEnd(text, at) {
	const char = text.charCodeAt(at);
	return char === 10 || char === 13 ? at + 1 : at;
}

// src/redaction/stream.ts
/** A line without an end is kept back to this length; then all but `bounds.lookAhead` of it is decided and let go. */
const MOST_HELD = 65536;
/** Larger chunks are taken in parts. */
const PART = 65536;
/**
* Bytes in, redacted bytes out, the same however the stream is cut into chunks. Whole lines are decided at once and let
* go, but for what may be the beginning of a value of several lines or of a private key.
*/
function makeRedactionStream(matcher) {
	const { identities, shapes, lineRules } = matcher;
	const blockShape = shapes.findIndex((shape) => shape.opensBlock);
	const window = makeByteWindow();
	const mask = {
		written: 0,
		maskedTo: 0
	};
	const line = { next: 0 };
	const block = makeKeyBlock();
	const shapeEnds = new Int32Array(shapes.length);
	const counts = /* @__PURE__ */ new Map();
	let carried = [];
	const countOne = (identity) => void counts.set(identity, (counts.get(identity) ?? 0) + 1);
	const settle = ({ limit, ends }) => {
		const from = mask.written;
		const isFinal = ends === "stream";
		let cut = ends === "line" ? matcher.openFrom(window, from, limit) : limit;
		const { matches, sightings } = matcher.scan(window, from, ends === "line" && !matcher.hasMultiLine ? limit : window.length);
		matches.push(...carried);
		if (sightings.length > 0 || block.inside || lineRules.length > 0) {
			const text = window.bytes.toString("latin1", 0, window.length);
			const matchAt = (shape, at) => at < from || at >= cut ? void 0 : matchShape(shapes[shape], shape, text, at, shapeEnds);
			const lineHold = matchLines(lineRules, window, text, line, isFinal, matches);
			if (!isFinal) cut = Math.min(cut, lineHold);
			const begins = sightings.flatMap(({ at, shape }) => shape === blockShape ? matchAt(shape, at) ?? [] : []);
			const step = followBlock(block, text, begins, cut, isFinal);
			for (const part of step.parts) matches.push({
				at: -1,
				...part,
				identity: blockShape
			});
			if (!isFinal) cut = Math.min(cut, step.holdFrom);
			for (const { at, shape } of sightings) {
				const match = shape === blockShape ? void 0 : matchAt(shape, at);
				if (match !== void 0) matches.push(match);
			}
		}
		const parts = writeMasked(window, cut, mask, matches, identities, countOne);
		carried = matches.filter(({ at, end }) => at < cut && end > cut);
		forget(Math.max(0, cut - bounds.lookBehind));
		return parts;
	};
	/** Moves every position with the window. */
	const forget = (count) => {
		if (count === 0) return;
		dropFront(window, count);
		mask.written -= count;
		mask.maskedTo -= count;
		line.next -= count;
		block.next -= count;
		block.maskedTo -= count;
		for (let shape = 0; shape < shapeEnds.length; shape++) shapeEnds[shape] = Math.max(0, shapeEnds[shape] - count);
		for (const match of carried) {
			match.start -= count;
			match.end -= count;
		}
	};
	return {
		push(chunk) {
			const parts = [];
			for (let from = 0; from < chunk.length; from += PART) {
				const known = window.length;
				append(window, chunk.subarray(from, from + PART));
				const lineEnd = toLastLineEnd(window, known);
				if (lineEnd > 0) parts.push(...settle({
					limit: lineEnd,
					ends: "line"
				}));
				if (window.length - mask.written > MOST_HELD) parts.push(...settle({
					limit: window.length - bounds.lookAhead,
					ends: "inside"
				}));
			}
			return parts.length === 1 ? parts[0] : Buffer.concat(parts);
		},
		end() {
			return Buffer.concat(settle({
				limit: window.length,
				ends: "stream"
			}));
		},
		hits() {
			const hits = /* @__PURE__ */ new Map();
			for (const [identity, count] of counts) {
				const { rule_id, match_type } = identities[identity];
				const key = `${match_type} ${rule_id}`;
				hits.set(key, {
					rule_id,
					match_type,
					match_count: count + (hits.get(key)?.match_count ?? 0)
				});
			}
			return [...hits.values()];
		}
	};
}
/** Behind the last line end at or after `from`; 0 when there is none. */
function toLastLineEnd({ bytes, length }, from) {
	for (let at = length - 1; at >= from; at--) if (bytes[at] === 10 || bytes[at] === 13) return at + 1;
	return 0;
}

// src/redaction/redactor.ts
/**
* The redaction of a run. Known values are looked for in every form of encodings.ts, credentials by the built-in shapes
* of rules.ts, and the user's `rules` are run over every line. What is found is replaced by `[redacted:ID]`, ID being
* the secret's name or the rule's id.
* Nothing is compiled before the first byte comes.
* @param options.rules patterns that findPatternFault of lib/safe-pattern.ts has nothing against
*/
function makeRedactor(options) {
	let matcher;
	const getMatcher = () => matcher ??= compile(options.secrets, options.rules);
	return {
		stream: () => makeRedactionStream(getMatcher()),
		text(value) {
			const stream = makeRedactionStream(getMatcher());
			const bytes = Buffer.concat([stream.push(Buffer.from(value)), stream.end()]);
			const hits = stream.hits();
			return {
				text: hits.length === 0 ? value : bytes.toString(),
				hits
			};
		}
	};
}
function compile(secrets, rules) {
	const identities = SHAPES.map(({ id }) => toIdentity(id, "pattern"));
	const lineRules = rules.map(({ id, pattern }) => makeLineRule(pattern, identities.push(toIdentity(id, "pattern")) - 1));
	const literals = [];
	for (const { name, value } of secrets) {
		const known = identities.push(toIdentity(name, "known_value")) - 1;
		const encoded = identities.push({
			...identities[known],
			match_type: "encoded_value"
		}) - 1;
		for (const form of toForms(value)) literals.push(Object.assign(form, { identity: form.kind === "known_value" ? known : encoded }));
	}
	const matcher = makeMatcher(identities, literals, lineRules);
	for (const identity of identities) identity.marker = toHarmlessMarker(matcher, identity.marker);
	return matcher;
}
/** The id keeps JSON, logs and terminals as they were: no quotes, no controls. */
function toIdentity(name, match_type) {
	const rule_id = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_");
	return {
		rule_id,
		match_type,
		marker: Buffer.from(`[redacted:${rule_id}]`)
	};
}
/** A value may be part of its own name: then the marker must not say it. */
function toHarmlessMarker(matcher, marker) {
	return [marker, ...[
		"[redacted]",
		"[***]",
		"[]"
	].map((text) => Buffer.from(text))].find((candidate) => !holdsValue(matcher, candidate)) ?? Buffer.alloc(0);
}
function holdsValue(matcher, text) {
	const window = makeByteWindow(text.length);
	append(window, text);
	return matcher.scan(window, 0, window.length).matches.length > 0;
}

// src/run-stop.ts
/** The one signal that ends the steps of a run; its reason is `cancelled` or `run_timeout`, whichever came first. */
function makeStop(cancel, maxDurationMs) {
	const controller = new AbortController();
	const onCancel = () => controller.abort("cancelled");
	if (cancel.aborted) onCancel();
	cancel.addEventListener("abort", onCancel, { once: true });
	const timer = setTimeout(() => controller.abort("run_timeout"), maxDurationMs);
	return {
		signal: controller.signal,
		dispose: () => {
			clearTimeout(timer);
			cancel.removeEventListener("abort", onCancel);
		}
	};
}

// src/reports/agreement.ts
/**
* Where the exit code of a step and its reports tell different things: one sentence for people, to be shown beside both;
* neither is corrected by the other. undefined: they agree, or one of them says nothing.
* @param exitCode what the process returned; null when it was ended by a signal or never ran
* @param reports the step's reports, each under the name that people know it by
*/
function findDisagreement(exitCode, reports) {
	if (exitCode === null) return void 0;
	const judging = reports.flatMap(({ name, report }) => report.ok && report.type !== "coverage" ? [{
		name,
		report
	}] : []);
	const failing = judging.filter(({ report }) => report.failed > 0);
	if (exitCode === 0) {
		if (failing.length === 0) return void 0;
		return `it exited 0, though ${failing.map(({ name, report }) => `${name} tells of ${toFailures(report.failed, report.type)}`).join(", and ")}`;
	}
	if (judging.length === 0 || failing.length > 0 || reports.some(({ report }) => !report.ok)) return void 0;
	return `it exited ${exitCode}, though ${judging.map(({ name }) => name).join(" and ")} ${judging.length === 1 ? "tells" : "tell"} of no failure`;
}
function toFailures(count, type) {
	return `${count} ${type === "tests" ? "failure" : "error"}${count === 1 ? "" : "s"}`;
}

// src/report-reader.ts
/** The reports stage as execution asks for it. The parsers load when there is a report to read. */
const reportReader = (workspace) => ({
	async read(format, chunks) {
		const { parseReport } = await import("./parse-report-BYkUe9OK.js");
		return parseReport(format, chunks, { root: workspace });
	},
	findDisagreement
});

// src/worktree/checkout.ts
const QUESTIONS = [
	"--show-toplevel",
	"--git-path",
	"index",
	"--git-path",
	"objects",
	"HEAD^{commit}",
	"HEAD^{tree}"
];
/**
* Finds the checkout that `cwd` lies in, with one git call that reads no file of it.
* @throws WorktreeError not_a_checkout, no_commit, git_failed; the signal's reason
*/
async function readCheckout(program, cwd, signal) {
	const output = makeKeeper(limits.gitBytes);
	await runGit(program, {
		args: ["rev-parse", ...QUESTIONS],
		cwd,
		signal,
		onOutput: output.push,
		allowed: [128]
	});
	const [topLevel = "", indexFile, objects, commit = "", tree = "", ...rest] = output.kept().bytes.toString().split("\n");
	if (topLevel === "" || objects === void 0 || indexFile === void 0) throw new WorktreeError("not_a_checkout", "the workspace is no git checkout");
	if (!isObjectId(commit) || !isObjectId(tree) || rest.length !== 1) throw new WorktreeError("no_commit", "the checkout has no commit yet");
	return {
		topLevel: path.resolve(topLevel),
		indexFile: path.resolve(cwd, indexFile),
		objects: path.resolve(cwd, objects),
		commit,
		tree
	};
}
function isObjectId(text) {
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

// src/worktree/changes.ts
const STATUSES = {
	A: "added",
	D: "deleted",
	R: "renamed"
};
/** The options of `git diff-tree` whose output parseChanges reads. */
const changesFormat = [
	"--raw",
	"--numstat",
	"-z"
];
/**
* Reads what `git diff-tree -r --raw --numstat -z` prints: a line for each file, then for each its lines. A file whose
* entry was cut off is left out.
* @see https://git-scm.com/docs/git-diff-tree#_raw_output_format
*/
function parseChanges(output) {
	const parts = splitNul(output);
	const changes = /* @__PURE__ */ new Map();
	let at = 0;
	const take = () => parts[at++] ?? "";
	while (at < parts.length) {
		const head = take();
		if (head.startsWith(":")) {
			const change = toChange(head, take);
			changes.set(change.path, change);
		} else {
			const { path, lines } = toLines(head, take);
			const change = changes.get(path);
			if (change !== void 0) change.lines = lines;
		}
	}
	return [...changes.values()].filter(({ path }) => path !== "");
}
/** `:100644 100644 <id> <id> M`, then the path; of a renamed file `R086`, then both paths. */
function toChange(head, take) {
	const [oldMode = "", newMode = "", , , letter = ""] = head.slice(1).split(" ");
	const status = STATUSES[letter.charAt(0)] ?? "modified";
	const oldPath = status === "renamed" ? take() : void 0;
	return {
		path: take(),
		...oldPath !== void 0 && { oldPath },
		status,
		modes: {
			old: oldMode,
			new: newMode
		},
		lines: null
	};
}
/** `3<TAB>1<TAB>path`; of a renamed file the path is empty and both follow; `-` for a binary file. */
function toLines(head, take) {
	const [added = "", removed = ""] = head.split("	", 2);
	const path = head.slice(added.length + removed.length + 2);
	const lines = added === "-" ? null : {
		added: Number(added),
		removed: Number(removed)
	};
	if (path !== "") return {
		path,
		lines
	};
	take();
	return {
		path: take(),
		lines
	};
}

// src/worktree/private-index.ts
/**
* Git trusts an index for files that are older than the index itself, so the copy must not look younger. A checkout
* without an index is one in which nothing is tracked.
*/
async function copyIndex(from, to) {
	const found = await stat(from).catch(() => null);
	if (found === null) return;
	await copyFile(from, to);
	await utimes(to, found.atime, new Date(Math.floor(found.mtimeMs)));
}
/**
* Takes files into a private index as they are now, with git's own line ends, and others out of it. The objects go to the
* index's own folder.
* @throws WorktreeError git_failed for a single file that can't be read
*/
async function updateIndex(repository, index, { taken, gone }) {
	const update = async (how, files) => {
		if (files.length === 0) return;
		await repository.git(index, [
			"update-index",
			...how,
			"-z",
			"--stdin"
		], { input: joinNul(files) });
	};
	await update(["--force-remove"], gone);
	await update([
		"--add",
		"--remove",
		"--replace"
	], taken);
}
/** The id of the tree that an index holds. @throws WorktreeError git_failed */
async function writeTree(repository, index) {
	const { bytes } = await repository.git(index, ["write-tree"]);
	return bytes.toString("latin1").trim();
}
/** No submodule is entered: that would run a git of its own, under the submodule's configuration. */
function toStatusArgs(untracked) {
	return [
		"status",
		"--porcelain=v2",
		"-z",
		`--untracked-files=${untracked}`,
		"--no-renames",
		"--ignore-submodules=dirty"
	];
}
/** The whole work tree but the folders that lie in it, as arguments for a call in its root. */
async function toPathspecs(topLevel, without) {
	return [
		"--",
		":(top)",
		...(await Promise.all(without.map(async (folder) => path.relative(topLevel, await realpath(folder).catch(() => folder))))).filter((name) => name !== "" && !path.isAbsolute(name) && name.split(path.sep)[0] !== "..").map((name) => `:(top,exclude,literal)${name.replaceAll(path.sep, "/")}`)
	];
}

// src/worktree/list-changed.ts
/** More folders than that are too many arguments; what is in the others is taken out of the list. */
const MAX_EXCLUDED = 50;
/**
* Files that differ from the snapshot, but those of which it does not know what they were.
* @throws WorktreeError, or the signal's reason
*/
async function listChanged(repository, { index, pathspecs, unkept, unseen }) {
	const specs = [...await pathspecs(), ...toExcluded(unseen)];
	const { bytes, leftOut } = await repository.git(index, [...toStatusArgs("all"), ...specs]);
	const folders = new Set(unseen);
	return {
		entries: parseStatus(bytes).filter(({ path, differs }) => differs && !unkept.has(path) && !isInside(path, folders)),
		isAll: leftOut === 0
	};
}
/** Git then need not walk them. An argument is text; a folder whose name is none stays in the walk. */
function toExcluded(folders) {
	return folders.map(toShownPath).filter((folder) => !folder.includes("�")).slice(0, MAX_EXCLUDED).map((folder) => `:(top,exclude,literal)${folder}`);
}
function isInside(path, folders) {
	if (folders.size === 0) return false;
	for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) if (folders.has(path.slice(0, end + 1))) return true;
	return false;
}

// src/worktree/patch.ts
/** In a patch, lines of a file's content begin with " ", "+", "-" or "\\", so this is git's own. */
const CONTENT_IDS = /^index [0-9a-f]+\.\.[0-9a-f]+(?: [0-7]{6})?\n/gm;
/**
* A patch as it may be shown: without the ids of the files' contents. They are hashes of what no redactor has seen, by
* which a guess at a secret could be tried. One that was cut ends with a whole line, so that no half secret is left
* for the redactor to miss.
*/
function toPatch({ bytes, leftOut }) {
	const end = leftOut === 0 ? bytes.length : bytes.lastIndexOf("\n") + 1;
	const text = bytes.toString("latin1", 0, end).replaceAll(CONTENT_IDS, "");
	return {
		bytes: Buffer.from(text, "latin1"),
		leftOut: leftOut + bytes.length - end
	};
}

// src/worktree/select-files.ts
/** Which of the files can be read within bounds. In the order given: what comes first is taken first. */
async function selectFiles(repository, index, entries, bounds) {
	const filtered = await findFiltered(repository, index, entries);
	const selection = {
		taken: [],
		gone: [],
		passed: []
	};
	let bytes = 0;
	for (const { path, isGone } of entries) if (isGone) selection.gone.push(path);
	else if (selection.taken.length >= bounds.files) selection.passed.push({
		path,
		reason: "too_many"
	});
	else {
		const found = inspect(repository.topLevel, path);
		const reason = filtered.has(path) ? "filter" : found.reason ?? toExcess(found.size, bytes, bounds);
		if (reason !== void 0) selection.passed.push({
			path,
			reason
		});
		else {
			selection.taken.push(path);
			bytes += found.size;
		}
	}
	return selection;
}
function toExcess(size, before, bounds) {
	if (size > bounds.fileBytes) return "too_large";
	return before + size > bounds.bytes ? "too_many" : void 0;
}
/** What a file looks like without reading it; equal for a file that nobody has touched. */
function readSignature(topLevel, path) {
	const found = look(toFilePath(topLevel, path));
	return found === null ? "gone" : `${found.mode} ${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`;
}
/** Reads attributes only when there is a filter that they could name. */
async function findFiltered(repository, index, entries) {
	if (!repository.hasFilters || entries.length === 0) return /* @__PURE__ */ new Set();
	const input = joinNul(entries.map(({ path }) => path));
	const { bytes } = await repository.git(index, [
		"check-attr",
		"-z",
		"--stdin",
		"filter"
	], {
		input,
		keepBytes: Infinity
	});
	const answers = splitNul(bytes);
	const filtered = /* @__PURE__ */ new Set();
	for (let at = 0; at + 2 < answers.length; at += 3) if (answers[at + 2] !== "unspecified" && answers[at + 2] !== "unset") filtered.add(answers[at] ?? "");
	return filtered;
}
/** Git refuses all of a list for one file that it can't read; so each is tried before. */
function inspect(topLevel, path) {
	if (path.endsWith("/")) return {
		size: 0,
		reason: "nested_repository"
	};
	const file = toFilePath(topLevel, path);
	const found = look(file);
	if (found === null || found.isSymbolicLink() || found.isDirectory()) return { size: 0 };
	if (!found.isFile()) return {
		size: 0,
		reason: "special_file"
	};
	try {
		accessSync(file, constants$1.R_OK);
		return { size: found.size };
	} catch {
		return {
			size: 0,
			reason: "unreadable"
		};
	}
}
function look(file) {
	try {
		return lstatSync(file);
	} catch {
		return null;
	}
}
function toFilePath(topLevel, path) {
	return Buffer.concat([Buffer.from(`${topLevel}/`), Buffer.from(path, "latin1")]);
}

// src/worktree/compare.ts
const DIFF = [
	"diff-tree",
	"-r",
	"-M",
	"-l400",
	"--no-ext-diff",
	"--no-textconv",
	"--no-color",
	"--submodule=short"
];
/**
* What became of the work tree since the snapshot, ignored files aside. Reads each changed file once; the diff is made
* of what was read. Call it when no step runs any more.
* @throws WorktreeError, or the signal's reason
*/
async function compareWithSnapshot(snapshot, options) {
	const { index, unseen } = snapshot;
	const { program, workspace: cwd, signal } = options;
	const repository = await openRepository(program, {
		cwd,
		checkout: readCheckout(program, cwd, signal)
	}, signal);
	const [found, treeBefore] = await Promise.all([listChanged(repository, snapshot), snapshot.state === "dirty" ? writeTree(repository, index) : snapshot.checkout.tree]);
	const selection = await selectFiles(repository, index, found.entries, {
		fileBytes: limits.worktreeFileBytes,
		bytes: limits.worktreeBytes,
		files: limits.worktreeFiles
	});
	const treeAfter = isEmpty(selection) && snapshot.state !== "unknown" ? treeBefore : await writeAfter(repository, index, selection);
	const isSame = treeBefore === treeAfter;
	const [listed, patch, differingBefore, differingAfter] = await Promise.all([
		isSame ? none : repository.git(index, [
			...DIFF,
			...changesFormat,
			treeBefore,
			treeAfter
		]),
		isSame ? none : repository.git(index, [
			...DIFF,
			"-p",
			treeBefore,
			treeAfter
		], { keepBytes: limits.diffBytes }),
		snapshot.state === "unknown" ? null : listDiffering(repository, index, [snapshot.checkout.tree, treeBefore]),
		listDiffering(repository, index, [repository.tree, treeAfter])
	]);
	return {
		base: snapshot.state === "unknown" ? "commit" : "work_tree",
		before: {
			commit: snapshot.checkout.commit,
			tree: snapshot.checkout.tree,
			differing: differingBefore
		},
		after: {
			commit: repository.commit,
			tree: repository.tree,
			differing: differingAfter
		},
		diff: toPatch(patch),
		changes: parseChanges(listed.bytes),
		allListed: listed.leftOut === 0 && found.isAll,
		notCompared: [...selection.passed, ...findTouched(repository.topLevel, snapshot)],
		unseen
	};
}
const none = {
	bytes: Buffer.alloc(0),
	leftOut: 0
};
function isEmpty({ taken, gone }) {
	return taken.length + gone.length === 0;
}
/** The work tree as it is now: the snapshot's index with what changed since. */
async function writeAfter(repository, before, selection) {
	const index = {
		...before,
		file: path.join(path.dirname(before.file), "after")
	};
	await copyIndex(before.file, index.file);
	await updateIndex(repository, index, selection);
	return writeTree(repository, index);
}
async function listDiffering(repository, index, [commit, tree]) {
	if (commit === tree) return none;
	return repository.git(index, [
		"diff-tree",
		"-r",
		"--no-renames",
		"--name-only",
		"-z",
		commit,
		tree
	]);
}
/** Files of which only the outside is known, and that looks different now. */
function findTouched(topLevel, { unkept }) {
	return [...unkept].filter(([name, { signature }]) => readSignature(topLevel, name) !== signature).map(([name]) => ({
		path: name,
		reason: "before_not_kept"
	}));
}

// src/worktree/snapshot.ts
/**
* Keeps what the work tree is now. For a clean one that is a copy of git's index and no git call; for a dirty one two
* to four, and what takes longer than `signal` allows or exceeds its bounds leaves the state `unknown`.
* @param options.dirty as git status said a moment ago; null: not known
* @param options.evidence folders that are no part of what is tested, absolute
* @throws WorktreeError no_room
*/
async function takeSnapshot(checkout, options) {
	const { dir, index, spare } = await makeScratch();
	const evidence = [
		path.join(options.workspace, ".quoderat"),
		dir,
		...options.evidence
	];
	const pathspecs = () => toPathspecs(checkout.topLevel, evidence);
	const dispose = () => rm(dir, {
		recursive: true,
		force: true
	}).catch(() => {});
	const kept = {
		checkout,
		index,
		pathspecs,
		unkept: /* @__PURE__ */ new Map(),
		unseen: [],
		[Symbol.asyncDispose]: dispose
	};
	try {
		await copyIndex(checkout.indexFile, index.file);
		if (options.dirty === false) return {
			...kept,
			state: "clean"
		};
		if (options.dirty === null) return {
			...kept,
			state: "unknown"
		};
		const place = {
			cwd: options.workspace,
			checkout
		};
		const dirt = await keepDirt(await openRepository(options.program, place, options.signal), index, await pathspecs());
		return {
			...kept,
			...dirt,
			state: "dirty"
		};
	} catch (error) {
		if (!isForeseen(error, options.signal)) throw error;
		await copyIndex(checkout.indexFile, spare.file).catch(() => {});
		return {
			...kept,
			index: spare,
			state: "unknown"
		};
	}
}
/** A private folder in which git may write. @throws WorktreeError no_room */
async function makeScratch() {
	try {
		const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), "quoderat-")));
		const objects = path.join(dir, "objects");
		await mkdir(objects);
		return {
			dir,
			index: {
				file: path.join(dir, "before"),
				objects
			},
			spare: {
				file: path.join(dir, "spare"),
				objects
			}
		};
	} catch (error) {
		throw new WorktreeError("no_room", "there is no temporary folder in which to keep the state of the work tree", { cause: error });
	}
}
/** Takes every file that differs from the index into the index. @throws WorktreeError, or the signal's reason */
async function keepDirt(repository, index, pathspecs) {
	const listed = await repository.git(index, [...toStatusArgs("normal"), ...pathspecs]);
	const found = parseStatus(listed.bytes).filter(({ differs }) => differs);
	const untracked = found.filter(({ state }) => state === "untracked");
	const folders = untracked.filter(isFolder);
	const inside = folders.length === 0 ? untracked : await listUntracked(repository, index, pathspecs);
	const files = inside ?? untracked.filter((entry) => !isFolder(entry));
	const entries = [...found.filter(({ state }) => state !== "untracked"), ...files];
	if (listed.leftOut > 0 || entries.length > limits.worktreeBeforePaths) throw new WorktreeError("no_room", "too much of the work tree differs from the commit");
	const { taken, gone, passed } = await selectFiles(repository, index, entries, {
		fileBytes: limits.worktreeBeforeBytes,
		bytes: limits.worktreeBeforeBytes,
		files: limits.worktreeBeforeFiles
	});
	const toUnkept = (name, reason) => ({
		reason,
		signature: readSignature(repository.topLevel, name)
	});
	await updateIndex(repository, index, {
		taken,
		gone
	});
	return {
		unkept: new Map(passed.map(({ path: name, reason }) => [name, toUnkept(name, reason)])),
		unseen: inside === null ? folders.map(({ path: name }) => name) : []
	};
}
/** Status names an untracked folder and not what is in it. null: more is in it than is looked at. */
async function listUntracked(repository, index, pathspecs) {
	const args = [
		"ls-files",
		"--others",
		"--exclude-standard",
		"-z",
		...pathspecs
	];
	const { bytes, leftOut } = await repository.git(index, args);
	const names = splitNul(bytes);
	if (leftOut > 0 || names.length > limits.worktreeBeforePaths) return null;
	return names.map((name) => ({
		path: name,
		state: "untracked",
		differs: true,
		isGone: false
	}));
}
function isFolder({ path: name }) {
	return name.endsWith("/");
}

// src/worktree/watch.ts
/**
* Prepares to watch the work tree that `workspace` lies in: one git call, meant to go on beside others. What comes back
* keeps its state and is awaited before anything may change it.
*/
function openWorktree(options) {
	const { workspace, evidence, signal } = options;
	const opening = attempt(signal, limits.gitMs, (until) => open$1(options, until));
	return { async watch(dirty) {
		const opened = await opening;
		if (!opened.ok) return blind(opened);
		const { program, checkout } = opened.value;
		const taken = await attempt(signal, limits.worktreeBeforeMs, (until) => takeSnapshot(checkout, {
			program,
			workspace,
			dirty,
			evidence,
			signal: until
		}));
		return taken.ok ? watchFrom(taken.value, program, options) : blind(taken);
	} };
}
async function open$1(options, signal) {
	const program = await options.program;
	if (program === null) throw new WorktreeError("git_not_found", "git is not on PATH");
	return {
		program,
		checkout: await readCheckout(program, options.workspace, signal)
	};
}
function watchFrom(snapshot, program, { workspace, signal }) {
	return {
		materials: () => attempt(signal, limits.materialsMs, (until) => readMaterials(snapshot, program, until)),
		changes: () => attempt(signal, limits.worktreeAfterMs, (until) => compareWithSnapshot(snapshot, {
			program,
			workspace,
			signal: until
		})),
		[Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose]()
	};
}
function blind(unknown) {
	const answer = () => Promise.resolve(unknown);
	return {
		materials: answer,
		changes: answer,
		[Symbol.asyncDispose]: () => Promise.resolve()
	};
}
async function attempt(cancel, ms, ask) {
	const controller = new AbortController();
	const onCancel = () => controller.abort("cancelled");
	const timer = setTimeout(() => controller.abort("timed_out"), ms);
	cancel.addEventListener("abort", onCancel);
	if (cancel.aborted) onCancel();
	try {
		return {
			ok: true,
			value: await ask(controller.signal)
		};
	} catch (error) {
		if (!isForeseen(error, controller.signal)) throw error;
		if (controller.signal.aborted) return {
			ok: false,
			reason: cancel.aborted ? "cancelled" : "timed_out"
		};
		return {
			ok: false,
			reason: error instanceof WorktreeError ? error.code : "git_failed"
		};
	} finally {
		clearTimeout(timer);
		cancel.removeEventListener("abort", onCancel);
	}
}

// src/run.ts
/**
* Runs a manifest and seals what happened, whatever it was: success, failure, time-out or cancellation. What goes wrong
* beside the steps (a full disk, a broken log) is told in `problems` and does not touch their outcome.
* Rejects only for a bug.
*/
async function run(options) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { now, env, workspace } = options;
		const context = detectContext({
			env,
			cwd: workspace,
			now
		});
		const evidence = [options.outDir, options.fallbackDir];
		const opening = openWorktree({
			program: findGit(env),
			workspace,
			evidence,
			signal: options.signal
		});
		const prepared = preparePlan(options);
		if (prepared.kind === "refused") return prepared;
		const { plan, environments } = prepared;
		const secrets = collectAllSecrets([env, ...Object.values(environments)], plan.secrets);
		const redactor = makeRedactor({
			secrets: secrets.secrets,
			rules: plan.redaction_rules
		});
		const recordedPlan = redactJson(plan, redactor);
		const recordedContext = redactJson(await context, redactor);
		const worktree = _usingCtx$1.a(await opening.watch(recordedContext.value.subject.git?.dirty ?? null));
		const problems = [];
		const onProblem = (problem) => void problems.push(problem);
		const folder = await openFolder(options, onProblem);
		if (folder.kind === "taken") return refuse(folder.message);
		const runId = makeUuidV7(now(), randomBytes(10));
		const stop = makeStop(options.signal, plan.max_duration_ms);
		const log = makeForgivingLog({
			log: options.log,
			stop: stop.signal,
			onProblem
		});
		const sink = makeEventSink({
			runId,
			journal: folder.journal,
			log,
			now,
			onProblem
		});
		const store = await openArtifactStore(join(folder.dir, evidenceFiles.artifacts));
		try {
			const scope = {
				sink,
				redactor,
				now
			};
			await emitStart(scope, {
				...options,
				...prepared,
				context: recordedContext,
				plan: recordedPlan
			});
			await emitUnsearched(scope, secrets.skipped);
			const manifest = await keepInputs(scope, {
				store,
				manifest: options.source,
				plan: recordedPlan.value
			});
			const sealing = await emitSteps(scope, {
				plan,
				environments,
				runnerEnv: env,
				runMark: toRunMark(runId),
				workspace,
				store,
				redactor,
				reports: reportReader(workspace),
				now,
				signal: stop.signal,
				worktree
			});
			const end = await emitEnd(scope, stop.signal);
			const sealed = await sealing.sealRun({
				record: sink.record(),
				manifestSha256: manifest.sha256,
				dirs: [.../* @__PURE__ */ new Set([folder.dir, options.fallbackDir])],
				now,
				onProblem,
				...options.signer && { signer: options.signer }
			});
			if (sealed) await sink.emit(toFinalized(sealed, now()));
			return {
				kind: "finished",
				...end,
				runId,
				planHash: prepared.planHash,
				evidence: sealed,
				problems
			};
		} finally {
			stop.dispose();
			folder.close();
			await log.end();
		}
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** From the manifest's text to what will run, or why nothing will. */
function preparePlan({ source, expectedPlanHash }) {
	const parsed = parseManifest(source);
	if (!parsed.ok) return refuse(`${source.path} can't be used as it is`, parsed.diagnostics);
	const { plan, environments } = makePlan(parsed.manifest, {
		path: source.path,
		sha256: parsed.sha256
	});
	const planHash = hashPlan(plan);
	if (expectedPlanHash === void 0 || expectedPlanHash === planHash) return {
		kind: "prepared",
		plan,
		environments,
		planHash
	};
	return refuse(`the plan of ${source.path} is ${planHash}, not the expected ${expectedPlanHash}; nothing was run`);
}
/**
* Runs the steps and tells of them, and of what is found beside them: tools are asked for their versions while the steps
* run, since that takes longer than many a build, and after them for no longer than the steps took.
* @returns what seals, loaded in the shadow of the first step: it is not needed before the last
*/
async function emitSteps(scope, { worktree, ...stage }) {
	const { sink, redactor, now } = scope;
	const begun = now();
	const probing = new AbortController();
	const toolchain = probeToolchain({
		env: stage.runnerEnv,
		cwd: stage.workspace,
		signal: probing.signal
	}).then((found) => emitToolchain(scope, redactJson(found, redactor, "/runner_context/toolchain")));
	const materials = emitMaterials(scope, stage.store, worktree);
	let sealing;
	for await (const draft of execute(stage)) {
		await sink.emit(draft);
		sealing ??= import("./seal-run-BdjfLxTM.js");
	}
	const graceMs = stage.signal.aborted ? 0 : Math.min(now() - begun, limits.probeMs);
	const grace = setTimeout(() => probing.abort(), graceMs);
	await Promise.all([
		toolchain,
		materials,
		emitDiff(scope, stage.store, worktree)
	]);
	clearTimeout(grace);
	return sealing ?? import("./seal-run-BdjfLxTM.js");
}
function refuse(message, diagnostics = []) {
	return {
		kind: "refused",
		message,
		diagnostics
	};
}
/** The evidence folder with its journal, or the fallback: where evidence lies never decides whether steps run. */
async function openFolder(options, onProblem) {
	for (const dir of [options.outDir, options.fallbackDir]) try {
		await makeEvidenceFolder(dir);
		claimFolder(dir);
		const journal = openJournal(dir);
		options.onFolder?.(dir);
		return {
			kind: "open",
			dir,
			journal,
			close: () => {
				journal.close();
				releaseFolder(dir);
			}
		};
	} catch (error) {
		if (error instanceof EvidenceFolderError && error.code === "not_empty") return {
			kind: "taken",
			message: error.message
		};
		onProblem(`no evidence can be kept in ${dir}: ${toMessage(error)}`);
	}
	return {
		kind: "open",
		dir: options.outDir,
		journal: null,
		close: () => {}
	};
}

export { run as t };