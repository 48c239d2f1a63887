import { f as warning } from "./chunks/core-CZ3zILaY.js";
import { r as toMessage } from "./chunks/errors-B6vIz8YT.js";
import { t as readWorker } from "./chunks/build-info-DS4BG0QM.js";
import { t as sealLostRun } from "./chunks/seal-lost-run-CQBxjr8j.js";
import { n as makeSigner } from "./chunks/keys-Ck0aianH.js";
import { r as readMaskedInputs, t as watchCancellation } from "./chunks/cancellation-Cqv2c2WZ.js";
import { a as copyEnvironment, n as readState, s as scrubEnvironment, t as isSettled } from "./chunks/state-BE-PZWNP.js";
import { t as publishEvidence } from "./chunks/publish-evidence-By9kGQsM.js";
import { t as keepUnsealed } from "./chunks/keep-unsealed-DYBlK1h5.js";
import { r as toServerOptions, t as flush } from "./chunks/stdout-CJNRdcdd.js";
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
	const server = toServerOptions(inputs.server, env);
	const outcome = await sealLostRun({
		dir: state.dir,
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

// src/action/post.ts
await sealLost(process).catch((error) => warning(toMessage(error)));
await flush(process.stdout);
process.exit(0);

export {  };