import { r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as parseDuration } from "./duration-Ctjd7fX0.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as isReservedEnvName } from "./reserved-env-BzbK9kaS.js";
import { n as normaliseRelativePath, t as findPathFault } from "./relative-path-_PeV26Xg.js";
import { C as number, D as string, E as strictObject, S as literal, T as record, b as int, d as ZodDiscriminatedUnion, f as ZodObject, g as array, k as union, m as ZodRecord, n as envName, o as stepId, p as ZodOptional, s as stepName, u as ZodArray, v as boolean, x as json, y as discriminatedUnion } from "./primitives-B201jKT5.js";
import { i as shell, n as httpMethod, o as when, r as reportFormat, t as attachment } from "./kinds-DHaxObpx.js";
import { t as findPatternFault } from "./safe-pattern-C8Ue2DUz.js";
import { n as toCanonicalJson, t as CanonicalError } from "./canonical-CfWXMl1o.js";
import { t as parseJsonPath } from "./json-path-C43KzWsK.js";
import { t as require_dist } from "./dist-5M1n-KbI.js";
import { open, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, sep } from "node:path";

// src/manifest/text.ts
/** Bytes to text, without a byte order mark. @throws TypeError with `fatal`, for bytes that are no UTF-8. */
function decodeText(bytes, options) {
	return new TextDecoder("utf-8", options).decode(bytes);
}
/** The first place, counted from 1, where bytes are no UTF-8; undefined when all are. */
function findBadUtf8(bytes) {
	const newline = 10;
	for (let line = 1, start = 0; start <= bytes.length; line++) {
		const found = bytes.indexOf(newline, start);
		const end = found === -1 ? bytes.length : found;
		const text = decodeText(bytes.subarray(start, end), { fatal: false });
		if (!isUtf8(bytes.subarray(start, end))) return {
			line,
			column: text.indexOf("�") + 1
		};
		start = end + 1;
	}
}
/** Why a file is no UTF-8, where its first bytes tell. */
function explainBadUtf8(bytes) {
	const [first, second] = bytes;
	return first === 255 && second === 254 || first === 254 && second === 255 ? "it is UTF-16; save it as UTF-8" : "save it as UTF-8";
}
/** The first place, as an offset, of a character that YAML does not allow in a file (YAML 1.2.2, 5.1). */
function findForbiddenCharacter(text) {
	return /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/.exec(text)?.index;
}
function isUtf8(bytes) {
	try {
		decodeText(bytes, { fatal: true });
		return true;
	} catch {
		return false;
	}
}

// src/manifest/read.ts
/** A manifest that cannot be read at all. */
var ManifestError = class extends CodedError {};
/**
* Reads a manifest file of at most limits.manifestBytes.
* @param path where it is
* @param displayPath what it is called in diagnostics and in the plan: relative to the workspace, with "/"
* @throws ManifestError
*/
async function readManifest(path, displayPath) {
	const bytes = await readBounded(path, displayPath);
	if (bytes.length > limits.manifestBytes) throw new ManifestError("too_large", `${displayPath} is larger than ${limits.manifestBytes} bytes; split it`);
	const bad = findBadUtf8(bytes);
	if (bad !== void 0) throw new ManifestError("not_utf8", `${displayPath}:${bad.line} is not UTF-8: ${explainBadUtf8(bytes)}`);
	return {
		path: displayPath,
		bytes,
		form: "manifest"
	};
}
/** At most one byte more than a manifest may have. */
async function readBounded(path, displayPath) {
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const kind = await stat(path);
			if (!kind.isFile()) throw new ManifestError("not_a_file", `${displayPath} is ${kind.isDirectory() ? "a folder" : "no regular file"}`);
			const file = _usingCtx$1.a(await open(path, "r"));
			const buffer = Buffer.alloc(limits.manifestBytes + 1);
			let filled = 0;
			while (filled < buffer.length) {
				const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
				if (bytesRead === 0) break;
				filled += bytesRead;
			}
			return buffer.subarray(0, filled);
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch (error) {
		if (error instanceof ManifestError) throw error;
		throw toManifestError(error, displayPath);
	}
}
function toManifestError(cause, displayPath) {
	const code = cause instanceof Error && "code" in cause ? cause.code : void 0;
	if (code === "ENOENT" || code === "ENOTDIR") return new ManifestError("not_found", `there is no ${displayPath}; name the manifest, or write one`, { cause });
	if (code === "EISDIR") return new ManifestError("not_a_file", `${displayPath} is a folder`, { cause });
	return new ManifestError("unreadable", `${displayPath} cannot be read: ${toMessage(cause)}`, { cause });
}

// src/schema/written-duration.ts
/** As written: `15m`. What a duration is, and its bounds, is checked where the manifest is parsed. */
const writtenDuration = string().meta({
	pattern: "^([0-9]{1,9}(d|h|m|s|ms))+$",
	examples: [
		"90s",
		"15m",
		"1h30m"
	]
});
const writtenIdleTimeout = string().meta({
	pattern: "^(none|([0-9]{1,9}(d|h|m|s|ms))+)$",
	examples: ["10m", "none"]
});

// src/schema/manifest-http.ts
const url = string().min(1).max(4e3).meta({
	pattern: "^https?://",
	examples: ["http://127.0.0.1:3000/health"]
});
const pattern = string().min(1).max(1e3);
/** RFC 9110, section 5.6.2. */
const headerName$1 = string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, { error: "must be a header's name" });
const text = string().min(1).max(1e5);
/** When a service is ready: one way to find out, and how long that may take. */
const ready = strictObject({
	http: url.optional().describe("Ready when this address answers with a status from 200 to 399."),
	port: int().min(1).max(65535).optional().describe("Ready when something listens on this TCP port of the machine itself."),
	log: pattern.optional().describe("Ready when a line of its output matches this pattern, which is bounded like those of redaction."),
	timeout: writtenDuration.optional().describe("The service has failed when it is not ready by then. Default: 30s.")
}).meta({ oneOf: [
	{ required: ["http"] },
	{ required: ["port"] },
	{ required: ["log"] }
] });
const writtenRequest = strictObject({
	url: url.describe("The address, http or https, without a user name or password."),
	method: httpMethod.optional().describe("Default: GET."),
	headers: record(headerName$1, string()).optional().describe("Headers to send. Their values are recorded."),
	headers_from_env: record(headerName$1, envName).optional().describe("Headers whose values are taken from variables. The values are treated as secrets."),
	bearer_from_env: envName.optional().describe("The variable with a token to send as \"Authorization: Bearer\". Its value is treated as a secret."),
	body: string().max(1e6).optional().describe("The text to send. It is recorded."),
	timeout: writtenDuration.optional().describe("For each request, redirects and body included. Default: 10s."),
	follow_redirects: int().min(0).max(5).optional().describe("How many redirects are followed, 5 at most. Default: 0."),
	ca: string().min(1).optional().describe("A PEM file with certificates to trust beside the usual ones, relative to the workspace."),
	verify_tls: boolean().optional().describe("false: a certificate that is not trusted is recorded, and is no failure. Default: true."),
	allow_link_local: boolean().optional().describe("true: link-local addresses, where clouds hand out credentials, may be asked. Default: false.")
});
const statusClass = string().regex(/^[1-5]xx$/, { error: "must be a status such as 200, or a class such as 2xx" });
const statusCode = int().min(100).max(599);
const oneStatus = union([statusCode, statusClass], { error: "must be a status such as 200, or a class such as 2xx" });
/** A text as such, or a way to look for one. */
const headerTest = union([
	string().max(1e5),
	strictObject({ contains: text.describe("The value holds this text.") }),
	strictObject({ matches: pattern.describe("The value matches this pattern.") })
], { error: "must be the text itself, { contains: text } or { matches: pattern }" });
const writtenExpect = strictObject({
	status: union([oneStatus, array(oneStatus).min(1)], { error: "must be a status such as 200, a class such as 2xx, or a list of them" }).optional().describe("Default: 2xx."),
	headers: record(headerName$1, headerTest).optional().describe("What headers must say: the text itself, { contains: text } or { matches: pattern }."),
	body: strictObject({
		contains: union([text, array(text).min(1)], { error: "must be a text, or a list of texts" }).optional().describe("Texts that it must hold."),
		matches: pattern.optional().describe("A pattern that it must match, bounded like those of redaction."),
		json: array(strictObject({
			path: string().min(1).max(1e3).describe("Where: $.items[0].name or $[\"a key\"]."),
			equals: json().describe("What must be there.")
		})).min(1).optional().describe("Values in a body of JSON.")
	}).optional().describe("What the body must hold, of which the first MiB is looked at."),
	within: writtenDuration.optional().describe("The time that all of it may take, redirects and body included.")
});

