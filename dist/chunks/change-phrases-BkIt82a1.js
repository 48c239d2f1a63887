// src/render/digest.ts
/** A SHA-256 as people compare it at a glance: `sha256:7be1…04c2`. */
function toShortDigest(sha256) {
	return `sha256:${sha256.slice(0, 4)}…${sha256.slice(-4)}`;
}
/** A git object name as people write it. */
function toShortCommit(objectName) {
	return objectName.slice(0, 7);
}

// src/render/change-phrases.ts
const became = (what) => (before, after) => before === "" && after === "" ? `${what} changed` : `${what} ${before} → ${after}`;
const only = (what) => (before, after) => `${what} ${after === "none" ? before : after}`.trimEnd();
const plain = (what) => () => what;
/** What is said of a change, behind what it is about. Two empty values: the change is shown otherwise. */
function toPhrase(code, before, after) {
	return phrases[code](before, after);
}
const phrases = {
	run_status: became("status"),
	run_termination: became("it ended:"),
	run_duration: became("took"),
	plan_hash: became("plan hash"),
	manifest: became("manifest"),
	max_parallel: became("steps side by side:"),
	step_added: (_before, after) => `new step (${after})`,
	step_removed: (before) => `not a step any more (it was ${before})`,
	step_status: (before, after) => `${before} → ${after}`,
	step_cause: became("cause"),
	step_exit_code: became("exit code"),
	step_signal: became("signal"),
	step_attempts: became("attempts needed:"),
	step_max_attempts: became("attempts allowed:"),
	step_duration: became("took"),
	step_kind: became("kind"),
	step_command: became("command"),
	step_cwd: became("cwd"),
	step_needs: became("needs"),
	step_env_added: (_before, after) => `is given the variable ${after}`,
	step_env_removed: (before) => `is not given the variable ${before} any more`,
	step_timeout: became("timeout"),
	step_idle_timeout: became("idle timeout"),
	step_may_fail: became("may fail:"),
	step_output_complete: became("output complete:"),
	gate_decision: became("approval"),
	report_read: plain("a report that was not there before"),
	report_not_read: plain("its report is not there any more"),
	tests_total: became("tests"),
	tests_failed: became("failed tests"),
	tests_skipped: became("skipped tests"),
	test_newly_failing: only("newly failing:"),
	test_no_longer_failing: only("no longer failing:"),
	test_newly_flaky: only("newly flaky:"),
	findings_total: became("findings"),
	finding_new: only("new:"),
	finding_gone: only("gone:"),
	coverage: became("coverage"),
	material_added: plain("new file"),
	material_removed: plain("not there any more"),
	material_changed: became("other content,"),
	output_added: plain("new file"),
	output_removed: plain("not made any more"),
	output_changed: became("other content,"),
	redaction_added: (_before, after) => `${after}×, none before`,
	redaction_removed: (before) => `none any more, ${before}× before`,
	redaction_count: (before, after) => `${before}× → ${after}×`,
	tool_added: only("new,"),
	tool_removed: (before) => `not found any more (it was ${before})`,
	tool_version: (before, after) => `${before} → ${after}`,
	os: became("system"),
	arch: became("architecture"),
	os_release: became("release"),
	image: became("image"),
	cpu_count: became("processors"),
	memory_bytes: became("memory"),
	runner_type: became("kind of runner:"),
	self_hosted: became("self-hosted:"),
	quoderat_version: became("Quoderat"),
	sealed_by: became("sealed by"),
	signers: became("signing keys:"),
	no_claim_added: plain("the evidence now says that it does not show this"),
	no_claim_removed: plain("the evidence no longer says that it does not show this")
};

export { toShortCommit as n, toShortDigest as r, toPhrase as t };