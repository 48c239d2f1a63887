// src/publish/github/service.ts
/**
* Why this runner can't take artifacts, or undefined when it can. Only github.com and *.ghe.com have the service
* (GitHub Enterprise Server has an older one), and only actions are given the token for it, not `run:` steps.
*/
function toServiceProblem(env) {
	const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
	const host = URL.canParse(server) ? new URL(server).hostname.toLowerCase() : "";
	if (host !== "github.com" && !host.endsWith(".ghe.com") && !host.endsWith(".localhost")) return `${host || "this server"} has no artifact service of the kind that GitHub.com has`;
	const missing = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"].filter((name) => !env[name]);
	return missing.length > 0 ? `this runner offers no artifact service (${missing.join(", ")} not set)` : void 0;
}

export { toServiceProblem as t };