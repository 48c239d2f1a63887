import { a as info, d as warning, i as getInput, r as error, t as debug } from "./chunks/core-MS2wMUn3.js";
import { r as toMessage } from "./chunks/errors-B6vIz8YT.js";
import { a as readManifest, i as ManifestError, t as toDisplayPath } from "./chunks/display-path-8FfibSvk.js";
import { t as setOutputs } from "./chunks/outputs-BLZOYDlN.js";
import { n as KeyError } from "./chunks/errors-CCP6iRFo.js";
import { a as copyEnvironment, i as addRunnerFacts, n as readState, r as saveState, s as scrubEnvironment } from "./chunks/state-BpeZ9zWn.js";
import { n as InputError, r as readMaskedInputs, t as watchCancellation } from "./chunks/cancellation-CFzoioua.js";
import { t as readWorker } from "./chunks/build-info-DS4BG0QM.js";
import { t as makeGithubLog } from "./chunks/github-BDbMNOZQ.js";
import { t as run } from "./chunks/run-C16RWIrt.js";
import { n as makeSigner } from "./chunks/keys-Ck0aianH.js";
import { n as reportOnly, t as toStem } from "./chunks/stem-Dn7waYgw.js";
import { t as toInertOutput } from "./chunks/inert-output-BdwJGFUN.js";
import { t as formatDiagnostics } from "./chunks/diagnostics-Bh1m_uht.js";
import { n as toInertLine } from "./chunks/inert-BfcQbr-O.js";
import { t as toServerOptions } from "./chunks/server-PDrLCTMD.js";
import { n as makeWriter, t as flush } from "./chunks/stdout-CExSBuxw.js";
import process from "node:process";
import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { join, posix } from "node:path";

