import { a as openStoredArtifact, i as toPartialName, r as toArtifact, s as makeUuidV7, t as PARTIAL_FOLDER } from "./artifacts-C-8GCwdB.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { n as toMessage } from "./errors-hhrPs1l3.js";
import { c as toCanonicalJson, l as sha256, s as CanonicalError } from "./kinds-BuLn-WYH.js";
import { t as limits } from "./limits-By-Rj9HI.js";
import { n as renderSummary, t as readExcerpts } from "./excerpts-DIAHkQ2_.js";
import { n as evidenceFiles, o as writeEvidenceFile, r as linkArtifact } from "./evidence-folder-DjvGwyuK.js";
import { a as toChainText, c as payloadTypes, f as sealedMembers, i as toChain, n as toParseOptions, o as signSeal, r as collections, s as makeDsse, t as verifyEnvelope, u as toPointer } from "./verify-CCw0wS6n.js";
import { r as SealError } from "./errors-8mv8BjWB.js";
import { createHash, randomBytes } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";

// src/execution/stored.ts
/**
* Takes into the store what a lost process had written of an output artifact: redacted bytes, the end of which may be
* missing, so it is marked truncated. undefined when nothing of it is there.
*/
async function adoptPartial(dir, identity) {
	const path = join(dir, toPartialName(identity.id));
	const hash = createHash("sha256");
	let size = 0;
	try {
		for await (const chunk of createReadStream(path)) {
			hash.update(chunk);
			size += chunk.length;
		}
	} catch {
		return;
	}
	const sha256 = hash.digest("hex");
	await rename(path, join(dir, sha256));
	return toArtifact(identity, {
		sha256,
		size,
		truncated: true,
		problem: null
	}, {
		mediaType: "text/plain",
		redaction: {
			class: "text",
			applied: false
		}
	});
}
/** Ends the store of a run that is over: what is still unfinished in it belongs to no artifact. */
async function dropPartials(dir) {
	await rm(join(dir, PARTIAL_FOLDER), {
		recursive: true,
		force: true
	}).catch(() => {});
}

// src/seal/claims.ts
/** True of every record. docs/envelope.md explains each code; a test holds the two together. */
const ALWAYS_MECHANICAL = [
	"every_step_listed",
	"exit_codes_as_returned",
	"artifacts_by_sha256",
	"redacted_before_hashing",
	"sealed_by_hash_chain"
];
const NEVER_CLAIMED = [
	"sandbox",
	"network_blocked",
	"secret_free",
	"deterministic",
	"tests_sufficient",
	"forgeable_by_job",
	"time_self_reported"
];
/**
* What this record can and cannot show, as codes.
* @param signed whether a key will sign the seal
*/
function toClaims(record, component, signed) {
	const { plan, runner_context: runner, subject } = record;
	const isVerified = runner.basis === "oidc_verified";
	const isPlanEnforced = plan.expected_plan_hash !== void 0 && plan.expected_plan_hash === plan.plan_hash;
	return {
		mechanical: [
			...ALWAYS_MECHANICAL,
			...when(isPlanEnforced, "plan_hash_enforced"),
			...when(component === "server", "sealed_apart_from_job"),
			...when(signed, "signed_by_key"),
			...when(isVerified, "runner_identity_verified")
		],
		no_claims: [
			...NEVER_CLAIMED,
			...when(component === "embedded", "sealed_inside_job"),
			...when(!signed, "unsigned"),
			...when(!isVerified, "runner_context_self_reported"),
			...when(subject.git === null, "not_bound_to_commit"),
			...when(subject.git !== null && subject.git.dirty !== false, "work_tree_may_differ_from_commit"),
			...when(record.execution.termination === "process_lost", "end_of_run_unseen"),
			...when(isOutputPartial(record), "output_partial")
		]
	};
}
function when(applies, code) {
	return applies ? [code] : [];
}
function isOutputPartial({ execution, artifacts, events }) {
	return artifacts.some(({ truncated }) => truncated) || execution.steps.some(({ attempts }) => attempts.some(({ output_complete }) => !output_complete)) || events.dropped > 0;
}

