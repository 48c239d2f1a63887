import { t as sealEmbedded } from "./seal-embedded-i1pN6Hen.js";
import { r as toClaims } from "./seal-Ct-C14ch.js";
import { n as writeEvidence } from "./write-evidence-Cd8r3ACU.js";

// src/seal-run.ts
/** Seals a record in this process and leaves the evidence in its folder. null when no folder could take the envelope. */
async function sealRun(options) {
	const { record, now, signer } = options;
	const [folder = "."] = options.dirs;
	const claims = toClaims(record, "embedded", signer !== void 0);
	const sealed = await sealEmbedded({
		record,
		claims,
		folder,
		now,
		signer
	});
	return writeEvidence({
		...sealed,
		...options
	});
}

export { sealRun as t };