// src/lib/reserved-env.ts
const PREFIXES = [
	"ACTIONS_",
	"INPUT_",
	"STATE_",
	"QUODERAT_",
	"CI_JOB_JWT"
];
const NAMES = /* @__PURE__ */ new Set([
	"GITHUB_ENV",
	"GITHUB_OUTPUT",
	"GITHUB_PATH",
	"GITHUB_STATE",
	"GITHUB_STEP_SUMMARY",
	"GITHUB_ARTIFACTS",
	"GITHUB_ARTIFACTS_LIST",
	"GITHUB_TOKEN",
	"CI_JOB_TOKEN",
	"SIGSTORE_ID_TOKEN",
	"RUNNER_TRACKING_ID"
]);
/**
* Whether a variable belongs to the runner or to Quoderat. A process that has it could write the job's outputs, speak
* with the job's token, or escape the runner's clean-up of orphans. Case does not count, as on Windows.
*/
function isReservedEnvName(name) {
	const upper = name.toUpperCase();
	return NAMES.has(upper) || PREFIXES.some((prefix) => upper.startsWith(prefix));
}

export { isReservedEnvName as t };