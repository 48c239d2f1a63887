import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { t as makeGroupedLog } from "./grouped-D4cNZuYo.js";
import { a as toTitle } from "./wording-Dt8sRPiS.js";

// src/log/github.ts
/** GitHub shows ten annotations of a kind per step. */
const maxAnnotations = 10;
/**
* The job log of a GitHub Actions runner. All of it goes to one stream: on two, a child's line could be read before
* the command that makes it harmless. Each group stops the runner's commands with a token of its own, which no child
* ever sees. Source: docs.github.com, "Workflow commands"; actions/runner, ActionCommandManager.cs.
* @param options.randomToken gives 32 or more random hex digits, others each time
*/
function makeGithubLog(options) {
	let token = "";
	let annotations = 0;
	return makeGroupedLog({
		open(step) {
			token = options.randomToken();
			return `::group::${toData(toTitle(step))}\n::stop-commands::${token}\n`;
		},
		close: () => `::${token}::\n::endgroup::\n`,
		outcome(step, result, line) {
			if (!(isFailure(result) || result.status === "aborted") || annotations === maxAnnotations) return `${line}\n`;
			annotations += 1;
			return `${line}\n${toAnnotation(step, result)}\n`;
		}
	}, options.write);
}
function toAnnotation(step, result) {
	const level = step.continue_on_error || result.status === "aborted" ? "warning" : "error";
	const { word } = toStepWord({
		...step,
		status: result.status
	});
	return `::${level} title=${toProperty(toInertLine(`${step.id} ${word}`, 200))}::${toData(toReason(result) || word)}`;
}
/** The escapes of a command's data, and of its properties (actions/toolkit, core/src/command.ts). */
function toData(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function toProperty(text) {
	return toData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

export { makeGithubLog as t };