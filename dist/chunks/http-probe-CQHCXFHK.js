import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { t as makeDeferred } from "./deferred-Dk7JWwa0.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as sleepUntil, t as makeDeadline } from "./deadline-gUi6DgNJ.js";
import { n as RequestError, t as exchange } from "./exchange-sum3HLmc.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { n as selectJson, t as parseJsonPath } from "./json-path-C43KzWsK.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as openOutput, o as toVerdict, r as watch, t as keepOutput } from "./step-output-km6joCmW.js";
import { open } from "node:fs/promises";
import { join } from "node:path";

// src/execution/probe/secret-headers.ts
const names = /* @__PURE__ */ new Set([
	"set-cookie",
	"set-cookie2",
	"cookie",
	"authorization",
	"proxy-authorization",
	"authentication-info",
	"proxy-authentication-info",
	"x-amz-security-token"
]);
/** Whether a header's value lets its holder in, whatever it looks like. */
function isSecretHeader(name) {
	return names.has(name.toLowerCase());
}

// src/execution/probe/evidence.ts
const RULE = "http-header";
const MARKER = `[redacted:${RULE}]`;
/** Keeps an answer as it came over the wire, redacted. @returns its artifact */
async function keepResponse(context, { answer }) {
	const secret = answer.headers.filter(({ name }) => isSecretHeader(name));
	const lines = answer.headers.map((header) => `${header.name}: ${secret.includes(header) ? MARKER : header.value}`);
	const head = [
		`HTTP/${answer.httpVersion} ${answer.status} ${answer.statusText}`,
		...lines,
		"",
		""
	].join("\r\n");
	const captured = await context.store.captureBytes({
		id: context.toArtifactId("response"),
		kind: "response",
		name: "response.http",
		mediaType: "message/http",
		stepId: context.step.id,
		bytes: Buffer.concat([Buffer.from(head, "latin1"), answer.body]),
		redactor: context.redactor
	});
	const receipts = [...secret.length === 0 ? [] : [{
		rule_id: RULE,
		match_type: "pattern",
		match_count: secret.length
	}], ...captured.receipts];
	const artifact = {
		...captured.artifact,
		redaction: {
			class: "text",
			applied: receipts.length > 0
		},
		truncated: captured.artifact.truncated || answer.bodyCut
	};
	if (captured.problem !== null) context.warn("file_not_captured", `its response was not kept whole (${captured.problem})`);
	await context.announce({
		artifact,
		receipts
	}, artifact.name, "artifact");
	return artifact;
}
/** What the answer was, and whether it was as expected. */
function toHttpObservation(context, judged, response) {
	const { step, attempt } = context;
	const { answer, totalMs, expectations, requests } = judged;
	const { connection } = answer;
	const value = {
		method: answer.method,
		url: answer.url.href,
		status: answer.status,
		http_version: answer.httpVersion,
		remote_address: connection.remote.address,
		remote_port: connection.remote.port,
		timings: {
			dns_ms: connection.dnsMs === null ? null : Math.round(connection.dnsMs),
			connect_ms: Math.round(connection.connectMs),
			tls_ms: connection.tlsMs === null ? null : Math.round(connection.tlsMs),
			first_byte_ms: Math.round(answer.firstByteMs),
			total_ms: Math.round(totalMs)
		},
		tls: connection.tls,
		redirects: answer.redirects,
		body_bytes: answer.bodyLength,
		body_cut: answer.bodyCut,
		requests,
		expectations
	};
	return {
		id: `${step.id}/${attempt}/http`,
		type: "http",
		summary: context.redact(toSummary(judged), "observations"),
		value: context.redactValue(value, "observations"),
		basis_artifact_ids: [response.id],
		informational: false,
		parser: {
			name: "quoderat/http_probe",
			version: "1"
		}
	};
}
/** `200 in 84 ms, body matched`; what did not hold is named. */
function toSummary({ answer, totalMs, expectations, requests }) {
	const wrong = expectations.filter(({ holds }) => !holds);
	const matched = [...new Set(expectations.map(({ name }) => name.split(" ")[0] ?? name))].filter((kind) => kind === "header" || kind === "body");
	const outcome = wrong.length > 0 ? `, but ${wrong.map(({ message }) => message).join("; ")}` : matched.length === 0 ? "" : `, ${matched.map((kind) => kind === "header" ? "headers" : kind).join(" and ")} matched`;
	const tries = requests === 1 ? "" : ` (request ${requests})`;
	return `${answer.status} in ${formatDuration(Math.round(totalMs))}${outcome}${tries}`;
}

