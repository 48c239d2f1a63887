import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { c as writeEvidenceFile, n as dropEvidenceFile, o as readEvidenceFile, r as evidenceFiles, s as toSigstorePath, t as EvidenceFolderError } from "./evidence-folder-CaRiuEzT.js";
import { i as inspectBundle, n as BundleReadError, r as areStampsOfSignature, t as findStatementFault } from "./statement-fault-D4pElMlZ.js";
import { a as toHost, i as checkInstance, r as toInstanceOwner, t as chooseInstance } from "./choose-instance-CwTgTHSp.js";
import { t as SignError } from "./errors-BGvnpYYN.js";
import { r as parseTokenClaims } from "./identity-token-BPBjLi83.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { r as payloadTypes } from "./dsse-AEBoNKPY.js";
import { i as toStatement } from "./statement-Cb-9ZAcS.js";
import { basename, dirname } from "node:path";

// src/sign/service-error.ts
/**
* What went wrong between us and Sigstore's services. Only codes and HTTP statuses are taken from what was thrown: the
* library's messages may quote the identity token, and a service's own words may too. No cause is kept for that reason.
*/
function toSignError(error, instance) {
	if (error instanceof SignError) return error;
	const service = toService(readText(error, "code") ?? "", instance);
	const cause = read(error, "cause");
	const status = readNumber(cause, "statusCode");
	const type = readText(cause, "type") ?? readText(cause, "code");
	if (type === "request-timeout" || type === "body-timeout" || type === "ERR_SOCKET_TIMEOUT" || type === "EIDLETIMEOUT") return new SignError("timed_out", `${service.name} did not answer in time`);
	if (service.code === "bad_answer" || status === void 0 && !isUnreachable(cause)) return new SignError("bad_answer", `${service.name} gave an answer that cannot be understood`);
	if (status === void 0) return new SignError(service.code, `${service.name} cannot be reached (${type ?? "no answer"})`);
	if (service.code === "certificate_unavailable" && status < 500 && status !== 408 && status !== 429) return new SignError("certificate_refused", `${service.name} refused to certify this identity (HTTP ${status}); does it trust the issuer of the identity token, and is the token still valid?`);
	return new SignError(service.code, `${service.name} failed (HTTP ${status})`);
}
function toService(code, { fulcioUrl, rekorUrl, tsaUrl }) {
	if (code.startsWith("CA_")) return {
		code: "certificate_unavailable",
		name: `the certificate authority ${toHost(fulcioUrl)}`
	};
	if (code.startsWith("TLOG_")) return {
		code: "log_unavailable",
		name: `the log ${toHost(rekorUrl ?? "")}`
	};
	if (code.startsWith("TSA_")) return {
		code: "timestamp_unavailable",
		name: `the timestamp authority ${toHost(tsaUrl ?? "")}`
	};
	return {
		code: "bad_answer",
		name: `the Sigstore instance of ${toHost(fulcioUrl)}`
	};
}
/** A failure of the network has the system's word for it, `ECONNREFUSED`; one of reading the answer has none. */
function isUnreachable(cause) {
	return /^E[A-Z]{3,}|^(?:UNABLE|CERT|DEPTH|SELF_SIGNED|ERR_TLS|ERR_SSL)/.test(readText(cause, "code") ?? "");
}
function readText(value, name) {
	const found = read(value, name);
	return typeof found === "string" ? found : void 0;
}
function readNumber(value, name) {
	const found = read(value, name);
	return typeof found === "number" ? found : void 0;
}
/** Errors of three libraries meet here, whose classes are not all exported. */
function read(value, name) {
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : void 0;
}

