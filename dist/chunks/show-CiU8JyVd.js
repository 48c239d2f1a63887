import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { t as formatBytes } from "./bytes-ChfN31Gu.js";
import { n as toNoClaims, r as toTrust, t as toStepRemarks } from "./step-remarks-IMRRLvJA.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { r as toHeadline } from "./outcome-CFS-_DKm.js";
import { n as pad, r as toCells } from "./cells-DRqpYzdK.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { i as toRest, n as toFields, r as toPart, t as toColumns } from "./terminal-CCeyvIke.js";
import { t as renderVerdict } from "./verdict-DikdqSpT.js";
import { g as envelope } from "./chain-D7IHvk76.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as tellOf, t as readEnvelopeInput } from "./envelope-input-CgT75t_1.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";

// src/render/show-steps.ts
/** A line for each step: symbol, word, id, kind, time and reason; and one for each attempt and warning that needs it. */
function toStepLines(steps, remarks, width, paint) {
	const ids = steps.map(({ id, kind }) => toInertLine(`${id} (${kind})`));
	const idWidth = Math.min(48, Math.max(0, ...ids.map(toCells)));
	const wordWidth = Math.max(0, ...steps.map((step) => toStepWord(step).word.length));
	return steps.flatMap((step, index) => {
		const { symbol, word, tone } = toStepWord(step);
		const time = step.attempt === 0 ? "" : formatDuration(step.duration_ms);
		const start = `${pad(ids[index] ?? "", idWidth)}  ${time.padStart(9)}`;
		const used = 6 + wordWidth + toCells(start);
		const reason = toRest(toReason(step) || toInertLine(remarks.get(step.id) ?? ""), used, width);
		return [
			`  ${paint(tone, `${symbol} ${word.padEnd(wordWidth)}`)}  ${start}  ${reason}`.trimEnd(),
			...toAttemptLines(step),
			...step.warnings.map((warning) => `      ${paint("yellow", `! ${toInertLine(warning)}`)}`),
			...step.output_complete || step.attempt === 0 ? [] : [`      ${paint("yellow", "! output is incomplete")}`]
		];
	});
}
function toAttemptLines({ attempts, max_attempts: most }) {
	if (attempts.length < 2) return [];
	return attempts.map((attempt) => {
		const { word } = toStepWord({
			...attempt,
			continue_on_error: false
		});
		const reason = toReason(attempt);
		const why = reason === "" ? "" : `: ${reason}`;
		return `      attempt ${attempt.attempt} of ${most}: ${word} in ${formatDuration(attempt.duration_ms)}${why}`;
	});
}

