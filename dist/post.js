import { d as warning } from "./chunks/core-MS2wMUn3.js";
import { r as toMessage } from "./chunks/errors-B6vIz8YT.js";
import { t as readWorker } from "./chunks/build-info-F22b9gQi.js";
import { t as sealLostRun } from "./chunks/seal-lost-run-CVoYiOu8.js";
import { n as makeSigner } from "./chunks/keys-g2oATbyO.js";
import { a as readState, d as copyEnvironment, f as scrubEnvironment, i as isSettled, l as readMaskedInputs, r as publishEvidence, s as watchCancellation, t as flush } from "./chunks/stdout-CgfuKatL.js";
import process from "node:process";
import { randomBytes } from "node:crypto";

// src/action/seal-lost.ts
/**
* The post step: does what the main step was kept from doing. Seals a run whose process was killed, uploads what a
* cancellation left no time for; does nothing when all is done.
* @throws a coded error when there is nothing that could be sealed
*/
async function sealLost(host) {
	const env = copyEnvironment(host.env);
	const state = readState(env);
	if (state.dir === void 0 || isSettled(state)) return;
	const cancellation = watchCancellation(host, Date.now);
	const inputs = readMaskedInputs(env);
	scrubEnvironment(host.env);
	const signer = inputs.signingKey === void 0 ? void 0 : makeSigner(inputs.signingKey);
	const outcome = await sealLostRun({
		dir: state.dir,
		worker: readWorker(),
		now: Date.now,
		...signer && { signer }
	});
	if (outcome.kind === "refused") {
		warning(outcome.message);
		return;
	}
	for (const problem of outcome.problems) warning(problem);
	if (outcome.evidence === null) return;
	const { termination } = outcome.evidence.envelope.execution;
	if (termination === "process_lost") warning("The step was killed before it could finish; what is known of its run is sealed as aborted.");
	const stem = state.stem ?? `quoderat-${randomBytes(4).toString("hex")}`;
	await publishEvidence({
		evidence: outcome.evidence,
		inputs,
		env,
		cancellation,
		stem,
		state
	});
}

// src/action/post.ts
await sealLost(process).catch((error) => warning(toMessage(error)));
await flush(process.stdout);
process.exit(0);

export {  };