// src/sign/sign-statement.ts
/**
* Signs a statement keyless: a fresh key, a short-lived certificate for whoever the token names, and a log entry or a
* timestamp that says when (docs.sigstore.dev). Every wait ends. What comes back is looked at before it is believed:
* the signature holds under the certificate that came with it. Whether the certificate is to be trusted is for a verifier.
* @throws SignError
*/
async function signStatement(options) {
	const instance = checkInstance(options.instance);
	parseTokenClaims(options.identityToken);
	const { requestMs = limits.signRequestMs, totalMs = limits.signMs, retries = 2, signal } = options;
	const timeout = AbortSignal.timeout(totalMs);
	const bundle = await beforeAbort(createBundle(options, instance, {
		timeout: requestMs,
		retry: {
			retries,
			minTimeout: 500,
			maxTimeout: 4e3
		}
	}), signal === void 0 ? timeout : AbortSignal.any([signal, timeout])).catch((error) => {
		if (signal?.aborted === true) throw new SignError("cancelled", "signing was given up: the job is being cancelled");
		if (timeout.aborted) throw new SignError("timed_out", `signing took longer than ${totalMs / 1e3} s`);
		throw toSignError(error, instance);
	});
	return toSigned(Buffer.from(JSON.stringify(bundle)), options.statement, instance);
}
async function createBundle({ statement, identityToken }, { fulcioUrl, rekorUrl, tsaUrl }, fetching) {
	const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = await import("./dist-MH5hhLfZ.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const { bundleToJSON } = await import("./dist-DC0oFJU3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	return bundleToJSON(await new DSSEBundleBuilder({
		signer: new FulcioSigner({
			fulcioBaseURL: fulcioUrl,
			identityProvider: { getToken: () => Promise.resolve(identityToken) },
			...fetching
		}),
		witnesses: [...rekorUrl === null ? [] : [new RekorWitness({
			rekorBaseURL: rekorUrl,
			fetchOnConflict: true,
			...fetching
		})], ...tsaUrl === null ? [] : [new TSAWitness({
			tsaBaseURL: tsaUrl,
			...fetching
		})]]
	}).create({
		data: Buffer.from(statement),
		type: payloadTypes.statement
	}));
}
async function toSigned(bundle, statement, instance) {
	const found = await inspectBundle(bundle).catch((error) => {
		const message = `${toHost(instance.fulcioUrl)} and its services gave no bundle that can be read`;
		throw new SignError("bad_answer", message, { cause: error });
	});
	if (!found.signatureHolds || Buffer.compare(found.payload, statement) !== 0) throw new SignError("bad_answer", `${toHost(instance.fulcioUrl)} certified another key than the one that signed`);
	if (instance.tsaUrl !== null && !await areStampsOfSignature(found.bundle)) throw new SignError("bad_answer", `${toHost(instance.tsaUrl)} gave no timestamp of this signature`);
	const [entry] = found.logEntries;
	if (instance.rekorUrl !== null && entry === void 0) throw new SignError("bad_answer", `${toHost(instance.rekorUrl)} gave no entry of its log`);
	return {
		...found.signer,
		bundle,
		...entry?.at && { loggedAt: entry.at },
		...entry && { logIndex: entry.index }
	};
}
/** The work, or the reason of the signal. Work that is left behind ends by its own time-outs, unheard. */
async function beforeAbort(work, signal) {
	work.catch(() => {});
	let stop = () => {};
	const aborted = new Promise((_, reject) => {
		stop = () => reject(signal.reason instanceof Error ? signal.reason : /* @__PURE__ */ new Error("aborted"));
		if (signal.aborted) stop();
		else signal.addEventListener("abort", stop, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener("abort", stop);
	}
}

// src/sign/statement.ts
/**
* The statement that is signed through Sigstore: that of the sidecar, byte for byte. GitHub takes at most 1,024 subjects,
* so of a run with more artifacts the first are named: the commit and the envelope come first and are always in, and the
* envelope holds the digest of every artifact.
*/
function toSigningStatement(envelope, envelopeSha256) {
	const own = envelope.subject.id === null ? 1 : 2;
	const artifacts = envelope.artifacts.slice(0, limits.statementSubjects - own);
	return toStatement({
		...envelope,
		artifacts
	}, envelopeSha256);
}

// src/sign-evidence.ts
/**
* Signs the statement about an envelope through Sigstore and keeps the bundle beside it, before anybody else is handed
* it. When that fails the folder says so in signing-pending.json, and how to finish; the evidence is what it was. An
* envelope that is signed already stays so. Never throws for what a service, the network or the disk does.
*/
async function signEvidence(options) {
	const { envelopePath } = options;
	const found = await readSigned(options);
	if (found?.state === "signed") await dropPending(envelopePath);
	if (found !== null) return found;
	try {
		const signing = await sign(options);
		if (signing.state === "signed") await dropPending(envelopePath);
		return signing;
	} catch (error) {
		if (!(error instanceof SignError || error instanceof EvidenceFolderError)) throw error;
		const code = error instanceof SignError ? error.code : "not_written";
		await writePending(options, {
			code,
			reason: error.message
		});
		return {
			state: "failed",
			code,
			reason: error.message
		};
	}
}
async function sign(options) {
	const { envelope, envelopeSha256, mode, env, overrides, knownVisibility, signal, retries } = options;
	const identityToken = await options.getToken(signal);
	const choice = chooseInstance(parseTokenClaims(identityToken), env, {
		overrides,
		knownVisibility
	});
	if (mode === "auto" && choice.exposure !== void 0) return {
		state: "not_asked",
		why: choice.exposure
	};
	const signed = await signStatement({
		statement: toSigningStatement(envelope, envelopeSha256),
		identityToken,
		instance: choice.instance,
		signal,
		...retries !== void 0 && { retries }
	});
	const path = toSigstorePath(options.envelopePath);
	const bundlePath = await writeEvidenceFile(dirname(path), basename(path), signed.bundle);
	const { bundle, identity, issuer, loggedAt, logIndex } = signed;
	const log = {
		...loggedAt && { loggedAt },
		...logIndex && { logIndex }
	};
	return {
		state: "signed",
		isNew: true,
		bundlePath,
		bundle,
		identity,
		issuer,
		instance: toInstanceOwner(overrides, logIndex !== void 0),
		...log
	};
}
/** The bundle that is there already. One of another envelope, or none at all, is not overwritten: it is somebody's. */
async function readSigned(options) {
	const { envelopePath, envelope, envelopeSha256, overrides } = options;
	const bundlePath = toSigstorePath(envelopePath);
	const refuse = (reason) => ({
		state: "failed",
		code: "other_signature",
		reason: `${bundlePath} ${reason}; remove it to sign anew`
	});
	try {
		const bundle = await readEvidenceFile(dirname(bundlePath), basename(bundlePath));
		if (bundle === null) return null;
		const { payload, signatureHolds, signer, logEntries } = await inspectBundle(bundle);
		const { evidence_id, run_id, integrity } = envelope;
		const about = {
			evidence_id,
			run_id,
			head_entry_hash: integrity.head_entry_hash,
			envelope_sha256: envelopeSha256
		};
		if (!signatureHolds || findStatementFault(payload, about) !== null) return refuse("is no signature of this envelope");
		const [entry] = logEntries;
		const log = {
			...entry?.at && { loggedAt: entry.at },
			...entry && { logIndex: entry.index }
		};
		const { identity, issuer } = signer;
		return {
			state: "signed",
			isNew: false,
			bundlePath,
			bundle,
			identity,
			issuer,
			instance: toInstanceOwner(overrides, entry !== void 0),
			...log
		};
	} catch (error) {
		if (error instanceof BundleReadError) return refuse(`is no Sigstore bundle (${error.message})`);
		if (error instanceof EvidenceFolderError) return refuse("cannot be read");
		throw error;
	}
}
/** Only in an evidence folder: beside a file that somebody downloaded it would be litter. */
async function writePending({ envelopePath, now }, { code, reason }) {
	if (basename(envelopePath) !== evidenceFiles.envelope) return;
	const mark = {
		state: "failed",
		code,
		reason,
		at: toTimestamp(now()),
		finish: "quoderat sign <this folder>"
	};
	await writeEvidenceFile(dirname(envelopePath), evidenceFiles.signingPending, `${JSON.stringify(mark, null, 2)}\n`).catch((error) => toMessage(error));
}
async function dropPending(envelopePath) {
	if (basename(envelopePath) !== evidenceFiles.envelope) return;
	await dropEvidenceFile(dirname(envelopePath), evidenceFiles.signingPending);
}

export { signEvidence as n, readSigned as t };