// src/execution/probe/expectations.ts
/** How much of a stranger's text is quoted. */
const QUOTED_CHARS = 80;
/**
* Holds an answer against everything that is expected of it. A body is UTF-8; of one that was cut, what was kept counts.
* @param totalMs all hops and the body included
* @param redact for what is quoted of the answer: once it is cut, half a secret would no longer be known
*/
function judge(answer, totalMs, expect, redact) {
	const text = expect.body.length === 0 && expect.json.length === 0 ? "" : answer.body.toString("utf8");
	return [
		judgeStatus(answer.status, expect.status),
		...expect.headers.map(({ name, test }) => judgeHeader(name, test, answer, redact)),
		...expect.body.map((test) => judgeBody(test, text, answer)),
		...judgeJson(expect.json, text, answer, redact),
		...expect.within_ms === null ? [] : [judgeTime(totalMs, expect.within_ms)]
	];
}
function judgeStatus(status, ranges) {
	const wanted = ranges.map(({ from, to }) => from === to ? String(from) : `${from} to ${to}`).join(" or ");
	const holds = ranges.some(({ from, to }) => status >= from && status <= to);
	return {
		name: "status",
		holds,
		message: holds ? `status ${status}` : `status ${status} in place of ${wanted}`
	};
}
function judgeHeader(name, test, { headers }, redact) {
	const values = headers.filter((header) => header.name.toLowerCase() === name.toLowerCase());
	const what = `header ${name}`;
	const [first] = values;
	if (first === void 0) return {
		name: what,
		holds: false,
		message: `there is no ${what}`
	};
	const holds = values.some(({ value }) => holdsFor(test, value));
	const found = holds || isSecretHeader(name) ? "" : `, but is ${quote(redact(first.value))}`;
	return {
		name: what,
		holds,
		message: `${what} ${toWords(test, holds)}${found}`
	};
}
function judgeBody(test, text, answer) {
	const holds = holdsFor(test, text);
	return {
		name: "body",
		holds,
		message: `body ${toWords(test, holds)}${holds ? "" : toLimit(answer)}`
	};
}
function judgeJson(tests, text, answer, redact) {
	if (tests.length === 0) return [];
	const parsed = answer.bodyCut ? null : parseJson(text);
	if (parsed === null) return [{
		name: "body",
		holds: false,
		message: `body is no JSON that can be read${toLimit(answer)}`
	}];
	return tests.map(({ path, equals }) => {
		const name = `body ${path}`;
		const found = selectJson(parsed.value, parseJsonPath(path) ?? []);
		if (found === void 0) return {
			name,
			holds: false,
			message: `body has no ${path}`
		};
		const [wanted, actual] = [toText(equals), toText(found)];
		const holds = wanted === actual;
		return {
			name,
			holds,
			message: `${name} is ${quote(redact(actual), "")}${holds ? "" : ` in place of ${quote(wanted, "")}`}`
		};
	});
}
function judgeTime(totalMs, withinMs) {
	const [took, limit] = [formatDuration(Math.round(totalMs)), formatDuration(withinMs)];
	const holds = totalMs <= withinMs;
	return {
		name: "within",
		holds,
		message: holds ? `in ${took}, within ${limit}` : `took ${took}, longer than ${limit}`
	};
}
function holdsFor(test, text) {
	if ("equals" in test) return text === test.equals;
	return "contains" in test ? text.includes(test.contains) : new RegExp(test.matches, "m").test(text);
}
function toWords(test, holds) {
	const [verb, object] = "equals" in test ? [holds ? "is" : "must be", quote(test.equals)] : "contains" in test ? [holds ? "contains" : "does not contain", quote(test.contains)] : [holds ? "matches" : "does not match", `/${test.matches.slice(0, QUOTED_CHARS)}/`];
	return `${verb} ${object}`;
}
/** Why a text might not have been found though it was sent. */
function toLimit({ bodyCut, body, headers }) {
	const encoding = headers.find(({ name }) => name.toLowerCase() === "content-encoding")?.value ?? "identity";
	if (encoding !== "identity") return ` (it came as ${quote(encoding)}, though it was asked for as it is)`;
	return bodyCut ? ` (of it the first ${body.length} bytes were looked at)` : "";
}
/** null: it is none. */
function parseJson(text) {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return null;
	}
}
/** One spelling for equal values. What has no canonical form (1e400 is infinite) equals nothing of a manifest. */
function toText(value) {
	try {
		return toCanonicalJson(value);
	} catch {
		return "a value without an exact form";
	}
}
function quote(text, mark = "\"") {
	return `${mark}${text.length <= QUOTED_CHARS ? text : `${text.slice(0, QUOTED_CHARS).toWellFormed()}...`}${mark}`;
}

