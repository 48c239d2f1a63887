import { t as makeProcessKind } from "./process-kind-BP66kicw.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { n as sleepUntil, t as makeDeadline } from "./deadline-gUi6DgNJ.js";
import { f as SpawnError } from "./sweep-CJo9hwSo.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { o as toVerdict } from "./step-output-km6joCmW.js";
import { n as RequestError, t as exchange } from "./exchange-sum3HLmc.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { connect } from "node:net";

// src/execution/service/line-watch.ts
/**
* Looks at each line of a step's redacted output, the last and unfinished one too, until one matches.
* @param pattern a safe pattern
*/
function makeLineWatch(pattern) {
	const expression = new RegExp(pattern);
	const matched = makeDeferred();
	const unfinished = {
		stdout: "",
		stderr: ""
	};
	let done = false;
	return {
		push(stream, text) {
			if (done) return;
			const lines = `${unfinished[stream]}${text}`.split(/\r?\n/);
			unfinished[stream] = (lines.at(-1) ?? "").slice(-16384);
			if (!lines.some((line) => expression.test(line))) return;
			done = true;
			matched.resolve(stream);
		},
		matched: matched.promise
	};
}

// src/execution/service/observation.ts
/**
* That a service was ready, and after how long. A line of its output is kept and so a basis; that an address answered was
* seen by Quoderat alone.
* @param stream where the line was that made it ready
*/
function toReadyObservation({ step, attempt, toArtifactId, redactValue }, ready, stream, afterMs) {
	const value = {
		ready_by: ready.by,
		target: toTarget(ready),
		ready_after_ms: afterMs
	};
	return {
		id: `${step.id}/${attempt}/service`,
		type: "service",
		summary: `ready after ${formatDuration(afterMs)}`,
		value: redactValue(value, "observations"),
		basis_artifact_ids: stream === null ? [] : [toArtifactId(stream)],
		informational: stream === null,
		parser: {
			name: "quoderat/service",
			version: "1"
		}
	};
}
/** null: nothing was looked at but that it had started. */
function toTarget(ready) {
	if (ready.by === "start") return null;
	if (ready.by === "http") return ready.url;
	return ready.by === "port" ? `port ${ready.port}` : ready.pattern;
}

// src/execution/service/verdict.ts
/**
* A service is a success when it was ready and ran until it was told to end, however it took that: exit code and signal
* are recorded as the system gave them. One that ends by itself has failed, whatever its exit code.
*/
function toServiceVerdict({ exit, endedBy }, { step, ready, isReady, problem }) {
	if (endedBy !== null && endedBy !== "over" && endedBy !== "not_ready") return toVerdict({
		exit,
		endedBy
	}, step);
	const facts = {
		exit_code: exit?.code ?? null,
		signal: exit?.signal ?? null,
		termination: exit === null ? "aborted" : exit.signal === null ? "exited" : "signaled"
	};
	if (endedBy === "over") return {
		...facts,
		status: "success",
		cause: null
	};
	if (endedBy === "not_ready") {
		const message = `was not ready after ${formatDuration(ready.by === "start" ? 0 : ready.timeout_ms)}: ${problem}`;
		return {
			...facts,
			status: "failed",
			cause: {
				code: "service_not_ready",
				message
			}
		};
	}
	const how = exit?.signal == null ? `exited with code ${exit?.code ?? "unknown"}` : `was ended by ${exit.signal}`;
	const when = isReady ? "while the run was still going on" : "before it was ready";
	return {
		...facts,
		status: "failed",
		cause: {
			code: "service_exited",
			message: `${how} ${when}`
		}
	};
}

