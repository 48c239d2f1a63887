// src/schema/artifact-kinds.ts
/** What a captured file can be, in the order in which a record lists those of one attempt. No schema, so that it loads at once. */
const artifactKinds = [
	"stdout",
	"stderr",
	"report",
	"output",
	"diff",
	"materials",
	"manifest",
	"plan",
	"response",
	"screenshot",
	"trace",
	"video"
];

export { artifactKinds as t };