import { i as toTally, n as toBrokenAnswers, r as toHeadline } from "./outcome-CFS-_DKm.js";
import { E as isOfBase } from "./summary-qlegcPMJ.js";
import { r as toTrust } from "./step-remarks-IMRRLvJA.js";

// src/render/check-title.ts
/** What the box at the end of a pull request shows of a title. */
const titleLength = 60;
const endings = {
	finished: "ended",
	cancelled: "cancelled",
	timed_out: "timed out",
	process_lost: "process lost"
};
/**
* A run in at most 60 characters, for a check run: `9/9 passed · signed · 4f2a91c0`, `1 of 9 failed · 1 not run`.
* @param options.signed whether the file was signed keyless, which the envelope itself can't say
*/
function toCheckTitle(envelope, options) {
	const broken = options.verdict === void 0 ? [] : toBrokenAnswers(options.verdict);
	const [answer = "", ...rest] = toParts(envelope, options);
	return (broken.length > 0 ? ["Do not rely on this", ...broken.map(({ name }) => name)] : [
		answer,
		...isOfBase(envelope.subject) ? ["of the base"] : [],
		...rest
	]).join(" · ").slice(0, titleLength);
}
function toParts(envelope, { signed, envelopeSha256 }) {
	const { execution, integrity } = envelope;
	const { total, passed, failed, allowed, notRun, waiting } = toTally(execution.steps);
	const rest = notRun === 0 ? [] : [`${notRun} not run`];
	switch (toHeadline(execution).mood) {
		case "incomplete": return [
			"Incomplete",
			`${passed + failed + allowed} of ${total} ran`,
			endings[execution.termination]
		];
		case "waiting": return [`Waiting for ${waiting === 1 ? "approval" : `${waiting} approvals`}`, `${passed} of ${total} passed`];
		case "fail":
			if (failed > 0) return [`${failed} of ${total} failed`, ...rest];
			return passed + allowed === 0 ? ["Nothing ran", ...rest] : [
				"Failed",
				`${passed} of ${total} passed`,
				...rest
			];
		default: return [
			`${passed}/${total} passed`,
			...allowed === 0 ? [] : [`${allowed} allowed to fail`],
			...rest,
			signed ? "signed" : toTrust(envelope, void 0).level,
			(envelopeSha256 ?? integrity.head_entry_hash).slice(0, 8)
		];
	}
}

export { toCheckTitle as t };