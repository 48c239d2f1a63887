import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { t as SignError } from "./errors-BGvnpYYN.js";

// src/lib/request-json.ts
/**
* One HTTP request with an end to its time and to the bytes of its answer. The proxy is that of the environment
* (HTTPS_PROXY, NO_PROXY). Redirects are not followed: the headers hold credentials. undici loads only when called.
* @throws TimeoutError (DOMException) when it takes too long; whatever undici throws, whose messages hold no headers
*/
async function requestJson(url, options) {
	const { method, headers, body, limitBytes, timeoutMs, signal } = options;
	const { EnvHttpProxyAgent, request } = await import("./undici-DFAgIhTj.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const timeout = AbortSignal.timeout(timeoutMs);
	const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: timeoutMs } });
	try {
		const answer = await request(url, {
			method,
			headers: {
				"user-agent": "quoderat",
				...headers
			},
			signal: signal === void 0 ? timeout : AbortSignal.any([signal, timeout]),
			dispatcher,
			...body !== void 0 && { body }
		});
		const toTooLarge = () => /* @__PURE__ */ new Error(`the answer has more than ${limitBytes} bytes`);
		const bytes = await collectBytes(answer.body, limitBytes, toTooLarge);
		const retryAfter = answer.headers["retry-after"];
		return {
			status: answer.statusCode,
			json: parse(bytes.toString("utf8")),
			retryAfter: typeof retryAfter === "string" ? retryAfter : void 0
		};
	} finally {
		await dispatcher.destroy();
	}
}
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}

// src/sign/identity-token.ts
/** The audience that Fulcio asks for. */
const sigstoreAudience = "sigstore";
/**
* Whether this environment can give an identity token: GitLab's `id_tokens: SIGSTORE_ID_TOKEN` (docs.gitlab.com,
* "Use Sigstore for keyless signing"), or a GitHub job with `id-token: write`.
*/
function hasIdentityToken(env) {
	return isSet(env["SIGSTORE_ID_TOKEN"]) || hasGithubTokenService(env);
}
/** Whether the job may ask GitHub for an identity token: `permissions: id-token: write`, not from a fork. */
function hasGithubTokenService(env) {
	return isSet(env["ACTIONS_ID_TOKEN_REQUEST_URL"]) && isSet(env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]);
}
/**
* The identity token of this environment.
* @throws SignError no_identity_token, timed_out
*/
async function readIdentityToken(env, signal) {
	const given = env["SIGSTORE_ID_TOKEN"]?.trim();
	if (given) return given;
	if (!hasGithubTokenService(env)) throw new SignError("no_identity_token", "there is no identity token: on GitLab give the job `id_tokens: SIGSTORE_ID_TOKEN: aud: sigstore`, on GitHub `permissions: id-token: write`; elsewhere set SIGSTORE_ID_TOKEN");
	return requestGithubToken(sigstoreAudience, env, signal);
}
/**
* The claims of a token (RFC 7519), for a look before it is sent anywhere.
* @throws SignError no_identity_token, which never holds a part of it
*/
function parseTokenClaims(token) {
	const claims = decodeClaims(token);
	if (claims === null) throw new SignError("no_identity_token", "the identity token is no JSON Web Token; was it cut or masked?");
	const { sub, email, iss } = claims;
	const subject = isText(email) ? email : sub;
	if (!isText(subject) || !isText(iss)) throw new SignError("no_identity_token", "the identity token names no subject or no issuer");
	if (isText(email) && claims["email_verified"] !== true) throw new SignError("no_identity_token", "the identity token holds an e-mail address that its issuer never verified");
	const visibility = claims["repository_visibility"] ?? claims["project_visibility"];
	return {
		subject,
		issuer: iss,
		visibility: isText(visibility) ? visibility : void 0
	};
}
/**
* An identity token of this GitHub job for an audience (docs.github.com, "OpenID Connect reference"). Not by the toolkit,
* which writes it to the log as a mask: while a step's output is shown the runner takes no commands, and the token would
* stand there in clear.
* @throws SignError no_identity_token, timed_out, cancelled; never with the address or the token, both are secrets
*/
async function requestGithubToken(audience, env, signal) {
	const address = env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
	const bearer = env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "";
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null) throw new SignError("no_identity_token", "ACTIONS_ID_TOKEN_REQUEST_URL is no address");
	url.searchParams.set("audience", audience);
	const answer = await requestJson(url.href, {
		method: "GET",
		headers: {
			authorization: `Bearer ${bearer}`,
			accept: "application/json"
		},
		limitBytes: limits.serviceAnswerBytes,
		timeoutMs: limits.signRequestMs,
		signal
	}).catch((error) => {
		if (signal.aborted) throw new SignError("cancelled", "signing was given up: the job is being cancelled");
		throw error instanceof Error && error.name === "TimeoutError" ? new SignError("timed_out", `GitHub gave no identity token within ${limits.signRequestMs / 1e3} s`) : new SignError("no_identity_token", "GitHub's identity token service cannot be reached");
	});
	const token = isObject(answer.json) ? answer.json["value"] : void 0;
	if (answer.status !== 200 || !isText(token)) throw new SignError("no_identity_token", `GitHub gave no identity token (HTTP ${answer.status})`);
	return token;
}
function decodeClaims(token) {
	if (token.length > limits.identityTokenBytes) return null;
	const parts = token.split(".");
	if (parts.length !== 3) return null;
	try {
		const claims = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
		return isObject(claims) ? claims : null;
	} catch {
		return null;
	}
}
function isSet(value) {
	return value !== void 0 && value.trim() !== "";
}
function isText(value) {
	return typeof value === "string" && value !== "";
}

export { requestGithubToken as a, readIdentityToken as i, hasIdentityToken as n, requestJson as o, parseTokenClaims as r, hasGithubTokenService as t };