// src/render/show.ts
const tones = {
	pass: {
		tone: "green",
		symbol: "✓"
	},
	fail: {
		tone: "red",
		symbol: "✗"
	},
	incomplete: {
		tone: "yellow",
		symbol: "!"
	},
	waiting: {
		tone: "yellow",
		symbol: "…"
	}
};
/** An envelope for reading in a terminal; every string in it is a stranger's. Ends with a line break. */
function renderShow(envelope, options) {
	const paint = makePaint(options.color);
	const { mood, sentence } = toHeadline(envelope.execution);
	const { tone, symbol } = tones[mood];
	const lines = [
		`${paint(tone, `${symbol} ${sentence}`)} in ${formatDuration(envelope.execution.duration_ms)}`,
		...toSubjectFields(envelope, paint),
		...toPart("Steps", toStepLines(envelope.execution.steps, toStepRemarks(envelope), options.width, paint), paint),
		...toPart("Approvals", toGateLines(envelope), paint),
		...toPart("Observations", toObservationLines(envelope), paint),
		...toPart("Artifacts", toArtifactLines(envelope), paint),
		...toPart("Redactions", toRedactionLines(envelope), paint),
		...toPart("Does not show", toNoClaims(envelope.claims.no_claims).map((phrase) => `  - ${phrase}`), paint),
		...toPart("Seal", toSealFields(envelope, options.verdict, paint), paint)
	];
	const checks = options.verdict === void 0 ? "" : `\n${paint("bold", "Checked")}\n${renderVerdict(options.verdict, options)}`;
	return `${lines.join("\n")}\n${checks}`;
}
function toSubjectFields({ evidence_id, run_id, subject, intent, runner_context: runner, plan, producer }, paint) {
	const { git, meta } = subject;
	const leg = typeof meta["matrix"] === "object" ? Object.entries(meta["matrix"]).map((pair) => pair.join("=")) : [];
	const dirty = git?.dirty === true ? ", with changes that are in no commit" : "";
	const tools = Object.entries(runner.toolchain).map(([tool, version]) => `${tool.replace(/_version$/, "")} ${version}`);
	return toFields([
		["evidence", evidence_id],
		["run", run_id],
		["repository", subject.repo.name ?? subject.repo.url],
		["commit", git === null ? "none: the workspace is no git checkout" : git.commit_sha + dirty],
		["head", git?.head_sha],
		["base", git?.base_sha],
		["branch", git?.branch],
		["tag", git?.tag],
		["attempt", typeof meta["run_attempt"] === "number" ? String(meta["run_attempt"]) : null],
		["leg", leg.length === 0 ? null : leg.join(", ")],
		["trigger", `${intent.trigger} (${intent.event})${intent.actor === null ? "" : ` by ${intent.actor}`}`],
		["runner", `${runner.runner_type}, ${runner.os} ${runner.arch}${runner.image === null ? "" : `, ${runner.image}`}`],
		["runner says", runner.basis === "oidc_verified" ? "checked against OIDC claims" : "by itself"],
		["tools", tools.length === 0 ? null : tools.join(", ")],
		["manifest", `${plan.name}: ${plan.manifest_path} (sha256:${plan.manifest_sha256})`],
		["plan hash", plan.plan_hash + (plan.expected_plan_hash === void 0 ? "" : " (as expected)")],
		["made by", `${producer.worker.name} ${producer.worker.version}`]
	], paint);
}
function toArtifactLines({ artifacts }) {
	return toColumns(artifacts.map(({ id, sha256, size_bytes: size, redaction, truncated }) => {
		const notes = [...redaction.applied ? ["redacted"] : [], ...truncated ? ["truncated"] : []];
		return [
			`sha256:${sha256}`,
			formatBytes(size).padStart(10),
			toInertLine(id, 400) + (notes.length === 0 ? "" : ` (${notes.join(", ")})`)
		];
	}));
}
function toObservationLines({ observations }) {
	return observations.map(({ type, summary, informational, basis_artifact_ids: basis }) => {
		const source = informational ? "a remark without evidence" : `from ${basis.join(", ")}`;
		return `  ${toInertLine(`${type}: ${summary}`)} (${toInertLine(source, 200)})`;
	});
}
function toGateLines({ gates }) {
	return gates.map(({ step_id, decision, by, at, reason }) => toInertLine(`  ${step_id}: ${decision}${by === null ? "" : ` by ${by}`}${at === null ? "" : ` at ${at}`}: ${reason}`));
}
function toRedactionLines({ redactions }) {
	return toColumns(redactions.map(({ match_count, rule_id, path, artifact_id }) => [
		`${match_count}×`,
		toInertLine(rule_id, 100),
		toInertLine(artifact_id ?? path, 400)
	]));
}
function toSealFields(envelope, verdict, paint) {
	const { integrity, sealed_at, events } = envelope;
	const keys = integrity.signatures.map(({ keyid }) => keyid);
	const { seal, signer } = toTrust(envelope, verdict);
	return toFields([
		["trust", signer === void 0 ? seal : `${seal}, signed by key ${signer.key} (${signer.check})`],
		["sealed at", sealed_at],
		["head", integrity.head_entry_hash],
		["entries", String(integrity.entry_count)],
		["keys", keys.length === 0 ? null : keys.join(", ")],
		["events lost", events.dropped === 0 ? null : String(events.dropped)]
	], paint);
}

// src/cli/commands/show.ts
/**
* `quoderat show`: an envelope for people, with whether it is intact; artifacts are not hashed for that.
* @throws CliError for what cannot be read or is no whole envelope
*/
async function show(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const input = _usingCtx$1.a(await readEnvelopeInput(named, io));
		const parsed = envelope.safeParse(await tellOf(named, () => parseEnvelope(input.bytes).value));
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			const where = `/${(issue?.path ?? []).join("/")}`;
			throw new CliError("unreadable", `${named} can't be shown: ${where} is not as an envelope has it; \`verify\` tells more`);
		}
		const verdict = await verifyEnvelope(input.bytes, {
			authenticityAsked: false,
			expected: {}
		});
		const look = {
			color: wantsColor(io.stdout, io.env, flags.color),
			width: widthOf(io.stdout)
		};
		io.stdout.write(renderShow(parsed.data, {
			...look,
			verdict
		}));
		return exitCodes.success;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}

export { show };