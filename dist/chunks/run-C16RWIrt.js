import { a as detectContext, d as pick, f as runBounded, i as toBareEnv, n as findOnPath, r as lookUp, s as readBoundedText, t as findGit } from "./git-program-BFLD_ei0.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { D as toScratchPrefix, E as openScratch, O as makeEventSink, S as claimFolder, _ as emitUnsearched, a as openRepository, b as toFinalized, c as WorktreeError, d as parseStatus, f as splitNul, g as emitToolchain, h as emitStart, i as readMaterials, l as isForeseen, m as emitEnd, n as emitMaterials, o as makeKeeper, p as toShownPath, s as runGit, t as emitDiff, u as joinNul, v as keepInputs, w as releaseFolder, x as toUnfinalized } from "./run-worktree-BCzdHka4.js";
import { n as openArtifactStore } from "./artifacts-B7-BLI3W.js";
import { m as toRunMark } from "./sweep-CJo9hwSo.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as makeProcessKind } from "./process-kind-BP66kicw.js";
import { t as redactJson } from "./json-DCC6I965.js";
import { o as toVerdict } from "./step-output-km6joCmW.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as openJournal } from "./journal-GpaeIyAm.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { n as makePlan, r as parseManifest } from "./display-path-8FfibSvk.js";
import { n as hashPlan } from "./diagnostics-Bh1m_uht.js";
import { a as makeEvidenceFolder, r as evidenceFiles, t as EvidenceFolderError } from "./evidence-folder-CaRiuEzT.js";
import { t as collectAllSecrets } from "./all-secrets-CkCokZHc.js";
import { t as makeRedactor } from "./redactor-DxqgV4tr.js";
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
			if (culprit?.outcome?.failure) return skip(state, toReason(culprit.step.id, culprit.outcome), culprit.outcome.failure);
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
function toReason(need, { skipped, failure }) {
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
	service: async (context) => (await import("./service-ByVn7VfS.js")).service(context),
	http_probe: async (context) => (await import("./http-probe-CQHCXFHK.js")).httpProbe(context),
	playwright: async (context) => (await import("./playwright-D6gcjyi-.js")).playwright(context)
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
		/** As a signal would. */
		cancel: onCancel,
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
		const { parseReport } = await import("./parse-report-pbE4XQfp.js");
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
	const { dir, index, spare } = await makeScratch(options.runMark);
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
async function makeScratch(runMark) {
	try {
		const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), toScratchPrefix(runMark))));
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
	const { workspace, evidence, runMark, signal } = options;
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
			runMark,
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
		const { now, env, workspace, server } = options;
		const relaying = server && import("./run-relay-C54Fd_-H.js");
		const git = findGit(env);
		const looking = new AbortController();
		const context = detectContext({
			env,
			cwd: workspace,
			now,
			git,
			signal: looking.signal
		});
		const evidence = [options.outDir, options.fallbackDir];
		const runId = makeUuidV7(now(), randomBytes(10));
		const runMark = toRunMark(runId);
		const watched = AbortSignal.any([options.signal, looking.signal]);
		const opening = openWorktree({
			program: git,
			workspace,
			evidence,
			runMark,
			signal: watched
		});
		await git;
		const giveUp = (refusal) => {
			looking.abort();
			return refusal;
		};
		const prepared = preparePlan(options);
		if (prepared.kind === "refused") return giveUp(prepared);
		const { plan, environments } = prepared;
		const fault = server && (await relaying)?.findServerFault(server, env);
		if (fault !== void 0) return giveUp(refuse(fault));
		const reading = options.readWorker();
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
		const stop = makeStop(options.signal, plan.max_duration_ms);
		const { planHash } = prepared;
		const worker = await reading;
		const created = {
			run_id: runId,
			plan: recordedPlan.value,
			plan_hash: planHash,
			worker
		};
		const relay = (await relaying)?.startRelay({
			...options,
			run: {
				...created,
				...recordedContext.value
			},
			dir: folder.dir,
			onCancel: stop.cancel,
			onProblem
		});
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
			onProblem,
			...relay && { relay }
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
				worker,
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
				runMark,
				workspace,
				store,
				redactor,
				reports: reportReader(workspace),
				now,
				signal: stop.signal,
				worktree
			});
			const end = await emitEnd(scope, stop.signal, relay?.settle);
			const sealed = {
				record: sink.record(),
				manifestSha256: manifest.sha256,
				dirs: [.../* @__PURE__ */ new Set([folder.dir, options.fallbackDir])],
				onProblem
			};
			const { evidence: found, unsealed } = relay === void 0 ? { evidence: await sealing.sealRun({
				...options,
				...sealed
			}) } : await relay.seal(sealed);
			if (found) await sink.emit(toFinalized(found, now()));
			if (unsealed) await sink.emit(toUnfinalized(unsealed, now()));
			return {
				kind: "finished",
				...end,
				runId,
				planHash,
				evidence: found,
				...unsealed && { unsealed },
				problems
			};
		} finally {
			stop.dispose();
			await relay?.close();
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
* @returns what seals: loaded before the first step, which may take this program's files away (`npm ci`, where it lies in
* node_modules)
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
	const sealing = await import("./seal-run-D5CQZqGc.js");
	for await (const draft of execute(stage)) await sink.emit(draft);
	const graceMs = stage.signal.aborted ? 0 : Math.min(now() - begun, limits.probeMs);
	const grace = setTimeout(() => probing.abort(), graceMs);
	await Promise.all([
		toolchain,
		materials,
		emitDiff(scope, stage.store, worktree)
	]);
	clearTimeout(grace);
	return sealing;
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