// src/execution/http/follow.ts
const REDIRECTS = /* @__PURE__ */ new Set([
	301,
	302,
	303,
	307,
	308
]);
const CREDENTIALS = /* @__PURE__ */ new Set([
	"authorization",
	"proxy-authorization",
	"cookie"
]);
/**
* Sends a request and follows its redirects. Every hop is looked at like the first; once one has led to another origin no
* credential is sent any more, also not when a later one leads back. With `maxRedirects` 0 a redirect is an answer.
* @throws RequestError
*/
async function follow(options) {
	const { maxRedirects, secretHeaders } = options;
	const redirects = [];
	let hop = {
		...options,
		headers: [...options.headers, ...secretHeaders]
	};
	for (;;) {
		const answer = await exchange(hop);
		const location = answer.headers.find(({ name }) => name.toLowerCase() === "location")?.value;
		if (maxRedirects === 0 || !REDIRECTS.has(answer.status) || location === void 0) return {
			...answer,
			redirects
		};
		if (redirects.length === maxRedirects) throw new RequestError("too_many_redirects", `it redirects more than ${maxRedirects} times`);
		redirects.push({
			status: answer.status,
			url: answer.url.href
		});
		hop = toNextHop(hop, answer.status, location, secretHeaders);
	}
}
/** RFC 9110, section 15.4, with the change of method that all browsers make (Fetch standard, HTTP-redirect fetch). */
function toNextHop(hop, status, location, secretHeaders) {
	const url = URL.canParse(location, hop.url.href) ? new URL(location, hop.url.href) : null;
	if (url === null || url.protocol !== "http:" && url.protocol !== "https:") throw new RequestError("bad_redirect", `${hop.url.host} redirects to something that is no http or https address`);
	const dropsBody = status === 303 && hop.method !== "GET" && hop.method !== "HEAD" || status <= 302 && hop.method === "POST";
	const isForeign = url.origin !== hop.url.origin;
	const headers = hop.headers.filter((header) => {
		const name = header.name.toLowerCase();
		if (isForeign && (name === "host" || CREDENTIALS.has(name) || secretHeaders.includes(header))) return false;
		return !dropsBody || !name.startsWith("content-");
	});
	url.username = "";
	url.password = "";
	return {
		...hop,
		url,
		headers,
		...dropsBody && {
			method: "GET",
			body: null
		}
	};
}

// src/execution/probe/send.ts
/** @throws RequestError `not_sendable` when a variable or a file that the request needs is not there */
async function makeSend(context, { request }) {
	const secretHeaders = request.headers_from_env.map((header) => toSecretHeader(header, context));
	const ca = request.ca === null ? null : await readCertificates(context.workspace, request.ca);
	const options = {
		url: new URL(request.url),
		method: request.method,
		headers: request.headers,
		secretHeaders,
		body: request.body,
		ca,
		verifyTls: request.verify_tls,
		allowLinkLocal: request.allow_link_local,
		maxRedirects: request.max_redirects,
		bodyBytes: limits.probeKeptBytes
	};
	return async (signal) => {
		const start = performance.now();
		return {
			answer: await follow({
				...options,
				signal
			}),
			totalMs: performance.now() - start
		};
	};
}
function toSecretHeader({ name, env, prefix }, { environments, runnerEnv, step }) {
	const value = environments[step.id]?.[env] ?? runnerEnv[env];
	if (value === void 0) throw new RequestError("not_sendable", `the variable ${env}, which the header ${name} is taken from, is not set`);
	if (!/^[\t\x20-\x7e]+$/.test(value)) throw new RequestError("not_sendable", `the value of ${env} is empty, or not one line of printable ASCII, and so no header`);
	return {
		name,
		value: `${prefix}${value}`
	};
}
async function readCertificates(workspace, path) {
	try {
		try {
			var _usingCtx$2 = _usingCtx();
			const { bytesRead, buffer } = await _usingCtx$2.a(await open(join(workspace, path))).read(Buffer.alloc(limits.certificateBytes), 0, limits.certificateBytes, 0);
			const text = buffer.toString("latin1", 0, bytesRead);
			if (!text.includes("-----BEGIN CERTIFICATE-----")) throw new Error("no certificate in PEM");
			return text;
		} catch (_) {
			_usingCtx$2.e = _;
		} finally {
			await _usingCtx$2.d();
		}
	} catch (error) {
		throw new RequestError("not_sendable", `its ca ${path} is no readable PEM file in the workspace`, { cause: error });
	}
}