// src/execution/service/wait-until-ready.ts
const TRY_MS = 2e3;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;
/**
* Asks a service until it is ready.
* @returns null when it is; else what came of the last time it was asked, also when `signal` ends the asking
*/
async function waitUntilReady(readiness, signal) {
	const deadline = performance.now() + readiness.timeout_ms;
	let problem;
	for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) try {
		var _usingCtx$2 = _usingCtx();
		const left = deadline - performance.now();
		if (left <= 0) break;
		const tryMs = Math.ceil(Math.min(left, TRY_MS));
		const tryDeadline = _usingCtx$2.u(makeDeadline(tryMs, signal));
		const last = await ask(readiness, tryDeadline.signal);
		if (last === null) return null;
		if (!tryDeadline.isLate()) problem = last;
		else if (problem === void 0 || tryMs === TRY_MS) problem = `${last} in ${formatDuration(tryMs)}`;
		await sleepUntil(Math.min(pause, Math.max(0, deadline - performance.now())), signal);
	} catch (_) {
		_usingCtx$2.e = _;
	} finally {
		_usingCtx$2.d();
	}
	return problem ?? "it was not asked";
}
/**
* Asks once. For http any status from 200 to 399 will do, and redirects are not followed.
* @returns null: it is ready; else why it is not
*/
async function ask(readiness, signal) {
	if (readiness.by === "port") return (await Promise.all(["127.0.0.1", "::1"].map((host) => isListening(host, readiness.port, signal)))).includes(true) ? null : `nothing listens on port ${readiness.port}`;
	try {
		const { status } = await exchange({
			...plainRequest,
			url: new URL(readiness.url),
			bodyBytes: 0,
			signal
		});
		return status >= 200 && status < 400 ? null : `${readiness.url} answers ${status}`;
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		return error.code === "stopped" ? `${readiness.url} did not answer` : error.message;
	}
}
const plainRequest = {
	method: "GET",
	headers: [],
	body: null,
	ca: null,
	verifyTls: false,
	allowLinkLocal: false
};
function isListening(host, port, signal) {
	return new Promise((resolve) => {
		const socket = connect({
			host,
			port
		});
		const finish = (listening) => {
			signal.removeEventListener("abort", onAbort);
			socket.destroy();
			resolve(listening);
		};
		const onAbort = () => finish(false);
		socket.once("connect", () => finish(true));
		socket.once("error", () => finish(false));
		if (signal.aborted) finish(false);
		else signal.addEventListener("abort", onAbort, { once: true });
	});
}

// src/execution/service/conduct.ts
/** How long something else that might have the service's port is given to show itself. */
const TAKEN_MS = 300;
/**
* A program that runs beside the steps. It is watched until it is ready, and told to end when nobody needs it any more; it
* is a success when it was ready and lived until then.
*/
function makeServiceConduct(context) {
	const { step, service, emit } = context;
	const ready = step.ready ?? { by: "start" };
	const lines = ready.by === "log" ? makeLineWatch(ready.pattern) : null;
	const ending = makeDeferred();
	const over = new AbortController();
	let problem = "";
	let watching = Promise.resolve();
	service.over.then(() => ending.resolve("over"));
	const watch = async () => {
		const start = performance.now();
		const outcome = await findReadiness(ready, lines?.matched ?? null, over.signal);
		if (over.signal.aborted) return;
		if ("problem" in outcome) {
			({problem} = outcome);
			ending.resolve("not_ready");
			return;
		}
		const observation = toReadyObservation(context, ready, outcome.stream, Math.round(performance.now() - start));
		emit({
			type: "observation_recorded",
			step_id: step.id,
			observation
		});
		service.tellReady();
	};
	return {
		limits: {
			timeoutMs: null,
			idleTimeoutMs: step.idle_timeout_ms
		},
		ending: ending.promise,
		onText: (stream, text) => lines?.push(stream, text),
		async prepare() {
			await assertNobodyElse(ready);
			return {};
		},
		onStarted() {
			watching = watch();
		},
		onOver: () => over.abort(),
		toVerdict: (result) => toServiceVerdict(result, {
			step,
			ready,
			isReady: service.isReady(),
			problem
		}),
		async capture() {
			await watching;
			return [];
		}
	};
}
async function findReadiness(ready, matched, signal) {
	if (ready.by === "start") return { stream: null };
	if (ready.by !== "log") {
		const problem = await waitUntilReady(ready, signal);
		return problem === null ? { stream: null } : { problem };
	}
	const late = makeDeferred();
	const giveUp = () => late.resolve({ problem: "no line of its output matched" });
	const timer = setTimeout(giveUp, ready.timeout_ms);
	signal.addEventListener("abort", giveUp, { once: true });
	const found = await Promise.race([late.promise, matched?.then((stream) => ({ stream })) ?? late.promise]);
	clearTimeout(timer);
	return found;
}
/**
* An old server on the same port would answer in the service's place, and be tested in its place.
* @throws SpawnError
*/
async function assertNobodyElse(ready) {
	try {
		var _usingCtx$1 = _usingCtx();
		if (ready.by !== "http" && ready.by !== "port") return;
		const port = ready.by === "port" ? ready.port : toLoopbackPort(ready.url);
		if (port === null) return;
		const deadline = _usingCtx$1.u(makeDeadline(TAKEN_MS));
		if (await ask({
			by: "port",
			port,
			timeout_ms: TAKEN_MS
		}, deadline.signal) === null) throw new SpawnError("port_taken", `something else listens on port ${port} of this machine already`);
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}
/** null: the address is not one of the machine itself. */
function toLoopbackPort(url) {
	const { hostname, port, protocol } = new URL(url);
	if (!/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) return null;
	return port === "" ? protocol === "https:" ? 443 : 80 : Number(port);
}

// src/execution/kinds/service.ts
/** A server that runs beside the other steps until they are over. */
const service = makeProcessKind({
	report: "warn",
	output: "warn"
}, makeServiceConduct);

export { service };