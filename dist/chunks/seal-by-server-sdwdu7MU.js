import { n as checkSealed, r as toTrustedKeys, t as ServerSealError } from "./check-sealed-jbSp_Gps.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { o as writeUnsealed, t as dropUnsealed } from "./relayed-folder-BkNAtxDq.js";
import { n as writeEvidence } from "./write-evidence-Cd8r3ACU.js";
import { join } from "node:path";

// src/relay/agree.ts
/**
* Whether a server sealed what the worker recorded. It may add what only it can know or do: that it checked the runner's
* identity, which events it never received, and redactions of its own with a receipt for each place (a JSON Pointer into the
* envelope).
* @returns the pointer of the first member that is another's; null: all agree
*/
function findForeignMember(record, envelope) {
	const { worker, redactions, runner_context, events, ...ours } = record;
	const known = new Set(redactions.map(({ id }) => id));
	const added = envelope.redactions.filter(({ id }) => !known.has(id));
	const redacted = new Set(added.flatMap(({ stage, artifact_id, path }) => stage === "record" && artifact_id === null ? [path] : []));
	const compare = (one, other, at) => findDifference(one, other, at, redacted);
	for (const [name, value] of Object.entries(ours)) {
		const found = compare(value, toMember(envelope, name), `/${name}`);
		if (found !== null) return found;
	}
	if (!isReceived(events, envelope.events)) return "/events";
	const { basis: _basis, verified_claims: _claims, ...context } = runner_context;
	const { basis, verified_claims: verified, ...theirContext } = envelope.runner_context;
	if (basis !== runner_context.basis && basis !== "oidc_verified") return "/runner_context/basis";
	if (basis !== "oidc_verified" && verified !== void 0) return "/runner_context/verified_claims";
	return compare(worker, envelope.producer.worker, "/producer/worker") ?? compare(context, theirContext, "/runner_context") ?? compare(redactions, envelope.redactions.filter(({ id }) => known.has(id)), "/redactions");
}
/** Of what the worker has counted as sent, some may be lost: on a disk that can't be read any more, or with the server's. */
function isReceived(ours, theirs) {
	const { emitted, acknowledged, dropped } = theirs;
	return emitted === ours.emitted && dropped >= ours.dropped && acknowledged === emitted - dropped;
}
function toMember(envelope, name) {
	return Object.entries(envelope).find(([member]) => member === name)?.[1];
}
/** @param redacted places of texts of which parts may have been taken out */
function findDifference(ours, theirs, at, redacted) {
	if (ours === theirs) return null;
	if (typeof ours === "string" && typeof theirs === "string") return redacted.has(at) && isRedacted(ours, theirs) ? null : at;
	if (typeof ours !== "object" || typeof theirs !== "object" || ours === null || theirs === null) return at;
	if (Array.isArray(ours) !== Array.isArray(theirs)) return at;
	const members = new Map(Object.entries(ours).filter(([, value]) => value !== void 0));
	const others = new Map(Object.entries(theirs));
	for (const name of others.keys()) if (!members.has(name)) return `${at}/${toToken(name)}`;
	for (const [name, value] of members) {
		const found = findDifference(value, others.get(name), `${at}/${toToken(name)}`, redacted);
		if (found !== null) return found;
	}
	return null;
}
/** What stands for what was taken out. No outcome, digest or time can hold one, so a receipt is no leave to change those. */
const MARKER = /\[(?:redacted(?::[\w.-]+)?|\*\*\*)?\]/;
/** Whether a text is another with nothing but parts of it taken out. */
function isRedacted(ours, theirs) {
	const [head = "", ...rest] = theirs.split(MARKER);
	const tail = rest.pop();
	if (tail === void 0 || !ours.startsWith(head)) return false;
	let at = head.length;
	for (const part of rest) {
		const found = ours.indexOf(part, at);
		if (found === -1) return false;
		at = found + part.length;
	}
	return ours.length - tail.length >= at && ours.endsWith(tail);
}
/** RFC 6901. */
function toToken(name) {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

// src/seal-by-server.ts
/**
* Lets the server seal a run, and takes what it gives back only after checking it: that it is intact, complete and
* signed by a trusted key, and about this very record. Whatever goes wrong, the record and all that a later push needs
* are kept, and nothing of it is called sealed.
*/
async function sealByServer(options) {
	const { record, relay, dirs, onProblem } = options;
	const { serverName } = relay;
	try {
		const sealed = await relay.finalize({
			plan_hash: record.plan.plan_hash,
			record_sha256: sha256(toCanonicalJson(record)),
			last_seq: record.events.emitted
		}, options.signal);
		const checked = await checkSealed(sealed, {
			name: serverName,
			trustedKeys: toTrustedKeys(sealed.keys, options.server.key),
			expected: {
				evidence_id: sealed.answer.evidence_id,
				plan_hash: record.plan.plan_hash,
				head: sealed.answer.head_entry_hash
			},
			artifactsDir: join(dirs[0] ?? ".", evidenceFiles.artifacts)
		});
		assertOurs(checked, {
			record,
			sealed,
			name: serverName
		});
		const evidence = await writeEvidence({
			...checked,
			...options
		});
		if (evidence === null) return { evidence };
		dropUnsealed(evidence.dir);
		relay.forget();
		return { evidence };
	} catch (error) {
		const reason = toMessage(error);
		const unsealed = await writeUnsealed(record, {
			dirs,
			serverName,
			reason
		});
		onProblem(`the run is not sealed: ${reason}`);
		return {
			evidence: null,
			unsealed
		};
	}
}
/** @throws ServerSealError not_ours */
function assertOurs(checked, { record, sealed, name }) {
	if (sealed.answer.envelope_sha256 !== checked.sha256) throw new ServerSealError("not_ours", `${name} gave another envelope than it says it has sealed`);
	const foreign = findForeignMember(record, checked.envelope);
	if (foreign === null) return;
	const why = checked.envelope.execution.termination === "process_lost" ? "; it had given the run up as lost, and `quoderat get` fetches what it has sealed" : "";
	throw new ServerSealError("not_ours", `${name} sealed another record than this run's: ${foreign} differs${why}`);
}

export { sealByServer as t };