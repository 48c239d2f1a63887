import { a as openStoredArtifact } from "./artifacts-B7-BLI3W.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as sealRecord } from "./seal-Ct-C14ch.js";
import { i as toStatement, t as makeDsseEnvelope } from "./statement-Cb-9ZAcS.js";
import { t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// src/seal-embedded.ts
/**
* The embedded server: seals a record in this process and says so, and verifies what it made.
* @param options.folder the evidence folder that holds the artifacts
*/
async function sealEmbedded(options) {
	const { record, claims, now, signer } = options;
	const { name, version } = record.worker;
	const sealed = await sealRecord({
		record,
		evidenceId: makeUuidV7(now(), randomBytes(10)),
		sealedAt: toTimestamp(now()),
		producer: {
			name,
			version,
			component: "embedded"
		},
		claims,
		...signer && { signer }
	});
	const artifacts = join(options.folder, evidenceFiles.artifacts);
	const openArtifact = (digest) => openStoredArtifact(artifacts, digest);
	const verdict = await verifyEnvelope(sealed.bytes, {
		trustedKeys: [],
		authenticityAsked: false,
		expected: { evidence_id: sealed.envelope.evidence_id },
		openArtifact
	});
	const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
	return {
		...sealed,
		statement,
		verdict,
		openArtifact
	};
}

export { sealEmbedded as t };