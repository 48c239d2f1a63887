import { n as hashPlan, t as formatDiagnostics } from "./diagnostics-Bh1m_uht.js";
import { n as makePlan, r as parseManifest } from "./display-path-8FfibSvk.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as clip } from "./cells-DRqpYzdK.js";
import { i as toRest, n as toFields, r as toPart } from "./terminal-CCeyvIke.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as readManifestFile } from "./manifest-file-CVXtxL7B.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";

// src/render/plan-graph.ts
/** Deeper chains go on at this depth, or the tree would leave the screen. */
const maxDepth = 24;
/**
* Who needs whom, as a tree: each step stands once, under the last of what it needs, and names the others. Nothing when
* no step needs another.
*/
function renderPlanGraph(steps, width) {
	if (steps.every(({ needs }) => needs.length === 0)) return [];
	const children = /* @__PURE__ */ new Map();
	for (const step of steps) {
		const parent = step.needs.at(-1);
		children.set(parent, [...children.get(parent) ?? [], step]);
	}
	const lines = [];
	const pending = toPending(children.get(void 0) ?? [], "", 0);
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { step, prefix, isLast, depth } = next;
		const others = step.needs.slice(0, -1);
		const also = others.length === 0 ? "" : ` (also needs ${others.join(", ")})`;
		const branch = depth === 0 ? "" : isLast ? "└─ " : "├─ ";
		lines.push(clip(`  ${prefix}${branch}${toInertLine(step.id + also)}`, width));
		const isDeep = depth === 0 || depth >= maxDepth;
		pending.push(...toPending(children.get(step.id) ?? [], isDeep ? prefix : prefix + (isLast ? "   " : "│  "), depth + 1));
	}
	return lines;
}
/** In reverse, for a stack. */
function toPending(steps, prefix, depth) {
	return steps.map((step, index) => ({
		step,
		prefix,
		isLast: index === steps.length - 1,
		depth
	})).toReversed();
}

// src/render/plan-http.ts
/** `GET http://127.0.0.1:3000/health, expects status 200, body containing "ok"` */
function toProbeWords({ request, expect, until_ms: until }) {
	const secrets = request.headers_from_env.map(({ name, env }) => `${name} from ${env}`);
	const expected = [
		`status ${expect.status.map(({ from, to }) => from === to ? String(from) : `${from}-${to}`).join(" or ")}`,
		...expect.headers.map(({ name, test }) => `${name} ${toTestWords(test)}`),
		...expect.body.map((test) => `body ${toTestWords(test)}`),
		...expect.json.map(({ path, equals }) => `${path} = ${JSON.stringify(equals)}`),
		...expect.within_ms === null ? [] : [`within ${formatDuration(expect.within_ms)}`]
	];
	return [
		`${request.method} ${request.url}`,
		...secrets.length === 0 ? [] : [`with ${secrets.join(", ")}`],
		`expects ${expected.join(", ")}`,
		...until === null ? [] : [`asks for up to ${formatDuration(until)}`],
		...request.allow_link_local ? ["link-local addresses allowed"] : [],
		...request.verify_tls ? [] : ["certificate not verified"]
	].join("; ");
}
/** When a service counts as ready. */
function toReadyWords(ready) {
	if (ready.by === "start") return "ready at once";
	return `ready by ${toTarget(ready)} within ${formatDuration(ready.timeout_ms)}`;
}
function toTarget(ready) {
	if (ready.by === "http") return ready.url;
	return ready.by === "port" ? `port ${ready.port}` : `a line like /${ready.pattern}/`;
}
function toTestWords(test) {
	if ("equals" in test) return `= ${JSON.stringify(test.equals)}`;
	return "contains" in test ? `containing ${JSON.stringify(test.contains)}` : `like /${test.matches}/`;
}

