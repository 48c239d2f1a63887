import { d as warning } from "./core-MS2wMUn3.js";
import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { t as sealLostRun } from "./seal-lost-run-b9KWaSq9.js";
import { n as makeSigner } from "./keys-Ck0aianH.js";
import { r as readMaskedInputs, t as watchCancellation } from "./cancellation-CFzoioua.js";
import { a as copyEnvironment, s as scrubEnvironment } from "./state-BpeZ9zWn.js";
import { t as publishEvidence } from "./publish-evidence-DubojJ2b.js";
import { t as keepUnsealed } from "./keep-unsealed-DSy-mvTO.js";
import { t as toServerOptions } from "./server-PDrLCTMD.js";
import { randomBytes } from "node:crypto";

// src/action/seal-lost.ts
/**
* Does what the main step was kept from doing: seals a run whose process was killed, uploads what a cancellation left no
* time for.
* @param dir the run's evidence folder
* @throws a coded error when there is nothing that could be sealed
*/
async function sealLost(host, dir, state) {
	const env = copyEnvironment(host.env);
	const cancellation = watchCancellation(host, Date.now);
	const inputs = readMaskedInputs(env);
	scrubEnvironment(host.env);
	const signer = inputs.signingKey === void 0 ? void 0 : makeSigner(inputs.signingKey);
	const server = toServerOptions(inputs.server, env);
	const outcome = await sealLostRun({
		dir,
		worker: await readWorker(),
		now: Date.now,
		...signer && { signer },
		...server && { server: {
			options: server,
			env,
			signal: cancellation.signal
		} }
	});
	if (outcome.kind === "refused") {
		warning(outcome.message);
		return;
	}
	for (const problem of outcome.problems) warning(problem);
	const stem = state.stem ?? `quoderat-${randomBytes(4).toString("hex")}`;
	const { unsealed } = outcome;
	if (unsealed !== void 0) await keepUnsealed({
		...outcome,
		unsealed
	}, {
		inputs,
		env,
		cancellation,
		stem,
		state
	});
	if (outcome.evidence === null) return;
	const { termination } = outcome.evidence.envelope.execution;
	if (termination === "process_lost") warning("The step was killed before it could finish; what is known of its run is sealed as aborted.");
	await publishEvidence({
		evidence: outcome.evidence,
		inputs,
		env,
		cancellation,
		stem,
		state,
		isPost: true
	});
}

export { sealLost };