// src/schema/manifest-step.ts
/** A value that ends up as text in an environment variable. */
const writtenScalar = union([
	string(),
	number(),
	boolean()
], { error: "must be text, a number, true or false" });
/** One line for people. */
const title = string().min(1).max(200).regex(/^\P{Cc}*$/u, "must be one line without control characters");
const writtenEnv = record(envName, writtenScalar);
const retry = strictObject({
	attempts: int().min(1).max(20).describe("How often the step may run in all, the first time included."),
	backoff: writtenDuration.optional().describe("The wait before the second attempt; it doubles before each further one. Default: 1s."),
	max_backoff: writtenDuration.optional().describe("No wait is longer than this. Default: 5m, or backoff when that is longer.")
});
const report = strictObject({
	path: string().min(1).describe("The file, or a glob, relative to cwd."),
	format: reportFormat.describe("How the file is to be read.")
});
const mapName = string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, { error: "must be 1 to 64 letters, digits, \"_\" or \"-\", beginning with a letter or \"_\"" });
const common = {
	id: stepName.describe("The step is known by this in needs, in the log and in the evidence. Unique in the manifest."),
	name: title.optional().describe("A name for people. Default: the id."),
	needs: array(stepName).optional().describe("Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above."),
	when: when.optional().describe("success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case."),
	continue_on_error: boolean().optional().describe("true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.")
};
const program = {
	run: string().min(1).optional().describe("A script for the shell, of one line or many. Either this or argv."),
	argv: array(string()).min(1).optional().describe("A program and its arguments, run without a shell. Either this or run."),
	shell: shell.optional().describe("What reads run. Default: defaults.shell, else bash, on Windows too."),
	cwd: string().min(1).optional().describe("The folder to run in, relative to the workspace. Default: the workspace."),
	env: writtenEnv.optional().describe("Environment variables of this step, over those of the manifest."),
	pass_env: array(envName).optional().describe("Names let through from the runner's environment to this step, beside those of the manifest."),
	secrets: array(envName).optional().describe("Names of variables whose values must not appear anywhere, beside those of the manifest."),
	retry: retry.optional().describe("How often, and how patiently, a step that failed is run again. Default: not at all."),
	outputs: array(string().min(1)).optional().describe("Files to keep as artifacts: globs relative to cwd.")
};
const timeout = writtenDuration.optional().describe("The step is ended after this time. Default: defaults.timeout, else 15m.");
const process = {
	...program,
	timeout,
	idle_timeout: writtenIdleTimeout.optional().describe("The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m."),
	reports: array(report).optional().describe("Files in which the step says what it found."),
	allow_empty: boolean().optional().describe("true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false."),
	map: record(mapName, array(writtenScalar).min(1).max(1e3)).optional().meta({
		minProperties: 1,
		description: "The step runs once for each combination of these values."
	})
};
const oneOfRunAndArgv = { oneOf: [{ required: ["run"] }, { required: ["argv"] }] };
/** A step that runs a process and ends with it. */
const processStep = (kind, description) => strictObject({
	kind: literal(kind).describe(description),
	...common,
	...process
}).meta(oneOfRunAndArgv);
const serviceStep = strictObject({
	kind: literal("service").describe("service: runs in the background until every other step is over."),
	...common,
	...program,
	idle_timeout: writtenIdleTimeout.optional().describe("The service is ended, as a failure, when it prints nothing for this time. Default: none."),
	ready: ready.optional().describe("When the steps that need it may start. Default: as soon as it runs.")
}).meta(oneOfRunAndArgv);
const probeStep = strictObject({
	kind: literal("http_probe").describe("http_probe: asks a server, and judges the answer."),
	...common,
	request: writtenRequest.describe("What is asked."),
	expect: writtenExpect.optional().describe("What the answer must be. Default: any status from 200 to 299."),
	until: writtenDuration.optional().describe("Ask again until the answer is as expected, for at most this time. Default: ask once."),
	timeout,
	retry: retry.optional().describe("How often a probe that failed is made again as a whole. Default: not at all.")
});
const playwrightStep = strictObject({
	kind: literal("playwright").describe("playwright: the project's own Playwright; its JSON report decides beside its exit code."),
	...common,
	...process,
	attach: array(attachment).optional().describe("Recordings to keep as artifacts; they may show passwords. Default: none, they are only listed.")
}).meta(oneOfRunAndArgv);
/** A step as written. Which of its keys belong together is checked where the manifest is parsed. */
const writtenStep = discriminatedUnion("kind", [
	processStep("command", "command: any command; its exit code decides."),
	processStep("lint", "lint: a linter; declared reports must be fresh and hold something."),
	processStep("test", "test: a test run; declared reports must be fresh and hold something."),
	processStep("build", "build: makes files; every glob in outputs must match at least one."),
	serviceStep,
	probeStep,
	playwrightStep
]);

// src/schema/manifest.ts
const redactionRule = strictObject({
	id: string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error: "must be 1 to 64 letters, digits, \"_\" or \"-\", beginning with a letter or digit" }).describe("Names the rule in the receipts. Unique in the manifest."),
	pattern: string().min(1).max(1e3).describe("A regular expression of bounded length: {0,200} in place of * and +, no back-reference, no lookbehind.")
});
/** The manifest as it is written (docs/manifest.md): its shape, and nothing that takes more than one key to judge. */
const manifest = strictObject({
	$schema: string().optional().describe("For editors; Quoderat does not read it."),
	version: literal(1).describe("The version of this format."),
	name: title.optional().describe("What the run is called. Default: the file's name without its ending."),
	defaults: strictObject({
		timeout: writtenDuration.optional().describe("The timeout of steps that name none. Default: 15m."),
		idle_timeout: writtenIdleTimeout.optional().describe("The idle_timeout of steps that name none. Default: 10m."),
		shell: shell.optional().describe("The shell of steps that name none. Default: bash.")
	}).optional().describe("For every step that does not say otherwise."),
	env: writtenEnv.optional().describe("Environment variables of every step."),
	pass_env: array(envName).optional().describe("Names let through from the runner's environment to every step. Nothing else is, beside a small safe base."),
	secrets: array(envName).optional().describe("Names of variables whose values must not appear anywhere. They are not let through by that."),
	redaction: strictObject({ rules: array(redactionRule).max(100).describe("Shapes of text to replace wherever they appear.") }).optional().describe("What to take out of the output beside secrets and well-known credentials."),
	max_parallel: int().min(1).max(64).optional().describe("How many steps may run side by side. Default: 1."),
	max_duration: writtenDuration.optional().describe("The whole run is ended after this time. Default: 60m."),
	fail_fast: boolean().optional().describe("true: after a failure no further step starts. false, the default: only what needs the failed step is skipped."),
	steps: array(writtenStep).min(1).max(1e3).describe("What to run, in this order as far as needs allows.")
});

// src/lib/nearest.ts
/** Longer words are not typed by hand; the bound keeps the comparison cheap. */
const MAX_LENGTH = 64;
/** The candidate that a mistyped word most likely meant, or undefined when none is close (a third of its letters). */
function findNearest(word, candidates) {
	if (word === "" || word.length > MAX_LENGTH) return void 0;
	const given = word.toLowerCase().replaceAll("-", "_");
	let best;
	let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
		const distance = toDistance(given, candidate.toLowerCase().replaceAll("-", "_"));
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}
/** Edits between two words, where swapping neighbours counts as one (optimal string alignment). */
function toDistance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const cost = a[row - 1] === b[column - 1] ? 0 : 1;
			let least = Math.min(at(current, column - 1) + 1, at(last, column) + 1, at(last, column - 1) + cost);
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) least = Math.min(least, at(beforeLast, column - 2) + 1);
			current.push(least);
		}
		beforeLast = last;
		last = current;
	}
	return at(last, b.length);
}
function at(row, column) {
	return row[column] ?? Number.POSITIVE_INFINITY;
}

