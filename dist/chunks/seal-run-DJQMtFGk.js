import { a as openStoredArtifact } from "./artifacts-BB1Jfmbw.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { r as evidenceFiles } from "./evidence-folder-ByAWJy20.js";
import { t as toClaims } from "./claims-B261gAFj.js";
import { t as sealRecord } from "./seal-DyyVeqQe.js";
import { i as toStatement, t as makeDsseEnvelope } from "./statement-BrIu5JHo.js";
import { t as verifyEnvelope } from "./verify-DDRcJeoA.js";
import { n as writeEvidence } from "./write-evidence-uXV26w2a.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// src/seal-run.ts
/**
* The embedded server: seals a record in this process and says so, verifies what it wrote, and leaves the evidence in
* its folder. null when no folder could take the envelope.
*/
async function sealRun(options) {
	const { record, now, signer } = options;
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
		claims: toClaims(record, "embedded", signer !== void 0),
		...signer && { signer }
	});
	const [folder = "."] = options.dirs;
	const artifacts = join(folder, evidenceFiles.artifacts);
	const verdict = await verifyEnvelope(sealed.bytes, {
		trustedKeys: [],
		authenticityAsked: false,
		expected: { evidence_id: sealed.envelope.evidence_id },
		openArtifact: (digest) => openStoredArtifact(artifacts, digest)
	});
	const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
	return writeEvidence({
		...sealed,
		...options,
		statement,
		verdict
	});
}

export { sealRun as t };