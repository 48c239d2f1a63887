// src/schema/run-states.ts
/** What a run can be on a server (docs/protocol.md). Apart from the schemas, which are too much to load for a list of words. */
const runStates = [
	"pending",
	"running",
	"needs_input",
	"finalizing",
	"finalized",
	"failed",
	"aborted",
	"stale"
];

export { runStates as t };