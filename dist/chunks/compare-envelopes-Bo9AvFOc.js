import { t as materialsValue } from "./worktree-DOPvd0L0.js";
import { c as testsValue, i as findingsValue, n as coverageValue, o as observationValues, t as coverageMetricNames } from "./observation-DZkPMKXb.js";

// src/compare/change.ts
function makeChanges(area) {
	const change = (code, subject, before, after, sense = "neutral") => ({
		area,
		code,
		subject,
		before,
		after,
		sense
	});
	return {
		change,
		differs: (code, subject, before, after, sense) => before === after ? [] : [change(code, subject, before, after, sense)]
	};
}
/** Whether a figure of which more is worse (or, with `more`, better) has become so. */
function toSense(before, after, more) {
	if (before === after) return "neutral";
	return after > before ? more : more === "worse" ? "better" : "worse";
}
/** What is only in the second list, and what only in the first. */
function toListChanges(before, after) {
	const [old, now] = [new Set(before), new Set(after)];
	return {
		added: [...now].filter((entry) => !old.has(entry)),
		removed: [...old].filter((entry) => !now.has(entry))
	};
}

// src/compare/files.ts
/**
* What the steps made, by digest. Output streams and reports are no part of it: they hold times, and differ between any
* two runs; what the reports say is compared as observations.
*/
function compareOutputs(before, after) {
	const { change, differs } = makeChanges("outputs");
	const [old, now] = [toOutputs(before), toOutputs(after)];
	const names = toListChanges([...old.keys()], [...now.keys()]);
	return [
		...names.removed.map((name) => change("output_removed", name, old.get(name) ?? null, null)),
		...names.added.map((name) => change("output_added", name, null, now.get(name) ?? null)),
		...[...now].flatMap(([name, sha256]) => old.has(name) ? differs("output_changed", name, old.get(name) ?? null, sha256) : [])
	];
}
/** Digests by path; of a file that several attempts have made, the last one counts. */
function toOutputs({ artifacts }) {
	return new Map(artifacts.filter(isOutput).map(({ name, sha256 }) => [name, sha256]));
}
function isOutput({ kind }) {
	return kind === "output" || kind === "diff";
}
/** Which rule took something out where, and how often. */
function compareRedactions(before, after) {
	const { change, differs } = makeChanges("redactions");
	const [old, now] = [toCounts(before), toCounts(after)];
	const places = toListChanges([...old.keys()], [...now.keys()]);
	return [
		...places.removed.map((place) => change("redaction_removed", place, old.get(place) ?? null, null)),
		...places.added.map((place) => change("redaction_added", place, null, now.get(place) ?? null)),
		...[...now].flatMap(([place, count]) => old.has(place) ? differs("redaction_count", place, old.get(place) ?? null, count) : [])
	];
}
function toCounts({ redactions }) {
	const counts = /* @__PURE__ */ new Map();
	for (const { rule_id: rule, path, artifact_id: artifact, match_count: count } of redactions) {
		const place = `${rule} in ${artifact ?? path}`;
		counts.set(place, (counts.get(place) ?? 0) + count);
	}
	return counts;
}

// src/compare/materials.ts
const { change: change$1, differs: differs$1 } = makeChanges("materials");
/**
* Lockfiles and manifests, by the digest of their content. Nothing when either envelope does not list them; of a list
* that was cut, only what both name is compared.
*/
function compareMaterials(before, after) {
	const [was, is] = [findMaterials(before), findMaterials(after)];
	if (was === void 0 || is === void 0) return [];
	const [old, now] = [toDigests(was), toDigests(is)];
	const paths = toListChanges([...old.keys()], [...now.keys()]);
	const bothWhole = was.materials_left_out === 0 && is.materials_left_out === 0;
	return [
		...(bothWhole ? paths.removed : []).map((path) => change$1("material_removed", path, old.get(path) ?? null, null)),
		...(bothWhole ? paths.added : []).map((path) => change$1("material_added", path, null, now.get(path) ?? null)),
		...[...now].flatMap(([path, sha256]) => old.has(path) ? differs$1("material_changed", path, old.get(path) ?? null, sha256) : [])
	];
}
function findMaterials({ observations }) {
	const found = observations.find(({ type }) => type === "materials");
	return found === void 0 ? void 0 : materialsValue.safeParse(found.value).data;
}
function toDigests({ materials }) {
	return new Map(materials.map(({ path, sha256 }) => [path, sha256]));
}

