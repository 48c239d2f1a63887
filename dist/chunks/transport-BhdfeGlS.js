import { t as require_undici } from "./undici-CoOuWGxk.js";
import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { n as toErrorCode } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as readTrustedCas } from "./trusted-cas-D-D1eVhs.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as apiError } from "./api-Dx6rbN-Z.js";

// src/relay/agent.ts
var import_undici = require_undici();
/**
* Connections to one server, kept open between requests.
* @throws RelayError bad_options when a proxy's address is none; it is not repeated, since it may hold a password
*/
function makeAgent({ base, ca, env, limits }) {
	const trust = ca === void 0 ? {} : { ca: [...readTrustedCas(), ca] };
	const own = {
		connect: {
			timeout: limits.connectMs,
			...trust
		},
		connectTimeout: limits.connectMs,
		headersTimeout: limits.headMs,
		bodyTimeout: limits.bodyMs,
		keepAliveTimeout: 15e3,
		pipelining: 1
	};
	const proxies = readProxies(env);
	if (proxies.httpProxy === "" && proxies.httpsProxy === "") return new import_undici.Agent(own);
	try {
		return new import_undici.EnvHttpProxyAgent({
			...own,
			...proxies,
			requestTls: own.connect
		});
	} catch {
		const message = `the proxy to the server is no http or https URL; look at ${base.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY"} (or http_proxy, https_proxy)`;
		throw new RelayError("bad_options", message, { retryable: false });
	}
}
/** "" is what keeps undici from looking into the environment itself. */
function readProxies(env) {
	return {
		httpProxy: env["http_proxy"] ?? env["HTTP_PROXY"] ?? "",
		httpsProxy: env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "",
		noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? ""
	};
}

// src/relay/base-url.ts
/**
* The address of a server, which may lie below a path (`https://ci.example.com/quoderat`); without a "/" at its end.
* @param allowInsecure takes plain HTTP from other machines too; the token is then readable on the way
* @throws RelayError bad_options; it does not repeat the address, which may hold a password
*/
function parseServerUrl(text, allowInsecure) {
	const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
	if (url === null || url.protocol !== "https:" && url.protocol !== "http:") throw refuse("the address of the server is no http or https URL");
	if (url.username !== "" || url.password !== "") throw refuse("the address of the server holds a user or password; pass a token instead");
	if (url.search !== "" || url.hash !== "") throw refuse("the address of the server ends in a query or fragment");
	if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecure) throw refuse(`${url.origin} is plain HTTP, which can be read and changed on the way; use https (only a server on this machine may do without)`);
	url.pathname = url.pathname.replace(/\/+$/, "");
	return url;
}
/** How the server is called in messages. */
function toServerName(base) {
	return `${base.origin}${base.pathname.replace(/\/$/, "")}`;
}
/** The address of a route, `/v1/runs`, below the server's own path. */
function toRouteUrl(base, route) {
	return new URL(`${toServerName(base)}${route}`);
}
/** RFC 6761 (localhost), RFC 1122 (127/8), RFC 4291 (::1). */
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
function refuse(message) {
	return new RelayError("bad_options", message, { retryable: false });
}

// src/relay/credentials.ts
/** How long before its end a token is given up, and how long one is used that does not say when it ends. */
const MARGIN_MS = 3e4;
const UNKNOWN_LIFE_MS = 12e4;
/** @param now milliseconds since the epoch. @throws RelayError bad_options for a token that no header can carry */
function makeCredentials(auth, now) {
	if ("token" in auth) {
		const token = assertToken(auth.token);
		return {
			read: () => Promise.resolve(token),
			renew: () => false
		};
	}
	let held;
	let asking;
	const ask = async () => {
		try {
			const token = assertToken(await auth.oidc());
			held = {
				token,
				until: toEnd(token, now())
			};
			return token;
		} catch (error) {
			if (error instanceof RelayError) throw error;
			throw new RelayError("unreachable", "the forge gave no id token for the server; may the job ask for one?", { retryable: true });
		} finally {
			asking = void 0;
		}
	};
	return {
		read() {
			if (held !== void 0 && now() < held.until) return Promise.resolve(held.token);
			asking ??= ask();
			return asking;
		},
		renew(refused) {
			if (held?.token === refused) held = void 0;
			return true;
		}
	};
}
function assertToken(text) {
	const token = text.trim();
	if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
	throw new RelayError("bad_options", `the token for the server ${token === "" ? "is empty" : "holds characters that no header can carry"}`, { retryable: false });
}
/** RFC 7519, 4.1.4: `exp` in seconds. It is the server's clock that decides; this one only saves a refused request. */
function toEnd(token, now) {
	try {
		const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
		const exp = isObject(claims) ? claims["exp"] : void 0;
		if (typeof exp === "number") return exp * 1e3 - MARGIN_MS;
	} catch {}
	return now + UNKNOWN_LIFE_MS;
}

