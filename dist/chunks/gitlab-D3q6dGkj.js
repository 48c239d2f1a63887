import { t as makeGroupedLog } from "./grouped-D4cNZuYo.js";
import { a as toTitle } from "./wording-Dt8sRPiS.js";

// src/log/gitlab.ts
const eraseLine = "\x1B[0K";
/**
* The job log of GitLab: a collapsed section for each step.
* Source: docs.gitlab.com, "Custom collapsible sections": names of letters, digits, "_", "." and "-".
*/
function makeGitlabLog(options) {
	let section = 0;
	const mark = (edge, at, suffix) => `${eraseLine}section_${edge}:${Math.floor(Date.parse(at) / 1e3)}:quoderat_${section}${suffix}\r${eraseLine}`;
	return makeGroupedLog({
		open(step, at) {
			section += 1;
			return `${mark("start", at, "[collapsed=true]")}${toTitle(step)}\n`;
		},
		close: (_step, at) => `${mark("end", at, "")}\n`,
		outcome: (_step, _result, line) => `${line}\n`
	}, options.write);
}

export { makeGitlabLog };