// src/reports/compare.ts
/**
* What has changed between the observations of two envelopes. They belong together by id and type. The base may come
* from anywhere: a value that is not of its type's shape counts as absent.
*/
function compareObservations$1(base, head) {
	const before = new Map(base.filter(isReadable).map((entry) => [toKey(entry), entry]));
	const after = new Map(head.filter(isReadable).map((entry) => [toKey(entry), entry]));
	return {
		deltas: [...after].flatMap(([key, entry]) => {
			const earlier = before.get(key);
			return earlier === void 0 ? [] : [compareOne(earlier, entry)].filter((delta) => delta !== void 0);
		}),
		only_in_base: [...before].flatMap(([key, { id }]) => after.has(key) ? [] : [id]),
		only_in_head: [...after].flatMap(([key, { id }]) => before.has(key) ? [] : [id])
	};
}
function isReadable({ type, value }) {
	return isType(type) && observationValues[type].safeParse(value).success;
}
function isType(type) {
	return Object.hasOwn(observationValues, type);
}
function toKey({ id, type }) {
	return JSON.stringify([type, id]);
}
function compareOne(base, head) {
	const { id } = head;
	switch (head.type) {
		case "tests": return compareTests(id, testsValue.parse(base.value), testsValue.parse(head.value));
		case "findings": return compareFindings(id, findingsValue.parse(base.value), findingsValue.parse(head.value));
		case "coverage": return compareCoverage(id, coverageValue.parse(base.value), coverageValue.parse(head.value));
		default: return;
	}
}
function compareTests(id, base, head) {
	const failingBefore = base.cases.filter(({ status }) => status === "failed");
	const failingNow = head.cases.filter(({ status }) => status === "failed");
	const listedNow = new Set(head.cases.filter(({ flaky }) => !flaky).map(toTestKey));
	const flakyBefore = base.cases.filter(({ flaky }) => flaky);
	return {
		type: "tests",
		id,
		newly_failing: without(failingNow, failingBefore, toTestKey),
		no_longer_failing: failingBefore.filter((found) => !listedNow.has(toTestKey(found))),
		newly_flaky: without(head.cases.filter(({ flaky }) => flaky), flakyBefore, toTestKey),
		tests: {
			base: base.tests,
			head: head.tests
		},
		failed: {
			base: base.failed,
			head: head.failed
		},
		skipped: {
			base: base.skipped,
			head: head.skipped
		},
		duration_ms: {
			base: base.duration_ms,
			head: head.duration_ms
		},
		complete: base.cases_left_out === 0 && head.cases_left_out === 0
	};
}
function compareFindings(id, base, head) {
	return {
		type: "findings",
		id,
		added: without(head.results, base.results, toFindingKey),
		gone: without(base.results, head.results, toFindingKey),
		total: {
			base: base.total,
			head: head.total
		},
		errors: {
			base: base.by_level.error,
			head: head.by_level.error
		},
		complete: base.results_left_out === 0 && head.results_left_out === 0
	};
}
function compareCoverage(id, base, head) {
	const metrics = {};
	for (const name of coverageMetricNames) {
		const before = base[name]?.percent;
		const after = head[name]?.percent;
		if (before === void 0 || after === void 0) continue;
		metrics[name] = {
			base: before,
			head: after,
			difference: Math.round((after - before) * 100) / 100 + 0
		};
	}
	return {
		type: "coverage",
		id,
		metrics
	};
}
function toTestKey({ suite, name }) {
	return JSON.stringify([suite, name]);
}
/** The tool's own fingerprint, else what stays when lines move. */
function toFindingKey({ rule_id, uri, message, fingerprint }) {
	return JSON.stringify(fingerprint === void 0 ? [
		rule_id,
		uri,
		message
	] : [
		rule_id,
		uri,
		fingerprint
	]);
}
/** Those of `list` that `other` has not, each as often as it has it too few times. */
function without(list, other, toItsKey) {
	const left = /* @__PURE__ */ new Map();
	for (const item of other) left.set(toItsKey(item), (left.get(toItsKey(item)) ?? 0) + 1);
	return list.filter((item) => {
		const key = toItsKey(item);
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

// src/compare/readings.ts
/** What is evidence of something that the report comparison knows; the kinds of a later version are left alone. */
const areas = {
	tests: "tests",
	findings: "findings",
	coverage: "coverage"
};
/**
* Readings by what they are of: the type, the step and the report's path. The observation's own id, and the artifact's,
* count attempts, so they are no measure of what is the same. A remark without a basis is no evidence, and not compared.
*/
function toReadings({ observations, artifacts }) {
	const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
	const readings = observations.flatMap(({ type, value, basis_artifact_ids: basis }) => {
		const [first, ...others] = basis.flatMap((id) => byId.get(id) ?? []);
		const area = Object.hasOwn(areas, type) ? areas[type] : void 0;
		if (first === void 0 || area === void 0) return [];
		const source = `${first.step_id ?? "run"}: ${[first, ...others].map(({ name }) => name).join(", ")}`;
		return [{
			id: `${type} of ${source}`,
			type,
			value,
			area,
			source,
			isWhole: isWhole(type, value)
		}];
	});
	return new Map(readings.map((reading) => [reading.id, reading]));
}
function isWhole(type, value) {
	if (type === "tests") return testsValue.safeParse(value).data?.cases_left_out === 0;
	if (type === "findings") return findingsValue.safeParse(value).data?.results_left_out === 0;
	return true;
}

// src/compare/observations.ts
/** What reports say of tests, findings and coverage, report by report. */
function compareObservations(before, after) {
	const [old, now] = [toReadings(before), toReadings(after)];
	const { deltas } = compareObservations$1([...old.values()], [...now.values()]);
	const presence = [...[...old].filter(([id]) => !now.has(id)).map(([, reading]) => toPresence(reading, "report_not_read")), ...[...now].filter(([id]) => !old.has(id)).map(([, reading]) => toPresence(reading, "report_read"))];
	const found = deltas.map((delta) => {
		return {
			delta,
			whole: {
				before: old.get(delta.id)?.isWhole === true,
				after: now.get(delta.id)?.isWhole === true
			},
			source: now.get(delta.id)?.source ?? delta.id
		};
	});
	return {
		changes: [...presence, ...found.flatMap(({ delta, whole, source }) => toChanges(delta, whole, source))],
		notes: found.filter(({ whole }) => !whole.before || !whole.after).map(({ source }) => `${source}: the evidence names a part of what was found only`)
	};
}
/** What was shown before and is not any more is no good news: silence is none. */
function toPresence({ area, source, type }, code) {
	const { change } = makeChanges(area);
	return code === "report_read" ? change(code, source, null, type) : change(code, source, type, null, "worse");
}
function toChanges(delta, whole, source) {
	switch (delta.type) {
		case "tests": return toTestChanges(delta, whole, source);
		case "findings": return toFindingChanges(delta, whole, source);
		default: return toCoverageChanges(delta, source);
	}
}
function toTestChanges(delta, whole, source) {
	const { change, differs } = makeChanges("tests");
	const { tests, failed, skipped } = delta;
	const names = (cases, isKnown) => isKnown ? cases.map(toTestName) : [];
	return [
		...names(delta.newly_failing, whole.before).map((name) => change("test_newly_failing", source, null, name, "worse")),
		...names(delta.no_longer_failing, whole.after).map((name) => change("test_no_longer_failing", source, name, null, "better")),
		...names(delta.newly_flaky, whole.before).map((name) => change("test_newly_flaky", source, null, name, "worse")),
		...differs("tests_failed", source, failed.base, failed.head, toSense(failed.base, failed.head, "worse")),
		...differs("tests_total", source, tests.base, tests.head, tests.head < tests.base ? "worse" : "neutral"),
		...differs("tests_skipped", source, skipped.base, skipped.head, toSense(skipped.base, skipped.head, "worse"))
	];
}
function toFindingChanges({ added, gone, total }, whole, source) {
	const { change, differs } = makeChanges("findings");
	return [
		...(whole.before ? added : []).map((found) => change("finding_new", source, null, toFindingText(found), "worse")),
		...(whole.after ? gone : []).map((found) => change("finding_gone", source, toFindingText(found), null, "better")),
		...differs("findings_total", source, total.base, total.head, toSense(total.base, total.head, "worse"))
	];
}
function toCoverageChanges({ metrics }, source) {
	const { differs } = makeChanges("coverage");
	return Object.entries(metrics).flatMap(([name, { base, head }]) => differs("coverage", `${source} (${name})`, base, head, toSense(base, head, "better")));
}
function toTestName({ suite, name }) {
	return [...suite, name].join(" › ");
}
function toFindingText({ rule_id: rule, level, message, uri, start_line: line }) {
	return `${level} ${rule}${uri === void 0 ? "" : ` ${uri}${line === void 0 ? "" : `:${line}`}`}: ${message.split("\n")[0] ?? ""}`;
}

// src/compare/duration.ts
/** A run is never as long as the last one: what differs by less than both of these is noise. */
const durationNoise = {
	ms: 2e3,
	ratio: .25
};
/** A change when two durations differ by more than noise. */
function compareDurations(area, code, subject, durations) {
	const { before, after } = durations;
	const difference = Math.abs(after - before);
	if (difference < durationNoise.ms || difference < durationNoise.ratio * Math.min(before, after)) return [];
	return [makeChanges(area).change(code, subject, before, after, toSense(before, after, "worse"))];
}

// src/compare/steps.ts
const { change, differs } = makeChanges("steps");
/** Steps are known by their id: one that was renamed is one less and one more. */
function compareSteps(before, after) {
	const old = new Map(before.execution.steps.map((step) => [step.id, step]));
	const now = new Set(after.execution.steps.map(({ id }) => id));
	return [
		...before.execution.steps.filter(({ id }) => !now.has(id)).map(({ id, status }) => change("step_removed", id, status, null, "worse")),
		...after.execution.steps.flatMap((step) => {
			const earlier = old.get(step.id);
			return earlier === void 0 ? [change("step_added", step.id, null, step.status, isFailure(step.status) ? "worse" : "neutral")] : compareStep(earlier, step);
		}),
		...compareGates(before, after)
	];
}
function compareStep(before, after) {
	return [...compareOutcome(before, after), ...compareWhatRan(before, after)];
}
/** What came of it. The reason is told where the status alone does not tell the difference. */
function compareOutcome(before, after) {
	const { id } = after;
	const sense = toSense(ranks[before.status], ranks[after.status], "better");
	const reasons = before.status === after.status ? [
		...differs("step_cause", id, before.cause?.code ?? null, after.cause?.code ?? null),
		...differs("step_exit_code", id, before.exit_code, after.exit_code),
		...differs("step_signal", id, before.signal, after.signal)
	] : [];
	return [
		...differs("step_status", id, before.status, after.status, sense),
		...reasons,
		...compareAttempts(before, after),
		...differs("step_output_complete", id, before.output_complete, after.output_complete, after.output_complete ? "better" : "worse"),
		...before.status === "success" && after.status === "success" ? compareDurations("steps", "step_duration", id, {
			before: before.duration_ms,
			after: after.duration_ms
		}) : []
	];
}
/** Needing another attempt is worse; making none at all is told by the status. */
function compareAttempts({ id, attempt: before }, { attempt: after }) {
	if (before === 0 || after === 0) return [];
	return differs("step_attempts", id, before, after, toSense(before, after, "worse"));
}
function compareWhatRan(before, after) {
	const { id } = after;
	const env = toListChanges(before.env_names, after.env_names);
	return [
		...differs("step_kind", id, before.kind, after.kind),
		...differs("step_command", id, toCommandText(before), toCommandText(after)),
		...differs("step_cwd", id, before.cwd, after.cwd),
		...differs("step_needs", id, before.needs.join(", "), after.needs.join(", ")),
		...env.added.map((name) => change("step_env_added", id, null, name)),
		...env.removed.map((name) => change("step_env_removed", id, name, null)),
		...differs("step_timeout", id, before.timeout_ms, after.timeout_ms),
		...differs("step_idle_timeout", id, before.idle_timeout_ms, after.idle_timeout_ms),
		...differs("step_max_attempts", id, before.max_attempts, after.max_attempts),
		...differs("step_may_fail", id, before.continue_on_error, after.continue_on_error, after.continue_on_error ? "worse" : "better")
	];
}
/** Scripts stand as they are, with another shell than bash named; argument vectors as JSON. */
function toCommandText({ command }) {
	if (command === null) return null;
	if ("argv" in command) return JSON.stringify(command.argv);
	return command.shell === "bash" ? command.run : `(${command.shell}) ${command.run}`;
}
function compareGates(before, after) {
	const old = new Map(before.gates.map(({ step_id, decision }) => [step_id, decision]));
	return after.gates.flatMap(({ step_id: id, decision }) => {
		const earlier = old.get(id) ?? null;
		return differs("gate_decision", id, earlier, decision, earlier === null ? "neutral" : decision === "approved" ? "better" : earlier === "approved" ? "worse" : "neutral");
	});
}
const ranks = {
	success: 2,
	skipped: 1,
	waiting: 1,
	failed: 0,
	error: 0,
	timed_out: 0,
	aborted: 0
};
function isFailure(status) {
	return ranks[status] === 0;
}

// src/compare/surroundings.ts
/** The run as a whole. */
function compareRuns({ execution: before }, { execution: after }) {
	const { differs } = makeChanges("run");
	const bothWhole = before.status === "success" && after.status === "success";
	return [
		...differs("run_status", null, before.status, after.status, toSense(runRanks[before.status], runRanks[after.status], "better")),
		...differs("run_termination", null, before.termination, after.termination, after.termination === "finished" ? "better" : "worse"),
		...bothWhole ? compareDurations("run", "run_duration", null, {
			before: before.duration_ms,
			after: after.duration_ms
		}) : []
	];
}
const runRanks = {
	success: 2,
	failed: 1,
	aborted: 0
};
/** What was to be run. */
function comparePlans(before, after) {
	const { differs } = makeChanges("plan");
	return [
		...differs("plan_hash", null, before.plan.plan_hash, after.plan.plan_hash),
		...differs("manifest", null, before.plan.manifest_sha256, after.plan.manifest_sha256),
		...differs("max_parallel", null, before.execution.max_parallel, after.execution.max_parallel)
	];
}
/** A version that a tool did not tell in time says nothing: it differs from none. */
function compareToolchains({ runner_context: before }, { runner_context: after }) {
	const { change, differs } = makeChanges("toolchain");
	const known = ([name]) => before.toolchain[name] !== notTold && after.toolchain[name] !== notTold;
	const old = new Map(Object.entries(before.toolchain).filter(known));
	const now = new Map(Object.entries(after.toolchain).filter(known));
	const names = toListChanges([...old.keys()], [...now.keys()]);
	return [
		...names.removed.map((name) => change("tool_removed", name, old.get(name) ?? null, null)),
		...names.added.map((name) => change("tool_added", name, null, now.get(name) ?? null)),
		...[...now].flatMap(([name, version]) => old.has(name) ? differs("tool_version", name, old.get(name) ?? null, version) : [])
	];
}
const notTold = "unknown";
/** Machines of one image differ by as much in the memory that they tell. */
const memoryNoise = .05;
/** The machine. Its name is left out: hosted runners have another one every time. */
function compareRunners(before, after) {
	const { differs } = makeChanges("runner");
	const [old, now] = [before.runner_context, after.runner_context];
	const isOtherMemory = Math.abs((old.memory_bytes ?? 0) - (now.memory_bytes ?? 0)) > memoryNoise * (old.memory_bytes ?? 0);
	return [
		...differs("runner_type", null, old.runner_type, now.runner_type),
		...differs("os", null, old.os, now.os),
		...differs("arch", null, old.arch, now.arch),
		...differs("os_release", null, old.os_release, now.os_release),
		...differs("image", null, old.image, now.image),
		...differs("cpu_count", null, old.cpu_count, now.cpu_count),
		...isOtherMemory ? differs("memory_bytes", null, old.memory_bytes, now.memory_bytes) : [],
		...differs("self_hosted", null, old.self_hosted, now.self_hosted),
		...differs("quoderat_version", null, before.producer.worker.version, after.producer.worker.version)
	];
}
/** Who vouches for it, and what it says itself that it cannot show. */
function compareSeals(before, after) {
	const { change, differs } = makeChanges("seal");
	const [old, now] = [toSigners(before), toSigners(after)];
	const limits = toListChanges(before.claims.no_claims, after.claims.no_claims);
	return [
		...differs("sealed_by", null, before.producer.component, after.producer.component),
		...differs("signers", null, old, now, now === null ? "worse" : "neutral"),
		...limits.added.map((code) => change("no_claim_added", code, null, code, "worse")),
		...limits.removed.map((code) => change("no_claim_removed", code, code, null, "better"))
	];
}
function toSigners({ integrity }) {
	const keys = integrity.signatures.map(({ keyid }) => keyid).toSorted();
	return keys.length === 0 ? null : keys.join(", ");
}

// src/compare/compare-envelopes.ts
/**
* What is different in the second envelope, as far as it matters: ids, times, output streams and durations within noise
* do not. An envelope that is not intact is no evidence of anything, so nothing is compared with it.
*/
function compareEnvelopes(before, after) {
	const sides = {
		before: toComparedSide(before),
		after: toComparedSide(after)
	};
	if (before.verdict.intact.answer === "no" || after.verdict.intact.answer === "no") return {
		...sides,
		changes: null,
		notes: []
	};
	const [old, now] = [before.envelope, after.envelope];
	const observed = compareObservations(old, now);
	const changes = [
		...compareRuns(old, now),
		...comparePlans(old, now),
		...compareMaterials(old, now),
		...compareSteps(old, now),
		...observed.changes,
		...compareOutputs(old, now),
		...compareRedactions(old, now),
		...compareToolchains(old, now),
		...compareRunners(old, now),
		...compareSeals(old, now)
	];
	return {
		...sides,
		changes,
		notes: [...toNotes(sides, old, now), ...observed.notes]
	};
}
function toComparedSide({ named, envelope, verdict }) {
	return {
		named,
		evidence_id: envelope.evidence_id,
		run_id: envelope.run_id,
		status: envelope.execution.status,
		repo: envelope.subject.repo.name ?? envelope.subject.repo.url,
		commit_sha: envelope.subject.id,
		started_at: envelope.execution.started_at,
		intact: verdict.intact.answer,
		complete: verdict.complete.answer,
		problems: [...verdict.intact.problems, ...verdict.complete.problems]
	};
}
function toNotes({ before, after }, old, now) {
	const dirty = [before, after].filter((_, index) => [old, now][index]?.subject.git?.dirty === true);
	return [
		...before.evidence_id === after.evidence_id ? ["both are the same evidence"] : [],
		...before.repo === after.repo ? [] : ["they are about different repositories"],
		...dirty.map(({ named }) => `${named}: its work tree held changes that are in no commit`),
		...[before, after].flatMap(({ named, complete }) => complete === "no" ? [`${named} is not complete: what it leaves out cannot be compared`] : [])
	];
}

export { compareEnvelopes as t };