// src/manifest/fault.ts
/** `steps[2].env["a b"]` */
function formatPath(path) {
	let text = "";
	for (const key of path) if (typeof key === "number") text += `[${key}]`;
	else if (/^[A-Za-z_$][\w$-]*$/.test(key)) text += text === "" ? key : `.${key}`;
	else text += `[${JSON.stringify(key)}]`;
	return text;
}
/** A value from the manifest in a message: short, and quoted when it is text. */
function quote(value) {
	const text = JSON.stringify(value) ?? String(value);
	return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

// src/manifest/foreign-keys.ts
/** What other CI systems call the thing, and what it is called here. */
const foreignKeys = /* @__PURE__ */ new Map([
	["script", "run"],
	["command", "run"],
	["cmd", "run"],
	["args", "argv"],
	["working-directory", "cwd"],
	["working_directory", "cwd"],
	["workdir", "cwd"],
	["dir", "cwd"],
	["timeout-minutes", "timeout"],
	["timeout_minutes", "timeout"],
	["environment", "env"],
	["variables", "env"],
	["if", "when"],
	["condition", "when"],
	["depends_on", "needs"],
	["dependsOn", "needs"],
	["dependencies", "needs"],
	["continue-on-error", "continue_on_error"],
	["allow_failure", "continue_on_error"],
	["allow-failure", "continue_on_error"],
	["fail-fast", "fail_fast"],
	["artifacts", "outputs"],
	["matrix", "map"],
	["strategy", "map"],
	["retries", "retry"],
	["type", "kind"],
	["max-parallel", "max_parallel"],
	["jobs", "steps"],
	["healthcheck", "ready"],
	["health_check", "ready"],
	["readiness", "ready"],
	["wait_for", "ready"],
	["assert", "expect"],
	["assertions", "expect"],
	["expected", "expect"],
	["http", "request"],
	["max_time", "within"],
	["max_redirects", "follow_redirects"],
	["insecure", "verify_tls"],
	["data", "body"]
]);

// src/manifest/select.ts
/**
* Every place that a pattern such as `steps.*.env.*` leads to; `*` is any key or list position,
* `0` that position of a list. Works on values that
* follow no schema: what is not there is not selected.
*/
function selectPlaces(root, pattern) {
	let places = [{
		path: [],
		value: root
	}];
	for (const part of pattern.split(".")) places = places.flatMap((place) => toChildren(place, part));
	return places;
}
/** What is at a path; undefined when nothing is. */
function selectValue(root, path) {
	let value = root;
	for (const key of path) value = Array.isArray(value) ? value[Number(key)] : asMapping(value)?.[key];
	return value;
}
/** A mapping (it has no prototype: plain.ts), or undefined when the value is none. */
function asMapping(value) {
	return isMapping(value) ? value : void 0;
}
function toChildren({ path, value }, part) {
	if (Array.isArray(value)) return value.flatMap((item, index) => part === "*" || part === String(index) ? [{
		path: [...path, index],
		value: item
	}] : []);
	const mapping = asMapping(value);
	if (mapping === void 0) return [];
	return (part === "*" ? Object.keys(mapping) : Object.hasOwn(mapping, part) ? [part] : []).map((key) => ({
		path: [...path, key],
		value: mapping[key]
	}));
}
function isMapping(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

// src/manifest/known-keys.ts
/** The keys that a schema knows at a path of a value; none where it takes any key, or nothing that has keys. */
function toKnownKeys(schema, path, value) {
	let here = toMember(schema, value);
	let at = value;
	for (const key of path) {
		at = Array.isArray(at) ? at[Number(key)] : asMapping(at)?.[key];
		here = toMember(toChildSchema(here, key), at);
	}
	return here instanceof ZodObject ? Object.keys(here.shape) : [];
}
function toChildSchema(schema, key) {
	if (schema instanceof ZodObject) return schema.shape[key];
	if (schema instanceof ZodArray) return schema.element;
	return schema instanceof ZodRecord ? schema.valueType : void 0;
}
/** Takes the wrapping off, and picks the member of a union of kinds that the value names. */
function toMember(schema, value) {
	if (schema instanceof ZodOptional) return toMember(schema.unwrap(), value);
	if (!(schema instanceof ZodDiscriminatedUnion)) return schema;
	const name = schema.def.discriminator;
	return schema.options.find((option) => option instanceof ZodObject && option.shape[name]?.safeParse(asMapping(value)?.[name]).success);
}

// src/manifest/explain.ts
/** What the schema found wrong with a value, as faults for people. */
function explainIssues(issues, root) {
	return issues.flatMap((issue) => explainIssue(issue, root));
}
function explainIssue(issue, root) {
	const path = issue.path.map((key) => typeof key === "symbol" ? String(key) : key);
	const value = selectValue(root, path);
	const one = (message, hint) => [hint === void 0 ? {
		path,
		message
	} : {
		path,
		message,
		hint
	}];
	const missing = value === void 0 && typeof path.at(-1) === "string";
	switch (issue.code) {
		case "unrecognized_keys": return issue.keys.map((key) => explainUnknownKey(key, path, toKnownKeys(manifest, path, root)));
		case "invalid_type":
			if (missing) return one(`\`${path.at(-1)}\` is missing`);
			return one(`must be ${TYPES[issue.expected] ?? issue.expected}, but is ${nameType(value)}`, toTypeHint(issue, path, value));
		case "invalid_value": return one(...explainChoice(issue.values.map(String), path, value, missing));
		case "invalid_union": return "options" in issue && Array.isArray(issue.options) ? one(...explainChoice(issue.options.map(String), path, value, missing)) : one(`${issue.message}, but is ${nameType(value)}`);
		case "invalid_key": return [{
			path,
			at: "key",
			message: `${quote(path.at(-1))} ${issue.issues[0]?.message ?? "is no valid key"}`
		}];
		case "invalid_format": return one(`${quote(value)} ${issue.message}`);
		case "too_small": return one(issue.origin === "number" || issue.origin === "int" ? `must be at least ${issue.minimum}` : "must not be empty");
		case "too_big": return one(explainTooBig(issue.origin, String(issue.maximum)));
		default: return one(issue.message);
	}
}
function explainUnknownKey(key, path, known) {
	const foreign = foreignKeys.get(key);
	const meant = foreign !== void 0 && known.includes(foreign) ? foreign : findNearest(key, known);
	const hint = meant === void 0 ? `known here: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
	return {
		path: [...path, key],
		at: "key",
		message: `unknown key ${quote(key)}`,
		hint
	};
}
function explainChoice(choices, path, value, missing) {
	const list = choices.length === 1 ? choices.join("") : `one of ${choices.join(", ")}`;
	if (missing) return [`\`${path.at(-1)}\` is missing`, `it is ${list}`];
	const word = typeof value === "string" ? value : "";
	if (choices.includes(word)) return [`must be ${list}, but is ${quote(value)}`, "write it without quotes"];
	const nearest = findNearest(word, choices);
	return [`must be ${list}, but is ${quote(value)}`, nearest === void 0 ? void 0 : `did you mean \`${nearest}\`?`];
}
function explainTooBig(origin, maximum) {
	if (origin === "string") return `must be at most ${maximum} characters long`;
	return origin === "array" ? `must hold at most ${maximum}` : `must be at most ${maximum}`;
}
function toTypeHint(issue, path, value) {
	const key = String(path.at(-1));
	if (/timeout|backoff|duration|within|until/.test(key) && typeof value === "number") return `give it a unit: ${value}s or ${value}m`;
	if (key === "retry" && typeof value === "number") return `write it as { attempts: ${value} }`;
	if (issue.expected === "string" && (typeof value === "number" || typeof value === "boolean")) return `put it in quotes: '${value}'`;
	if (issue.expected === "array" && typeof value === "string") return `write it as a list: [${quote(value)}]`;
	if (issue.expected === "boolean" && typeof value === "string") return "only true and false are booleans in YAML 1.2";
	if (value === null) return "give it a value, or remove the key";
}
const TYPES = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "a mapping of keys to values",
	record: "a mapping of names to values"
};
function nameType(value) {
	if (value === null || value === void 0) return "empty";
	if (Array.isArray(value)) return "a list";
	if (typeof value === "object") return "a mapping";
	if (typeof value === "string") return `the text ${quote(value)}`;
	return typeof value === "number" ? `the number ${value}` : quote(value);
}

// src/manifest/graph.ts
/**
* What is wrong with the graph of `needs`, of a value that need not follow the schema otherwise: ids given twice, needs
* that lead nowhere or to the step itself, circles, and steps that wait for a failure that cannot happen.
*/
function findGraphFaults(root) {
	const steps = toGraph(root);
	const firsts = /* @__PURE__ */ new Map();
	const faults = [];
	for (const step of steps) {
		const first = firsts.get(step.id);
		if (first === void 0) firsts.set(step.id, step);
		else faults.push({
			path: [...step.path, "id"],
			message: `the id "${step.id}" is taken by ${nameStep(first)}`
		});
	}
	return [
		...faults,
		...steps.flatMap((step) => findNeedFaults(step, firsts)),
		...findCircles(steps, firsts),
		...findIdleSteps(root)
	];
}
function toGraph(root) {
	const steps = [];
	for (const { path, value } of selectPlaces(root, "steps.*")) {
		const step = asMapping(value);
		const id = step?.["id"];
		if (step === void 0 || typeof id !== "string") continue;
		const named = selectPlaces(value, "needs.*").flatMap((place) => typeof place.value === "string" ? [{
			id: place.value,
			path: [...path, ...place.path]
		}] : []);
		const needs = named.length === 0 && (step["when"] === "failure" || step["when"] === "always") ? steps.map((above) => ({
			id: above.id,
			path: [...path, "id"]
		})) : named;
		steps.push({
			id,
			path,
			needs
		});
	}
	return steps;
}
function findNeedFaults(step, known) {
	return step.needs.flatMap(({ id, path }) => {
		if (id === step.id) return path.at(-1) === "id" ? [] : [{
			path,
			message: `"${id}" needs itself`
		}];
		if (known.has(id)) return [];
		const nearest = findNearest(id, known.keys());
		const hint = nearest === void 0 ? `there is ${[...known.keys()].slice(0, 10).join(", ")}` : `did you mean "${nearest}"?`;
		return [{
			path,
			message: `there is no step "${id}"`,
			hint
		}];
	});
}
/** Faults for circles, at least one when there are any: walks along what is left when all that can be ordered is gone. */
function findCircles(steps, known) {
	const left = toUnordered(known);
	const walked = /* @__PURE__ */ new Set();
	return steps.flatMap((start) => {
		const trail = /* @__PURE__ */ new Map();
		const way = [];
		let step = start;
		while (step !== void 0 && left.has(step.id) && !walked.has(step.id)) {
			const from = step;
			walked.add(from.id);
			trail.set(from.id, way.length);
			const next = from.needs.find(({ id }) => left.has(id) && id !== from.id && (trail.has(id) || !walked.has(id)));
			if (next === void 0) return [];
			way.push({
				from,
				path: next.path
			});
			const closes = trail.get(next.id);
			if (closes !== void 0) return [toCircleFault(way.slice(closes))];
			step = known.get(next.id);
		}
		return [];
	});
}
function toCircleFault(way) {
	const ids = way.map(({ from }) => from.id);
	const shown = ids.length > 20 ? [...ids.slice(0, 19), "..."] : ids;
	return {
		path: way[0]?.path ?? [],
		message: `these steps need each other: ${[...shown, ids[0]].join(" -> ")}`
	};
}
/** The ids that no order can be found for: they are in a circle, or need something that is. */
function toUnordered(known) {
	const waiting = /* @__PURE__ */ new Map();
	const dependents = /* @__PURE__ */ new Map();
	for (const [id, { needs }] of known) {
		const others = new Set(needs.map((need) => need.id).filter((need) => need !== id && known.has(need)));
		waiting.set(id, others.size);
		for (const need of others) {
			const list = dependents.get(need);
			if (list === void 0) dependents.set(need, [id]);
			else list.push(id);
		}
	}
	const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
	const left = new Set(known.keys());
	for (let id = ready.pop(); id !== void 0; id = ready.pop()) {
		left.delete(id);
		for (const dependent of dependents.get(id) ?? []) {
			const count = (waiting.get(dependent) ?? 0) - 1;
			waiting.set(dependent, count);
			if (count === 0) ready.push(dependent);
		}
	}
	return left;
}
/** The first step, when it waits for a failure: without needs of its own it waits for all above it, and there is none. */
function findIdleSteps(root) {
	if (selectPlaces(root, "steps.0.needs.*").length > 0) return [];
	return selectPlaces(root, "steps.0.when").flatMap(({ path, value }) => value === "failure" ? [{
		path,
		message: "this step can never run: it needs no step that could fail"
	}] : []);
}
function nameStep({ path }) {
	return `steps[${String(path[1])}]`;
}

