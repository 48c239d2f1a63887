import { t as require_undici } from "./undici-CoOuWGxk.js";
import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as readTrustedCas } from "./trusted-cas-D-D1eVhs.js";
import { n as toGitlabError, r as toTransportError, t as GitlabError } from "./failure-DksyyW-Q.js";
import { readFile } from "node:fs/promises";

// src/publish/gitlab/api.ts
var import_undici = require_undici();
/** @throws GitlabError refused, when the address is none that a token may be sent to */
async function makeGitlabApi(options) {
	const root = assertApiUrl(options.apiUrl);
	const dispatcher = await makeDispatcher(options);
	return {
		async ask(method, path, { query = {}, body, isRepeatable, timeoutMs = limits.forgeRequestMs } = {}) {
			const url = new URL(`${root}/${path}`);
			for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
			const what = `${method} ${path}`;
			for (let attempt = 1;; attempt += 1) {
				const outcome = await send({
					method,
					url,
					what,
					body: typeof body === "function" ? await body() : body,
					timeoutMs,
					dispatcher,
					...options
				});
				if (!("wait" in outcome)) return outcome;
				if (!(method !== "POST" || isRepeatable === true || outcome.error.code === "rate_limited") || attempt >= limits.forgeAttempts) throw outcome.error;
				await options.sleep(outcome.wait ?? limits.retryFirstMs * 2 ** attempt, options.giveUp).catch(() => {
					throw outcome.error;
				});
			}
		},
		[Symbol.asyncDispose]: () => dispatcher.destroy()
	};
}
/** `wait`: worth another try, after so many ms when GitLab has named a time. */
async function send(sending) {
	const { method, url, what, body, timeoutMs, dispatcher, token, giveUp } = sending;
	if (giveUp.aborted) throw new GitlabError("timeout", `there was no time left for ${what}`);
	try {
		const answer = await (0, import_undici.request)(url, {
			method,
			dispatcher,
			signal: AbortSignal.any([giveUp, AbortSignal.timeout(timeoutMs)]),
			headers: {
				"private-token": token,
				accept: "application/json",
				"user-agent": "quoderat",
				...body !== void 0 && { "content-type": "application/json" }
			},
			...body !== void 0 && { body: JSON.stringify(body) }
		});
		const toTooLong = () => new GitlabError("bad_answer", `GitLab's answer to ${what} is too long`);
		const text = (await collectBytes(answer.body, limits.forgeAnswerBytes, toTooLong)).toString("utf8");
		const { statusCode: status, headers } = answer;
		if (status >= 200 && status < 300) return {
			value: parseJson(text, what),
			nextPage: toNextPage(headers["x-next-page"])
		};
		const error = toGitlabError(what, status, text);
		if (status === 429 || status >= 500) return {
			error,
			wait: toWait(headers["retry-after"])
		};
		throw error;
	} catch (error) {
		if (giveUp.aborted) throw new GitlabError("timeout", `GitLab did not answer ${what} in time`);
		const failure = toTransportError(what, error);
		if (failure.code !== "unreachable") throw failure;
		return {
			error: failure,
			wait: void 0
		};
	}
}
async function makeDispatcher({ caFile, proxy }) {
	const ca = caFile === void 0 ? void 0 : await readFile(caFile, "utf8").catch(() => void 0);
	const timeouts = {
		headersTimeout: limits.forgeRequestMs,
		bodyTimeout: limits.forgeRequestMs
	};
	const connect = {
		timeout: limits.forgeRequestMs,
		...ca !== void 0 && { ca: [...readTrustedCas(), ca] }
	};
	const { httpProxy, httpsProxy, noProxy } = proxy;
	if (httpProxy === void 0 && httpsProxy === void 0) return new import_undici.Agent({
		connect,
		...timeouts
	});
	return new import_undici.EnvHttpProxyAgent({
		connect,
		requestTls: connect,
		...timeouts,
		...httpProxy !== void 0 && { httpProxy },
		...httpsProxy !== void 0 && { httpsProxy },
		noProxy: noProxy ?? ""
	});
}
function assertApiUrl(text) {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "") return url.href.replace(/\/+$/, "");
	throw new GitlabError("refused", "the address of GitLab (CI_API_V4_URL) is no plain http or https address");
}
function parseJson(text, what) {
	if (text.trim() === "") return null;
	try {
		return JSON.parse(text);
	} catch {
		throw new GitlabError("bad_answer", `GitLab's answer to ${what} is no JSON; is CI_API_V4_URL its API?`);
	}
}
function toNextPage(header) {
	return typeof header === "string" && /^\d{1,6}$/.test(header) ? Number(header) : null;
}
function toWait(header) {
	if (typeof header !== "string" || !/^\d{1,5}$/.test(header)) return void 0;
	return Math.min(Number(header) * 1e3, limits.retryAfterMs);
}

export { makeGitlabApi };