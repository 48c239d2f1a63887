import { C as readLivingOwner, w as releaseFolder } from "./run-worktree-BCzdHka4.js";
import { n as readJournal } from "./read-journal-BTThtjor.js";
import { n as endLostRun, t as readSealed } from "./read-sealed-DxZJm7On.js";
import { i as readServerNote } from "./relayed-folder-BkNAtxDq.js";
import { t as sealRun } from "./seal-run-Dn7jBrkI.js";

// src/seal-lost-run.ts
/**
* Seals, as aborted, the run that a killed process left in `dir`: what its journal tells, and the output that it had
* written. A folder that is sealed already is given as it is. A run that a server is to seal goes to the server; without
* one it is refused rather than sealed by whoever happens to come by, unless `embedded` asks for just that.
* @throws JournalError when there is no journal, or it is damaged; RecordError when it ends before the plan was made
*/
async function sealLostRun(options) {
	const { dir, now, signer, server } = options;
	const owner = readLivingOwner(dir);
	if (owner !== void 0) return {
		kind: "refused",
		message: `the run in ${dir} is not lost: process ${owner} is still writing it; end that process first`,
		diagnostics: []
	};
	const sealed = await readSealed(dir);
	if (sealed !== null) return sealed;
	const url = readServerNote(dir);
	if (url !== null && options.embedded !== true) {
		if (server !== void 0) return (await import("./push-run-T65V_SOW.js")).pushRun({
			dir,
			now,
			...server
		});
		return {
			kind: "refused",
			message: `the run in ${dir} was to be sealed by ${url}: \`quoderat push\` lets it; \`quoderat seal --embedded\` seals it here, and says so in the envelope`,
			diagnostics: []
		};
	}
	const problems = [];
	const onProblem = (problem) => void problems.push(problem);
	try {
		const { record } = await endLostRun(dir, await readJournal(dir), {
			now,
			onProblem
		});
		const evidence = await sealRun({
			record,
			manifestSha256: record.artifacts.find(({ id }) => id === "manifest")?.sha256 ?? "",
			dirs: [dir],
			now,
			onProblem,
			...signer && { signer }
		});
		const { status, termination } = record.execution;
		const planHash = record.plan.plan_hash;
		return {
			kind: "finished",
			status,
			termination,
			runId: record.run_id,
			planHash,
			evidence,
			problems
		};
	} finally {
		releaseFolder(dir);
	}
}

export { sealLostRun as t };