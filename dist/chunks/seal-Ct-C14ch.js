import { t as limits } from "./limits-DSc7_a2H.js";
import { r as SealError } from "./errors-CCP6iRFo.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { n as toCanonicalJson, t as CanonicalError } from "./canonical-CfWXMl1o.js";
import { n as toChain, p as toPointer, r as toChainText, s as signSeal, t as collections, u as toParseOptions, y as sealedMembers } from "./chain-D7IHvk76.js";

// src/seal/claims.ts
/** True of every record. docs/envelope.md explains each code; a test holds the two together. */
const ALWAYS_MECHANICAL = [
	"every_step_listed",
	"exit_codes_as_returned",
	"artifacts_by_sha256",
	"redacted_before_hashing",
	"sealed_by_hash_chain"
];
/** What no record of any kind shows. */
const neverClaimed = [
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
			...neverClaimed,
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

export { neverClaimed as n, toClaims as r, sealRecord as t };