// src/render/plan.ts
/** What `quoderat plan` prints: the steps in their order, what each waits for, and the hash. Ends with a line break. */
function renderPlan(plan, planHash, look) {
	const paint = makePaint(look.color);
	const count = plan.steps.length === 1 ? "1 step" : `${plan.steps.length} steps`;
	const parallel = plan.max_parallel === 1 ? "one at a time" : `up to ${plan.max_parallel} at a time`;
	return `${[
		paint("bold", `Plan ${toInertLine(plan.name)}: ${count}, ${parallel}`),
		...toFields([
			["manifest", `${plan.manifest.path} (sha256:${plan.manifest.sha256})`],
			["time limit", formatDuration(plan.max_duration_ms)],
			["secrets", plan.secrets.length === 0 ? null : plan.secrets.join(", ")],
			["fail fast", plan.fail_fast ? "the first failure ends the run" : null]
		], paint),
		...toPart("Steps", plan.steps.flatMap((step) => toStepLines(step, look.width, paint)), paint),
		...toPart("Graph", renderPlanGraph(plan.steps, look.width), paint),
		"",
		`plan hash ${planHash}`,
		paint("dim", "Nothing was executed.")
	].join("\n")}\n`;
}
function toStepLines(step, width, paint) {
	const number = String(step.index + 1).padStart(4);
	const notes = [toTurn(step), ...toConditions(step)].join("; ");
	return [`${number}. ${paint("bold", toInertLine(step.id))} (${step.kind})  ${toInertLine(notes)}`, paint("dim", `      ${toRest(toAction(step), 6, width)}`)];
}
/** What would happen to the step when the run begins. */
function toTurn({ needs, when }) {
	const before = needs.length === 0 ? "all steps before it" : needs.join(", ");
	if (when === "failure") return `conditional: runs only when something of ${before} has failed`;
	if (when === "always") return `runs whatever came of ${before}`;
	return needs.length === 0 ? "runs" : `waits for ${before}`;
}
function toConditions(step) {
	return [
		...step.continue_on_error ? ["may fail"] : [],
		...step.retry.max_attempts > 1 ? [`up to ${step.retry.max_attempts} attempts`] : [],
		...step.kind === "service" ? ["runs until the others are over"] : [`limit ${formatDuration(step.timeout_ms)}`],
		...step.ready === void 0 ? [] : [toReadyWords(step.ready)],
		...step.reports.length === 0 ? [] : [`reports ${step.reports.map(({ path }) => path).join(", ")}`],
		...step.outputs.length === 0 ? [] : [`outputs ${step.outputs.join(", ")}`]
	];
}
/** What is run or asked. */
function toAction({ command, probe }) {
	if (command !== null) return `$ ${toCommand(command)}`;
	return probe === void 0 ? "runs nothing" : toProbeWords(probe);
}
/** The first line that says something; comments of a script do not. */
function toCommand(command) {
	if ("argv" in command) return command.argv.map((word) => /[\s"']/.test(word) || word === "" ? JSON.stringify(word) : word).join(" ");
	const lines = command.run.split("\n").filter((line) => line.trim() !== "");
	const first = lines.find((line) => !line.trim().startsWith("#")) ?? lines[0] ?? "";
	return lines.length > 1 ? `${first} … (${lines.length} lines of ${command.shell})` : first;
}

// src/cli/commands/plan.ts
/**
* `quoderat plan`: prints what would run and the plan hash. Executes nothing and writes nothing.
* @throws CliError and the error of the manifest's reader
*/
async function printPlan(named, flags, io) {
	const { source } = await readManifestFile(named, flags, io);
	const parsed = parseManifest(source);
	if (!parsed.ok) {
		io.stderr.write(formatDiagnostics(source, parsed.diagnostics));
		return exitCodes.usage;
	}
	const { plan } = makePlan(parsed.manifest, {
		path: source.path,
		sha256: parsed.sha256
	});
	const hash = hashPlan(plan);
	const look = {
		color: wantsColor(io.stdout, io.env, flags.color),
		width: widthOf(io.stdout)
	};
	const text = flags.json === true ? `${JSON.stringify({
		plan_hash: hash,
		plan
	})}\n` : renderPlan(plan, hash, look);
	io.stdout.write(text);
	if (flags.expectedPlanHash === void 0 || flags.expectedPlanHash === hash) return exitCodes.success;
	io.stderr.write(`quoderat: the plan hash is ${hash}, not the expected ${flags.expectedPlanHash}\n`);
	return exitCodes.usage;
}

export { printPlan };