// src/execution/kinds/http-probe.ts
/** Between two requests of a probe that asks again. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1e3;
/** Asks a server over HTTP and judges the answer. No process runs: what it does is told in a transcript of its own. */
const httpProbe = async (context) => {
	const { step, attempt, now } = context;
	if (step.probe === void 0) throw new Error(`step ${step.id} says nothing to ask`);
	const startedAt = now();
	const start = performance.now();
	const transcript = openOutput(context, "stdout", () => {});
	const tell = async (line) => {
		await transcript.sink(Buffer.from(`${line}\n`));
	};
	const { verdict, last } = await ask(context, step.probe, tell);
	const run_ms = Math.round(performance.now() - start);
	if (last !== null) {
		const response = await keepResponse(context, last);
		const observation = toHttpObservation(context, last, response);
		await context.emit({
			type: "observation_recorded",
			step_id: step.id,
			observation
		});
	}
	const output_complete = await keepOutput(context, "stdout", transcript);
	const { cause, ...facts } = verdict;
	const duration_ms = Math.round(performance.now() - start);
	return {
		attempt,
		...facts,
		...cause && { cause: {
			...cause,
			message: context.redact(cause.message, "cause/message")
		} },
		started_at: toTimestamp(startedAt),
		finished_at: toTimestamp(now()),
		duration_ms,
		phases: {
			spawn_ms: 0,
			run_ms,
			terminate_ms: 0,
			drain_ms: 0,
			capture_ms: duration_ms - run_ms
		},
		stdout_artifact_id: context.toArtifactId("stdout"),
		stderr_artifact_id: null,
		report_artifact_ids: [],
		output_artifact_ids: last === null ? [] : [context.toArtifactId("response")],
		output_complete,
		survivors_killed: 0
	};
};
/** Asks once, or until the answer is as expected; the step's timeout and the run's end come first. */
async function ask(context, probe, tell) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { step, stop, warn } = context;
		const ended = new AbortController();
		const endedBy = makeDeferred();
		const activity = {
			lastAt: () => performance.now(),
			isBlocked: () => false
		};
		const end = (reason) => {
			if (reason === "over" || reason === "not_ready") return;
			endedBy.resolve(reason);
			ended.abort();
		};
		_usingCtx$1.u(watch({
			timeoutMs: step.timeout_ms,
			idleTimeoutMs: null,
			activity,
			stop,
			warn,
			end
		}));
		const found = await askUntil(context, probe, ended.signal, tell);
		if (!ended.signal.aborted || found.verdict.status === "success") return found;
		return {
			...found,
			verdict: toVerdict({
				exit: null,
				endedBy: await endedBy.promise
			}, step)
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}
async function askUntil(context, probe, signal, tell) {
	const deadline = performance.now() + (probe.until_ms ?? 0);
	let send;
	try {
		send = await makeSend(context, probe);
	} catch (error) {
		return {
			verdict: toFailure(error),
			last: null
		};
	}
	let last = null;
	const { method, url } = probe.request;
	await tell(`${method} ${url}`);
	for (let requests = 1, pause = FIRST_PAUSE_MS;; requests += 1, pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		const result = await askOnce({
			send,
			probe,
			signal,
			requests,
			redact: (text) => context.redact(text, "observations")
		});
		if ("judged" in result) last = result.judged;
		await tell("judged" in result ? toSummary(result.judged) : result.words);
		const left = deadline - performance.now();
		const { verdict } = result;
		if (verdict.status === "success" || result.isFinal || left <= 0 || signal.aborted) return {
			verdict,
			last
		};
		await sleepUntil(Math.min(pause, left), signal);
		if (signal.aborted) return {
			verdict,
			last
		};
	}
}
async function askOnce({ send, probe, signal, requests, redact }) {
	try {
		var _usingCtx3 = _usingCtx();
		const { timeout_ms: timeoutMs } = probe.request;
		const deadline = _usingCtx3.u(makeDeadline(timeoutMs, signal));
		try {
			const { answer, totalMs } = await send(deadline.signal);
			const expectations = judge(answer, totalMs, probe.expect, redact);
			return {
				verdict: toJudgement(expectations),
				isFinal: false,
				judged: {
					answer,
					totalMs,
					expectations,
					requests
				}
			};
		} catch (error) {
			const verdict = toFailure(error, deadline.isLate() ? timeoutMs : void 0);
			return {
				verdict,
				isFinal: verdict.cause?.code === "address_refused",
				words: verdict.cause?.message ?? ""
			};
		}
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		_usingCtx3.d();
	}
}
const facts = {
	exit_code: null,
	signal: null,
	termination: "completed"
};
function toJudgement(expectations) {
	const wrong = expectations.filter(({ holds }) => !holds);
	if (wrong.length === 0) return {
		...facts,
		status: "success",
		cause: null
	};
	const message = wrong.map((expectation) => expectation.message).join("; ");
	return {
		...facts,
		status: "failed",
		cause: {
			code: "expectation_failed",
			message
		}
	};
}
/** @param timeoutMs given when the request was ended for that */
function toFailure(error, timeoutMs) {
	if (!(error instanceof RequestError)) throw error;
	const code = error.code === "address_refused" ? "address_refused" : "request_failed";
	const message = error.code === "stopped" && timeoutMs !== void 0 ? `no whole answer within ${formatDuration(timeoutMs)}` : error.message;
	return {
		...facts,
		status: "failed",
		cause: {
			code,
			message
		}
	};
}

export { httpProbe };