import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as sealLostRun } from "./seal-lost-run-b9KWaSq9.js";
import { i as chooseAttestMode, o as writeSigning, r as attestRun } from "./attest-BOls345X.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as chooseForgePlan } from "./forge-flags-C_CzbD9x.js";
import { t as readSigner } from "./key-files-BB4tStV1.js";
import { n as formatStatus, t as formatEvidence } from "./run-report-D_hceYTW.js";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/cli/commands/seal.ts
/**
* `quoderat seal`: seals what a killed run left. That the run is aborted is no failure of this command.
* @throws CliError; the errors of the key's and the journal's readers
*/
async function seal(named, flags, io) {
	const dir = resolve(io.cwd, named);
	const signer = await readSigner(flags.key, io);
	const attestMode = chooseAttestMode(flags.attest, io.env);
	const forge = chooseForgePlan({}, io.env);
	const wasSealed = await stat(join(dir, evidenceFiles.envelope)).then(() => true, () => false);
	const outcome = await sealLostRun({
		dir,
		worker: await readWorker(),
		now: io.now,
		embedded: flags.embedded === true,
		...signer && { signer }
	}).catch((error) => {
		if (!wasSealed || error instanceof CodedError) throw error;
		const message = `${named} holds an ${evidenceFiles.envelope} that is not of Quoderat's making; \`verify\` tells more`;
		throw new CliError("unreadable", message, { cause: error });
	});
	if (outcome.kind === "refused") {
		io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
		return exitCodes.usage;
	}
	for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
	if (outcome.evidence === null) return exitCodes.usage;
	if (wasSealed) io.stdout.write("This run is sealed already; nothing was changed.\n");
	io.stdout.write(`${formatStatus(outcome.evidence)}${formatEvidence(outcome.evidence, io)}`);
	const { signal } = new AbortController();
	const signing = await attestRun(outcome.evidence, attestMode, {
		io,
		signal
	});
	writeSigning(signing, outcome.evidence.dir, io);
	if (forge.isWanted) {
		const { publishToGitlab } = await import("./gitlab-job-BKBMMBAL.js");
		await publishToGitlab({
			evidence: outcome.evidence,
			signing
		}, forge, {
			io,
			signal
		});
	}
	return exitCodes.success;
}

export { seal };