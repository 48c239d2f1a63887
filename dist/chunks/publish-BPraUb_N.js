import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { a as info, d as warning, o as notice, r as error } from "./core-MS2wMUn3.js";
import { i as appendJobSummary, n as uploadEvidence, t as toArtifactUrl } from "./upload-evidence-DrbzXErW.js";
import { n as toErrorCode, r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { i as toPublishError, n as PublishError, r as toCleanLine, t as setOutputs } from "./outputs-BLZOYDlN.js";
import { r as saveState } from "./state-BpeZ9zWn.js";
import { i as toGraphemes, n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { A as unknown, D as string, b as int, g as array, k as union, w as object } from "./primitives-B201jKT5.js";
import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { i as readIdentityToken, n as hasIdentityToken } from "./identity-token-BPBjLi83.js";
import { E as isOfBase, f as toTestName, u as toFacts, v as groupBy } from "./summary-qlegcPMJ.js";
import { p as defuseCodeLine } from "./tree-DXwFO1HV.js";
import { n as convergeComment, r as toAnnotationPath, t as toShownSigning } from "./shown-signing-CoBBeFmT.js";
import { n as signEvidence, t as readSigned } from "./sign-evidence-0fL80Jw2.js";
import { appendFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { setTimeout } from "node:timers/promises";

// src/publish/github/target.ts
/**
* The facts of the job that this is, from the variables that the runner sets and the subject of the envelope.
* Source: docs.github.com, "Variables reference".
*/
function toTargetFacts(env, subject) {
	const { git, meta } = subject;
	const server = env["GITHUB_SERVER_URL"] || "https://github.com";
	const apiUrl = env["GITHUB_API_URL"] || "https://api.github.com";
	const matrix = meta["matrix"];
	const workflow = env["GITHUB_WORKFLOW_REF"] ?? "";
	return {
		apiUrl,
		graphqlUrl: env["GITHUB_GRAPHQL_URL"] ?? "",
		serverUrl: server.replace(/\/+$/, ""),
		repository: /^[\w.-]{1,100}\/[\w.-]{1,100}$/.exec(env["GITHUB_REPOSITORY"] ?? "")?.[0],
		event: env["GITHUB_EVENT_NAME"] ?? "",
		actor: env["GITHUB_ACTOR"] ?? "",
		sha: git?.head_sha ?? parseSha(env["GITHUB_SHA"]) ?? git?.commit_sha,
		pullRequest: toCount(meta["pr_number"]) || void 0,
		isFork: meta["pr_from_fork"] === true,
		isOfBase: isOfBase(subject),
		runId: /^\d{1,20}$/.exec(env["GITHUB_RUN_ID"] ?? "")?.[0] ?? "",
		runNumber: toCount(env["GITHUB_RUN_NUMBER"]),
		attempt: toCount(env["GITHUB_RUN_ATTEMPT"]) || 1,
		workflow: /^[^/]*\/[^/]*\/([^@]{1,500})@/.exec(workflow)?.[1] ?? env["GITHUB_WORKFLOW"] ?? "",
		job: env["GITHUB_JOB"] ?? "",
		action: env["GITHUB_ACTION"] ?? "",
		matrix: typeof matrix === "object" ? matrix : {}
	};
}
/**
* Each event degrades to the job summary and the artifact, which need no token.
* Source: docs.github.com, "Events that trigger workflows", "Automatic token authentication".
*/
function toTarget(facts, isForced) {
	const { repository } = facts;
	if (repository === void 0) {
		const nowhere = {
			missing: "GITHUB_REPOSITORY is not set",
			isUsual: false
		};
		return {
			repository: "",
			check: nowhere,
			comment: nowhere
		};
	}
	return {
		repository,
		check: toCheckPlace(facts, isForced.check),
		comment: toCommentPlace(facts, isForced.comment)
	};
}
/** The leg in words: `ubuntu · 24`; empty outside of a matrix. */
function toLegLabel({ matrix }) {
	return Object.values(matrix).join(" · ").replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
}
/** The same for a job and leg in each run and attempt of a workflow. */
function toLegKey({ workflow, job, matrix, action }) {
	const values = Object.entries(matrix).toSorted(([a], [b]) => a < b ? -1 : 1);
	return sha256(JSON.stringify([
		workflow,
		job,
		values,
		action
	])).slice(0, 12);
}
/** The page of the run, in the attempt that this is. */
function toRunUrl({ serverUrl, repository, runId, attempt }) {
	if (repository === void 0 || runId === "") return void 0;
	return `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${attempt}`;
}
/** A repository can be set to give pull requests of forks a token that writes, so who insists is not stopped by this. */
const forkPlace = {
	missing: "the token of a pull request from a fork may only read",
	isUsual: false
};
/** pull_request_target and workflow_run are run with the token of the repository itself. */
function isOfFork({ event, isFork }) {
	return isFork && event.startsWith("pull_request") && event !== "pull_request_target";
}
function toCheckPlace(facts, isForced) {
	if (facts.sha === void 0) return {
		missing: "no commit is known",
		isUsual: false
	};
	if (isForced) return { at: facts.sha };
	if (facts.isOfBase) return {
		missing: "the pull request's own commit was not checked out",
		isUsual: false
	};
	return isOfFork(facts) ? forkPlace : { at: facts.sha };
}
function toCommentPlace(facts, isForced) {
	const { pullRequest, noPullRequest } = facts;
	if (pullRequest === void 0) return noPullRequest ?? {
		missing: "this run belongs to no pull request",
		isUsual: true
	};
	return isOfFork(facts) && !isForced ? forkPlace : { at: pullRequest };
}
function parseSha(text) {
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.exec(text ?? "")?.[0];
}
function toCount(value) {
	return /^\d{1,15}$/.test(String(value)) ? Number(value) : 0;
}

// src/render/annotation-text.ts
const maxLines = 60;
/**
* Text of unknown origin as plain text for an annotation: each line inert, and none a command to a runner that prints
* it. At most `length` UTF-16 units, so at most three times as many bytes, cut between user-perceived characters.
*/
function toAnnotationText(text, length, lines = maxLines) {
	const start = text.slice(0, length * 8);
	return cut((lines === 1 ? [start] : start.split(/\r\n|[\n\r]/).slice(0, lines)).map((row) => defuseCodeLine(toInertLine(row.replaceAll("	", "  "), length)).trimEnd()).join("\n").trimEnd(), length);
}
function cut(text, length) {
	if (text.length <= length) return text;
	let kept = "";
	for (const { segment } of toGraphemes(text)) {
		if (kept.length + segment.length > length - 1) break;
		kept += segment;
	}
	return `${kept}…`;
}

// src/render/annotations.ts
const defaultMost = 1e3;
/** GitHub: "The title that represents the annotation. The maximum size is 255 characters"; messages to 64 KB, and to 4,096 characters from a runner. */
const lengths = {
	title: 255,
	message: 4e3
};
/** Lines are 32-bit numbers to GitHub, and begin at 1. */
const lastLine = 2 ** 31 - 1;
/**
* Failing tests, findings and failed steps as annotations, worst first, each once however many reports tell it. What has
* no place of its own is put at the manifest. `leftOut` counts what is told by nobody: over the cap, outside of the
* repository, or not named in the envelope.
*/
function toAnnotations(envelope, options = {}) {
	const facts = toFacts(envelope, void 0);
	const drafts = [...toTestDrafts(facts), ...toFindingDrafts(facts)];
	const told = new Set(drafts.filter(({ level }) => level !== "notice").flatMap(({ step }) => step ?? []));
	const steps = options.hasSteps === false ? [] : toStepDrafts(envelope, told);
	const placed = [...drafts, ...steps].toSorted((a, b) => a.rank - b.rank).map((draft) => toPlaced(draft, facts, options));
	const found = placed.filter((annotation) => annotation !== void 0);
	const unique = [...groupBy(found, toKey).values()].flatMap(([first]) => first ?? []);
	const kept = unique.slice(0, options.most ?? defaultMost);
	return {
		annotations: kept.map(({ isPlaced: _isPlaced, ...annotation }) => annotation),
		leftOut: unique.length - kept.length + (placed.length - found.length) + toUnnamed(facts)
	};
}
function toTestDrafts({ tests, steps }) {
	return tests.flatMap((reading) => {
		const { step, isAllowed } = toStep(reading, steps);
		const level = isAllowed ? "warning" : "failure";
		const draft = (title, message, found) => ({
			rank: isAllowed ? 4 : 1,
			level,
			step: step?.id,
			file: found?.file,
			line: found?.line,
			title,
			message
		});
		const failed = reading.value.cases.filter(({ status }) => status === "failed");
		return [...reading.value.problems.map(({ where, message }) => draft(`Tests: ${where}`, message)), ...failed.map((found) => draft(`Test failed: ${toTestName(found)}`, found.message ?? "", found))];
	});
}
const levels = {
	error: "failure",
	warning: "warning",
	note: "notice",
	none: "notice"
};
/** An error that no step failed over is a warning: a check that passed has no failures in it. */
function toFindingDrafts({ findings, steps }) {
	return findings.flatMap((reading) => {
		const { step, isAllowed } = toStep(reading, steps);
		const hasFailed = step !== void 0 && isFailure(step) && !isAllowed;
		return reading.value.results.map((found) => {
			const level = levels[found.level] === "failure" && !hasFailed ? "warning" : levels[found.level];
			return {
				rank: {
					failure: 2,
					warning: found.level === "error" ? 4 : 5,
					notice: 6
				}[level],
				level,
				step: step?.id,
				file: found.uri,
				line: found.start_line,
				title: found.rule_id === "" ? "Finding" : found.rule_id,
				message: found.message
			};
		});
	});
}
/** A step of which nothing else tells why it failed comes first. */
function toStepDrafts({ execution }, told) {
	return execution.steps.filter((step) => isFailure(step) || step.status === "aborted").map((step) => {
		const isHard = isFailure(step) && !step.continue_on_error;
		const first = isHard ? 0 : 4;
		return {
			rank: told.has(step.id) ? first + 3 : first,
			level: isHard ? "failure" : "warning",
			step: step.id,
			file: void 0,
			line: void 0,
			title: `Step ${toStepWord(step).word}: ${step.id}`,
			message: toReason(step)
		};
	});
}
function toStep({ stepIds }, steps) {
	const step = steps.get(stepIds[0] ?? "");
	return {
		step,
		isAllowed: step?.continue_on_error === true
	};
}
function toPlaced({ file, line, level, title, message, step }, { envelope, steps }, options) {
	const isPlaced = file !== void 0 && file !== "";
	const path = isPlaced ? toAnnotationPath(file, steps.get(step ?? "")?.cwd ?? ".", options) : toAnnotationPath(envelope.plan.manifest_path, ".", options);
	if (path === void 0) return void 0;
	const at = isPlaced ? Math.min(lastLine, Math.max(1, line ?? 1)) : 1;
	const shownTitle = toAnnotationText(title, lengths.title, 1);
	return {
		path,
		start_line: at,
		end_line: at,
		level,
		title: shownTitle,
		message: toAnnotationText(message, lengths.message) || shownTitle,
		isPlaced
	};
}
/** Several reports may name one thing differently; where nothing has a place of its own, the name is all that differs. */
function toKey({ path, start_line: line, message, title, isPlaced }) {
	return JSON.stringify([
		path,
		line,
		message,
		...isPlaced ? [] : [title]
	]);
}
/** Failures and findings that the envelope counts without naming them. */
function toUnnamed({ tests, findings }) {
	return [...tests.map(({ value }) => Math.max(0, value.failed - value.cases.filter(({ status }) => status === "failed").length) + value.problems_left_out), ...findings.map(({ value }) => value.results_left_out)].reduce((sum, count) => sum + count, 0);
}

// src/publish/github/annotation.ts
const LEVELS = [
	"failure",
	"warning",
	"notice"
];
/** The runner cuts messages at 4,096 characters; the API takes 64 KiB, and titles of 255 characters. */
const MESSAGE_LENGTH = 4e3;
const TITLE_LENGTH = 200;
const PATH_LENGTH = 1e3;
/** Lines and columns are 32-bit numbers to GitHub. */
const MOST = 2 ** 31 - 1;
/**
* What GitHub will take: a path inside the repository, whole numbers in order, texts of bounded length without control
* characters; each once, failures first. One that is wrong would have GitHub refuse all that come with it.
*/
function toFitAnnotations(annotations) {
	const seen = /* @__PURE__ */ new Set();
	const fit = annotations.flatMap((annotation) => {
		const one = toFit(annotation);
		const key = JSON.stringify(one);
		if (one === void 0 || seen.has(key)) return [];
		seen.add(key);
		return [one];
	});
	return LEVELS.flatMap((level) => fit.filter((annotation) => annotation.level === level));
}
function toFit(annotation) {
	const path = annotation.path.replace(/^(?:\.\/)+/, "");
	const parts = path.split("/");
	const isInside = path.length <= PATH_LENGTH && !/[\p{Cc}\\]|^[a-z]:/iu.test(path) && !parts.some(isOutside);
	const message = toText(annotation.message, MESSAGE_LENGTH).replace(/^\s+$/, "");
	if (!isInside || !isPlace(annotation.start_line)) return void 0;
	const { level, start_line, start_column: from, end_column: to } = annotation;
	const end_line = isPlace(annotation.end_line) && annotation.end_line >= start_line ? annotation.end_line : start_line;
	const hasColumns = end_line === start_line && isPlace(from) && isPlace(to ?? from) && (to ?? from) >= from;
	const title = toText(annotation.title, TITLE_LENGTH).replaceAll(/\s+/g, " ").trim();
	return {
		path,
		start_line,
		end_line,
		...hasColumns && {
			start_column: from,
			end_column: to ?? from
		},
		level,
		title,
		message: message || title || "no message"
	};
}
function isOutside(part) {
	return part === "" || part === "." || part === "..";
}
function isPlace(value) {
	return Number.isInteger(value) && value !== void 0 && value >= 1 && value <= MOST;
}
/** Line breaks and tabs stay, other controls go; cut between characters. */
function toText(text, length) {
	const clean = text.slice(0, length + 1).toWellFormed().replaceAll("\r\n", "\n").replaceAll(/(?![\n\t])\p{Cc}/gu, "�");
	return clean.length > length ? `${clean.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…` : clean;
}

// src/publish/github/annotations.ts
const write = {
	failure: error,
	warning,
	notice
};
/**
* Annotations by way of the runner's log, for a token that may write no check run. The runner shows ten of a sort and
* step; more would be in the log only, where nobody looks for them. Gives back how many were written.
*/
function writeRunnerAnnotations(annotations) {
	const shown = toFitAnnotations(annotations).slice(0, limits.runnerAnnotations);
	for (const { level, message, title, path: file, ...place } of shown) write[level](message, {
		...title !== "" && { title },
		file,
		startLine: place.start_line,
		endLine: place.end_line,
		...place.start_column !== void 0 && {
			startColumn: place.start_column,
			endColumn: place.end_column
		}
	});
	return shown.length;
}

// src/publish/github/refusal.ts
/** GitHub asks for a minute where it names no time ("Rate limits for the REST API", secondary limits). */
const SECONDARY_WAIT_MS = 6e4;
/**
* An answer that is no success.
* @param what the request in words: `create the check run`
* @param now milliseconds since the epoch
*/
function toRefusal(answer, what, now) {
	const { status } = answer;
	const words = toWords$1(answer.body);
	const text = `GitHub would not ${what}: ${words === "" ? `status ${status}` : `${words} (${status})`}`;
	const final = (code) => ({
		error: new PublishError(code, text),
		effect: "final",
		waitMs: void 0
	});
	if (isRateLimit(answer, words)) return {
		error: new PublishError("rate_limited", text),
		effect: "unsent",
		waitMs: toWait(answer, now)
	};
	if (status >= 500) return {
		error: new PublishError("failed", text),
		effect: "unknown",
		waitMs: toWait(answer, now)
	};
	if (status === 403) return final("read_only");
	if (status === 404 || status === 410) return final("not_found");
	if (status === 409) return final("conflict");
	if (status === 413 || status === 422 && /too (?:long|large|big)|maximum|exceed/i.test(words)) return final("too_long");
	return final("failed");
}
const UNSENT = /* @__PURE__ */ new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"EHOSTUNREACH",
	"ENETUNREACH"
]);
/** A request that had no answer. */
function toLostRefusal(error, what, isTimeout) {
	if (error instanceof PublishError) return {
		error,
		effect: "final",
		waitMs: void 0
	};
	if (isTimeout) return {
		error: new PublishError("timeout", `GitHub did not answer in time when asked to ${what}`),
		effect: "unknown",
		waitMs: void 0
	};
	const code = toErrorCode(error);
	const reason = toCleanLine(toMessage(error)) || code || "unknown error";
	return {
		error: new PublishError("failed", `GitHub could not be asked to ${what}: ${reason}`),
		effect: code !== void 0 && (UNSENT.has(code) || code === "UND_ERR_CONNECT_TIMEOUT") ? "unsent" : "unknown",
		waitMs: void 0
	};
}
function isRateLimit({ status, header }, words) {
	if (status === 429) return true;
	if (status !== 403) return false;
	return header("retry-after") !== void 0 || header("x-ratelimit-remaining") === "0" || /rate limit|abuse/i.test(words);
}
function toWait({ status, header }, now) {
	const after = header("retry-after")?.trim();
	if (after !== void 0 && /^\d{1,9}$/.test(after)) return Number(after) * 1e3;
	const date = after === void 0 ? NaN : Date.parse(after);
	if (!Number.isNaN(date)) return Math.max(0, date - now);
	if (status >= 500) return void 0;
	const reset = header("x-ratelimit-reset");
	if (header("x-ratelimit-remaining") === "0" && reset !== void 0 && /^\d{1,12}$/.test(reset)) return Math.max(0, Number(reset) * 1e3 - now) + 1e3;
	return SECONDARY_WAIT_MS;
}
/** `message` and `errors[].message` of GitHub's error documents. */
function toWords$1(body) {
	const errors = read(body, "errors");
	const more = Array.isArray(errors) ? errors.map((entry) => read(entry, "message") ?? entry) : [];
	const words = [read(body, "message"), ...more].filter((word) => typeof word === "string");
	return toCleanLine(words.join("; ")).slice(0, 300);
}
function read(value, name) {
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : void 0;
}

// src/publish/github/transport.ts
/**
* One connection to the API, through the proxy that the environment names.
*
* Not through Octokit: `@actions/github` reads the environment and parses the event file when it is imported, takes
* answers of any length, and would be loaded with some thousand endpoints for the sake of nine.
*/
async function makeTransport(apiUrl, env) {
	const { EnvHttpProxyAgent, request } = await import("./undici-DFAgIhTj.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const proxy = toProxy(apiUrl, env);
	const dispatcher = new EnvHttpProxyAgent({
		httpProxy: proxy,
		httpsProxy: proxy,
		noProxy: [
			env["no_proxy"] ?? env["NO_PROXY"] ?? "",
			"localhost",
			"127.0.0.1",
			"[::1]"
		].join(","),
		connect: { timeout: limits.githubRequestMs }
	});
	return {
		async send({ method, url, headers, body, signal }) {
			const answer = await request(url, {
				method,
				headers,
				body: body ?? null,
				signal,
				dispatcher
			});
			const toTooLarge = () => new PublishError("failed", "the answer of GitHub is too large");
			const text = (await collectBytes(answer.body, limits.githubAnswerBytes, toTooLarge)).toString();
			return {
				status: answer.statusCode,
				header: (name) => toOne(answer.headers[name]),
				body: parseJson(text)
			};
		},
		close: () => dispatcher.destroy()
	};
}
/** As curl and the runner read them: lower case first, and no proxy for https but the one that is named for it. */
function toProxy({ protocol }, env) {
	const found = (protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"]).map((name) => env[name]?.trim()).find((value) => value) ?? "";
	const url = found === "" || found.includes("://") ? found : `http://${found}`;
	return URL.canParse(url) ? url : "";
}
/** A proxy or a gateway in trouble answers with HTML. */
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function toOne(value) {
	return Array.isArray(value) ? value[0] : value;
}

// src/publish/github/api.ts
/** @throws PublishError when address or token can't be what they should */
async function makeGithubApi(options) {
	const base = parseBase(options.apiUrl);
	if (!/^[\u0021-\u007E]{1,4096}$/.test(options.token)) throw new PublishError("failed", "the GitHub token is empty or no token");
	const transport = await makeTransport(base, options.env);
	const attempt = (call) => send(call, base, transport, options);
	const ask = async (call) => {
		for (let tries = 1;; tries += 1) {
			const result = await attempt(call);
			if ("status" in result) return result;
			if (call.method === "DELETE" && result.error.code === "not_found") return {
				status: 204,
				header: () => void 0,
				body: void 0
			};
			await pauseOrThrow(result, tries, options);
		}
	};
	return {
		now: options.now,
		sleep: options.sleep,
		random: options.random,
		giveUp: options.giveUp,
		ask: async (call, schema) => parse(await ask(call), schema, call),
		async create(call, schema, find) {
			for (let tries = 1;; tries += 1) {
				const result = await attempt(call);
				if ("status" in result) return parse(result, schema, call);
				try {
					await pauseOrThrow(result, tries, options);
				} catch (error) {
					const found = result.effect === "unknown" ? await find().catch(() => void 0) : void 0;
					if (found !== void 0) return found;
					throw error;
				}
				if (result.effect !== "unknown") continue;
				const found = await find().catch(() => {
					throw result.error;
				});
				if (found !== void 0) return found;
			}
		},
		async *pages(call, schema) {
			for (let page = 1; page <= limits.githubPages; page += 1) {
				const mark = call.path.includes("?") ? "&" : "?";
				const answer = await ask({
					...call,
					path: `${call.path}${mark}per_page=100&page=${page}`
				});
				yield parse(answer, schema, call);
				if (!(Array.isArray(answer.body) && answer.body.length >= 100) && !/rel="next"/.test(answer.header("link") ?? "")) return;
			}
			throw new PublishError("failed", `GitHub would not ${call.what}: the list has no end`);
		},
		close: transport.close
	};
}
/** `https://api.github.com`, `https://github.acme.example/api/v3`, `https://api.acme.ghe.com`. */
function parseBase(apiUrl) {
	const url = URL.canParse(apiUrl) ? new URL(apiUrl) : void 0;
	if (url === void 0 || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "") throw new PublishError("failed", "GITHUB_API_URL is no web address");
	return url;
}
/** One request, followed to where GitHub moved what it asks for: a repository that was renamed. */
async function send(call, base, { send }, options) {
	const made = typeof call.body === "function" ? await call.body() : call.body;
	const body = made === void 0 ? void 0 : JSON.stringify(made);
	let url = call.isGraphql ? toGraphql(options.graphqlUrl, base) : new URL(base.origin + toPrefix(base) + call.path);
	const timeout = AbortSignal.timeout(call.timeoutMs ?? limits.githubRequestMs);
	const signal = AbortSignal.any([options.giveUp, timeout]);
	const headers = toHeaders(options.token, body !== void 0);
	for (let hops = 0;; hops += 1) {
		if (options.giveUp.aborted) return giveUpOn(call);
		try {
			const answer = await send({
				method: call.method,
				url,
				headers,
				body,
				signal
			});
			const next = hops < 3 ? toRedirect(answer, url) : void 0;
			if (next === void 0) return answer.status >= 200 && answer.status < 300 ? answer : toRefusal(answer, call.what, options.now());
			url = next;
		} catch (error) {
			return options.giveUp.aborted ? giveUpOn(call) : toLostRefusal(error, call.what, timeout.aborted);
		}
	}
}
/** GitHub Enterprise Server has `/api/graphql` beside `/api/v3`. The token goes to no other server. */
function toGraphql(graphqlUrl, base) {
	const named = URL.canParse(graphqlUrl) ? new URL(graphqlUrl) : void 0;
	return named?.origin === base.origin ? named : new URL(`${base.origin}${toPrefix(base)}/graphql`);
}
function toPrefix(base) {
	return base.pathname.replace(/\/+$/, "");
}
function giveUpOn({ what }) {
	return toLostRefusal(void 0, what, true);
}
/** The token goes to no other server. */
function toRedirect({ status, header }, from) {
	const location = header("location") ?? "";
	if (![
		301,
		302,
		307,
		308
	].includes(status) || !URL.canParse(location, from.href)) return void 0;
	const to = new URL(location, from);
	return to.origin === from.origin ? to : void 0;
}
function toHeaders(token, hasBody) {
	return {
		accept: "application/vnd.github+json",
		authorization: `Bearer ${token}`,
		"user-agent": "quoderat",
		"x-github-api-version": "2022-11-28",
		...hasBody && { "content-type": "application/json" }
	};
}
/** Waits before the next try, or throws when there is none: it would be in vain, too often or too late. */
async function pauseOrThrow({ error, effect, waitMs }, tries, options) {
	const { giveUp, deadline, now, random, sleep } = options;
	if (effect === "final" || giveUp.aborted || tries >= limits.githubTries) throw error;
	const pause = Math.max(waitMs ?? 0, limits.githubPauseMs * 2 ** (tries - 1) * (.5 + random()));
	if (now() + pause >= deadline) throw error;
	await sleep(pause, giveUp);
	if (giveUp.aborted) throw error;
}
function parse(answer, schema, { what }) {
	const result = schema.safeParse(answer.body);
	if (result.success) return result.data;
	throw new PublishError("failed", `GitHub was asked to ${what} and answered with something else`);
}

// src/publish/github/check.ts
const checkRun = object({
	id: int(),
	html_url: string().nullish(),
	external_id: string().nullish(),
	output: object({ annotations_count: int().nullish() }).nullish()
});
const checkRuns = object({ check_runs: array(checkRun) });
/**
* Writes a finished check run. It is made finished at once, with the gravest annotations: one that is never finished
* would keep a pull request waiting for 14 days.
* Source: docs.github.com, "REST API endpoints for check runs".
* @throws PublishError
*/
async function publishCheck(api, report) {
	const before = report.mayExist ? await find(api, report) : void 0;
	if (before !== void 0) return {
		url: before.html_url ?? void 0,
		annotated: before.output?.annotations_count ?? 0,
		left: 0
	};
	const all = toFitAnnotations(report.annotations);
	const annotations = all.slice(0, limits.checkAnnotations);
	const made = await createInParts(api, report, annotations, all.length - annotations.length);
	let { annotated } = made;
	while (annotated > 0 && annotated < annotations.length) {
		const batch = annotations.slice(annotated, annotated + limits.annotationsAtOnce);
		try {
			await append(api, report, made, batch, annotated + batch.length);
		} catch (error) {
			if (!(error instanceof PublishError)) throw error;
			break;
		}
		annotated += batch.length;
	}
	return {
		url: made.run.html_url ?? void 0,
		annotated,
		left: all.length - annotated
	};
}
/** With less and less of a page, and in the end without annotations, rather than not at all. */
async function createInParts(api, report, annotations, more) {
	let first = annotations.slice(0, limits.annotationsAtOnce);
	let budgetBytes = limits.checkSummaryBytes;
	for (;;) try {
		return await create(api, report, toSummary(report, budgetBytes, more), first);
	} catch (error) {
		if (!(error instanceof PublishError)) throw error;
		if (error.code === "too_long" && budgetBytes > 1e3) budgetBytes = Math.floor(budgetBytes / 4);
		else if (error.code === "failed" && first.length > 0 && error.message.endsWith("(422)")) first = [];
		else throw error;
	}
}
async function create(api, report, summary, first) {
	const body = {
		name: report.name,
		head_sha: report.headSha,
		external_id: report.externalId,
		...report.detailsUrl !== void 0 && { details_url: report.detailsUrl },
		...report.startedAt !== void 0 && { started_at: report.startedAt },
		...report.completedAt !== void 0 && { completed_at: report.completedAt },
		status: "completed",
		conclusion: report.conclusion,
		output: {
			title: report.title,
			summary,
			annotations: first.map(toWire)
		}
	};
	const path = `/repos/${report.repository}/check-runs`;
	let found;
	return {
		run: await api.create({
			method: "POST",
			path,
			body,
			what: "create the check run"
		}, checkRun, async () => {
			found = await find(api, report);
			return found;
		}),
		summary,
		annotated: found?.output?.annotations_count ?? first.length
	};
}
/** GitHub adds the annotations of an update to those that are there. @param count how many there are then */
async function append(api, { repository, title }, { run, summary }, batch, count) {
	const path = `/repos/${repository}/check-runs/${run.id}`;
	const body = { output: {
		title,
		summary,
		annotations: batch.map(toWire)
	} };
	await api.create({
		method: "PATCH",
		path,
		body,
		what: "add annotations"
	}, checkRun, async () => {
		const now = await api.ask({
			method: "GET",
			path,
			what: "show the check run"
		}, checkRun);
		return (now.output?.annotations_count ?? 0) >= count ? now : void 0;
	});
}
async function find(api, report) {
	const query = `check_name=${encodeURIComponent(report.name)}&filter=all`;
	const path = `/repos/${report.repository}/commits/${report.headSha}/check-runs?${query}`;
	for await (const page of api.pages({
		method: "GET",
		path,
		what: "list the check runs"
	}, checkRuns)) {
		const run = page.check_runs.find(({ external_id: id }) => id === report.externalId);
		if (run !== void 0) return run;
	}
}
/** @param more annotations over the bound */
function toSummary({ render, title }, budgetBytes, more) {
	const note = more > 0 ? `\n\n_${more} more annotations are not shown; the envelope has all findings._` : "";
	try {
		return render(budgetBytes - Buffer.byteLength(note)) + note;
	} catch (error) {
		if (error instanceof RangeError) return title;
		throw error;
	}
}
function toWire({ level, title, ...annotation }) {
	return {
		...annotation,
		annotation_level: level,
		...title !== "" && { title }
	};
}

// src/publish/github/viewer.ts
const author = object({
	login: string(),
	id: int(),
	type: string().nullish()
}).nullish();
const graphqlAnswer = object({ data: object({ viewer: object({
	login: string().min(1),
	databaseId: int().nullish()
}) }) });
const user = object({
	login: string().min(1),
	id: int()
});
/**
* Asks whose token it is. GraphQL knows for every kind; GET /user does not for the token of a job or an App.
* @throws PublishError when GitHub can't be asked at all
*/
async function readViewer(api) {
	const what = "say whose token this is";
	try {
		const call = {
			method: "POST",
			path: "",
			isGraphql: true,
			body: { query: "{ viewer { login databaseId } }" },
			what
		};
		const { login, databaseId } = (await api.ask(call, graphqlAnswer)).data.viewer;
		return {
			login,
			id: databaseId ?? void 0
		};
	} catch (error) {
		if (!isAnswer(error)) throw error;
	}
	try {
		return await api.ask({
			method: "GET",
			path: "/user",
			what
		}, user);
	} catch (error) {
		if (!isAnswer(error)) throw error;
		return {
			login: "github-actions[bot]",
			id: void 0
		};
	}
}
/**
* Whether something was written with this token. A marker alone says nothing: anybody can copy it. Logins with "[bot]"
* can't be registered by people; GraphQL leaves the suffix out in places.
*/
function isBy(viewer, who) {
	if (who === null || who === void 0) return false;
	if (viewer.id !== void 0 && viewer.id === who.id) return true;
	return who.login === viewer.login || who.type === "Bot" && who.login === `${viewer.login}[bot]`;
}
function isAnswer(error) {
	return error instanceof PublishError && error.code !== "timeout" && error.code !== "rate_limited";
}

// src/publish/github/comment.ts
const comment = object({
	id: int(),
	body: string().nullish(),
	html_url: string().nullish(),
	user: author
});
const comments = array(comment);
const nothing = unknown();
/**
* Puts this job's section into the pull request's comment (comment/converge.ts).
* @throws PublishError
*/
async function publishComment(api, report) {
	const { owner, own, links } = report;
	const words = toGithubWords(links);
	const done = await convergeComment(makePort(api, report), {
		owner,
		own,
		words,
		budgetBytes: limits.commentBytes
	});
	if (done.state === "written") return { url: done.url };
	throw new PublishError("conflict", "other jobs kept writing the comment; the job summary has what it lacks");
}
/** GitHub counts runs of a workflow, and attempts of a run. */
function toGithubWords({ runUrl, artifactUrl }) {
	return {
		run: ({ runNumber }) => `run ${runNumber}`,
		runUrl,
		part: ({ runNumber, attempt }) => `run ${runNumber}, attempt ${attempt}`,
		partUrl: runUrl,
		artifactUrl,
		elsewhere: "in their own job summaries",
		hasAttempts: true
	};
}
function makePort(api, { repository, pullRequest }) {
	const root = `/repos/${repository}/issues`;
	const list = `${root}/${pullRequest}/comments`;
	let viewer;
	return {
		async listOwn(isMarked) {
			const found = [];
			for await (const page of api.pages({
				method: "GET",
				path: list,
				what: "list the comments"
			}, comments)) found.push(...page.filter(({ body }) => isMarked(body ?? "")));
			if (found.length > 0) viewer ??= await readViewer(api);
			const who = viewer;
			return (who === void 0 ? [] : found.filter(({ user }) => isBy(who, user))).toSorted((a, b) => a.id - b.id).map(toStored);
		},
		async read(id, timeoutMs) {
			const show = {
				method: "GET",
				path: `${root}/comments/${id}`,
				what: "show the comment",
				...timeoutMs && { timeoutMs }
			};
			return toStored(await api.ask(show, comment));
		},
		async create(body, find) {
			const call = {
				method: "POST",
				path: list,
				body: { body },
				what: "write the comment"
			};
			return api.create(call, stored$1, find);
		},
		async update(id, body, timeoutMs) {
			const call = {
				method: "PATCH",
				path: `${root}/comments/${id}`,
				body: async () => ({ body: await body() }),
				what: "write the comment"
			};
			return toStored(await api.ask({
				...call,
				...timeoutMs && { timeoutMs }
			}, comment));
		},
		async remove(id) {
			await api.ask({
				method: "DELETE",
				path: `${root}/comments/${id}`,
				what: "delete a duplicate"
			}, nothing);
		},
		pause: (ms) => api.sleep(ms, api.giveUp),
		random: api.random,
		toTrouble(error) {
			if (!(error instanceof PublishError)) return void 0;
			if (error.code === "not_found") return "gone";
			return error.code === "too_long" ? "too_long" : "other";
		}
	};
}
const stored$1 = comment.transform(toStored);
function toStored({ id, body, html_url: url }) {
	return {
		id,
		body: body ?? "",
		url: url ?? void 0
	};
}

// src/publish/github/report.ts
const names = {
	check: "check run",
	comment: "comment"
};
const needs = {
	check: "`checks: write`",
	comment: "`pull-requests: write`"
};
/** Of a check run's name and title, both plain text to GitHub; a name comes from the manifest, a stranger's in `mode: report`. */
const textLength = 200;
const conclusions = {
	success: "success",
	failed: "failure",
	aborted: "cancelled"
};
/**
* Writes the check run and the comment, and annotations through the runner's log where there is no check run. Nothing
* that happens here has a say in the outcome: it never throws, and ends when its time is over.
*/
async function reportToGithub(report) {
	const ports = toPorts(report);
	const problems = [];
	const end = ports.now() + (report.budgetMs ?? limits.githubReportMs);
	const { modes, facts, token } = report;
	const target = toTarget(facts, {
		check: modes.check === "always",
		comment: modes.comment === "always"
	});
	const attempt = async (surface, place, share, publish) => {
		if (modes[surface] === "never") return void 0;
		if (!("at" in place)) problems.push({
			surface,
			words: place.missing,
			isUsual: place.isUsual
		});
		else if (!token) problems.push({
			surface,
			words: "there is no GitHub token",
			isUsual: true
		});
		else try {
			const budgetMs = Math.max(0, end - ports.now()) * share;
			return await converse(report, ports, token, budgetMs, (api) => publish(api, place.at));
		} catch (error) {
			problems.push({
				surface,
				words: toWords(error, surface, facts),
				isUsual: false
			});
		}
	};
	const { repository } = target;
	const check = await attempt("check", target.check, .5, (api, sha) => writeCheck(api, repository, sha, report));
	const comment = await attempt("comment", target.comment, 1, (api, pullRequest) => writeComment(api, repository, pullRequest, report));
	const written = check === void 0 ? toAnnotated(ports.annotate, report.runnerAnnotations ?? report.annotations) : 0;
	return {
		notices: toNotices(problems, modes, check),
		warnings: toWarnings(problems, modes),
		...check?.url !== void 0 && { checkUrl: check.url },
		...comment?.url !== void 0 && { commentUrl: comment.url },
		annotated: check === void 0 ? written > 0 ? "runner" : "none" : check.annotated > 0 ? "check" : "none"
	};
}
function toPorts({ ports = {} }) {
	return {
		now: ports.now ?? Date.now,
		random: ports.random ?? Math.random,
		sleep: ports.sleep ?? ((ms, signal) => setTimeout(ms, void 0, { signal }).catch(() => {})),
		annotate: ports.annotate ?? writeRunnerAnnotations
	};
}
/** @param budgetMs the conversation takes no longer */
async function converse({ env, facts, giveUp }, ports, token, budgetMs, publish) {
	const { apiUrl, graphqlUrl } = facts;
	const over = AbortSignal.any([giveUp, AbortSignal.timeout(Math.ceil(budgetMs))]);
	const deadline = ports.now() + budgetMs;
	const api = await makeGithubApi({
		...ports,
		apiUrl,
		graphqlUrl,
		token,
		env,
		giveUp: over,
		deadline
	});
	try {
		return await publish(api);
	} finally {
		await api.close().catch(() => {});
	}
}
function writeCheck(api, repository, headSha, report) {
	const label = toLegLabel(report.facts);
	return publishCheck(api, {
		repository,
		name: toAnnotationText(`Quoderat: ${report.manifest}${label === "" ? "" : ` (${label})`}`, textLength, 1),
		headSha,
		externalId: report.evidenceRunId,
		detailsUrl: toRunUrl(report.facts),
		conclusion: conclusions[report.status],
		title: toAnnotationText(report.title, textLength, 1),
		startedAt: report.startedAt,
		completedAt: report.completedAt,
		render: (budgetBytes) => report.render("check", budgetBytes),
		annotations: report.annotations,
		mayExist: report.mayExist ?? false
	});
}
function writeComment(api, repository, pullRequest, report) {
	const { facts, envelope } = report;
	const run = `${facts.serverUrl}/${repository}/actions/runs`;
	return publishComment(api, {
		repository,
		pullRequest,
		owner: {
			manifest: report.manifest,
			workflow: facts.workflow
		},
		own: {
			leg: {
				key: toLegKey(facts),
				evidence: sha256(report.evidenceRunId).slice(0, 8),
				label: toLegLabel(facts),
				job: facts.job,
				total: report.jobTotal,
				runNumber: facts.runNumber,
				attempt: facts.attempt,
				runId: facts.runId,
				commit: facts.sha ?? "",
				status: report.status,
				title: report.legTitle ?? report.title,
				digest: envelope?.sha256 ?? "",
				artifactId: envelope?.artifactId ?? ""
			},
			render: (budgetBytes) => report.render("comment", budgetBytes)
		},
		links: {
			runUrl: ({ runId, attempt }) => runId === "" ? void 0 : `${run}/${runId}/attempts/${attempt}`,
			artifactUrl: ({ runId, artifactId }) => artifactId === "" ? void 0 : `${run}/${runId}/artifacts/${artifactId}`
		}
	});
}
function toWords(error, surface, { actor }) {
	const { code, message } = toPublishError(error);
	if (!(error instanceof PublishError) || code !== "read_only" || !/not accessible/i.test(message)) return message;
	return `${actor === "dependabot[bot]" ? "the token of a run that Dependabot started" : "the token"} may not (the job needs ${needs[surface]})`;
}
function toAnnotated(annotate, annotations) {
	try {
		return annotate(annotations);
	} catch {
		return 0;
	}
}
/** One sentence for all that was tried of our own accord. */
function toNotices(problems, modes, check) {
	const told = problems.filter(({ surface, isUsual }) => modes[surface] === "auto" && !isUsual);
	const parts = [...new Set(told.map(({ words }) => words))].map((words) => {
		return `${told.filter((problem) => problem.words === words).map(({ surface }) => `no ${names[surface]}`).join(" and ")}: ${words}`;
	});
	const sentences = [...parts.length > 0 ? [`${toSentence(parts.join("; "))} The job summary and the envelope have it all.`] : [], ...check !== void 0 && check.left > 0 ? [`${check.left} annotations are not on the check run; the envelope has all findings.`] : []];
	return sentences.length > 0 ? [sentences.join(" ")] : [];
}
function toWarnings(problems, modes) {
	return problems.filter(({ surface }) => modes[surface] === "always").map(({ surface, words }) => toSentence(`no ${names[surface]}, although \`${surface}: always\` asks for it: ${words}`));
}
function toSentence(text) {
	const whole = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

// src/publish/github/artifacts-file.ts
/**
* Names a file to the runner as a product of this job, by a line in the file that `GITHUB_ARTIFACTS` names (actions/runner
* 2.336, behind a flag: the runner hashes it, and actions/attest finds it there). Where there is no such runner nothing
* happens, and nothing ever depends on it.
* @returns whether it was written
*/
async function nameArtifact(path, env) {
	const list = env["GITHUB_ARTIFACTS"];
	if (!list || !isAbsolute(path) || /[\r\n]/.test(path)) return false;
	return appendFile(list, `${path}\n`).then(() => true, () => false);
}

// src/publish/github/attestation-store.ts
/** GitHub has written the id both as a number and as a text. */
const stored = object({ id: union([int().nonnegative(), string().regex(/^\d{1,20}$/)]) });
/**
* Hands a Sigstore bundle to the repository's attestations, where `gh attestation verify` looks. Needs
* `attestations: write`. Source: docs.github.com, REST API, "Create an attestation"; actions/toolkit, packages/attest.
* @returns the address of the attestation's page
* @throws PublishError
*/
async function storeAttestation(api, { bundle, repository, serverUrl }) {
	if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository)) throw new PublishError("failed", "GITHUB_REPOSITORY names no repository");
	const { id } = await api.create({
		method: "POST",
		path: `/repos/${repository}/attestations`,
		body: { bundle: JSON.parse(Buffer.from(bundle).toString("utf8")) },
		what: "store the attestation",
		timeoutMs: limits.attestationStoreMs
	}, stored, () => Promise.resolve(void 0));
	return `${serverUrl}/${repository}/attestations/${id}`;
}

// src/action/github-api.ts
/** A client for GitHub's API beside that of the check and the comment, which have their own. @param budgetMs how long it may talk */
function openApi(env, { token, giveUp, budgetMs }) {
	return makeGithubApi({
		apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
		graphqlUrl: env["GITHUB_GRAPHQL_URL"] || "https://api.github.com/graphql",
		token,
		env,
		giveUp,
		deadline: Date.now() + budgetMs,
		now: Date.now,
		random: Math.random,
		sleep: async (ms, signal) => {
			await setTimeout(ms, void 0, { signal }).catch(() => {});
		}
	});
}

// src/action/attest.ts
/** By name: the toolkit as a whole would come with an HTTP client that loads before the first step. */
const runnerLog = {
	warning,
	notice,
	info
};
/**
* Signs sealed evidence as this workflow, keeps the bundle beside the envelope, and then hands it to the repository's
* attestations when the token may. Trouble is one notice (a warning where it is `always` asked for) and changes nothing else: what could not be signed says so in
* its folder, and what could not be stored is signed all the same. It throws for bugs alone.
*/
async function attestEvidence(options) {
	const { evidence, mode, env, giveUp, log = runnerLog } = options;
	await nameArtifact(evidence.envelopePath, env);
	if (mode === "never") return {
		state: "not_asked",
		why: "attest: never"
	};
	if (mode === "auto" && !hasIdentityToken(env)) return {
		state: "not_asked",
		why: "the job has no `id-token: write` permission"
	};
	const signing = await signEvidence({
		envelopePath: evidence.envelopePath,
		envelope: evidence.envelope,
		envelopeSha256: evidence.envelopeSha256,
		mode,
		getToken: (signal) => readIdentityToken(env, signal),
		env,
		overrides: options.overrides ?? {},
		knownVisibility: options.visibility,
		signal: giveUp,
		now: Date.now,
		...options.retries !== void 0 && { retries: options.retries }
	});
	if (signing.state === "failed") (mode === "always" ? log.warning : log.notice)(`The evidence is not signed, and says so itself; \`quoderat sign\` finishes it: ${toInertLine(signing.reason)}`);
	if (signing.state !== "signed") return signing;
	log.info(`Signed through Sigstore by ${toInertLine(signing.identity, 300)}`);
	const attestationUrl = await store(signing.bundle, options);
	return {
		...signing,
		...attestationUrl && { attestationUrl }
	};
}
async function store(bundle, { env, token, giveUp, log = runnerLog }) {
	if (token === void 0) return void 0;
	const serverUrl = env["GITHUB_SERVER_URL"] || "https://github.com";
	try {
		const api = await openApi(env, {
			token,
			giveUp,
			budgetMs: limits.attestationStoreMs
		});
		try {
			return await storeAttestation(api, {
				bundle,
				repository: env["GITHUB_REPOSITORY"] ?? "",
				serverUrl
			});
		} finally {
			await api.close();
		}
	} catch (error) {
		log.notice(`The signature is kept beside the envelope, and was not stored as an attestation: ${toMessage(error)}; grant \`attestations: write\` to have it in the repository too`);
		return;
	}
}

// src/action/publish.ts
/**
* Outputs, signature, uploads, job summary, check and comment. Nothing here can fail the step: what does not work is told
* as a warning. What a cancellation leaves no time for stays open for the post step.
*/
async function publish(publication) {
	const { env, evidence, state, status } = publication;
	try {
		warnIf(setOutputs(evidence === null ? { status } : toOutputs(evidence), env));
		const signed = evidence === null ? void 0 : await sign(evidence, publication);
		const signaturePath = signed?.state === "signed" && (signed.isNew || state.envelope === "open") ? signed.bundlePath : void 0;
		const uploads = evidence === null ? {} : await uploadEvidence({
			...publication,
			evidence,
			signaturePath
		});
		const file = uploads.envelope && {
			name: uploads.envelope.name,
			...toArtifactUrl(uploads.envelope.id, env)
		};
		if (uploads.envelope || uploads.bundle) warnIf(setOutputs(toUploadOutputs(uploads, env), env));
		const facts = {
			file,
			signing: toShownSigning(signed, uploads.signature?.name)
		};
		if (state.summary === "open") {
			await orWarn(async () => appendJobSummary(publication.render("job_summary", limits.jobSummaryBytes, facts)));
			saveState({ summary: "settled" }, env);
		}
		if (state.report === "open") await report(publication, uploads, facts);
	} catch (error) {
		warning(toMessage(error));
		saveState({
			summary: "settled",
			report: "settled"
		}, env);
	}
}
/** Before the uploads: the signature goes with them. */
async function sign(evidence, publication) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { env, inputs, cancellation, state } = publication;
		if (cancellation.signal.aborted) return void 0;
		const limit = _usingCtx$1.u(cancellation.limit(limits.signMs + limits.attestationStoreMs));
		const { fulcioUrl, rekorUrl, tsaUrl } = inputs.sigstore;
		const overrides = {
			...fulcioUrl && { fulcioUrl },
			...rekorUrl && { rekorUrl },
			...tsaUrl && { tsaUrl }
		};
		if (state.attest === "settled") return await readSigned({
			...evidence,
			overrides
		}) ?? void 0;
		const signed = await attestEvidence({
			evidence,
			mode: inputs.attest,
			env,
			overrides,
			token: inputs.githubToken || void 0,
			giveUp: limit.signal
		}).catch((error) => {
			warning(`The evidence is not signed: ${toMessage(error)}`);
		});
		if (!cancellation.signal.aborted) saveState({ attest: "settled" }, env);
		return signed;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}
async function report(publication, uploads, facts) {
	try {
		var _usingCtx3 = _usingCtx();
		const { evidence, inputs, env, cancellation } = publication;
		if (cancellation.signal.aborted) return;
		const limit = _usingCtx3.u(cancellation.limit(limits.githubReportMs));
		const reported = await reportToGithub({
			env,
			token: inputs.githubToken || void 0,
			modes: {
				check: inputs.check,
				comment: inputs.comment
			},
			facts: publication.facts,
			manifest: publication.title,
			evidenceRunId: evidence?.envelope.run_id ?? `${publication.facts.runId}-${publication.facts.attempt}`,
			status: publication.status,
			title: publication.toCheckTitle(facts),
			...evidence && {
				startedAt: evidence.envelope.execution.started_at,
				completedAt: evidence.envelope.execution.finished_at,
				envelope: {
					sha256: evidence.envelopeSha256,
					...uploads.envelope && { artifactId: String(uploads.envelope.id) }
				}
			},
			jobTotal: publication.jobTotal,
			render: (surface, budgetBytes) => publication.render(surface, budgetBytes, facts),
			annotations: publication.annotations,
			...publication.runnerAnnotations && { runnerAnnotations: publication.runnerAnnotations },
			mayExist: publication.isPost ?? false,
			giveUp: limit.signal
		});
		for (const notice$1 of reported.notices) notice(notice$1);
		for (const warning$1 of reported.warnings) warning(warning$1);
		if (!cancellation.signal.aborted) saveState({ report: "settled" }, env);
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		_usingCtx3.d();
	}
}
function toOutputs({ envelope, envelopePath, envelopeSha256 }) {
	return {
		status: envelope.execution.status,
		"run-id": envelope.run_id,
		"evidence-id": envelope.evidence_id,
		"head-hash": envelope.integrity.head_entry_hash,
		"plan-hash": envelope.plan.plan_hash,
		"envelope-path": envelopePath,
		"envelope-sha256": envelopeSha256
	};
}
function toUploadOutputs({ envelope, bundle }, env) {
	const { url } = envelope === void 0 ? {} : toArtifactUrl(envelope.id, env);
	return {
		...envelope && {
			"artifact-id": String(envelope.id),
			...url !== void 0 && { "artifact-url": url }
		},
		...bundle && { "bundle-artifact-id": String(bundle.id) }
	};
}
async function orWarn(work) {
	try {
		await work();
	} catch (error) {
		warning(toMessage(error));
	}
}
function warnIf(problem) {
	if (problem !== void 0) warning(problem);
}

export { toTargetFacts as a, toRunUrl as i, openApi as n, toAnnotations as r, publish as t };