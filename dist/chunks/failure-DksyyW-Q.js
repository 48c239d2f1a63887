import { n as toErrorCode, t as CodedError } from "./errors-B6vIz8YT.js";

// src/publish/gitlab/failure.ts
/** Why something could not be handed to GitLab. It never decides about the job. */
var GitlabError = class extends CodedError {};
/** What an answer that is no success means. Its body is GitLab's own words; of them one line is kept. */
function toGitlabError(what, status, body) {
	const words = body.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().slice(0, 200);
	const message = `GitLab answered ${status} to ${what}${words === "" ? "" : `: ${words}`}`;
	if (status === 401 || status === 403) return new GitlabError("not_allowed", message);
	if (status === 404) return new GitlabError("not_found", message);
	if (status === 413 || status === 400 && /too long/i.test(words)) return new GitlabError("too_long", message);
	if (status === 429) return new GitlabError("rate_limited", message);
	return new GitlabError(status >= 500 ? "unreachable" : "refused", message);
}
/** The cause is not kept: it may carry the request with its headers. */
function toTransportError(what, error) {
	if (error instanceof GitlabError) return error;
	const code = toErrorCode(error) ?? (error instanceof Error ? toErrorCode(error.cause) : void 0);
	return new GitlabError("unreachable", `GitLab could not be asked for ${what}: ${code ?? "no answer"}`);
}

export { toGitlabError as n, toTransportError as r, GitlabError as t };