// src/action/manifest-source.ts
/** What inline steps without a name are called in diagnostics and in the plan: the input that they came through. */
const INLINE = "steps";
/**
* The manifest that the inputs name or hold. Inline text that begins with a list is the steps alone.
* @throws ManifestError, or InputError when there is no folder to run it in
*/
async function readManifestSource(inputs) {
	const { manifest, workspace } = inputs;
	if (!await stat(workspace).then((found) => found.isDirectory(), () => false)) throw new InputError("bad_input", `\`working-directory\` ${inputs.workingDirectory} is no folder; is the checkout there?`);
	if ("file" in manifest) return readManifest(manifest.file, toDisplayPath(manifest.file, workspace));
	const form = /^(?:[ \t]*(?:#.*|---)?\r?\n)*[ \t]*(?:-[ \t\r\n]|\[)/.test(manifest.inline) ? "steps" : "manifest";
	return {
		path: inputs.name ?? INLINE,
		bytes: Buffer.from(manifest.inline),
		form
	};
}

// src/action/report.ts
/** GitHub cuts the message of an annotation at 4,096 characters. */
const MESSAGE_LENGTH = 4e3;
/** Says why nothing was run: every fault in the log, the first as an annotation at its place in the file. */
function reportRefusal(refusal, source, inputs, env) {
	const { diagnostics, message } = refusal;
	if (diagnostics.length > 0) info(toInertOutput(formatDiagnostics(source, diagnostics), false));
	const [first] = diagnostics;
	const place = first && "file" in inputs.manifest && {
		file: posix.join(inputs.workingDirectory, source.path),
		startLine: first.line,
		startColumn: first.column
	};
	const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more, see the log)` : "";
	const text = first ? `${message}: ${first.message}${more}` : message;
	error(text.slice(0, MESSAGE_LENGTH), {
		title: "Quoderat ran nothing",
		...place
	});
	setOutputs({ status: "refused" }, env);
}
/** The last line of a run in the log, which has told how it ended: where its evidence is. */
function reportFolder(dir) {
	info(`Evidence in ${toInertLine(dir)}`);
}

// src/action/perform-run.ts
/**
* The main step: runs the manifest, seals what happened and makes it public.
* @returns the exit code, which is that of the steps whatever becomes of reporting
* @throws a coded error for wrong inputs, before anything has run; anything else is a bug
*/
async function performRun(host) {
	const cancellation = watchCancellation(host, Date.now);
	const env = copyEnvironment(host.env);
	const inputs = readMaskedInputs(env);
	scrubEnvironment(host.env);
	const source = await readManifestSource(inputs);
	const signer = inputs.signingKey === void 0 ? void 0 : makeSigner(inputs.signingKey);
	const server = toServerOptions(inputs.server, env);
	let stem = toStem(inputs.name ?? "quoderat", inputs, env);
	const log = makeGithubLog({
		write: makeWriter(host.stdout),
		randomToken: () => randomBytes(24).toString("hex")
	});
	const outcome = await run({
		source,
		workspace: inputs.workspace,
		outDir: inputs.outDir,
		fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString("hex")}`),
		env: addRunnerFacts(env, inputs),
		readWorker,
		log: onPlanName(log, (name) => {
			stem = toStem(inputs.name ?? name, inputs, env);
			saveState({ stem }, env);
		}),
		signal: cancellation.signal,
		now: Date.now,
		onFolder: (dir) => saveState({ dir }, env),
		...signer && { signer },
		...server && { server },
		...inputs.expectedPlanHash !== void 0 && { expectedPlanHash: inputs.expectedPlanHash }
	});
	if (outcome.kind === "refused") {
		reportRefusal(outcome, source, inputs, env);
		return 2;
	}
	const { evidence, unsealed } = outcome;
	const isSealed = unsealed === void 0 || inputs.server?.onError === "warn";
	return reportOnly(host, outcome.status === "success" && isSealed ? 0 : 1, async () => {
		for (const problem of outcome.problems) warning(problem);
		const publication = {
			inputs,
			env,
			cancellation,
			stem,
			state: {
				...readState({}),
				dir: evidence?.dir
			}
		};
		if (unsealed !== void 0) {
			const { keepUnsealed } = await import("./chunks/keep-unsealed-BdqymX-G.js");
			await keepUnsealed({
				...outcome,
				unsealed
			}, publication);
		} else if (evidence === null) {
			setOutputs({
				status: outcome.status,
				"run-id": outcome.runId,
				"plan-hash": outcome.planHash
			}, env);
			error("No evidence could be written; what the steps did stands.", { title: "Quoderat" });
		} else {
			reportFolder(evidence.dir);
			const { publishEvidence } = await import("./chunks/publish-evidence-CBtdd8EW.js");
			await publishEvidence({
				...publication,
				evidence
			});
		}
	});
}
/** Hears the name of the manifest, which the artifacts are named after, when the plan is known. */
function onPlanName(log, hear) {
	return {
		write(event) {
			if (event.type === "plan_ready") hear(event.plan.name);
			return log.write(event);
		},
		end: () => log.end()
	};
}

// src/action/main.ts
/** 0 success, 1 a step failed or the run was aborted, 2 nothing was run, 70 an error in Quoderat itself. */
const exitCode = await perform(process).catch(toExitCode);
await flush(process.stdout);
process.exit(exitCode);
/** Only what the mode needs is loaded; readInputs says which modes there are. */
async function perform(host) {
	const mode = getInput("mode");
	if (mode === "collect") return (await import("./chunks/collect-BtChPnmm.js")).performCollect(host);
	if (mode === "report") return (await import("./chunks/report-run-DZb5WQ6d.js")).performReport(host);
	return performRun(host);
}
/** The one place where an error ends. What the user can put right came before anything was run. */
function toExitCode(error$1) {
	if (error$1 instanceof InputError || error$1 instanceof ManifestError || error$1 instanceof KeyError) {
		error(error$1.message, { title: "Quoderat ran nothing" });
		setOutputs({ status: "refused" }, copyEnvironment(process.env));
		return 2;
	}
	error(`Internal error: ${toMessage(error$1)}`, { title: "Quoderat failed" });
	if (process.env["RUNNER_DEBUG"] === "1" && error$1 instanceof Error) debug(error$1.stack ?? "");
	return 70;
}

export {  };