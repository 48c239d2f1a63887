import { t as CliError } from "./cli-error-Y3rlLU4c.js";

// src/cli/forge-flags.ts
const forgeModes = [
	"auto",
	"always",
	"never"
];
/**
* The options, else QUODERAT_COMMENT and QUODERAT_COMMIT_STATUS, which the component sets for all commands of a job, else auto.
* @throws CliError usage
*/
function chooseForgePlan(flags, env) {
	const note = flags.comment ?? readMode("QUODERAT_COMMENT", env);
	const status = flags.commitStatus ?? readMode("QUODERAT_COMMIT_STATUS", env);
	return {
		modes: {
			note,
			status
		},
		isWanted: note === "always" || status === "always" || Boolean(env["QUODERAT_GITLAB_REPORTS"] || env["CI_API_V4_URL"])
	};
}
function readMode(name, env) {
	const named = env[name]?.trim() || "auto";
	const mode = forgeModes.find((known) => known === named);
	if (mode === void 0) throw new CliError("usage", `${name} must be one of ${forgeModes.join(", ")}`);
	return mode;
}

export { forgeModes as n, chooseForgePlan as t };