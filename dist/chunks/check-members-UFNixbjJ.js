import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { D as string, E as strictObject, S as literal, a as sha256Hex, c as timestamp, g as array, h as _enum, l as uuidV7, t as count } from "./primitives-B201jKT5.js";
import { c as runStatus, l as runTermination } from "./record-CgEmn-RJ.js";
import { i as parseEnvelope, n as hasShape, r as makeProblems, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { _ as integrity, f as quote, g as envelope } from "./chain-D7IHvk76.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { t as isObject } from "./json-DncajuVf.js";

// src/collect/leg.ts
/** No forge makes so many: 256 on GitHub, 200 on GitLab. */
const MOST_LEGS = 1e3;
const SHOWN_CHARS = 300;
/** The leg of an envelope, from what its forge said. Every text in it is a stranger's. */
function toLeg({ subject, plan }) {
	const job = toText(subject.meta["job"]);
	const matrix = subject.meta["matrix"];
	const parts = isObject(matrix) ? Object.entries(matrix).toSorted(([a], [b]) => a < b ? -1 : 1) : [];
	const leg = parts.length === 0 ? "" : ` (${parts.map(([name, value]) => `${name}=${value}`).join(", ")})`;
	const ofLegs = toCount(subject.meta["job_total"] ?? subject.meta["node_total"]);
	return {
		key: JSON.stringify([
			job,
			parts,
			plan.name,
			plan.manifest_path
		]),
		label: toShort(`${job ?? plan.name}${leg}`),
		job: job === null ? null : toShort(toJobOfLegs(job, subject.meta)),
		manifest: toShort(plan.name),
		manifestPath: toShort(plan.manifest_path),
		ofLegs: ofLegs !== null && ofLegs >= 1 && ofLegs <= MOST_LEGS ? ofLegs : null
	};
}
/**
* On GitLab every leg is a job of its own, and what they share is the group: `test: [mysql]` and `test 1/3` are of `test`.
* CI_JOB_GROUP_NAME says so from GitLab 17.10; before that only the name tells.
*/
function toJobOfLegs(job, meta) {
	const total = toCount(meta["node_total"]);
	return toText(meta["job_group"]) ?? (total === null ? job : job.replace(/(?:: \[[^[\]]*\]| \d+\/\d+)$/, ""));
}
function toRecency({ subject }) {
	const attempt = toCount(subject.meta["run_attempt"]);
	if (subject.source !== "gitlab") return {
		attempt,
		order: BigInt(attempt ?? 0)
	};
	const job = subject.meta["job_id"];
	return {
		attempt: null,
		order: typeof job === "string" && /^\d{1,20}$/.test(job) ? BigInt(job) : 0n
	};
}
/** A stranger's text as a name for something: cut, and still well-formed. */
function toShort(text) {
	return text.slice(0, SHOWN_CHARS).toWellFormed();
}
function toText(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
function toCount(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

// src/collect/same-run.ts
/** In what an envelope differs from the run that it must be of, in words for people; null when it is of that run. */
function toDifference(envelope, expected) {
	const { subject } = envelope;
	const { meta } = subject;
	if (expected.repo !== null && subject.repo.name !== expected.repo) return "it is about another repository";
	const run = subject.source === "gitlab" ? meta["pipeline_id"] : meta["run_id"];
	if (expected.run !== null && run !== expected.run) return `it is not of run ${expected.run}`;
	if (expected.commit !== null && !toCommits(envelope).includes(expected.commit)) return `it is not about commit ${expected.commit.slice(0, 12)}`;
	const head = subject.git?.head_sha ?? null;
	if (expected.head !== void 0 && head !== null && head !== expected.head) return `it says that the head of the pull request is ${head.slice(0, 12)}, which is ${expected.head.slice(0, 12)}`;
	if (expected.attempt === null) return null;
	const attempt = meta["run_attempt"];
	if (typeof attempt !== "number" || attempt < 1) return "it does not say of which attempt it is";
	return attempt > expected.attempt ? `it says attempt ${attempt}, and there are only ${expected.attempt}` : null;
}
/**
* The commits that the forge gave the job, by any of its names for them. Where the job checked out something else the
* event's own commit is recorded as `event_sha`, and only that counts.
*/
function toCommits({ subject }) {
	const { git, id, meta } = subject;
	const event = meta["event_sha"];
	return event === void 0 ? [
		id,
		git?.head_sha ?? null,
		git?.merge_sha ?? null
	] : [
		event,
		git?.head_sha ?? null,
		git?.merge_sha ?? null
	];
}

// src/collect/shown.ts
/**
* A member as a page shows it: all of it when it is small and of a version that is known, else what a headline and a
* list of steps need. The member itself lies in the store.
*/
function toShownEnvelope(value, integrity, sizeBytes) {
	return (sizeBytes <= limits.memberShownBytes ? envelope.safeParse(value).data : void 0) ?? toSlimEnvelope({
		...value,
		integrity
	});
}
/** Its answers without what they rest on. */
function toSlimEnvelope(envelope) {
	const { schema_version, evidence_id, run_id, generated_at, sealed_at, producer, identities, intent } = envelope;
	const { subject, plan, runner_context, execution, events, claims, integrity } = envelope;
	return {
		schema_version,
		evidence_id,
		run_id,
		generated_at,
		sealed_at,
		producer,
		identities,
		intent,
		subject,
		plan,
		runner_context,
		execution: {
			...execution,
			steps: execution.steps.map(toSlimStep)
		},
		artifacts: [],
		observations: [],
		gates: [],
		redactions: [],
		events,
		claims,
		integrity: {
			...integrity,
			hash_chain: integrity.hash_chain.slice(-1)
		}
	};
}
function toSlimStep(step) {
	const { cause } = step;
	return {
		...step,
		name: toShort(step.name),
		...cause && { cause: {
			code: cause.code,
			message: toShort(cause.message)
		} },
		...step.skipped_reason !== void 0 && { skipped_reason: toShort(step.skipped_reason) },
		needs: [],
		attempts: [],
		command: null,
		env_names: [],
		report_artifact_ids: [],
		output_artifact_ids: [],
		warnings: []
	};
}

// src/collect/judge.ts
/** Each is listed in the collection. */
const MOST_SIGNATURES = 100;
/** Judges one candidate by its bytes alone. Nothing that it says of itself is believed before it is intact. */
async function judgeCandidate(candidate, expected) {
	const from = {
		source: toShort(candidate.name),
		...candidate.url !== void 0 && { url: candidate.url }
	};
	if ("problem" in candidate) return {
		...from,
		kind: "rejected",
		sha256: null,
		sizeBytes: 0,
		reason: candidate.problem
	};
	const { bytes } = candidate;
	const source = {
		...from,
		sha256: sha256(bytes),
		sizeBytes: bytes.length
	};
	const reject = (reason) => ({
		...source,
		kind: "rejected",
		reason
	});
	if (bytes.length > limits.memberBytes) return reject(`it has ${bytes.length} bytes; a member has at most ${limits.memberBytes}`);
	try {
		const verdict = await verifyEnvelope(bytes, {
			authenticityAsked: false,
			expected: {}
		});
		const fault = toFault(verdict);
		if (fault !== null) return reject(fault);
		const { value } = parseEnvelope(bytes);
		if (!hasShape(value, makeProblems())) return reject("it is not complete");
		if (value.observations.some(({ type }) => type === "collection")) return {
			...source,
			kind: "collection"
		};
		const difference = toDifference(value, expected);
		if (difference !== null) return reject(difference);
		const strange = toStrange(value);
		if (strange !== null) return reject(strange);
		const isCompared = Object.values(expected).some((wanted) => wanted !== null);
		const integrity$1 = integrity.parse(Reflect.get(value, "integrity"));
		if (integrity$1.signatures.length > MOST_SIGNATURES) return reject(`it has ${integrity$1.signatures.length} signatures, more than ${MOST_SIGNATURES}`);
		return toMember(source, value, {
			integrity: integrity$1,
			verdict,
			expected: isCompared ? "yes" : "not_asked"
		});
	} catch (error) {
		if (error instanceof EnvelopeError) return reject(`it is no envelope: ${toMessage(error)}`);
		throw error;
	}
}
/** What no run of ours seals, and what a record or a page about it could not hold. */
function toStrange({ execution }) {
	if (execution.steps.length > limits.planSteps) return `it has ${execution.steps.length} steps, more than the ${limits.planSteps} of any plan`;
	return [execution.started_at, execution.finished_at].some((time) => Number.isNaN(Date.parse(time))) ? "it names a time that does not exist" : null;
}
function toFault({ intact, complete }) {
	if (intact.answer === "no") return `it is not intact: ${toFirst(intact.problems)}`;
	return complete.answer === "yes" ? null : `it is not complete: ${toFirst(complete.problems)}`;
}
function toFirst(problems) {
	const [first] = problems;
	const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
	return first === void 0 ? "unknown" : `${first.code} at ${toShort(first.pointer) || "the whole"}${more}`;
}
function toMember(source, value, { integrity, verdict, expected }) {
	const keyids = integrity.signatures.map(({ keyid }) => keyid);
	const leg = toLeg(value);
	const recency = toRecency(value);
	const { started_at: startedAt, finished_at: finishedAt, status, termination } = value.execution;
	return {
		...source,
		kind: "member",
		leg,
		recency,
		startedAt,
		finishedAt,
		verdict,
		facts: {
			evidence_id: value.evidence_id,
			run_id: value.run_id,
			head_entry_hash: verdict.facts.head_entry_hash,
			envelope_sha256: source.sha256,
			job: leg.job,
			run_attempt: recency.attempt,
			status,
			termination,
			steps: toTally(value),
			trust: toTrust(value, keyids),
			keyids,
			sealed_at: value.sealed_at,
			verdict: {
				intact: "yes",
				complete: "yes",
				authentic: verdict.authentic.answer,
				expected
			}
		},
		envelope: toShownEnvelope(value, integrity, source.sizeBytes)
	};
}
function toTally({ execution }) {
	const count = (...statuses) => execution.steps.filter(({ status }) => statuses.includes(status)).length;
	return {
		total: execution.steps.length,
		passed: count("success"),
		failed: count("failed", "error", "timed_out"),
		not_run: count("skipped")
	};
}
function toTrust({ producer }, keyids) {
	if (keyids.length > 0) return "signed";
	return producer.component === "server" ? "server_sealed" : "hash_only";
}

// src/schema/collection.ts
/** The kind of a collection's steps: one for each leg, whose envelope is the step's report. */
const memberStepKind = "collect_member";
/** How far a member's seal carries, from the weakest. What was signed was not checked by the collector. */
const memberTrust = _enum([
	"hash_only",
	"server_sealed",
	"signed"
]);
/** The value of an observation of the type `collection_member` (docs/envelope.md, "Collections"). */
const collectionMemberValue = strictObject({
	evidence_id: uuidV7,
	run_id: uuidV7,
	head_entry_hash: sha256Hex,
	/** Of the member's file, which is the artifact that this observation is based on. */
	envelope_sha256: sha256Hex,
	/** The job and its matrix leg, for people. */
	leg: string(),
	job: string().nullable(),
	/** The attempt of the forge's run; null where the forge counts none. */
	run_attempt: count.nullable(),
	status: runStatus,
	termination: runTermination,
	steps: strictObject({
		total: count,
		passed: count,
		failed: count,
		not_run: count
	}),
	trust: memberTrust,
	/** The keys that the member's signatures name. */
	keyids: array(sha256Hex),
	sealed_at: timestamp,
	/** What the collector's own verification answered. */
	verdict: strictObject({
		intact: literal("yes"),
		complete: literal("yes"),
		authentic: _enum([
			"yes",
			"no",
			"undecidable",
			"not_checked"
		]),
		expected: _enum(["yes", "not_asked"])
	})
});
/** How the number of legs was known: a number or names that the caller gave, or what the members say of their matrix. */
const expectedBasis = _enum([
	"number",
	"names",
	"members",
	"unknown"
]);
/** The value of the one observation of the type `collection`. */
const collectionValue = strictObject({
	/** null: nobody said, so that a missing leg could not be noticed; such a collection is no success. */
	expected: count.nullable(),
	expected_basis: expectedBasis,
	in: count,
	missing: array(strictObject({
		leg: string(),
		reason: string()
	})),
	rejected: array(strictObject({
		leg: string(),
		source: string(),
		reason: string(),
		envelope_sha256: sha256Hex.nullable()
	})),
	newest_attempt: count.nullable(),
	/** Envelopes of a leg for which there is one of a newer attempt. Not kept. */
	superseded: array(strictObject({
		leg: string(),
		run_attempt: count.nullable(),
		evidence_id: uuidV7,
		envelope_sha256: sha256Hex
	})),
	/** What each member was compared with; null: not compared. */
	compared: strictObject({
		repo: string().nullable(),
		commit: string().nullable(),
		run: string().nullable()
	})
});

// src/collect/check-members.ts
/**
* The verdict about an envelope, with what its members say when it is a collection and their bytes are at hand
* (docs/envelope.md, "Collections"): each is intact, and is the evidence that the collection says it is. Problems
* belong to the answer `complete`. Any other envelope's verdict is given back as it is.
* @param bytes the very file that the verdict is about
*/
async function checkMembers(bytes, verdict, openArtifact) {
	if (!mentionsMembers(bytes)) return verdict;
	const { value } = parseEnvelope(bytes);
	if (!hasShape(value, makeProblems()) || !isCollection(value)) return verdict;
	const problems = makeProblems();
	checkSums(value, problems);
	const artifacts = new Map(value.artifacts.map((artifact) => [artifact.id, artifact]));
	for (const [index, observation] of value.observations.entries()) if (observation.type === "collection_member") await checkMember(observation, `/observations/${index}`, {
		artifacts,
		openArtifact,
		problems
	});
	const found = problems.list();
	if (found.length === 0) return verdict;
	const { complete } = verdict;
	return {
		...verdict,
		complete: {
			...complete,
			answer: "no",
			problems: [...complete.problems, ...found]
		},
		exit_code: 1
	};
}
/** Spares other envelopes a second reading. One in which the words are spelled otherwise is not canonical, and so not intact. */
function mentionsMembers(bytes) {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("\"collect");
}
function isCollection({ execution, observations }) {
	return execution.steps.some(({ kind }) => kind === "collect_member") || observations.some(({ type }) => type === "collection" || type === "collection_member");
}
/** Whether steps, members and the sum agree: a success needs a member for each leg and nothing that is amiss. */
function checkSums({ execution, observations }, problems) {
	const members = observations.filter(({ type }) => type === "collection_member");
	const succeeded = new Set(members.filter(isSuccess).flatMap(({ basis_artifact_ids: basis }) => basis));
	for (const [index, step] of execution.steps.entries()) {
		const reports = step.report_artifact_ids.filter((id) => succeeded.has(id));
		if (step.kind === "collect_member" && step.status === "success" && reports.length !== 1) problems.add(`/execution/steps/${index}`, "member_mismatch", `no member says that ${quote(step.id)} succeeded`);
	}
	const sums = observations.flatMap(({ type, value }) => type === "collection" ? [collectionValue.safeParse(value)] : []);
	const [sum] = sums;
	if (sums.length !== 1 || sum?.success !== true) {
		problems.add("/observations", "member_mismatch", "a collection has exactly one observation that sums it up");
		return;
	}
	const { expected, in: found, missing, rejected } = sum.data;
	if (found !== members.length) problems.add("/observations", "member_mismatch", `it says ${found} members and has ${members.length}`);
	const isWhole = expected !== null && found >= expected && missing.length + rejected.length === 0;
	if (execution.status === "success" && !(isWhole && succeeded.size === members.length)) problems.add("/execution/status", "status_mismatch", "the members do not add up to a success");
}
function isSuccess({ value }) {
	return collectionMemberValue.pick({ status: true }).loose().safeParse(value).data?.status === "success";
}
async function checkMember({ value, basis_artifact_ids: basis }, at, { artifacts, openArtifact, problems }) {
	const said = collectionMemberValue.safeParse(value);
	if (!said.success) {
		problems.add(`${at}/value`, "schema", "this is no description of a member");
		return;
	}
	const artifact = basis.length === 1 ? artifacts.get(basis[0] ?? "") : void 0;
	if (artifact === void 0 || artifact.sha256 !== said.data.envelope_sha256) {
		problems.add(`${at}/value/envelope_sha256`, "member_mismatch", "this is not the artifact that it is based on");
		return;
	}
	const bytes = openArtifact === void 0 ? null : await readMember(openArtifact, artifact);
	if (bytes === null) return;
	const judged = await judgeCandidate({
		name: artifact.name,
		bytes
	}, anyRun);
	if (judged.kind !== "member") {
		const reason = judged.kind === "rejected" ? judged.reason : "it is a collection itself";
		problems.add(at, "member_not_intact", `the member is no envelope that could be one: ${reason}`);
		return;
	}
	const { leg: _leg, verdict: _verdict, ...facts } = said.data;
	for (const [name, fact] of Object.entries(facts)) if (toCanonicalJson(fact) !== toCanonicalJson(Reflect.get(judged.facts, name))) problems.add(`${at}/value/${name}`, "member_mismatch", "the member itself says something else");
}
const anyRun = {
	repo: null,
	commit: null,
	run: null,
	attempt: null
};
async function readMember(openArtifact, { sha256, size_bytes: size }) {
	if (size > limits.memberBytes) return null;
	const chunks = [];
	let total = 0;
	try {
		const opened = await openArtifact(sha256);
		if (opened === null) return null;
		for await (const chunk of opened) {
			total += chunk.length;
			if (total > size) return null;
			chunks.push(chunk);
		}
	} catch {
		return null;
	}
	return Buffer.concat(chunks);
}

export { toSlimEnvelope as i, memberStepKind as n, judgeCandidate as r, checkMembers as t };