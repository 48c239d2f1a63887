import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { r as payloadTypes, t as makeDsse } from "./dsse-AEBoNKPY.js";

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

export { toStatement as i, predicateType as n, statementType as r, makeDsseEnvelope as t };