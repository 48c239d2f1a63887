import { a as detectContext, t as findGit } from "./git-program-BFLD_ei0.js";
import { n as neverClaimed } from "./seal-Ct-C14ch.js";
import { r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { i as toSlimEnvelope, n as memberStepKind, r as judgeCandidate, t as checkMembers } from "./check-members-UFNixbjJ.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { n as openArtifactStore } from "./artifacts-B7-BLI3W.js";
import { a as dropStored, i as dropPartials, n as writeEvidence } from "./write-evidence-Cd8r3ACU.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { a as makeEvidenceFolder, c as writeEvidenceFile, r as evidenceFiles, t as EvidenceFolderError } from "./evidence-folder-CaRiuEzT.js";
import { t as collectAllSecrets } from "./all-secrets-CkCokZHc.js";
import { t as redactJson } from "./json-DCC6I965.js";
import { t as makeRedactor } from "./redactor-DxqgV4tr.js";
import { i as toCollectionPage, t as renderCollection } from "./collection-C7i6FIlu.js";
import { t as sealEmbedded } from "./seal-embedded-i1pN6Hen.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// src/collect/claims.ts
/**
* What a collection can and cannot show, in the codes of docs/envelope.md. It ran nothing, so it claims nothing about
* exit codes and redaction: what the members claim stands in the members.
* @param signed whether a key will sign the seal
*/
function toCollectionClaims({ subject }, signed) {
	return {
		mechanical: [
			"every_step_listed",
			"artifacts_by_sha256",
			"sealed_by_hash_chain",
			...signed ? ["signed_by_key"] : []
		],
		no_claims: [
			...neverClaimed,
			"sealed_inside_job",
			...signed ? [] : ["unsigned"],
			"runner_context_self_reported",
			subject.git === null ? "not_bound_to_commit" : "work_tree_may_differ_from_commit"
		]
	};
}

// src/collect/expected.ts
var ExpectedError = class extends CodedError {};
/**
* Reads how many legs, or which, there must be: a number, names (one a line, or between commas), or GitHub's `needs`
* context as JSON, whose keys are the jobs.
* @throws ExpectedError for anything else
*/
function parseExpected(text) {
	const trimmed = text.trim();
	if (trimmed === "") return null;
	if (/^\d{1,6}$/.test(trimmed)) return assertCount(Number(trimmed));
	const names = trimmed.startsWith("{") ? readNeeds(trimmed) : trimmed.split(/[\n,]/).map((name) => name.trim());
	const distinct = [...new Set(names.filter((name) => name !== ""))];
	assertCount(distinct.length);
	return { names: distinct };
}
/** What is missing, given the legs of which something came (rejected files stand for a leg each: something did come). */
function toExpectation(expected, legs, rejected) {
	if (expected !== null && "names" in expected) return toNamed(expected.names, legs);
	const told = toTold(legs);
	const missing = toUntold(legs, told).slice(rejected);
	if (expected === null) {
		if (told === null) return {
			count: null,
			basis: "unknown",
			missing: [{
				name: null,
				reason: unknownReason
			}]
		};
		return {
			count: told,
			basis: "members",
			missing
		};
	}
	const short = expected.count - legs.length - rejected;
	const generic = Array.from({ length: Math.max(0, short - missing.length) }, () => ({
		name: null,
		reason: noEnvelope
	}));
	return {
		count: Math.max(expected.count, told ?? 0),
		basis: "number",
		missing: [...missing, ...generic]
	};
}
const noEnvelope = "no envelope arrived";
const unknownReason = "nobody said how many legs there must be, so that one may be missing";
/** A name is that of a leg, of a job (then any of its legs will do for the name), or of a manifest. */
function toNamed(names, legs) {
	const missing = [...names.filter((name) => !legs.some((leg) => isNamed(leg, name))).map((name) => ({
		name,
		reason: noEnvelope
	})), ...toUntold(legs, toTold(legs))];
	return {
		count: legs.length + missing.length,
		basis: "names",
		missing
	};
}
function isNamed({ label, job, manifest }, name) {
	return label === name || job === name || manifest === name;
}
/** How many legs the members themselves speak of: for each job the most that one of its legs says. null: one says nothing. */
function toTold(legs) {
	if (legs.length === 0 || legs.some(({ ofLegs }) => ofLegs === null)) return null;
	return toJobs(legs).reduce((sum, { found, told }) => sum + Math.max(found, told), 0);
}
function toUntold(legs, told) {
	if (told === null) return [];
	return toJobs(legs).flatMap(({ job, found, told: ofLegs }) => Array.from({ length: Math.min(Math.max(0, ofLegs - found), limits.collectMembers) }, () => ({
		name: null,
		reason: `${noEnvelope}; job ${job} says that it has ${ofLegs} legs`
	})));
}
/** The legs by job. One job may seal several manifests: those of one manifest are counted. */
function toJobs(legs) {
	const jobs = /* @__PURE__ */ new Map();
	for (const { job, manifest, manifestPath, ofLegs } of legs) {
		const key = JSON.stringify([
			job,
			manifest,
			manifestPath
		]);
		const known = jobs.get(key) ?? {
			job: job ?? manifest,
			found: 0,
			told: 0
		};
		jobs.set(key, {
			...known,
			found: known.found + 1,
			told: Math.max(known.told, ofLegs ?? 0)
		});
	}
	return [...jobs.values()];
}
function readNeeds(text) {
	try {
		const needs = JSON.parse(text);
		if (isObject(needs)) return Object.keys(needs);
	} catch {}
	throw new ExpectedError("bad_expected", "the expected legs begin with \"{\" but are no JSON object (`toJSON(needs)`)");
}
function assertCount(count) {
	if (count >= 1 && count <= limits.collectMembers) return { count };
	throw new ExpectedError("bad_expected", `between 1 and ${limits.collectMembers} legs can be expected, not ${count}`);
}

// src/collect/gather.ts
/**
* Puts the judged files in order: the newest attempt of each leg counts, the same file twice is one, two different
* files of one leg and attempt count both as rejected, since nobody can tell which is true.
*/
function gather(judged, expected) {
	const members = dropRepeated(judged.filter((file) => file.kind === "member"));
	const rejected = dropRepeated(judged.filter((file) => file.kind === "rejected"));
	const { newest, superseded } = toNewest(members);
	const labels = toLabels(newest.map(([first]) => first));
	const newestAttempt = newest.reduce((most, [first]) => toMost(most, first.recency.attempt), null);
	const outcomes = newest.map(([first, ...others]) => {
		const label = labels.get(first) ?? first.leg.label;
		if (others.length > 0) return {
			state: "rejected",
			label,
			reason: ambiguous,
			files: [first, ...others]
		};
		const { attempt } = first.recency;
		return {
			state: "in",
			label,
			member: first,
			isOlderAttempt: attempt !== null && attempt !== newestAttempt
		};
	});
	const legs = newest.map(([first]) => first.leg);
	const { count, basis, missing } = toExpectation(expected, legs, rejected.length);
	return {
		legs: [
			...outcomes.toSorted((a, b) => compare(a.label, b.label)),
			...rejected.map((file) => ({
				state: "rejected",
				label: file.source,
				reason: file.reason,
				files: [file]
			})).toSorted((a, b) => compare(a.label, b.label)),
			...missing.map(({ name, reason }, index) => {
				return {
					state: "missing",
					label: name ?? (missing.length === 1 ? "missing leg" : `missing leg ${index + 1}`),
					reason
				};
			})
		],
		superseded,
		expected: count,
		expectedBasis: basis,
		newestAttempt,
		status: toStatus(outcomes, rejected.length, missing.length)
	};
}
const ambiguous = "there are several envelopes of this leg and attempt, and nobody can tell which is true";
function toNewest(members) {
	const newest = /* @__PURE__ */ new Map();
	const superseded = [];
	for (const member of members) {
		const known = newest.get(member.leg.key);
		const order = known?.[0].recency.order;
		if (known === void 0 || order === void 0 || member.recency.order > order) {
			superseded.push(...known ?? []);
			newest.set(member.leg.key, [member]);
		} else if (member.recency.order === order) known.push(member);
		else superseded.push(member);
	}
	return {
		newest: [...newest.values()],
		superseded
	};
}
/** One file under two names is one file. */
function dropRepeated(files) {
	const seen = /* @__PURE__ */ new Set();
	return files.filter(({ sha256 }) => {
		if (sha256 === null) return true;
		const isNew = !seen.has(sha256);
		seen.add(sha256);
		return isNew;
	});
}
/** Legs whose labels are equal are told apart by the manifest's name, or else by its path. */
function toLabels(members) {
	const labels = new Map(members.map((member) => [member, member.leg.label]));
	for (const part of ["manifest", "manifestPath"]) {
		const taken = [...labels.values()];
		for (const [member, label] of labels) if (taken.filter((other) => other === label).length > 1) labels.set(member, `${label} · ${member.leg[part]}`);
	}
	return labels;
}
function toMost(most, attempt) {
	return attempt === null ? most : Math.max(most ?? 0, attempt);
}
function compare(a, b) {
	return a < b ? -1 : Number(a > b);
}
/** Success only when each leg that must be there is there, intact, and a success itself. */
function toStatus(outcomes, rejected, missing) {
	const statuses = outcomes.map((leg) => leg.state === "in" ? leg.member.facts.status : "failed");
	if (rejected > 0 || statuses.includes("failed")) return "failed";
	return missing > 0 || statuses.length === 0 || statuses.includes("aborted") ? "aborted" : "success";
}

// src/collect/member-step.ts
/** A leg as a step: its status is that of the leg's run; a missing leg was not run, as far as anybody can show. */
function toMemberStep({ id, index, outcome, artifacts }) {
	const reports = artifacts.map((artifact) => artifact.id);
	const ending = toEnding(outcome);
	const attempts = outcome.state === "in" ? [toAttempt(outcome.member, ending, reports)] : [];
	const [attempt] = attempts;
	return {
		id,
		index,
		kind: memberStepKind,
		name: outcome.label,
		needs: [],
		...ending,
		continue_on_error: false,
		exit_code: null,
		signal: null,
		attempt: attempts.length,
		max_attempts: 1,
		attempts,
		command: null,
		cwd: ".",
		env_names: [],
		timeout_ms: 0,
		idle_timeout_ms: null,
		started_at: attempt?.started_at ?? null,
		finished_at: attempt?.finished_at ?? null,
		duration_ms: attempt?.duration_ms ?? 0,
		stdout_artifact_id: null,
		stderr_artifact_id: null,
		report_artifact_ids: reports,
		output_artifact_ids: [],
		output_complete: true,
		...outcome.state === "missing" && { skipped_reason: outcome.reason },
		warnings: outcome.state === "in" && outcome.isOlderAttempt ? [toOlderAttempt(outcome.member)] : []
	};
}
function toEnding(outcome) {
	if (outcome.state === "missing") return {
		status: "skipped",
		termination: "skipped"
	};
	if (outcome.state === "rejected") return {
		status: "error",
		termination: "completed",
		cause: {
			code: "report_unreadable",
			message: `rejected: ${outcome.reason}`
		}
	};
	const { status, termination } = outcome.member.facts;
	if (status === "success") return {
		status: "success",
		termination: "completed"
	};
	if (termination === "timed_out") return {
		status: "timed_out",
		termination: "timed_out",
		cause: {
			code: "run_timeout",
			message: "the run of this leg reached its time limit"
		}
	};
	if (termination === "process_lost" || termination === "cancelled") return {
		status: "aborted",
		termination: "aborted",
		cause: {
			code: termination,
			message: `the run of this leg was ${termination === "cancelled" ? "cancelled" : "lost with its process"}`
		}
	};
	if (status === "aborted") return {
		status: "aborted",
		termination: "aborted",
		cause: {
			code: "expectation_failed",
			message: "the run of this leg was aborted"
		}
	};
	const { failed, total } = outcome.member.facts.steps;
	return {
		status: "failed",
		termination: "completed",
		cause: {
			code: "expectation_failed",
			message: `the run of this leg failed: ${failed} of ${total} steps failed`
		}
	};
}
/** The leg's run, so that its time is seen: a collector attempts nothing itself. */
function toAttempt({ startedAt, finishedAt }, ending, reports) {
	const duration = Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
	return {
		attempt: 1,
		...ending,
		exit_code: null,
		signal: null,
		started_at: startedAt,
		finished_at: finishedAt,
		duration_ms: duration,
		phases: {
			spawn_ms: 0,
			run_ms: duration,
			terminate_ms: 0,
			drain_ms: 0,
			capture_ms: 0
		},
		stdout_artifact_id: null,
		stderr_artifact_id: null,
		report_artifact_ids: reports,
		output_artifact_ids: [],
		output_complete: true,
		survivors_killed: 0
	};
}
function toOlderAttempt({ recency }) {
	return `this is of attempt ${recency.attempt ?? 0}: the leg did not run again`;
}

// src/collect/step-ids.ts
/**
* Step ids for the labels of legs, in their order, no two alike: `test (node=24)` becomes `test[node=24]`, and what a
* step id can't hold becomes "-".
*/
function toStepIds(labels) {
	const taken = /* @__PURE__ */ new Set();
	return labels.map((label) => {
		const { name, leg } = toParts(label);
		let id = `${name}${leg}`;
		for (let turn = 2; taken.has(id); turn += 1) id = `${name.slice(0, 58)}-${turn}${leg}`;
		taken.add(id);
		return id;
	});
}
/** Artifact ids begin with a step id and have at most 400 UTF-16 units. */
const LEG_CODE_POINTS = 100;
function toParts(label) {
	const [, job = label, matrix = ""] = /^([^(]*?) ?\((.*)\)/s.exec(label) ?? [];
	const name = job.replaceAll(/[^A-Za-z0-9_-]+/g, "-").slice(0, 64).replaceAll(/^[-_]+|[-_]+$/g, "");
	const inside = Array.from(matrix.replaceAll(/[\]\p{Cc}\p{Cs}]/gu, "-")).slice(0, LEG_CODE_POINTS).join("");
	return {
		name: name || "leg",
		leg: inside === "" ? "" : `[${inside}]`
	};
}

// src/collect/record.ts
/**
* A collection as the record of a run whose steps are the legs (docs/envelope.md, "Collections").
* @returns the record, and the bytes of its plan, which are an artifact too
*/
function toCollectionRecord(facts) {
	const { gathered, context, worker, runId } = facts;
	const ids = toStepIds(gathered.legs.map(({ label }) => label));
	const legs = gathered.legs.map((outcome, index) => toRecordedLeg(outcome, index, ids[index] ?? `leg-${index}`));
	const plan = Buffer.from(toCanonicalJson(toPlan(facts)));
	const planHash = sha256(plan);
	const startedAt = toStart(gathered, facts.now);
	return {
		record: {
			run_id: runId,
			worker,
			...context,
			plan: {
				name: facts.name,
				plan_hash: planHash,
				manifest_sha256: planHash,
				manifest_path: "",
				plan_artifact_id: "plan"
			},
			execution: {
				status: gathered.status,
				started_at: toTimestamp(startedAt),
				finished_at: toTimestamp(facts.now),
				duration_ms: facts.now - startedAt,
				max_parallel: Math.max(1, legs.length),
				termination: "finished",
				steps: legs.map(toMemberStep)
			},
			artifacts: [toPlanArtifact(plan, planHash), ...legs.flatMap(({ artifacts }) => artifacts)],
			observations: [toCollectionObservation(facts, legs), ...legs.flatMap((leg) => toMemberObservation(leg, worker))],
			gates: [],
			redactions: [],
			events: {
				emitted: 0,
				acknowledged: 0,
				dropped: 0
			}
		},
		plan
	};
}
function toRecordedLeg(outcome, index, id) {
	return {
		id,
		index,
		outcome,
		artifacts: toFiles(outcome).flatMap((file, nth) => {
			if (file.sha256 === null) return [];
			return [toFileArtifact(file, {
				id: `${id}/envelope${nth === 0 ? "" : `/${nth + 1}`}`,
				stepId: id
			})];
		})
	};
}
function toFiles(outcome) {
	if (outcome.state === "in") return [outcome.member];
	return outcome.state === "rejected" ? outcome.files : [];
}
function toFileArtifact(file, { id, stepId }) {
	return {
		id,
		kind: "report",
		sha256: file.sha256 ?? "",
		content_uri: `urn:sha256:${file.sha256 ?? ""}`,
		size_bytes: file.sizeBytes,
		media_type: file.kind === "member" ? "application/json" : "application/octet-stream",
		name: file.source,
		step_id: stepId,
		redaction: {
			class: "none",
			applied: false
		},
		truncated: false
	};
}
function toPlanArtifact(plan, digest) {
	return {
		id: "plan",
		kind: "plan",
		sha256: digest,
		content_uri: `urn:sha256:${digest}`,
		size_bytes: plan.length,
		media_type: "application/json",
		name: "plan.json",
		step_id: null,
		redaction: {
			class: "none",
			applied: false
		},
		truncated: false
	};
}
/** What was asked of the collector. */
function toPlan({ name, gathered, compared }) {
	const { expected, expectedBasis } = gathered;
	return {
		kind: "collection",
		name,
		expected,
		expected_basis: expectedBasis,
		compared: toCompared(compared)
	};
}
function toCompared({ repo, commit, run }) {
	return {
		repo,
		commit,
		run
	};
}
/** From the beginning of the first leg, unless its clock runs ahead of ours. */
function toStart({ legs }, now) {
	const starts = legs.flatMap((leg) => leg.state === "in" ? [Date.parse(leg.member.startedAt)] : []);
	return Math.min(now, ...starts);
}
function toCollectionObservation(facts, legs) {
	const { gathered, worker } = facts;
	const basis = legs.flatMap(({ artifacts }) => artifacts.map(({ id }) => id));
	const value = toCollectionValue(facts);
	return {
		id: "collection",
		type: "collection",
		summary: `${value.in} of ${value.expected ?? "an unknown number of"} legs in, ${value.missing.length} missing, ${value.rejected.length} rejected: ${gathered.status}`,
		value,
		basis_artifact_ids: basis,
		informational: basis.length === 0,
		parser: {
			name: worker.name,
			version: worker.version
		}
	};
}
function toCollectionValue({ gathered, compared }) {
	const { legs, superseded, newestAttempt } = gathered;
	return {
		expected: gathered.expected,
		expected_basis: gathered.expectedBasis,
		in: legs.filter(({ state }) => state === "in").length,
		missing: legs.flatMap((leg) => leg.state === "missing" ? [{
			leg: leg.label,
			reason: leg.reason
		}] : []),
		rejected: legs.flatMap((leg) => leg.state === "rejected" ? toRejections(leg) : []),
		newest_attempt: newestAttempt,
		superseded: superseded.map(({ leg, recency, facts, sha256: digest }) => ({
			leg: leg.label,
			run_attempt: recency.attempt,
			evidence_id: facts.evidence_id,
			envelope_sha256: digest
		})),
		compared: toCompared(compared)
	};
}
function toRejections(leg) {
	return leg.files.map(({ source, sha256: digest }) => ({
		leg: leg.label,
		source,
		reason: leg.reason,
		envelope_sha256: digest
	}));
}
function toMemberObservation({ id, outcome, artifacts }, worker) {
	if (outcome.state !== "in") return [];
	const { facts } = outcome.member;
	const { passed, total } = facts.steps;
	const attempt = facts.run_attempt === null ? "" : `, attempt ${facts.run_attempt}`;
	return [{
		id: `${id}/member`,
		type: "collection_member",
		summary: `${outcome.label}: ${facts.status}, ${passed} of ${total} steps passed${attempt}`,
		value: {
			...facts,
			leg: outcome.label
		},
		basis_artifact_ids: artifacts.map((artifact) => artifact.id),
		informational: false,
		parser: {
			name: worker.name,
			version: worker.version
		}
	}];
}

// src/seal-collection.ts
/**
* Seals a collection, verifies it together with its members, and leaves it in its folder. null when no folder could
* take the envelope.
*/
async function sealCollection(options) {
	const { record, now, signer, claims, gathered, dirs, onProblem } = options;
	const [folder = "."] = dirs;
	const artifacts = join(folder, evidenceFiles.artifacts);
	await writeEvidenceFile(artifacts, sha256(options.plan), options.plan).catch((error) => onProblem(toMessage(error)));
	const sealed = await sealEmbedded({
		record,
		claims,
		folder,
		now,
		signer
	});
	const { envelope, sha256: envelopeSha256 } = sealed;
	const verdict = await checkMembers(sealed.bytes, sealed.verdict, sealed.openArtifact);
	return writeEvidence({
		...sealed,
		verdict,
		dirs,
		onProblem,
		renderPage: () => renderCollection({
			...toCollectionPage({
				gathered,
				evidence: {
					envelope,
					envelopeSha256,
					verdict
				},
				title: envelope.plan.name
			}),
			budgetBytes: limits.jobSummaryBytes
		})
	});
}

// src/collect-run.ts
/**
* Gathers the envelopes of a run's legs and seals them as one collection (docs/envelope.md, "Collections"), whatever
* came: what is missing or can't be believed is a part of the evidence. Rejects only for a bug.
*/
async function collect(options) {
	const { env, now, worker, workspace } = options;
	const secrets = collectAllSecrets([env], []);
	const redactor = makeRedactor({
		secrets: secrets.secrets,
		rules: []
	});
	const detected = await detectContext({
		env,
		cwd: workspace,
		now,
		git: findGit(env)
	});
	const context = toAbout(redactJson(detected, redactor).value, options.run?.commit ?? null);
	const problems = [];
	const onProblem = (problem) => void problems.push(problem);
	const folder = await openFolder([options.outDir, options.fallbackDir], onProblem);
	if ("taken" in folder) return {
		kind: "refused",
		message: folder.taken
	};
	const run = {
		...toExpectedRun(context),
		...options.run
	};
	const artifacts = join(folder.dir, evidenceFiles.artifacts);
	const judged = await judgeAll(options.candidates, run, {
		store: await openArtifactStore(artifacts),
		onProblem
	});
	const gathered = gather(judged, options.expected);
	await dropPartials(artifacts);
	for (const { sha256 } of gathered.superseded) await dropStored(artifacts, sha256);
	const { record, plan } = toCollectionRecord({
		gathered,
		name: redactor.text(options.name).text,
		compared: run,
		context,
		worker,
		runId: makeUuidV7(now(), randomBytes(10)),
		now: now()
	});
	const evidence = await sealCollection({
		record,
		gathered,
		plan,
		claims: toCollectionClaims(record, options.signer !== void 0),
		dirs: [.../* @__PURE__ */ new Set([folder.dir, options.fallbackDir])],
		now,
		onProblem,
		...options.signer && { signer: options.signer }
	});
	return {
		kind: "finished",
		status: gathered.status,
		gathered,
		evidence,
		problems
	};
}
/**
* The context of a collection about another commit than the one that this job is run for: `workflow_run` is run for the
* default branch, whatever it is about.
*/
function toAbout(context, commit) {
	const { subject } = context;
	if (commit === null || commit === subject.id) return context;
	const { event_sha: _event, git_unreadable: _unreadable, head_differs_from_event: _differs, ...meta } = subject.meta;
	const unknown = {
		ref: null,
		branch: null,
		tag: null,
		base_sha: null,
		merge_sha: null,
		tree_sha: null,
		dirty: null
	};
	return {
		...context,
		subject: {
			...subject,
			kind: "git_commit",
			id: commit,
			git: {
				commit_sha: commit,
				head_sha: commit,
				...unknown
			},
			meta: {
				...meta,
				commit_basis: "platform"
			}
		}
	};
}
/** What the forge's own variables say of the run that is going on. On a laptop there is none to compare with. */
function toExpectedRun({ subject }) {
	const { meta, source, repo, id } = subject;
	if (source === "local") return {
		repo: null,
		commit: null,
		run: null,
		attempt: null
	};
	const run = source === "gitlab" ? meta["pipeline_id"] : meta["run_id"];
	const { event_sha: event, run_attempt: attempt } = meta;
	return {
		repo: repo.name,
		commit: typeof event === "string" ? event : id,
		run: typeof run === "string" ? run : null,
		attempt: typeof attempt === "number" ? attempt : null
	};
}
/** Judges and keeps one candidate after the other, up to the bounds of a collection. */
async function judgeAll(candidates, run, { store, onProblem }) {
	const judged = [];
	let total = 0;
	let shown = 0;
	for await (const candidate of candidates) {
		total += "bytes" in candidate ? candidate.bytes.length : 0;
		const beyond = toBeyond(judged.length + 1, total);
		if (beyond !== null) {
			judged.push(await judgeCandidate({
				name: candidate.name,
				problem: beyond
			}, run));
			break;
		}
		const file = await judgeCandidate(candidate, run);
		if (file.kind === "member") shown += Math.min(file.sizeBytes, limits.memberShownBytes);
		const isSlim = file.kind === "member" && shown > limits.membersShownBytes;
		judged.push(isSlim ? {
			...file,
			envelope: toSlimEnvelope(file.envelope)
		} : file);
		if (file.kind !== "collection" && "bytes" in candidate) {
			const kept = await store.captureBytes({
				id: file.sha256 ?? "",
				kind: "report",
				name: file.source,
				stepId: null,
				mediaType: "application/json",
				bytes: candidate.bytes,
				redactor: null
			});
			if (kept.problem !== null) onProblem(`${file.source} could not be kept: ${kept.problem}`);
		}
	}
	return judged;
}
function toBeyond(files, bytes) {
	if (files > limits.collectMembers) return `it and what follows were not read: there are more than ${limits.collectMembers} files`;
	if (bytes > limits.collectBytes) return `it and what follows were not read: there are more than ${limits.collectBytes} bytes`;
	return null;
}
async function openFolder(dirs, onProblem) {
	for (const dir of dirs) try {
		await makeEvidenceFolder(dir);
		return { dir };
	} catch (error) {
		if (error instanceof EvidenceFolderError && error.code === "not_empty") return { taken: error.message };
		onProblem(`no evidence can be kept in ${dir}: ${toMessage(error)}`);
	}
	return { dir: dirs[0] ?? "." };
}

export { ExpectedError as n, parseExpected as r, collect as t };