// src/lib/combinations.ts
/** How many combinations `toCombinations` would give; Infinity is possible, an overflow is not. */
function countCombinations(axes) {
	return Object.values(axes).reduce((product, values) => product * values.length, 1);
}
/** Every combination of one value from each axis; the first axis changes slowest. */
function toCombinations(axes) {
	let combinations = [[]];
	for (const [name, values] of Object.entries(axes)) combinations = combinations.flatMap((chosen) => values.map((value) => chosen.concat([[name, value]])));
	return combinations.map((chosen) => Object.fromEntries(chosen));
}
/** `node=22,os=linux`, in the order of the axes. */
function formatCombination(combination) {
	return Object.entries(combination).map(([name, value]) => `${name}=${value}`).join(",");
}

// src/lib/template.ts
const REFERENCE = /\$\{\{([^{}]{0,200})\}\}/g;
/** What stands between `${{` and `}}`, trimmed; undefined for a `${{` that is not closed. */
function findReferences(text) {
	const references = Array.from(text.matchAll(REFERENCE), (match) => (match[1] ?? "").trim());
	return text.split("${{").length - 1 > references.length ? [...references, void 0] : references;
}
/** Puts values in place of references, in one pass: what a value holds is not read again. Unknown references stay. */
function fillTemplate(text, values) {
	return text.replace(REFERENCE, (whole, reference) => values.get(reference.trim()) ?? whole);
}

// src/manifest/legs.ts
/**
* What is wrong with the steps that `map` makes, which shows only when its values are put in: too many of them, ids
* that are taken or too long, paths that lead out, names that are no longer one line.
*/
function findLegFaults(manifest) {
	const faults = [];
	let count = 0;
	for (const [index, step] of manifest.steps.entries()) {
		count += step.map === void 0 ? 1 : countCombinations(step.map);
		if (count <= limits.planSteps) continue;
		const message = `with this step, the plan has more than ${limits.planSteps} steps`;
		return [{
			path: [
				"steps",
				index,
				...step.map === void 0 ? [] : ["map"]
			],
			message
		}];
	}
	for (const [index, step] of manifest.steps.entries()) faults.push(...findStepFaults(step, ["steps", index]));
	return faults;
}
function findStepFaults(step, path) {
	if (step.map === void 0) return [];
	const ids = /* @__PURE__ */ new Set();
	return toCombinations(step.map).flatMap((combination) => {
		const leg = formatCombination(combination);
		const values = new Map(Object.entries(combination).map(([name, value]) => [`map.${name}`, value]));
		const faults = [];
		const tell = (at, complaint) => {
			if (complaint !== void 0) faults.push({
				path: [...path, ...at],
				message: `in the leg ${leg}: ${complaint}`
			});
		};
		const id = `${step.id}[${leg}]`;
		if (!stepId.safeParse(id).success) tell(["map"], "the values make an id longer than 200 characters");
		if (ids.has(id)) tell(["map"], "another leg has the same id");
		ids.add(id);
		const name = fillTemplate(step.name, values);
		if (name.trim() === "" || name.length > 1e3) tell(["name"], "the name is empty or too long");
		const tellPath = (at, text, glob) => {
			const filled = fillTemplate(text, values);
			const fault = findPathFault(filled, { glob });
			if (fault !== void 0) tell(at, `${quote(filled)} ${fault}`);
		};
		tellPath(["cwd"], step.cwd, false);
		for (const [index, output] of step.outputs.entries()) tellPath(["outputs", index], output, true);
		for (const [index, report] of step.reports.entries()) tellPath([
			"reports",
			index,
			"path"
		], report.path, true);
		return faults;
	});
}

// src/manifest/durations.ts
const EXAMPLES = "such as 90s, 15m or 1h30m";
/** What is wrong with a written duration; undefined when nothing is. */
function findDurationFault(text, options) {
	if (options.none && text === "none") return void 0;
	const ms = parseDuration(text);
	if (ms === void 0) return `must be a duration ${EXAMPLES}${options.none ? ", or none" : ""}`;
	if (ms === 0 && !options.zero) return options.none ? "must be longer than nothing; none switches it off" : "must be longer than nothing";
	return ms > limits.durationMs ? `must be at most ${limits.durationMs / 864e5}d` : void 0;
}
/** Milliseconds of a duration that has no fault. */
function toMilliseconds(text) {
	const ms = parseDuration(text);
	if (ms === void 0) throw new Error(`not checked before: duration ${text}`);
	return ms;
}

// src/manifest/normalise-http.ts
const READY_TIMEOUT = "30s";
const REQUEST_TIMEOUT = "10s";
/** `request`, `expect` and `until` of a probe in normal form. */
function toProbe({ request, expect = {}, until }) {
	return {
		request: toRequest(request),
		expect: toExpect(expect),
		until_ms: until === void 0 ? null : toMilliseconds(until)
	};
}
/** `ready` of a service in normal form. */
function toReadiness(ready) {
	if (ready === void 0) return { by: "start" };
	const timeout_ms = toMilliseconds(ready.timeout ?? READY_TIMEOUT);
	if (ready.http !== void 0) return {
		by: "http",
		url: ready.http,
		timeout_ms
	};
	if (ready.port !== void 0) return {
		by: "port",
		port: ready.port,
		timeout_ms
	};
	return {
		by: "log",
		pattern: ready.log ?? "",
		timeout_ms
	};
}
function toRequest(written) {
	const fromEnv = Object.entries(written.headers_from_env ?? {}).map(([name, env]) => ({
		name,
		env,
		prefix: ""
	}));
	const bearer = written.bearer_from_env;
	return {
		url: written.url,
		method: written.method ?? "GET",
		headers: Object.entries(written.headers ?? {}).map(([name, value]) => ({
			name,
			value
		})),
		headers_from_env: bearer === void 0 ? fromEnv : [...fromEnv, {
			name: "Authorization",
			env: bearer,
			prefix: "Bearer "
		}],
		body: written.body ?? null,
		timeout_ms: toMilliseconds(written.timeout ?? REQUEST_TIMEOUT),
		max_redirects: written.follow_redirects ?? 0,
		ca: written.ca === void 0 ? null : normaliseRelativePath(written.ca),
		verify_tls: written.verify_tls ?? true,
		allow_link_local: written.allow_link_local ?? false
	};
}
function toExpect({ status = "2xx", headers = {}, body = {}, within }) {
	const texts = body.contains === void 0 ? [] : [body.contains].flat();
	return {
		status: [status].flat().map(toStatusRange),
		headers: Object.entries(headers).map(([name, test]) => ({
			name,
			test: toTextTest(test)
		})),
		body: [...texts.map((contains) => ({ contains })), ...body.matches === void 0 ? [] : [{ matches: body.matches }]],
		json: body.json ?? [],
		within_ms: within === void 0 ? null : toMilliseconds(within)
	};
}
function toStatusRange(status) {
	if (typeof status === "number") return {
		from: status,
		to: status
	};
	const from = Number(status[0]) * 100;
	return {
		from,
		to: from + 99
	};
}
function toTextTest(written) {
	return typeof written === "string" ? { equals: written } : written;
}

