import { d as warning } from "./chunks/core-MS2wMUn3.js";
import { r as toMessage } from "./chunks/errors-B6vIz8YT.js";
import { a as copyEnvironment, n as readState, t as isSettled } from "./chunks/state-BpeZ9zWn.js";
import { t as flush } from "./chunks/stdout-CExSBuxw.js";
import process from "node:process";

// src/action/post.ts
await completeRun(process).catch((error) => warning(toMessage(error)));
await flush(process.stdout);
process.exit(0);
/** As a rule there is nothing left to do, and nothing is loaded. */
async function completeRun(host) {
	const state = readState(copyEnvironment(host.env));
	if (state.dir === void 0 || isSettled(state)) return;
	const { sealLost } = await import("./chunks/seal-lost-CdopNxCu.js");
	await sealLost(host, state.dir, state);
}

export {  };