// src/render/outcome.ts
function toTally(steps) {
	const count = (wanted) => steps.filter(wanted).length;
	return {
		total: steps.length,
		passed: count(({ status }) => status === "success"),
		failed: count((step) => isFailure(step) && !step.continue_on_error),
		allowed: count((step) => isFailure(step) && step.continue_on_error),
		aborted: count(({ status }) => status === "aborted"),
		waiting: count(({ status }) => status === "waiting"),
		notRun: count(({ status }) => status === "skipped")
	};
}
function isFailure({ status }) {
	return status === "failed" || status === "error" || status === "timed_out";
}
/** The answer of a run in one sentence, with counts. Silence is never a pass: a run of nothing has failed. */
function toHeadline(run) {
	const tally = toTally(run.steps);
	const { total, passed, failed, allowed, notRun } = tally;
	const ran = passed + failed + allowed;
	const rest = notRun === 0 ? "" : `, ${notRun} not run`;
	const of = (part) => `${part} of ${total} ${total === 1 ? "step" : "steps"}`;
	if (run.status === "aborted" || run.termination !== "finished") return {
		mood: "incomplete",
		sentence: `Incomplete: ${of(ran)} ran, then ${endings[run.termination]}`
	};
	if (failed > 0) return {
		mood: "fail",
		sentence: `Failed: ${of(failed)} failed${rest}`
	};
	if (tally.waiting > 0) return {
		mood: "waiting",
		sentence: `Waiting for approval: ${of(passed)} passed${rest}`
	};
	if (ran === 0) return {
		mood: "fail",
		sentence: `Nothing ran: ${of(0)} ran`
	};
	if (run.status === "failed") return {
		mood: "fail",
		sentence: `Failed: ${of(passed)} passed${rest}`
	};
	if (allowed > 0) return {
		mood: "pass",
		sentence: `Passed with ${allowed === 1 ? "1 allowed failure" : `${allowed} allowed failures`}: ${of(passed)} passed${rest}`
	};
	return {
		mood: "pass",
		sentence: `Passed: ${of(passed)} ran and passed${rest}`
	};
}
const endings = {
	finished: "the run was ended",
	cancelled: "the job was cancelled",
	timed_out: "the run reached its time limit",
	process_lost: "its process was lost"
};
/** The answers of a verdict that are no, each with the words that say so. */
function toBrokenAnswers({ intact, complete, authentic, expected }) {
	return [
		{
			name: "Not intact",
			...intact
		},
		{
			name: "Not complete",
			...complete
		},
		{
			name: "Not authentic",
			...authentic
		},
		{
			name: "Not what was expected",
			...expected
		}
	].filter(({ answer }) => answer === "no");
}

export { toTally as i, toBrokenAnswers as n, toHeadline as r, isFailure as t };