// src/manifest/normalise.ts
const BACKOFF = "1s";
const MAX_BACKOFF_MS = 3e5;
/** A manifest without faults in normal form. This is the one place that knows the defaults. */
function toNormalForm(written, fileName) {
	const { timeout, idle_timeout: idleTimeout, shell = "bash" } = written.defaults ?? {};
	const runTimeout = toDuration(written.max_duration, limits.runMaxDurationMs);
	const defaults = {
		runTimeout,
		timeout: toDuration(timeout, limits.stepTimeoutMs),
		idle_timeout: toIdleTimeout(idleTimeout, limits.idleTimeoutMs),
		shell
	};
	return {
		version: 1,
		name: written.name ?? toName$1(fileName),
		env: toText(written.env),
		pass_env: written.pass_env ?? [],
		secrets: written.secrets ?? [],
		redaction: { rules: written.redaction?.rules ?? [] },
		max_parallel: written.max_parallel ?? 1,
		max_duration: runTimeout,
		fail_fast: written.fail_fast ?? false,
		steps: written.steps.map((step, index) => toStep(step, written.steps.slice(0, index), defaults))
	};
}
function toStep(step, above, defaults) {
	const when = step.when ?? "success";
	const implicitNeeds = when === "success" ? [] : above.map(({ id }) => id);
	const needs = step.needs ?? [];
	return {
		id: step.id,
		kind: step.kind,
		name: step.name ?? step.id,
		...step.kind === "http_probe" ? toProbeParts(step, defaults) : toProgramParts(step, defaults),
		retry: toRetry(step.retry),
		continue_on_error: step.continue_on_error ?? false,
		when,
		needs: needs.length > 0 ? needs : implicitNeeds
	};
}
function toProgramParts(step, defaults) {
	const parts = {
		command: step.argv === void 0 ? {
			run: step.run ?? "",
			shell: step.shell ?? defaults.shell
		} : { argv: step.argv },
		cwd: normaliseRelativePath(step.cwd ?? "."),
		env: toText(step.env),
		pass_env: step.pass_env ?? [],
		secrets: step.secrets ?? [],
		outputs: (step.outputs ?? []).map(normaliseRelativePath)
	};
	if (step.kind === "service") {
		const idle_timeout = toIdleTimeout(step.idle_timeout, null);
		const ready = toReadiness(step.ready);
		return {
			...parts,
			timeout: defaults.runTimeout,
			idle_timeout,
			reports: [],
			allow_empty: false,
			ready
		};
	}
	return {
		...parts,
		timeout: toDuration(step.timeout, defaults.timeout),
		idle_timeout: toIdleTimeout(step.idle_timeout, defaults.idle_timeout),
		reports: (step.reports ?? []).map(({ path, format }) => ({
			path: normaliseRelativePath(path),
			format
		})),
		allow_empty: step.allow_empty ?? false,
		...step.map === void 0 ? {} : { map: toAxes(step.map) },
		...step.kind === "playwright" ? { attach: step.attach ?? [] } : {}
	};
}
/** A probe runs no program; the variables that it sends are secrets, and let through by being named. */
function toProbeParts(step, defaults) {
	const probe = toProbe(step);
	const names = probe.request.headers_from_env.map(({ env }) => env);
	return {
		command: null,
		cwd: ".",
		env: {},
		pass_env: names,
		secrets: names,
		timeout: toDuration(step.timeout, defaults.timeout),
		idle_timeout: null,
		outputs: [],
		reports: [],
		allow_empty: false,
		probe
	};
}
function toRetry(retry) {
	if (retry === void 0) return {
		attempts: 1,
		backoff: 0,
		max_backoff: 0
	};
	const backoff = toMilliseconds(retry.backoff ?? BACKOFF);
	return {
		attempts: retry.attempts,
		backoff,
		max_backoff: toDuration(retry.max_backoff, Math.max(backoff, MAX_BACKOFF_MS))
	};
}
function toDuration(written, otherwise) {
	return written === void 0 ? otherwise : toMilliseconds(written);
}
function toIdleTimeout(written, otherwise) {
	return written === "none" ? null : written === void 0 ? otherwise : toMilliseconds(written);
}
function toText(values = {}) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
function toAxes(map) {
	return Object.fromEntries(Object.entries(map).map(([name, values]) => [name, values.map(String)]));
}
/** `release` of `ci/release.yml`. */
function toName$1(fileName) {
	return (fileName.split(/[/\\]/).at(-1) ?? "").replace(/\.(?:ya?ml|json)$/i, "").replaceAll(/\p{Cc}/gu, " ").slice(0, 200).toWellFormed().trim() || "manifest";
}

// src/manifest/references.ts
/** What is wrong with the `${{ }}` in a text of a step; `step` is undefined outside of steps, where none is allowed. */
function findReferenceFault(text, step) {
	const map = asMapping(asMapping(step)?.["map"]);
	for (const reference of findReferences(text)) {
		if (reference === void 0) return {
			message: "\"${{\" is not closed by \"}}\"",
			hint: "write ${{ map.NAME }}"
		};
		const name = /^map\.(.+)$/.exec(reference)?.[1];
		if (name === void 0) return {
			message: `\${{ ${reference} }} means nothing here: only \${{ map.NAME }} is filled in`,
			hint: "let variables of the runner through with pass_env"
		};
		if (map === void 0) return {
			message: `\${{ ${reference} }} stands in a place without a map`,
			hint: "it works in a step that has one"
		};
		if (!Object.hasOwn(map, name)) return {
			message: `the map has no "${name}"`,
			hint: `it has ${Object.keys(map).join(", ") || "nothing"}`
		};
	}
}
/** Refuses `${{` in what is executed: a value put into a script can break out of it. */
function findInterpolation(text) {
	if (!text.includes("${{")) return void 0;
	const name = /map\.([A-Za-z_][A-Za-z0-9_-]*)/.exec(text)?.[1];
	const variable = (name ?? "value").replaceAll("-", "_").toUpperCase();
	return {
		message: "\"${{\" is never filled in here: values are not put into commands",
		hint: `pass it through env: env: { ${variable}: '\${{ map.${name ?? "NAME"} }}' }, and use "$${variable}" in the script`
	};
}
/** The text as if each reference were a plain word, for checks that look at what is around it. */
function withoutReferences(text) {
	const names = findReferences(text).filter((reference) => reference !== void 0);
	return fillTemplate(text, new Map(names.map((name) => [name, "x"])));
}

// src/manifest/checks.ts
const ofText = (check) => (value, context) => typeof value === "string" ? check(value, context) : void 0;
/** A written duration, and its bounds. */
const duration = (options) => ofText((text) => {
	const fault = findDurationFault(text, options);
	return fault === void 0 ? void 0 : `${quote(text)} ${fault}`;
});
/** A path or glob that stays below the workspace, whatever its references are filled with. */
const path$1 = (options) => ofText((text) => {
	const fault = findPathFault(withoutReferences(text), options);
	return fault === void 0 ? void 0 : `${quote(text)} ${fault}`;
});
/** `${{ }}` where it is filled in. */
const reference = ofText((text, { step }) => findReferenceFault(text, step));
/** `${{ }}` where it is not. */
const interpolation = ofText(findInterpolation);
const notReserved = (name) => isReservedEnvName(name) ? `${name} belongs to the runner or to Quoderat and is never given to a step` : void 0;
const WHY_RESERVED = "a step that has it could speak for the job; give the step a variable of its own";
/** A name in a list. */
const reservedName = ofText((text) => {
	const message = notReserved(text);
	return message === void 0 ? void 0 : {
		message,
		hint: WHY_RESERVED
	};
});
/** A name that is a key. */
const reservedKey = (_value, { key }) => {
	const message = notReserved(String(key));
	return message === void 0 ? void 0 : {
		message,
		hint: WHY_RESERVED,
		at: "key"
	};
};
/** YAML reads 3.10 as 3.1 and 007 as 7: as an environment variable that would be another text than was written. */
const faithfulNumber = (value, { numberText }) => typeof value === "number" && numberText !== void 0 && String(value) !== numberText ? {
	message: `${numberText} is a number, and would become ${value}`,
	hint: `put it in quotes: '${numberText}'`
} : void 0;
/** What can be part of a step id. */
const mapValue = ofText((text) => /^[^\]\p{Cc}]{0,100}$/u.test(text) ? void 0 : "a value of a map becomes part of an id: at most 100 characters, no \"]\", no control characters");
/** A map has something to choose from. */
const notEmptyMap = (value) => Object.keys(asMapping(value) ?? { other: 0 }).length === 0 ? "must not be empty" : void 0;
/** A script or program that is more than white space. */
const notBlank = ofText((text) => text.trim() === "" ? "must not be empty" : void 0);
/** A pattern that can be run over output of strangers. */
const safePattern = ofText(findPatternFault);
/** Legs differ. */
const distinctMapValues = (value) => {
	const texts = Array.isArray(value) ? value.map(String) : [];
	const seen = /* @__PURE__ */ new Set();
	const twice = texts.find((text) => seen.size === seen.add(text).size);
	return twice === void 0 ? void 0 : `${quote(twice)} is in this list twice`;
};
/** Either of the two ways to say what is executed. */
const oneCommand = (value) => {
	const step = asMapping(value);
	if (step === void 0 || step["kind"] === "http_probe") return void 0;
	const hasRun = Object.hasOwn(step, "run");
	const hasArgv = Object.hasOwn(step, "argv");
	if (hasRun && hasArgv) return {
		message: "`run` and `argv` are both given",
		hint: "keep one of the two"
	};
	if (hasArgv && Object.hasOwn(step, "shell")) return {
		message: "`argv` runs without a shell, so `shell` means nothing",
		hint: "remove it, or use `run`"
	};
	return hasRun || hasArgv ? void 0 : {
		message: "`run` is missing",
		hint: "a step needs `run` or `argv`"
	};
};
/** The longest wait is not shorter than the first. */
const backoffsInOrder = (value) => {
	const { backoff, max_backoff: most } = asMapping(value) ?? {};
	const [first, last] = [backoff, most].map((text) => typeof text === "string" ? parseDuration(text) : void 0);
	return first === void 0 || last === void 0 || first <= last ? void 0 : {
		message: "must not be shorter than backoff",
		below: ["max_backoff"]
	};
};
/** Receipts name rules by their ids. */
const distinctRuleIds = (value) => {
	const seen = /* @__PURE__ */ new Set();
	for (const [index, rule] of (Array.isArray(value) ? value : []).entries()) {
		const id = asMapping(rule)?.["id"];
		if (seen.has(id)) return {
			message: `the id ${quote(id)} is taken by another rule`,
			below: [index, "id"]
		};
		if (id !== void 0) seen.add(id);
	}
};

