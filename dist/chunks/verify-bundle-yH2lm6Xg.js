import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { i as inspectBundle, n as BundleReadError, t as findStatementFault } from "./statement-fault-D4pElMlZ.js";

// src/sign/trust-bundle.ts
/**
* Checks a bundle against each trusted instance: certificate chain at the time of signing, proof that the certificate was
* logged, proof that the signature was logged, timestamps, signature. An instance that has logs must show its entries;
* one that has none (GitHub's) must show a timestamp. At least one time must be proven: certificates live for minutes.
*/
async function trustBundle(found, roots) {
	const sigstore = await import("./dist-C8IgxRFF.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	let refusal;
	for (const root of roots) try {
		const entity = sigstore.toSignedEntity(found.bundle);
		verify(sigstore, entity, root);
		return {
			kind: "trusted",
			facts: toFacts(found, entity)
		};
	} catch (error) {
		const next = toRefusal(error, sigstore);
		if (refusal === void 0 || ranks[next.code] > ranks[refusal.code]) refusal = next;
	}
	return refusal ?? toRefusal(void 0, sigstore);
}
const ranks = {
	sigstore_unreadable: -1,
	sigstore_no_time: 0,
	sigstore_untrusted_certificate: 1,
	sigstore_bad_log_proof: 2,
	sigstore_bad_signature: 3
};
function verify({ Verifier }, entity, root) {
	new Verifier(root, {
		ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
		tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
		timestampThreshold: 1
	}).verify(entity);
}
/** Only of a bundle that was verified: its entries and timestamps hold, all of them. */
function toFacts({ signer }, { timestamps, tlogEntries }) {
	return {
		identity: signer.identity,
		issuer: signer.issuer,
		times: timestamps.flatMap((stamp) => {
			if (stamp.$case === "timestamp-authority") return [{
				source: "timestamp_authority",
				at: stamp.timestamp.signingTime.toISOString()
			}];
			if (stamp.tlogEntry.inclusionPromise === void 0) return [];
			return [{
				source: "log",
				at: (/* @__PURE__ */ new Date(Number(stamp.tlogEntry.integratedTime) * 1e3)).toISOString()
			}];
		}),
		log_index: toLogIndex(tlogEntries[0]),
		source_digest: signer.sourceDigest ?? null,
		run_url: signer.runUrl ?? null
	};
}
/** The log's promise is about the number of an entry; a proof is about its place in the tree, which may be another. */
function toLogIndex(entry) {
	return entry?.inclusionPromise !== void 0 || entry?.inclusionProof?.logIndex === entry?.logIndex ? entry?.logIndex ?? null : null;
}
function toRefusal(error, { VerificationError }) {
	const code = error instanceof VerificationError ? error.code : "";
	const detail = error instanceof Error ? error.message.slice(0, 200) : "it cannot be read";
	if (code === "SIGNATURE_ERROR") return {
		kind: "refused",
		code: "sigstore_bad_signature",
		message: `the signature does not hold (${detail})`
	};
	if (code.startsWith("TLOG_")) return {
		kind: "refused",
		code: "sigstore_bad_log_proof",
		message: `the log's proof for the signature does not hold (${detail})`
	};
	if (code === "TIMESTAMP_ERROR") return {
		kind: "refused",
		code: "sigstore_no_time",
		message: `nothing that is trusted here tells when it was signed (${detail})`
	};
	if (code === "CERTIFICATE_ERROR") return {
		kind: "refused",
		code: "sigstore_untrusted_certificate",
		message: `its certificate was not issued by an authority that is trusted here, or not valid then (${detail})`
	};
	return {
		kind: "refused",
		code: "sigstore_unreadable",
		message: `a part of it cannot be read (${detail})`
	};
}

// src/sign/verify-bundle.ts
/** An identity is an address; patterns are not run over more than this. */
const longestIdentity = 2048;
/**
* Whether this envelope was signed, through a trusted Sigstore instance, by whom the caller expects. No network.
* @returns `no` when something is false; `undecidable` when there is no bundle, no trusted root, or nobody was named:
* anyone can sign, so a signature that holds says nothing until its owner is the one expected
*/
async function checkSigstore(question, envelope) {
	if (question.bundle === null) return toAnswer("undecidable", "sigstore_missing", "there is no Sigstore bundle beside the envelope");
	let found;
	try {
		found = await inspectBundle(question.bundle);
	} catch (error) {
		if (!(error instanceof BundleReadError)) throw error;
		return toAnswer("no", "sigstore_unreadable", `the Sigstore bundle cannot be read: ${error.message}`);
	}
	const fault = findStatementFault(found.payload, envelope);
	if (fault !== null) return toAnswer("no", fault.code, fault.message);
	if (!found.signatureHolds) return toAnswer("no", "sigstore_bad_signature", "the signature does not hold under its own certificate");
	if (question.roots.length === 0) return toAnswer("undecidable", "sigstore_no_trusted_root", "no trusted root was given; name one with --trusted-root");
	const trust = await trustBundle(found, question.roots);
	if (trust.kind === "refused") return toAnswer("no", trust.code, trust.message);
	return {
		...compareSigner(trust.facts, question),
		facts: trust.facts
	};
}
function compareSigner({ identity, issuer }, expected) {
	if (expected.identity === void 0 || expected.issuer === void 0) return toAnswer("undecidable", "sigstore_no_expectation", `anyone can sign; say who must have, with ${expected.identity === void 0 ? "--identity" : "--issuer"}`);
	if (issuer !== expected.issuer) return toAnswer("no", "sigstore_other_issuer", `its signer was vouched for by ${issuer}, not by the expected issuer`);
	if (!isIdentity(identity, expected.identity)) return toAnswer("no", "sigstore_other_identity", `it is signed by ${identity}, who is not the one expected`);
	return {
		answer: "yes",
		problems: []
	};
}
function isIdentity(identity, expected) {
	if (typeof expected === "string") return identity === expected;
	return identity.length <= longestIdentity && new RegExp(`^(?:${expected.source})$`, "u").test(identity);
}
function toAnswer(answer, code, message) {
	return {
		answer,
		problems: [{
			pointer: "",
			code,
			message
		}]
	};
}

export { checkSigstore };