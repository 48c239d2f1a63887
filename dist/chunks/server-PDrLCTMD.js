import { d as warning } from "./core-MS2wMUn3.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { a as requestGithubToken, t as hasGithubTokenService } from "./identity-token-BPBjLi83.js";
import { n as InputError } from "./cancellation-CFzoioua.js";

// src/action/server.ts
/**
* The server that the inputs name, with the token they hold or tokens that the runner hands out. Where there is neither (a
* pull request from a fork has no way to either) and `on-server-error: warn` says that the server is not all-important,
* there is none: the job seals its own evidence, which says so of itself.
* @throws InputError when there is neither, and the server is all-important
*/
function toServerOptions(inputs, env) {
	if (inputs === void 0) return void 0;
	const { url, token, audience, key, onError } = inputs;
	if (token === void 0 && !hasGithubTokenService(env)) {
		const fault = "there is nothing to log in to the server with";
		const remedy = "give `server-token`, or the job `id-token: write` (a pull request from a fork is never given it)";
		if (onError === "fail") throw new InputError("bad_input", `${fault}: ${remedy}`);
		warning(`The job seals its own evidence, not the server: ${fault}; ${remedy}`);
		return;
	}
	return {
		url,
		auth: token === void 0 ? { oidc: () => requestGithubToken(audience, env, AbortSignal.timeout(limits.serverHeadMs)) } : { token },
		...key !== void 0 && { key }
	};
}

export { toServerOptions as t };