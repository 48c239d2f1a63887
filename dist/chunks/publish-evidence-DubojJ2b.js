import { d as warning } from "./core-MS2wMUn3.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { n as readExcerpts, t as renderSummary } from "./summary-qlegcPMJ.js";
import { a as toTargetFacts, i as toRunUrl, r as toAnnotations, t as publish } from "./publish-BPraUb_N.js";
import { t as toCheckTitle } from "./check-title-x447ipNc.js";
import { resolve } from "node:path";

// src/action/publish-evidence.ts
/** Makes the evidence of one run public: its pages, and all that publish() does with them. */
async function publishEvidence(options) {
	const { evidence, inputs, env } = options;
	const { envelope, envelopeSha256, verdict } = evidence;
	const excerpts = await readExcerpts(evidence.dir, envelope);
	const comparison = await compareWithBase(options);
	const facts = toTargetFacts(env, envelope.subject);
	const runUrl = toRunUrl(facts);
	const places = {
		most: limits.checkAnnotations,
		workspace: resolve(env["GITHUB_WORKSPACE"] || "."),
		workingDirectory: inputs.workingDirectory
	};
	await publish({
		...options,
		status: envelope.execution.status,
		title: inputs.name ?? envelope.plan.name,
		toCheckTitle: ({ signing }) => toCheckTitle(envelope, {
			signed: signing?.state === "keyless",
			envelopeSha256,
			verdict
		}),
		facts,
		annotations: toAnnotations(envelope, places).annotations,
		runnerAnnotations: toAnnotations(envelope, {
			...places,
			hasSteps: false
		}).annotations,
		jobTotal: inputs.jobTotal,
		render: (surface, budgetBytes, { file, signing }) => renderSummary({
			envelope,
			envelopeSha256,
			envelopeFileName: file?.name ?? evidenceFiles.envelope,
			verdict,
			budgetBytes,
			surface,
			excerpts,
			links: {
				...runUrl !== void 0 && { run: runUrl },
				...file?.url !== void 0 && { envelope: file.url }
			},
			...comparison && { comparison },
			...signing && { signing }
		})
	});
}
/** What has changed since the base's envelope, when the workflow names one. One that is no good is a warning. */
async function compareWithBase({ evidence, inputs }) {
	if (inputs.baseEnvelope === void 0) return void 0;
	try {
		const { compareWithFile } = await import("./compare-with-file-BUfcxgBG.js");
		return await compareWithFile(inputs.baseEnvelope, evidence);
	} catch (error) {
		warning(`The page does not compare with the base: ${toMessage(error)}`);
		return;
	}
}

export { publishEvidence as t };