// src/relay/refusal.ts
const MESSAGE_CHARS = 500;
/**
* What an answer outside of 200 to 299 says: the protocol's own error, or that of a proxy on the way, of which only the
* status counts.
*/
function toRefusal(answer) {
	const { name, request, status, retryAfter, body } = answer;
	const retryAfterMs = parseRetryAfter(retryAfter);
	if (status >= 300 && status < 400) return new RelayError("redirected", `${name} answers ${request} with a redirect (${status}); name its own address`, { retryable: false });
	const said = parseError(body);
	if (said === null) {
		const code = statusCodes[status] ?? (status >= 500 ? "unavailable" : "bad_request");
		return new RelayError(code, `${name} answers ${request} with ${status}`, {
			retryable: status >= 500 || status === 408 || status === 425 || status === 429,
			retryAfterMs
		});
	}
	const { code, message, retryable, details } = said;
	return new RelayError(code, `${name} refuses ${request}: ${message.slice(0, MESSAGE_CHARS)} (${code})`, {
		retryable,
		retryAfterMs,
		missing: details?.missing ?? []
	});
}
/** Of answers without a body, as HEAD has them, and of those that are not the server's. */
const statusCodes = {
	401: "unauthorized",
	403: "forbidden",
	404: "not_found",
	405: "method_not_allowed",
	408: "request_timeout",
	413: "too_large",
	429: "rate_limited"
};
function parseError(body) {
	try {
		const parsed = apiError.safeParse(JSON.parse(body.toString()));
		return parsed.success ? parsed.data.error : null;
	} catch {
		return null;
	}
}
/** RFC 9110, 10.2.3, of which the date is not heeded: it depends on two clocks. */
function parseRetryAfter(text) {
	return text !== void 0 && /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) * 1e3 : 0;
}

// src/relay/transport.ts
/**
* Redirects are not followed: the token would go to whoever was named. A token that the server refuses is renewed once,
* where the forge gives tokens.
* @throws RelayError bad_options
*/
function makeTransport(options) {
	const base = parseServerUrl(options.url, options.allowInsecure ?? false);
	const name = toServerName(base);
	const credentials = options.auth === null ? null : makeCredentials(options.auth, options.now);
	const agent = makeAgent({
		...options,
		base
	});
	const dispatch = async (request, token) => {
		try {
			return await (0, import_undici.request)(toRouteUrl(base, request.route), {
				dispatcher: agent,
				method: request.method,
				headers: {
					"user-agent": "quoderat",
					accept: "application/json",
					...typeof request.body === "string" && { "content-type": "application/json" },
					...request.headers,
					...token !== null && { authorization: `Bearer ${token}` }
				},
				body: typeof request.body === "function" ? request.body() : request.body ?? null,
				headersTimeout: options.limits.headMs,
				bodyTimeout: request.bodyMs ?? options.limits.bodyMs,
				...request.signal && { signal: request.signal }
			});
		} catch (error) {
			throw toTransportError(error, name);
		}
	};
	const open = async (request) => {
		const token = await credentials?.read() ?? null;
		const answer = await dispatch(request, token);
		if (answer.statusCode !== 401 || token === null || !isRenewed(credentials, token)) return assertOk(answer, request, name);
		answer.body.on("error", () => {}).destroy();
		return assertOk(await dispatch(request, await credentials?.read() ?? null), request, name);
	};
	const bytes = async (request, mostBytes) => readWhole((await open(request)).body, mostBytes, name);
	return {
		name,
		open,
		bytes,
		async json(request, schema) {
			const text = (await bytes(request, limits.serverAnswerBytes)).toString();
			try {
				return schema.parse(JSON.parse(text));
			} catch (error) {
				const message = `${name} gave an answer to ${request.method} ${request.route} that is none of the protocol`;
				throw new RelayError("bad_answer", message, {
					retryable: true,
					cause: error
				});
			}
		},
		close: () => agent.destroy()
	};
}
function isRenewed(credentials, token) {
	return credentials?.renew(token) ?? false;
}
async function assertOk(answer, request, name) {
	const { statusCode: status } = answer;
	if (status >= 200 && status < 300) return answer;
	const body = await readWhole(answer.body, limits.serverErrorBytes, name).catch(() => Buffer.alloc(0));
	const retryAfter = answer.headers["retry-after"];
	throw toRefusal({
		name,
		request: `${request.method} ${request.route}`,
		status,
		retryAfter: typeof retryAfter === "string" ? retryAfter : void 0,
		body
	});
}
async function readWhole(body, mostBytes, name) {
	const toTooLarge = () => new RelayError("too_large", `an answer of ${name} has more than ${mostBytes} bytes`, { retryable: false });
	try {
		return await collectBytes(body, mostBytes, toTooLarge);
	} catch (error) {
		throw toTransportError(error, name);
	}
}
/** It answered, and not in TLS: a server of plain HTTP, most often. */
const NO_TLS_CODE = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/;
const TLS_CODE = /CERT|ISSUER|SELF_SIGNED|^ERR_TLS|^ERR_SSL|SIGNATURE/;
/** What went wrong below HTTP. The messages of undici are left out: what they hold changes with its versions. */
function toTransportError(error, name) {
	if (error instanceof RelayError) return error;
	const code = toErrorCode(error) ?? (error instanceof Error ? error.name : "unknown");
	const make = (kind, message, retryable = true) => new RelayError(kind, message, {
		retryable,
		cause: error
	});
	const refusedBy = findProxyStatus(error);
	if (refusedBy !== void 0) return make("unreachable", `the proxy on the way to ${name} answers CONNECT with ${refusedBy}${refusedBy === 407 ? "; is there a user and a password in its address (HTTPS_PROXY, HTTP_PROXY)?" : ""}`, refusedBy >= 500);
	if (/TIMEOUT|TIMEDOUT/.test(code)) return make("timed_out", `${name} did not answer in time (${code})`);
	if (NO_TLS_CODE.test(code)) return make("tls_failed", `${name} answers without TLS (${code}); is it a server of plain http?`, false);
	if (TLS_CODE.test(code)) return make("tls_failed", `the certificate of ${name} is not trusted (${code}); NODE_EXTRA_CA_CERTS names the CA of an own server`, false);
	return make("unreachable", `${name} can't be reached (${code})`);
}
/** Of undici's ProxyAgent, which says it in its message alone. */
function findProxyStatus(error) {
	const [, status] = error instanceof Error && /^Proxy response \((\d{3})\)/.exec(error.message) || [];
	return status === void 0 ? void 0 : Number(status);
}

export { toTransportError as n, makeTransport as t };