import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as isObject } from "./json-DncajuVf.js";
import { i as toPreAuthEncoding, r as payloadTypes } from "./dsse-AEBoNKPY.js";
import { n as predicateType, r as statementType } from "./statement-Cb-9ZAcS.js";

// src/sign/certificate.ts
/** Extensions of Fulcio's certificates: github.com/sigstore/fulcio, docs/oid-info.md. The first holds bare text. */
const oids = {
	issuerV1: "1.3.6.1.4.1.57264.1.1",
	issuerV2: "1.3.6.1.4.1.57264.1.8",
	sourceDigest: "1.3.6.1.4.1.57264.1.13",
	runUrl: "1.3.6.1.4.1.57264.1.21"
};
/** null: the certificate names nobody, or not who vouches for it. May throw what a parser of DER throws. */
function readCertifiedSigner(certificate) {
	const identity = certificate.subjectAltName;
	const issuer = readText(certificate, oids.issuerV2) ?? certificate.extension(oids.issuerV1)?.value.toString("utf8");
	if (!identity || !issuer) return null;
	const sourceDigest = readText(certificate, oids.sourceDigest);
	const runUrl = readText(certificate, oids.runUrl);
	return {
		identity,
		issuer,
		...sourceDigest && { sourceDigest },
		...runUrl && { runUrl }
	};
}
/** The newer extensions hold a DER-encoded UTF8String. */
function readText(certificate, oid) {
	return certificate.extension(oid)?.valueObj.subs[0]?.value.toString("utf8");
}

// src/sign/bundle.ts
/** The file is no Sigstore bundle over an in-toto statement that is signed under a certificate. */
var BundleReadError = class extends CodedError {};
/** Longer numbers are not written by any log; reading one of a million digits would take minutes. */
const longestNumber = 20;
const longestCheckpoint = 16384;
/** A Merkle tree of 2^64 entries has proofs of 64 hashes. */
const mostHashes = 64;
/**
* Takes a Sigstore bundle (v0.1 to v0.3, JSON) apart. It may come from anyone: its size is bounded, and so is everything
* in it that costs more than its length to look at.
* @throws BundleReadError
*/
async function inspectBundle(bytes) {
	if (bytes.length > limits.sigstoreBundleBytes) throw new BundleReadError("too_large", `it has more than the ${limits.sigstoreBundleBytes} bytes that are read`);
	const { bundleFromJSON } = await import("./dist-DC0oFJU3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const { X509Certificate } = await import("./dist-CROU4heO.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		const bundle = bundleFromJSON(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
		assertBounded(bundle);
		const { payload, signature } = readDsse(bundle);
		const certificate = X509Certificate.parse(Buffer.from(readCertificate(bundle)));
		const signer = readCertifiedSigner(certificate);
		if (signer === null) throw new Error("its certificate names no signer or no issuer");
		return {
			bundle,
			payload,
			certificate,
			signer,
			signatureHolds: await holds(certificate, payload, signature),
			logEntries: bundle.verificationMaterial.tlogEntries.map((entry) => ({
				index: entry.logIndex,
				at: toTime(entry.integratedTime)
			}))
		};
	} catch (error) {
		const reason = error instanceof Error ? error.message.slice(0, 200) : "it cannot be read";
		throw new BundleReadError("not_a_bundle", reason, { cause: error });
	}
}
/**
* Whether each timestamp can be read and is about this signature. Who made it can only be told with a trusted root; but
* one that is something else makes a bundle that no verifier takes.
*/
async function areStampsOfSignature({ verificationMaterial, content }) {
	const { RFC3161Timestamp } = await import("./dist-CROU4heO.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const signature = readDsse({ content }).signature;
	try {
		for (const { signedTimestamp } of verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []) RFC3161Timestamp.parse(Buffer.from(signedTimestamp)).tstInfo.verify(signature);
		return true;
	} catch {
		return false;
	}
}
function readDsse({ content }) {
	if (content.$case !== "dsseEnvelope") throw new Error("it signs no statement");
	const { payload, payloadType, signatures } = content.dsseEnvelope;
	const [signature] = signatures;
	if (payloadType !== payloadTypes.statement || signature === void 0 || signatures.length !== 1) throw new Error("it holds no in-toto statement with one signature");
	return {
		payload: Buffer.from(payload),
		signature: Buffer.from(signature.sig)
	};
}
function readCertificate({ verificationMaterial: { content } }) {
	if (content.$case === "certificate") return content.certificate.rawBytes;
	const leaf = content.$case === "x509CertificateChain" ? content.x509CertificateChain.certificates[0] : void 0;
	if (leaf === void 0) throw new Error("it holds no certificate");
	return leaf.rawBytes;
}
async function holds(certificate, payload, signature) {
	const { crypto } = await import("./dist-CROU4heO.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const key = crypto.createPublicKey(certificate.publicKey);
	return crypto.verify(toPreAuthEncoding(payloadTypes.statement, payload), key, signature);
}
/** Seconds since the epoch, as logs write them, as a timestamp. null: it names no time. */
function toTime(seconds) {
	const value = Number(seconds);
	return Number.isInteger(value) && value > 0 && value < 8e12 ? (/* @__PURE__ */ new Date(value * 1e3)).toISOString() : null;
}
function assertBounded({ verificationMaterial }) {
	const { tlogEntries, timestampVerificationData } = verificationMaterial;
	const stamps = timestampVerificationData?.rfc3161Timestamps.length ?? 0;
	if (tlogEntries.length > limits.sigstoreWitnesses || stamps > limits.sigstoreWitnesses) throw new Error("it holds too many log entries or timestamps");
	for (const { logIndex, integratedTime, inclusionProof: proof } of tlogEntries) {
		if ([
			logIndex,
			integratedTime,
			proof?.logIndex ?? "",
			proof?.treeSize ?? ""
		].some((number) => !/^\d*$/.test(number) || number.length > longestNumber)) throw new Error("a number of its log entries cannot be read");
		if ((proof?.checkpoint?.envelope.length ?? 0) > longestCheckpoint || (proof?.hashes.length ?? 0) > mostHashes) throw new Error("the proof of a log entry is too long");
	}
}

// src/sign/statement-fault.ts
/** Why a signed payload is no statement about this very envelope; null when it is (docs/envelope.md, section 7). */
function findStatementFault(payload, envelope) {
	const statement = parse(payload);
	if (statement === null || statement["_type"] !== "https://in-toto.io/Statement/v1" || statement["predicateType"] !== "https://quoderat.io/evidence-envelope/v1") return {
		code: "sigstore_other_statement",
		message: "what was signed is no statement about an Evidence Envelope"
	};
	if (!isAboutFile(statement["subject"], envelope.envelope_sha256)) return {
		code: "sigstore_other_envelope",
		message: "what was signed is about another envelope file than this one"
	};
	const { predicate } = statement;
	const wrong = [
		"evidence_id",
		"run_id",
		"head_entry_hash"
	].find((name) => !isObject(predicate) || predicate[name] !== envelope[name]);
	return wrong === void 0 ? null : {
		code: "sigstore_other_envelope",
		message: `the ${wrong} that was signed is not that of this envelope`
	};
}
function isAboutFile(subjects, sha256) {
	return Array.isArray(subjects) && subjects.some((subject) => isObject(subject) && isObject(subject["digest"]) && subject["digest"]["sha256"] === sha256);
}
function parse(payload) {
	try {
		const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
		return isObject(value) ? value : null;
	} catch {
		return null;
	}
}

export { inspectBundle as i, BundleReadError as n, areStampsOfSignature as r, findStatementFault as t };