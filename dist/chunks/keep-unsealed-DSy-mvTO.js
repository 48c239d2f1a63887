import { d as warning, r as error } from "./core-MS2wMUn3.js";
import { t as setOutputs } from "./outputs-BLZOYDlN.js";
import { i as appendJobSummary, r as uploadUnsealed } from "./upload-evidence-DrbzXErW.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { a as paragraph, l as fullDetail, o as strong, s as text, t as code, u as renderMarkdown } from "./tree-DXwFO1HV.js";
import { r as saveState } from "./state-BpeZ9zWn.js";

// src/render/unsealed.ts
const words = {
	success: "passed",
	failed: "failed",
	aborted: "were cut off"
};
/** The page of a run that is not sealed, for a job summary: that there is no evidence, and how there can be. */
function renderUnsealed({ status, runId, serverName, reason, artifactName }) {
	const folder = artifactName === void 0 ? "THE-FOLDER" : toShellWord(artifactName.replace(/\.tar\.gz$/, ""));
	const blocks = [
		{
			type: "heading",
			level: 3,
			children: [text("⚠️ Not sealed: there is no evidence of this run yet")]
		},
		paragraph(text(`The steps ${words[status]}, and the server that was to seal the run (`), code(serverName), text(") did not: "), text(reason)),
		paragraph(strong(text("To finish:")), text(artifactName === void 0 ? " from the folder of run " : " download "), code(artifactName ?? runId), text(artifactName === void 0 ? " on the runner, let the server seal it:" : ", unpack it into a folder, and let the server seal it:")),
		{
			type: "code_block",
			language: "sh",
			lines: [`npx quoderat push ${folder} --server ${toShellWord(serverName)}`]
		}
	];
	return `${renderMarkdown(blocks, fullDetail)}\n`;
}

// src/action/keep-unsealed.ts
/**
* What becomes of a run that a server was to seal and did not: its folder is kept as a build artifact from which
* `quoderat push` finishes, and log and page say that nothing is sealed. No check and no comment: there is no evidence.
*/
async function keepUnsealed(outcome, options) {
	const { status, runId, planHash, unsealed } = outcome;
	const { env, inputs, cancellation } = options;
	setOutputs({
		status,
		"run-id": runId,
		"plan-hash": planHash
	}, env);
	(inputs.server?.onError !== "warn" ? error : warning)("The server has not sealed the run; what the run left is kept for `quoderat push`", { title: "Quoderat" });
	if (!cancellation.signal.aborted) {
		const artifact = await uploadUnsealed(unsealed.dir, options);
		try {
			await appendJobSummary(renderUnsealed({
				...unsealed,
				status,
				runId,
				artifactName: artifact?.name
			}));
		} catch (error) {
			warning(error instanceof Error ? error.message : String(error));
		}
		saveState({
			envelope: "settled",
			bundle: "settled",
			summary: "settled",
			attest: "settled",
			report: "settled"
		}, env);
	}
}

export { keepUnsealed as t };