import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";

// src/render/trust.ts
/**
* How far the seal carries, in words, from the weakest: a hash, a signature nobody has checked, one by a trusted key.
* Says "verified" nowhere: a page can't vouch for itself. A server that did not sign is one that anybody may claim to be.
*/
function toTrust(envelope, verdict) {
	const isServer = envelope.producer.component === "server";
	const seal = isServer ? "sealed by a server" : "sealed in the same job that ran the steps";
	const [signature] = envelope.integrity.signatures;
	if (signature === void 0) return {
		level: "hash only",
		seal: `hash only: ${seal}, not signed`
	};
	return {
		level: isServer ? "server sealed" : "signed",
		seal,
		signer: {
			key: signature.keyid.slice(0, 16),
			check: checks[verdict?.authentic.answer ?? "not_checked"]
		}
	};
}
const checks = {
	yes: "a key that was trusted here",
	no: "the signature is not by a trusted key",
	undecidable: "the signature could not be checked",
	not_checked: "signature not checked here"
};

// src/render/claims.ts
/** The codes of `claims.no_claims` (docs/envelope.md) in words that fit after "does not show". */
const sentences = /* @__PURE__ */ new Map([
	["forgeable_by_job", "that the steps were honest: the job that ran them could have forged what it measured"],
	["time_self_reported", "the time, other than as this machine told it"],
	["sandbox", "that steps were kept apart from each other or the machine"],
	["network_blocked", "that the network was out of reach"],
	["secret_free", "that no secret got out: redactions are receipts of what was replaced"],
	["deterministic", "that another run ends the same"],
	["tests_sufficient", "that the tests are enough"],
	["sealed_inside_job", "a seal by another party: the job sealed its own evidence"],
	["unsigned", "who made it: there is no signature"],
	["runner_context_self_reported", "what the runner is, other than as it says of itself"],
	["not_bound_to_commit", "which commit was tested"],
	["work_tree_may_differ_from_commit", "that the files tested are those of the commit"],
	["end_of_run_unseen", "how the run ended: its process was lost"],
	["output_partial", "all output: part of it is missing"]
]);
/** What may not be read into the evidence, a phrase each. A code from a later version is shown as it is. */
function toNoClaims(codes) {
	return codes.map((code) => sentences.get(code) ?? toInertLine(code).replaceAll("_", " "));
}

// src/render/step-remarks.ts
/**
* What Quoderat itself saw of steps whose exit code says little, by step id: `200 in 84 ms, body matched` of a probe,
* `ready after 1.2 s, ran 40.0 s` of a service. As recorded, so a stranger's text.
*/
function toStepRemarks({ execution, observations }) {
	const seen = new Map(observations.map((observation) => [observation.id, observation]));
	return new Map(execution.steps.flatMap(({ id, kind, attempt, duration_ms }) => {
		if (kind === "http_probe") {
			const summary = seen.get(`${id}/${attempt}/http`)?.summary;
			return summary === void 0 ? [] : [[id, summary]];
		}
		if (kind !== "service") return [];
		const summary = seen.get(`${id}/${attempt}/service`)?.summary;
		return summary === void 0 ? [] : [[id, `${summary}, ran ${formatDuration(duration_ms)}`]];
	}));
}

export { toNoClaims as n, toTrust as r, toStepRemarks as t };