// src/manifest/probe-checks.ts
/** An address that can be asked: http or https, and nothing secret in it. */
const probeUrl = (value) => {
	if (typeof value !== "string" || value === "" || value.includes("${{")) return void 0;
	const url = URL.canParse(value) ? new URL(value) : null;
	if (url === null || !/^https?:\/\//i.test(value)) return {
		message: `${quote(value)} is no address`,
		hint: "write http://HOST:PORT/PATH"
	};
	if (url.username !== "" || url.password !== "") return {
		message: "an address with a user name or password would be recorded with it",
		hint: "send it with headers_from_env or bearer_from_env"
	};
};
/** `${{` in what a probe sends: nothing is put into it. */
const probeInterpolation = (value) => typeof value === "string" && value.includes("${{") ? {
	message: "\"${{\" is never filled in here: what a probe sends is recorded",
	hint: "take the value of a header from a variable with headers_from_env"
} : void 0;
/** RFC 9110, section 5.5, in the part that every server reads in the same way. */
const headerValue = (value) => typeof value === "string" && !/^[\t\x20-\x7e]*$/.test(value) ? "a header's value is one line of printable ASCII" : void 0;
/** Headers that say how the message is framed are the client's own. */
const headerName = (_value, { key }) => [
	"connection",
	"content-length",
	"transfer-encoding",
	"upgrade",
	"expect",
	"te",
	"trailer",
	"keep-alive"
].includes(String(key).toLowerCase()) ? {
	message: `${String(key)} is set by Quoderat itself`,
	at: "key"
} : void 0;
/** A header is given once, whatever its case and wherever its value comes from. */
const distinctHeaders = (value) => {
	const request = asMapping(value);
	if (request === void 0) return void 0;
	const seen = new Set(Object.hasOwn(request, "bearer_from_env") ? ["authorization"] : []);
	for (const where of ["headers", "headers_from_env"]) for (const name of Object.keys(asMapping(request[where]) ?? {})) {
		if (seen.has(name.toLowerCase())) return {
			message: `the header ${quote(name)} is given twice`,
			below: [where, name]
		};
		seen.add(name.toLowerCase());
	}
};
/** The runner's own credentials are for the runner's own servers. */
const sendableName = (value) => typeof value === "string" && isReservedEnvName(value) ? { message: `${value} belongs to the runner or to Quoderat and is never sent anywhere` } : void 0;
const jsonPath = (value) => typeof value === "string" && value !== "" && parseJsonPath(value) === void 0 ? {
	message: `${quote(value)} names no single place`,
	hint: "write it as $.items[0].name or $[\"a key\"]"
} : void 0;
/** What is compared with must survive being written down. */
const exactJson = (value) => {
	try {
		if (value !== void 0) toCanonicalJson(value);
		return;
	} catch (error) {
		if (!(error instanceof CanonicalError)) throw error;
		return error.code === "unsafe_number" ? "holds a number that JSON cannot carry exactly" : error.message;
	}
};
/** One way to find out whether a service is ready. */
const oneReadyCheck = (value) => {
	const ready = asMapping(value);
	if (ready === void 0) return void 0;
	const given = [
		"http",
		"port",
		"log"
	].filter((name) => Object.hasOwn(ready, name));
	if (given.length === 1) return void 0;
	return given.length === 0 ? {
		message: "it does not say when the service is ready",
		hint: "give it one of http, port and log"
	} : {
		message: `${given.map((name) => `\`${name}\``).join(" and ")} are both given`,
		hint: "keep one of them"
	};
};

// src/manifest/rules.ts
/**
* What the schema cannot say of a value by itself. Applied to the value as it was written, whether or not it follows
* the schema elsewhere, so that all faults are told at once.
*/
function findRuleFaults(root, numberText) {
	return RULES.flatMap(([patterns, check]) => patterns.flatMap((pattern) => selectPlaces(root, pattern).flatMap(({ path, value }) => {
		const step = path[0] === "steps" ? selectValue(root, path.slice(0, 2)) : void 0;
		const found = check(value, {
			key: path.at(-1) ?? "",
			step,
			numberText: typeof value === "number" ? numberText(path) : void 0
		});
		if (found === void 0) return [];
		const { below = [], ...complaint } = typeof found === "string" ? { message: found } : found;
		return [{
			path: [...path, ...below],
			...complaint
		}];
	})));
}
const RULES = [
	[[
		"max_duration",
		"defaults.timeout",
		"steps.*.timeout"
	], duration({
		zero: false,
		none: false
	})],
	[["defaults.idle_timeout", "steps.*.idle_timeout"], duration({
		zero: false,
		none: true
	})],
	[["steps.*.retry.backoff", "steps.*.retry.max_backoff"], duration({
		zero: true,
		none: false
	})],
	[["steps.*.retry"], backoffsInOrder],
	[["env.*", "steps.*.env.*"], reservedKey],
	[["pass_env.*", "steps.*.pass_env.*"], reservedName],
	[[
		"env.*",
		"steps.*.env.*",
		"steps.*.map.*.*"
	], faithfulNumber],
	[["steps.*"], oneCommand],
	[["steps.*.run", "steps.*.argv.0"], notBlank],
	[["steps.*.run", "steps.*.argv.*"], interpolation],
	[["steps.*.cwd"], path$1({ glob: false })],
	[["steps.*.outputs.*", "steps.*.reports.*.path"], path$1({ glob: true })],
	[[
		"name",
		"env.*",
		"steps.*.env.*",
		"steps.*.name",
		"steps.*.cwd"
	], reference],
	[["steps.*.outputs.*", "steps.*.reports.*.path"], reference],
	[["steps.*.map"], notEmptyMap],
	[["steps.*.map.*"], distinctMapValues],
	[["steps.*.map.*.*"], mapValue],
	[["redaction.rules"], distinctRuleIds],
	[[
		"redaction.rules.*.pattern",
		"steps.*.ready.log",
		"steps.*.expect.headers.*.matches"
	], safePattern],
	[["steps.*.expect.body.matches"], safePattern],
	[["steps.*.ready"], oneReadyCheck],
	[["steps.*.ready.timeout", "steps.*.request.timeout"], duration({
		zero: false,
		none: false
	})],
	[["steps.*.expect.within", "steps.*.until"], duration({
		zero: false,
		none: false
	})],
	[["steps.*.ready.http", "steps.*.request.url"], probeUrl],
	[[
		"steps.*.ready.http",
		"steps.*.request.url",
		"steps.*.request.headers.*"
	], probeInterpolation],
	[["steps.*.request.body"], probeInterpolation],
	[["steps.*.request.headers.*"], headerValue],
	[["steps.*.request.headers.*", "steps.*.request.headers_from_env.*"], headerName],
	[["steps.*.request.headers_from_env.*", "steps.*.request.bearer_from_env"], sendableName],
	[["steps.*.request"], distinctHeaders],
	[["steps.*.request.ca"], path$1({ glob: false })],
	[["steps.*.expect.body.json.*.path"], jsonPath],
	[["steps.*.expect.body.json.*.equals"], exactJson]
];

// src/manifest/budget.ts
var import_dist = require_dist();
/**
* Refuses text that would cost the YAML parser too much time or stack, before it is parsed. Returns the offset and
* what is wrong. The parser recurses once per level, and takes quadratic time on some hostile runs of brackets.
*/
function findExcess(text) {
	let offset = 0;
	let tokens = 0;
	let flowDepth = 0;
	let indicatorsInLine = 0;
	for (const lexeme of new import_dist.Lexer().lex(text)) {
		const isMark = MARKS.has(lexeme);
		if (!isMark && !/^[ \t]+$/.test(lexeme)) tokens += 1;
		if (lexeme === "[" || lexeme === "{") flowDepth += 1;
		else if ((lexeme === "]" || lexeme === "}") && flowDepth > 0) flowDepth -= 1;
		else if (flowDepth === 0 && INDICATORS.has(lexeme)) indicatorsInLine += 1;
		else if (lexeme.includes("\n")) indicatorsInLine = 0;
		if (tokens > limits.manifestTokens) return {
			offset,
			message: "the manifest is too large: too many words"
		};
		if (Math.max(flowDepth, indicatorsInLine) > limits.manifestDepth) return {
			offset,
			message: "this is nested too deeply"
		};
		if (!isMark) offset += lexeme.length;
	}
}
/** Each opens a level of block nesting when it stands with others in one line: `- - - x`. */
const INDICATORS = /* @__PURE__ */ new Set([
	"-",
	"?",
	":"
]);
const MARKS = /* @__PURE__ */ new Set([
	"",
	"",
	""
]);

// src/manifest/explain-yaml.ts
/** The parser's own words are for people who know YAML's grammar; these are for the rest. */
const WORDS = {
	TAB_AS_INDENT: {
		message: "a tab is used to indent",
		hint: "indent with spaces"
	},
	MULTIPLE_DOCS: {
		message: "there is more than one document",
		hint: "remove everything from the second \"---\" on"
	},
	TAG_RESOLVE_FAILED: {
		message: "this tag is not supported",
		hint: "remove the \"!\" word, or put the value in quotes"
	},
	RESOURCE_EXHAUSTION: { message: "this is nested too deeply" },
	BLOCK_AS_IMPLICIT_KEY: {
		message: "a mapping cannot begin here",
		hint: "put text that holds \": \" in quotes, or write it below \"|\""
	},
	MULTILINE_IMPLICIT_KEY: {
		message: "a key must be on one line",
		hint: "is a \":\" missing, or the indentation wrong?"
	},
	BAD_SCALAR_START: {
		message: "text cannot begin with this character",
		hint: "put it in quotes"
	},
	BAD_ALIAS: {
		message: "this is no valid anchor or alias",
		hint: "put text that begins with \"*\" or \"&\" in quotes"
	}
};
/** A complaint of the YAML parser, in plainer words where there are some. */
function explainYamlError(error) {
	return {
		offset: error.pos[0],
		...WORDS[error.code] ?? { message: `this is no valid YAML: ${error.message}` }
	};
}

// src/manifest/plain.ts
/** Thrown to leave the recursion; never leaves this file. */
var Abandoned = class extends Error {
	fault;
	constructor(fault) {
		super(fault.message);
		this.fault = fault;
	}
};
/**
* A YAML node to plain values, in time linear in the text: an alias gives the value that its anchor was built to, so
* that an alias bomb costs nothing, and is counted as if it were copied, so that it is refused.
*/
function toPlain(root) {
	const faults = [];
	const targets = /* @__PURE__ */ new Map();
	/** The node that an anchor's name means at this place in the text, and what the anchored nodes were built to. */
	const anchors = /* @__PURE__ */ new Map();
	const built = /* @__PURE__ */ new Map();
	const build = (node, depth) => {
		if ((0, import_dist.isAlias)(node)) return buildAlias(node, depth);
		if (!(0, import_dist.isMap)(node) && !(0, import_dist.isSeq)(node) && !(0, import_dist.isScalar)(node)) return {
			value: null,
			size: 1,
			height: 0
		};
		const offset = offsetOf(node);
		if (depth > limits.manifestDepth) throw new Abandoned(tooDeep(node));
		if (node.anchor !== void 0) anchors.set(node.anchor, node);
		if ((0, import_dist.isScalar)(node)) checkText(node.value, offset);
		const result = (0, import_dist.isMap)(node) ? buildMap(node, depth) : (0, import_dist.isSeq)(node) ? buildList(node.items, depth) : {
			value: node.value,
			size: 1,
			height: 0
		};
		if (node.anchor !== void 0) built.set(node, result);
		if (result.size > limits.manifestValues) throw new Abandoned({
			offset,
			message: "with its aliases expanded, this is too large"
		});
		return result;
	};
	const buildAlias = (alias, depth) => {
		const target = anchors.get(alias.source);
		const result = target === void 0 ? void 0 : built.get(target);
		if (target !== void 0 && result !== void 0) {
			if (depth + result.height > limits.manifestDepth) throw new Abandoned(tooDeep(alias));
			targets.set(alias, target);
			return result;
		}
		const message = target === void 0 ? `there is no anchor &${alias.source} above` : `*${alias.source} holds itself`;
		throw new Abandoned({
			offset: offsetOf(alias),
			message
		});
	};
	const buildList = (items, depth) => {
		const values = items.map((item) => build(item, depth + 1));
		return {
			value: values.map((item) => item.value),
			size: values.reduce((sum, item) => sum + item.size, 1),
			height: values.reduce((most, item) => Math.max(most, item.height + 1), 0)
		};
	};
	const buildMap = (map, depth) => {
		const value = { __proto__: null };
		let size = 1;
		let height = 0;
		for (const pair of map.items) {
			const key = toKey(pair, map);
			const item = build(pair.value, depth + 1);
			size += item.size + 1;
			height = Math.max(height, item.height + 1);
			if (key === void 0) continue;
			if (Object.hasOwn(value, key)) tell(pair.key, `${quote(key)} is given twice`, "keep one of the two");
			else value[key] = item.value;
		}
		return {
			value,
			size,
			height
		};
	};
	const toKey = ({ key }, map) => {
		if (!(0, import_dist.isScalar)(key) || key.value === null) {
			tell((0, import_dist.isAlias)(key) || (0, import_dist.isMap)(key) || (0, import_dist.isSeq)(key) ? key : map, "a key must be a word", "put it in quotes");
			return;
		}
		if (key.anchor !== void 0) build(key, 0);
		if (typeof key.value !== "string") {
			tell(key, `a key must be text, but this is a ${typeof key.value}`, `put it in quotes: '${key.source ?? ""}'`);
			return;
		}
		if (key.value === "<<") {
			tell(key, "merge keys (<<) are not part of YAML 1.2", "repeat the keys, or use `defaults` or the top-level `env`");
			return;
		}
		if (key.value === "__proto__") {
			tell(key, "\"__proto__\" cannot be a key");
			return;
		}
		checkText(key.value, offsetOf(key));
		return key.value;
	};
	const checkText = (value, offset) => {
		if (typeof value !== "string") return;
		if (value.includes("\0")) faults.push({
			offset,
			message: "this text holds a NUL character, which no process takes"
		});
		if (!value.isWellFormed()) faults.push({
			offset,
			message: "this text holds half of a surrogate pair"
		});
	};
	const tell = (node, message, hint) => {
		const offset = offsetOf(node);
		faults.push(hint === void 0 ? {
			offset,
			message
		} : {
			offset,
			message,
			hint
		});
	};
	try {
		const { value } = build(root, 0);
		return {
			kind: "plain",
			value,
			targets,
			faults
		};
	} catch (error) {
		if (error instanceof Abandoned) return {
			kind: "abandoned",
			faults: [error.fault]
		};
		throw error;
	}
}
function tooDeep(node) {
	return {
		offset: offsetOf(node),
		message: "this is nested too deeply"
	};
}
/** Where a node begins in the text. */
function offsetOf(node) {
	return (0, import_dist.isMap)(node) || (0, import_dist.isSeq)(node) || (0, import_dist.isScalar)(node) || (0, import_dist.isAlias)(node) ? node.range?.[0] ?? 0 : 0;
}

// src/manifest/locate.ts
/**
* Follows a path from the root. Where it leads to nothing, or to nothing written (`key:` and no value), the last thing
* on the way stands for it.
*/
function locateNode(root, path, targets, at) {
	let node = root;
	let offset = offsetOf(root);
	for (const [index, key] of path.entries()) {
		const child = toChild((0, import_dist.isAlias)(node) ? targets.get(node) : node, key);
		if (child === void 0) return {
			offset,
			numberText: void 0
		};
		node = child.value;
		const wanted = at === "key" && index === path.length - 1;
		if (child.key !== void 0 && (wanted || isUnwritten(node))) offset = offsetOf(child.key);
		else if (node !== null) offset = offsetOf(node);
	}
	const scalar = (0, import_dist.isAlias)(node) ? targets.get(node) : node;
	const isNumber = (0, import_dist.isScalar)(scalar) && typeof scalar.value === "number";
	return {
		offset,
		numberText: isNumber ? scalar.source : void 0
	};
}
function toChild(holder, key) {
	if ((0, import_dist.isSeq)(holder) && typeof key === "number") {
		const value = holder.items[key];
		return value === void 0 ? void 0 : { value };
	}
	if (!(0, import_dist.isMap)(holder)) return void 0;
	return toIndex(holder).get(key);
}
/** Made once for each mapping: asked for every number of a large `env`, a search would take quadratic time. */
const indexes = /* @__PURE__ */ new WeakMap();
function toIndex(map) {
	const known = indexes.get(map);
	if (known !== void 0) return known;
	const index = /* @__PURE__ */ new Map();
	for (const pair of map.items.toReversed()) if ((0, import_dist.isScalar)(pair.key)) index.set(pair.key.value, pair);
	indexes.set(map, index);
	return index;
}
function isUnwritten(node) {
	return node === null || (0, import_dist.isScalar)(node) && node.value === null && node.source === "";
}

// src/manifest/tree.ts
/**
* Text to a tree, as YAML 1.2 core schema: `yes` and `no` are text, merge keys and tags of other schemas are refused.
* With faults there may be a tree too (a duplicate key does not hide other faults); without a tree nothing can be said.
*/
function toTree(text) {
	const lines = new import_dist.LineCounter();
	const positionOf = (offset) => {
		const { line, col } = lines.linePos(offset);
		return {
			line: Math.max(line, 1),
			column: Math.max(col, 1)
		};
	};
	const tell = ({ offset, ...fault }) => ({
		...positionOf(offset),
		...fault
	});
	const excess = findExcess(text);
	if (excess !== void 0) {
		addLines(text, lines);
		return { faults: [tell(excess)] };
	}
	const document = compose(text, lines);
	if (document === void 0) return { faults: [{
		line: 1,
		column: 1,
		message: "this is nested too deeply"
	}] };
	const wrong = [...document.errors, ...document.warnings];
	if (wrong.length > 0) return { faults: wrong.slice(0, limits.manifestFaults).map((e) => tell(explainYamlError(e))) };
	if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== "1.2") return { faults: [{
		line: 1,
		column: 1,
		message: "must be YAML 1.2",
		hint: "remove the %YAML line"
	}] };
	const root = document.contents;
	const plain = toPlain(root);
	const faults = plain.faults.map(tell);
	if (plain.kind === "abandoned") return { faults };
	const find = (path, at) => locateNode(root, path, plain.targets, at);
	return {
		tree: {
			value: plain.value,
			locate: (path, at) => positionOf(find(path, at).offset),
			numberText: (path) => find(path).numberText
		},
		faults
	};
}
/** undefined: the parser ran out of stack. */
function compose(text, lineCounter) {
	try {
		return (0, import_dist.parseDocument)(text, {
			version: "1.2",
			schema: "core",
			merge: false,
			resolveKnownTags: false,
			uniqueKeys: false,
			prettyErrors: false,
			logLevel: "error",
			lineCounter
		});
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
function addLines(text, lines) {
	lines.addNewLine(0);
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
}

// src/manifest/parse.ts
/** Bytes to a manifest in normal form, or all that is wrong with them in the order of the text. Never throws. */
function parseManifest(source) {
	const bad = findTextFault(source.bytes);
	if (bad !== void 0) return {
		ok: false,
		diagnostics: toDiagnostics([bad], [])
	};
	const { tree: written, faults: textFaults } = toTree(decodeText(source.bytes, { fatal: true }));
	if (written === void 0) return {
		ok: false,
		diagnostics: toDiagnostics(textFaults, [])
	};
	const tree = source.form === "steps" ? toWrapped(written) : written;
	const { manifest, faults } = parseValue(tree, source.path);
	const diagnostics = toDiagnostics(textFaults, faults.slice(0, 10 * limits.manifestFaults), tree);
	return manifest === void 0 || diagnostics.length > 0 ? {
		ok: false,
		diagnostics
	} : {
		ok: true,
		manifest,
		sha256: sha256(source.bytes)
	};
}
function findTextFault(bytes) {
	if (bytes.length > limits.manifestBytes) return {
		line: 1,
		column: 1,
		message: `the manifest is larger than ${limits.manifestBytes} bytes`,
		hint: "split it"
	};
	const bad = findBadUtf8(bytes);
	if (bad !== void 0) return {
		...bad,
		message: "this is not UTF-8",
		hint: explainBadUtf8(bytes)
	};
	const text = decodeText(bytes, { fatal: true });
	const offset = findForbiddenCharacter(text);
	if (offset === void 0) return void 0;
	const before = text.slice(0, offset).split(/\r\n|\n|\r/);
	const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
	return {
		line: before.length,
		column: (before.at(-1)?.length ?? 0) + 1,
		message: `the character U+${code} is not allowed`
	};
}
/** Steps that were given inline stand for a whole manifest; positions stay those of the inline text. */
function toWrapped(tree) {
	return {
		value: {
			version: 1,
			steps: tree.value
		},
		locate: (path, at) => tree.locate(path.slice(1), at),
		numberText: (path) => tree.numberText(path.slice(1))
	};
}
function parseValue(tree, path) {
	if (tree.value === null) return { faults: [{
		path: [],
		message: "the manifest is empty"
	}] };
	const parsed = manifest.safeParse(tree.value, { jitless: true });
	const countable = selectPlaces(tree.value, "steps.*").length <= limits.planSteps;
	const faults = [
		parsed.success ? [] : explainIssues(parsed.error.issues, tree.value),
		findRuleFaults(tree.value, (at) => tree.numberText(at)),
		countable ? findGraphFaults(tree.value) : []
	].flat();
	if (!parsed.success || faults.length > 0) return { faults };
	const manifest$1 = toNormalForm(parsed.data, path);
	return {
		manifest: manifest$1,
		faults: findLegFaults(manifest$1)
	};
}
/** In the order of the text, one for each place and message, and no more than people read. */
function toDiagnostics(texts, faults, tree) {
	const all = /* @__PURE__ */ new Map();
	const add = (diagnostic) => {
		const key = `${diagnostic.line}:${diagnostic.column}:${diagnostic.path}`;
		if (!all.has(key)) all.set(key, diagnostic);
	};
	for (const fault of texts) add({
		path: "",
		...fault
	});
	for (const { path, at, ...fault } of faults) add({
		path: formatPath(path),
		...tree?.locate(path, at) ?? {
			line: 1,
			column: 1
		},
		...fault
	});
	const sorted = [...all.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
	const last = sorted[limits.manifestFaults];
	if (last === void 0) return sorted;
	const rest = sorted.length - limits.manifestFaults;
	return [...sorted.slice(0, limits.manifestFaults), {
		...last,
		path: "",
		message: `and ${rest} more faults from here on`
	}];
}

// src/plan/expand.ts
/**
* A parsed manifest as the plan of a run: legs of `map` side by side, needs by their expanded ids, names of variables
* without their values. Equal manifests give equal plans, byte for byte.
* @param source the manifest file's path as people know it (no absolute path: it is hashed), and its SHA-256
*/
function makePlan(manifest, source) {
	const legs = manifest.steps.flatMap(toLegs);
	const idsOf = toIdsOf(legs);
	const environments = legs.map((leg) => [leg.id, toEnvironment(manifest, leg)]);
	return {
		plan: {
			plan_version: 1,
			name: manifest.name,
			manifest: source,
			max_parallel: manifest.max_parallel,
			max_duration_ms: manifest.max_duration,
			fail_fast: manifest.fail_fast,
			secrets: toSorted([...manifest.secrets, ...manifest.steps.flatMap((step) => step.secrets)]),
			redaction_rules: manifest.redaction.rules.map(({ id, pattern }) => ({
				id,
				pattern
			})),
			steps: legs.map((leg, index) => toPlanStep(manifest, leg, index, idsOf))
		},
		environments: Object.fromEntries(environments)
	};
}
/** Manifest id to the ids that it stands for in the plan. */
function toIdsOf(legs) {
	const idsOf = /* @__PURE__ */ new Map();
	for (const { id, step } of legs) {
		const ids = idsOf.get(step.id);
		if (ids === void 0) idsOf.set(step.id, [id]);
		else ids.push(id);
	}
	return idsOf;
}
function toLegs(step) {
	if (step.map === void 0) return [{
		id: step.id,
		step,
		fill: (text) => text
	}];
	return toCombinations(step.map).map((map) => {
		const values = new Map(Object.entries(map).map(([name, value]) => [`map.${name}`, value]));
		return {
			id: `${step.id}[${formatCombination(map)}]`,
			step,
			map,
			fill: (text) => fillTemplate(text, values)
		};
	});
}
function toPlanStep(manifest, leg, index, idsOf) {
	const { id, step, map, fill } = leg;
	const needed = new Set(step.needs);
	const literal = /* @__PURE__ */ new Set([...Object.keys(manifest.env), ...Object.keys(step.env)]);
	return {
		id,
		index,
		...map === void 0 ? {} : { parent_id: step.id },
		kind: step.kind,
		name: toName(leg),
		needs: [...idsOf].flatMap(([parent, ids]) => needed.has(parent) ? ids : []),
		when: step.when,
		command: step.command,
		cwd: normaliseRelativePath(fill(step.cwd)),
		env_names: toSorted(literal),
		pass_env: toSorted([...manifest.pass_env, ...step.pass_env].filter((name) => !literal.has(name))),
		timeout_ms: step.timeout,
		idle_timeout_ms: step.idle_timeout,
		retry: {
			max_attempts: step.retry.attempts,
			backoff_ms: step.retry.backoff,
			max_backoff_ms: step.retry.max_backoff
		},
		continue_on_error: step.continue_on_error,
		outputs: step.outputs.map((glob) => normaliseRelativePath(fill(glob))),
		reports: toReports(leg, index),
		allow_empty: step.allow_empty,
		...map === void 0 ? {} : { map },
		...step.ready === void 0 ? {} : { ready: step.ready },
		...step.probe === void 0 ? {} : { probe: step.probe },
		...step.attach === void 0 ? {} : { attach: step.attach }
	};
}
/**
* The reports that a step declares. Playwright's is declared for it, in the folder that its runner empties before it
* begins, so that there is never an old one; the number keeps legs apart.
*/
function toReports({ step, fill }, index) {
	const declared = step.reports.map(({ path, format }) => ({
		path: normaliseRelativePath(fill(path)),
		format
	}));
	if (step.kind !== "playwright" || declared.some(({ format }) => format === "playwright")) return declared;
	return [...declared, {
		path: `test-results/quoderat-${index}-${step.id}.json`,
		format: "playwright"
	}];
}
/** A step without a name of its own is called by its id, and each of its legs by the leg's. */
function toName({ id, step, fill }) {
	return step.name === step.id ? id : fill(step.name);
}
function toEnvironment(manifest, { step, fill }) {
	const own = Object.entries(step.env).map(([name, value]) => [name, fill(value)]);
	return {
		...manifest.env,
		...Object.fromEntries(own)
	};
}
/** Each name once, by UTF-16 code units: the same order on every machine. */
function toSorted(names) {
	return [...new Set(names)].toSorted();
}

// src/manifest/display-path.ts
/**
* What a manifest is called in its plan and in diagnostics: its path from the workspace, with "/". It is part of the plan
* hash, which must not depend on where a checkout lies. Outside the workspace only the name is kept: the way there would
* tell of the machine.
*/
function toDisplayPath(path, workspace) {
	const inside = relative(workspace, path);
	return inside.startsWith("..") || isAbsolute(inside) ? basename(path) : inside.split(sep).join("/");
}

export { readManifest as a, ManifestError as i, makePlan as n, decodeText as o, parseManifest as r, toDisplayPath as t };