// src/seal/seal.ts
/**
* Seals a record (docs/envelope.md): no clock, no environment, no I/O; the same input gives the same bytes.
* @throws SealError `invalid_record` with the pointer of every member that the schema refuses, unknown members included
*/
async function sealRecord(options) {
	const sealed = assertSealable(toSealedMembers(options));
	const texts = toTexts(sealed);
	const header = writeEnvelope(texts, (elements) => String(elements.length));
	const leaves = [{
		pointer: "",
		payload_sha256: sha256(header)
	}];
	for (const collection of collections) for (const [index, text] of texts.elements[collection].entries()) leaves.push({
		pointer: `${collection}/${index}`,
		payload_sha256: sha256(text)
	});
	const integrity = await makeIntegrity(sealed, leaves, options.signer);
	const text = writeEnvelope(texts, (elements) => `[${elements.join(",")}]`, toIntegrityText(integrity));
	const bytes = Buffer.from(text);
	if (bytes.length > limits.envelopeBytes) throw new SealError("invalid_record", `the envelope would have ${bytes.length} bytes, more than a verifier reads`);
	return {
		envelope: {
			...sealed,
			integrity
		},
		bytes,
		sha256: sha256(bytes)
	};
}
function toSealedMembers({ record, evidenceId, sealedAt, producer, claims }) {
	const { worker, ...recorded } = record;
	return {
		schema_version: "1.0",
		evidence_id: evidenceId,
		generated_at: record.execution.finished_at,
		sealed_at: sealedAt,
		producer: {
			...producer,
			worker
		},
		...recorded,
		claims
	};
}
/** The very value that was given, not the parser's copy: a copy may leave out what the seal should have covered. */
function assertSealable(sealed) {
	const result = sealedMembers.safeParse(sealed, toParseOptions(sealed.artifacts));
	if (result.success) return sealed;
	const faults = result.error.issues.slice(0, 20).map(({ path, message }) => `${toPointer(path) || "/"}: ${message}`);
	throw new SealError("invalid_record", `the record is not what the schema says: ${faults.join("; ")}`);
}
function toTexts(sealed) {
	const { execution, artifacts, observations, gates, redactions, ...members } = sealed;
	const { steps, ...ofExecution } = execution;
	try {
		return {
			members: toMemberTexts(members),
			execution: toMemberTexts(ofExecution),
			elements: {
				"/execution/steps": steps.map(toCanonicalJson),
				"/artifacts": artifacts.map(toCanonicalJson),
				"/observations": observations.map(toCanonicalJson),
				"/gates": gates.map(toCanonicalJson),
				"/redactions": redactions.map(toCanonicalJson)
			}
		};
	} catch (error) {
		if (!(error instanceof CanonicalError)) throw error;
		throw new SealError("invalid_record", `the record cannot be written down: ${error.message}`, { cause: error });
	}
}
function toMemberTexts(members) {
	return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, toCanonicalJson(value)]));
}
/** The envelope with each array written by `writeArray`: its length for the header, its elements for the file. */
function writeEnvelope(texts, writeArray, integrity) {
	const { elements } = texts;
	return writeObject({
		...texts.members,
		execution: writeObject({
			...texts.execution,
			steps: writeArray(elements["/execution/steps"])
		}),
		artifacts: writeArray(elements["/artifacts"]),
		observations: writeArray(elements["/observations"]),
		gates: writeArray(elements["/gates"]),
		redactions: writeArray(elements["/redactions"]),
		...integrity !== void 0 && { integrity }
	});
}
/** Names are those of the schema: ASCII, and without anything to escape. */
function writeObject(members) {
	return `{${Object.keys(members).toSorted().map((name) => `"${name}":${members[name]}`).join(",")}}`;
}
async function makeIntegrity(sealed, leaves, signer) {
	const chain = toChain(sealed.evidence_id, leaves);
	const head = chain.at(-1)?.entry_hash ?? "";
	const { schema_version, evidence_id, run_id, sealed_at } = sealed;
	const statement = {
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		entry_count: chain.length,
		head_entry_hash: head
	};
	return {
		canonicalization: "rfc8785-jcs",
		hash_algorithm: "sha256",
		chain_version: 1,
		hash_chain: chain,
		entry_count: chain.length,
		head_entry_hash: head,
		signatures: signer === void 0 ? [] : [await signSeal(statement, signer)]
	};
}
function toIntegrityText({ hash_chain, ...integrity }) {
	return writeObject({
		...toMemberTexts(integrity),
		hash_chain: toChainText(hash_chain)
	});
}

// src/seal/statement.ts
const statementType = "https://in-toto.io/Statement/v1";
const predicateType = "https://quoderat.io/evidence-envelope/v1";
/**
* The in-toto Statement v1 about an envelope file, in RFC 8785 form: about the tested commit, the file, and each
* artifact; with the few facts that a policy engine asks for. The envelope itself stays the authority.
*/
function toStatement(envelope, envelopeSha256) {
	return Buffer.from(toCanonicalJson({
		_type: statementType,
		subject: toSubjects(envelope, envelopeSha256),
		predicateType,
		predicate: toPredicate(envelope)
	}));
}
/** The sidecar `envelope.intoto.json`: a DSSE envelope of exactly the statement's bytes. */
function makeDsseEnvelope(statement, signer) {
	return makeDsse(payloadTypes.statement, statement, signer);
}
function toSubjects({ subject, artifacts }, envelopeSha256) {
	return [
		...subject.id === null ? [] : [{
			name: subject.repo.url ?? "commit",
			digest: { gitCommit: subject.id }
		}],
		{
			name: "envelope.json",
			digest: { sha256: envelopeSha256 }
		},
		...artifacts.map(({ id, sha256 }) => ({
			name: `artifacts/${id}`,
			digest: { sha256 }
		}))
	];
}
function toPredicate(envelope) {
	const { schema_version, evidence_id, run_id, sealed_at, producer, plan, execution, runner_context, integrity } = envelope;
	return {
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		component: producer.component,
		runner_basis: runner_context.basis,
		plan_hash: plan.plan_hash,
		status: execution.status,
		termination: execution.termination,
		started_at: execution.started_at,
		finished_at: execution.finished_at,
		entry_count: integrity.entry_count,
		head_entry_hash: integrity.head_entry_hash
	};
}

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
	const summary = renderSummary({
		envelope: sealed.envelope,
		envelopeSha256: sealed.sha256,
		verdict,
		envelopeFileName: evidenceFiles.envelope,
		budgetBytes: limits.jobSummaryBytes,
		excerpts: await readExcerpts(folder, record)
	});
	await dropPartials(artifacts);
	const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
	for (const dir of options.dirs) try {
		const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, sealed.bytes);
		await writeEvidenceFile(dir, evidenceFiles.statement, statement);
		await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
		const summaryPath = await writeEvidenceFile(dir, evidenceFiles.summary, summary);
		return {
			dir,
			envelopePath,
			envelopeSha256: sealed.sha256,
			envelope: sealed.envelope,
			verdict,
			summaryPath,
			summary
		};
	} catch (error) {
		options.onProblem(toMessage(error));
	}
	options.onProblem(`the envelope of run ${record.run_id} was sealed but written nowhere (head ${sealed.envelope.integrity.head_entry_hash}, sha256 ${sha256(sealed.bytes)})`);
	return null;
}

export { adoptPartial as n, sealRun as t };