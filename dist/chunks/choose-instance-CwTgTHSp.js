import { t as SignError } from "./errors-BGvnpYYN.js";

// src/sign/instance.ts
/** The instance that anyone may use. What it signs is in a public log for ever, the signer's identity included. */
const publicGood = {
	fulcioUrl: "https://fulcio.sigstore.dev",
	rekorUrl: "https://rekor.sigstore.dev",
	tsaUrl: null
};
/**
* GitHub's own instance, for repositories that are not public: a certificate and a timestamp, and no log. Of GitHub.com,
* or of an enterprise at *.ghe.com (actions/toolkit, packages/attest).
*/
function toGithubInstance(serverUrl) {
	const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : "github.com";
	const domain = host === "github.com" ? "githubapp.com" : host;
	return {
		fulcioUrl: `https://fulcio.${domain}`,
		rekorUrl: null,
		tsaUrl: `https://timestamp.${domain}`
	};
}
/**
* The instance with the addresses that were given in its place. Naming one service names the instance: the others are
* then not asked unless they are named too.
* @throws SignError bad_instance
*/
function applyOverrides(instance, overrides) {
	const { fulcioUrl, rekorUrl, tsaUrl } = overrides;
	if (fulcioUrl === void 0 && rekorUrl === void 0 && tsaUrl === void 0) return instance;
	if (fulcioUrl === void 0) throw new SignError("bad_instance", "a log or a timestamp authority of your own needs the Fulcio URL that it belongs to");
	return {
		fulcioUrl,
		rekorUrl: rekorUrl ?? null,
		tsaUrl: tsaUrl ?? null
	};
}
/**
* The same instance with addresses that can be called: https, or http on this very machine, since the authority is sent
* the identity token.
* @throws SignError bad_instance; also when nothing in it could tell the time of the signature, which nobody could verify
*/
function checkInstance({ fulcioUrl, rekorUrl, tsaUrl }) {
	if (rekorUrl === null && tsaUrl === null) throw new SignError("bad_instance", "a signature needs a log (Rekor) or a timestamp authority, or nobody can tell when it was made");
	return {
		fulcioUrl: toBase(fulcioUrl, "Fulcio"),
		rekorUrl: rekorUrl === null ? null : toBase(rekorUrl, "Rekor"),
		tsaUrl: tsaUrl === null ? null : toBase(tsaUrl, "timestamp authority")
	};
}
/** The name of a service for a message: its host, never the credentials or queries of an address. */
function toHost(url) {
	return URL.canParse(url) ? new URL(url).host : "its address";
}
function toBase(address, service) {
	const url = URL.canParse(address) ? new URL(address) : null;
	const isHere = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
	if (url === null || !(url.protocol === "https:" || url.protocol === "http:" && isHere)) throw new SignError("bad_instance", `the ${service} URL must begin with https://`);
	if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw new SignError("bad_instance", `the ${service} URL must hold no credentials, query or fragment`);
	return url.href.replace(/\/+$/, "");
}

// src/sign/choose-instance.ts
/**
* The Sigstore instance for whoever a token names: what was named by hand; on GitHub the public one for public
* repositories and GitHub's own for others, as actions/attest chooses; everywhere else the public one.
* @param env of the runner
* @param knownVisibility of the project, by the forge's event, where the token does not tell
* @throws SignError bad_instance
*/
function chooseInstance(claims, env, { overrides, knownVisibility }) {
	const instance = applyOverrides(publicGood, overrides);
	if (instance !== publicGood) return {
		instance,
		exposure: void 0
	};
	const visibility = claims.visibility ?? knownVisibility ?? env["CI_PROJECT_VISIBILITY"];
	if (visibility === "public") return {
		instance: publicGood,
		exposure: void 0
	};
	if (env["GITHUB_ACTIONS"] === "true" && !env["SIGSTORE_ID_TOKEN"]?.trim()) return {
		instance: toGithubInstance(assertHosted(env)),
		exposure: void 0
	};
	return {
		instance: publicGood,
		exposure: `signing would put the name of a project that is ${visibility ?? "perhaps not public"} into Sigstore's public log`
	};
}
function toInstanceOwner(overrides, isLogged) {
	if (Object.values(overrides).some((url) => url !== void 0)) return "own";
	return isLogged ? "public" : "github";
}
/** The addresses that these variables name; the action has inputs for them. */
function readOverrides(env) {
	const read = (name) => env[name]?.trim() || void 0;
	return {
		fulcioUrl: read("QUODERAT_SIGSTORE_FULCIO_URL"),
		rekorUrl: read("QUODERAT_SIGSTORE_REKOR_URL"),
		tsaUrl: read("QUODERAT_SIGSTORE_TSA_URL")
	};
}
/** GitHub Enterprise Server has no Sigstore instance, and the public one does not trust its tokens. */
function assertHosted(env) {
	const server = env["GITHUB_SERVER_URL"] || "https://github.com";
	const host = URL.canParse(server) ? new URL(server).hostname : "";
	if (host === "github.com" || host.endsWith(".ghe.com")) return server;
	throw new SignError("bad_instance", `${host || "this GitHub server"} has no Sigstore instance; name the Fulcio URL of your own`);
}

export { toHost as a, checkInstance as i, readOverrides as n, toInstanceOwner as r, chooseInstance as t };