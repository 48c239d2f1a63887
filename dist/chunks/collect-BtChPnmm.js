import { a as info, d as warning, r as error } from "./core-MS2wMUn3.js";
import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { t as collect } from "./collect-run-BmafixHT.js";
import { i as toCollectionPage, n as toCollectionSentence, r as isCollectionOfBase, t as renderCollection } from "./collection-C7i6FIlu.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { a as makeRunArtifacts, n as logLegs, r as toLegAnnotations, t as readRunArtifacts } from "./run-artifacts-B_vb6LJY.js";
import { t as setOutputs } from "./outputs-BLZOYDlN.js";
import { a as toTargetFacts, i as toRunUrl, t as publish } from "./publish-BPraUb_N.js";
import { n as makeSigner } from "./keys-Ck0aianH.js";
import { r as readMaskedInputs, t as watchCancellation } from "./cancellation-CFzoioua.js";
import { a as copyEnvironment, i as addRunnerFacts, n as readState, s as scrubEnvironment } from "./state-BpeZ9zWn.js";
import { n as reportOnly, t as toStem } from "./stem-Dn7waYgw.js";
import { t as toArtifactUrl } from "./upload-evidence-DrbzXErW.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// src/action/collect.ts
/** What a collection is called that nobody named. */
const NAME = "collection";
/**
* `mode: collect`, in the last job of a workflow: gathers the envelopes of this run, seals a collection of them and
* publishes one page. Works without a token, in pull requests from forks too.
* @returns 0 only when every expected leg is in, intact and a success
* @throws a coded error for wrong inputs
*/
async function performCollect(host) {
	const cancellation = watchCancellation(host, Date.now);
	const env = copyEnvironment(host.env);
	const inputs = readMaskedInputs(env);
	scrubEnvironment(host.env);
	const signer = inputs.signingKey === void 0 ? void 0 : makeSigner(inputs.signingKey);
	const title = inputs.name ?? NAME;
	const giveUp = AbortSignal.any([cancellation.signal, AbortSignal.timeout(limits.uploadMaxMs)]);
	const outcome = await collect({
		candidates: readRunArtifacts({
			source: () => makeRunArtifacts(env, giveUp),
			giveUp,
			toUrl: (id) => toArtifactUrl(id, env).url
		}),
		expected: inputs.expected === void 0 ? null : { count: inputs.expected },
		name: title,
		workspace: inputs.workspace,
		outDir: inputs.outDir,
		fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString("hex")}`),
		env: addRunnerFacts(env, inputs),
		worker: await readWorker(),
		now: Date.now,
		...signer && { signer }
	});
	if (outcome.kind === "refused") {
		error(outcome.message, { title: "Quoderat collected nothing" });
		setOutputs({ status: "refused" }, env);
		return 2;
	}
	const exitCode = outcome.status === "success" && outcome.evidence !== null ? 0 : 1;
	return reportOnly(host, exitCode, () => report(outcome, {
		inputs,
		env,
		cancellation,
		title
	}));
}
async function report({ gathered, evidence, status, problems }, { inputs, env, cancellation, title }) {
	logLegs(gathered);
	for (const problem of problems) warning(problem);
	const page = toCollectionPage({
		gathered,
		title,
		evidence
	});
	info(toCollectionSentence(page));
	if (evidence === null) {
		error("No evidence of the collection could be written.", { title: "Quoderat" });
		setOutputs({ status }, env);
		return;
	}
	const facts = toTargetFacts(env, evidence.envelope.subject);
	const runUrl = toRunUrl(facts);
	await publish({
		evidence,
		status,
		title,
		toCheckTitle: () => toCollectionSentence(page),
		facts: {
			...facts,
			isOfBase: isCollectionOfBase({
				gathered,
				evidence
			})
		},
		annotations: toLegAnnotations(gathered),
		render: (surface, budgetBytes, { file, signing }) => renderCollection({
			...toCollectionPage({
				gathered,
				title,
				evidence,
				signing,
				...file && { file },
				...runUrl !== void 0 && { runUrl }
			}),
			isComment: surface === "comment",
			budgetBytes
		}),
		jobTotal: 1,
		inputs,
		env,
		cancellation,
		state: readState({}),
		stem: toStem(title, inputs, env)
	});
}

export { performCollect };