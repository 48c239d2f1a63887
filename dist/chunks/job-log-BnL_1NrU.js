import { n as widthOf } from "./terminal-DedOchCv.js";
import { randomBytes } from "node:crypto";

// src/cli/job-log.ts
/** The values of `--log`. */
const logChoices = [
	"auto",
	"live",
	"plain",
	"github",
	"gitlab",
	"json"
];
/** `auto` resolved: the forge's own folding in its jobs, a live list on a terminal, plain lines elsewhere. */
function chooseLog(choice, output, env) {
	if (choice !== "auto") return choice;
	if (env["GITHUB_ACTIONS"] === "true") return "github";
	if (env["GITLAB_CI"] === "true") return "gitlab";
	return output.isTTY === true && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "" ? "live" : "plain";
}
/** Each kind's code is loaded when it is wanted. */
const makers = {
	live: async ({ write, output, color, io }) => (await import("./live-ehXLdWkB.js")).makeLiveLog({
		write,
		dumb: output.isTTY !== true || io.env["TERM"] === "dumb",
		color,
		columns: () => widthOf(output),
		now: io.now,
		every: (ms, tick) => {
			const timer = setInterval(tick, ms);
			return () => clearInterval(timer);
		}
	}),
	plain: async ({ write }) => (await import("./plain-ksHbU3Ww.js")).makePlainLog({ write }),
	github: async ({ write }) => (await import("./github-BXHSBUe2.js")).makeGithubLog({
		write,
		randomToken: () => randomBytes(32).toString("hex")
	}),
	gitlab: async ({ write }) => (await import("./gitlab-D3q6dGkj.js")).makeGitlabLog({ write }),
	json: async ({ write }) => (await import("./json-COZ1GGZU.js")).makeJsonLog({ write })
};
/** The log of that kind, writing to `output`. */
function makeJobLog(kind, means) {
	return makers[kind]({
		...means,
		write: makeWriter(means.output)
	});
}
/**
* Writes to a stream so that a slow reader is waited for, and one that has gone away is written to no more: the run
* goes on without it.
*/
function makeWriter(output) {
	let isGone = false;
	output.once("error", () => {
		isGone = true;
	});
	const write = (text) => new Promise((resolve) => {
		if (output.write(text, () => resolve())) resolve();
	});
	return (text) => isGone ? void 0 : write(text);
}

export { logChoices as n, makeJobLog as r, chooseLog as t };