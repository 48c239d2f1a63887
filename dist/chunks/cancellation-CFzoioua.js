import { i as getInput, l as setSecret } from "./core-MS2wMUn3.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { randomBytes } from "node:crypto";
import { join, relative, resolve, sep } from "node:path";
import { tmpdir } from "node:os";

// src/action/inputs.ts
var InputError = class extends CodedError {};
const switches = [
	"auto",
	"always",
	"never"
];
const modes = [
	"run",
	"collect",
	"report"
];
const serverErrors = ["fail", "warn"];
/**
* Reads the inputs of this process, after the signing key has become a mask of the job's log.
* @throws InputError
*/
function readMaskedInputs(env) {
	const readInput = (name) => getInput(name, { trimWhitespace: false });
	const secrets = [
		readSigningKey(readInput, env),
		readInput("server-token").trim(),
		readInput("github-token").trim()
	];
	for (const secret of secrets) if (secret) setSecret(secret);
	return readInputs(readInput, env);
}
/**
* Reads and checks all inputs.
* @param readInput gives the text of an input as it was passed, "" when it was not
* @param env the runner's environment
* @throws InputError that names every input that is wrong
*/
function readInputs(readInput, env) {
	const faults = [];
	const read = (name) => readInput(name).trim() || void 0;
	const checkout = resolve(env["GITHUB_WORKSPACE"] || ".");
	const workspace = resolve(checkout, read("working-directory") ?? ".");
	const tempDir = env["RUNNER_TEMP"] || tmpdir();
	const out = read("out");
	const steps = readInput("steps").trim() === "" ? void 0 : readInput("steps");
	const path = read("manifest");
	if (steps !== void 0 && path !== void 0) faults.push("both `manifest` and `steps` are given; keep the one that is meant");
	const expectedPlanHash = read("expected-plan-hash");
	if (expectedPlanHash !== void 0 && !/^[0-9a-f]{64}$/.test(expectedPlanHash)) faults.push("`expected-plan-hash` must be 64 lower-case hex digits, as `quoderat plan` prints them");
	const choose = (name, words) => {
		const given = read(name) ?? words[0];
		const word = words.find((known) => known === given);
		if (word === void 0) faults.push(`\`${name}\` must be one of ${words.join(", ")}`);
		return word ?? words[0];
	};
	const readUrl = (name) => {
		const url = read(name);
		if (url === void 0 || isPlainUrl(url)) return url;
		faults.push(`\`${name}\` must be an http or https address without credentials`);
	};
	const expected = read("expected");
	if (expected !== void 0 && !isWithin(expected, 1, limits.collectMembers)) faults.push(`\`expected\` must be a whole number from 1 to ${limits.collectMembers}`);
	const jobTotal = read("job-total") ?? "1";
	const baseEnvelope = read("base-envelope");
	const choices = {
		mode: choose("mode", modes),
		upload: choose("upload", switches),
		check: choose("check", switches),
		comment: choose("comment", switches),
		attest: choose("attest", switches),
		sigstore: {
			fulcioUrl: readUrl("sigstore-fulcio-url"),
			rekorUrl: readUrl("sigstore-rekor-url"),
			tsaUrl: readUrl("sigstore-tsa-url")
		}
	};
	const serverUrl = readUrl("server-url");
	if (serverUrl !== void 0 && readSigningKey(readInput, env) !== void 0) faults.push("`signing-key` signs what this job seals; with `server-url` the server seals and signs");
	const server = {
		token: readInput("server-token").trim() || void 0,
		audience: read("server-audience"),
		key: read("server-key"),
		onError: choose("on-server-error", serverErrors)
	};
	const retention = read("retention-days");
	if (retention !== void 0 && !isWithin(retention, 1, 400)) faults.push("`retention-days` must be a whole number from 1 to 400");
	const name = read("name");
	if (name !== void 0 && (name.length > 100 || /\p{Cc}/u.test(name))) faults.push("`name` must be one line of at most 100 characters");
	if (faults.length > 0) throw new InputError("bad_input", faults.join("; "));
	return {
		manifest: steps === void 0 ? { file: resolve(workspace, path ?? "quoderat.yml") } : { inline: steps },
		workspace,
		workingDirectory: relative(checkout, workspace).replaceAll(sep, "/") || ".",
		name,
		expectedPlanHash,
		signingKey: readSigningKey(readInput, env),
		...choices,
		githubToken: readInput("github-token").trim(),
		baseEnvelope: baseEnvelope === void 0 ? void 0 : resolve(checkout, baseEnvelope),
		expected: expected === void 0 ? void 0 : Number(expected),
		server: serverUrl === void 0 ? void 0 : {
			...server,
			url: serverUrl,
			audience: server.audience ?? serverUrl
		},
		retentionDays: retention === void 0 ? void 0 : Number(retention),
		outDir: out === void 0 ? join(tempDir, "quoderat", randomBytes(6).toString("hex")) : resolve(checkout, out),
		tempDir,
		checkRunId: /^\d{1,20}$/.exec(read("check-run-id") ?? "")?.[0],
		matrix: read("matrix") ?? "null",
		jobTotal: isWithin(jobTotal, 1, 1e3) ? Number(jobTotal) : 1
	};
}
function readSigningKey(readInput, env) {
	return readInput("signing-key").trim() || env["QUODERAT_SIGNING_KEY"]?.trim() || void 0;
}
function isPlainUrl(text) {
	if (!URL.canParse(text)) return false;
	const { protocol, username, password } = new URL(text);
	return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}
function isWithin(text, least, most) {
	return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

// src/action/cancellation.ts
/** Left for what is written after an upload was given up. */
const LAST_MS = 1e3;
/**
* Hears the runner's cancellation: SIGINT, after 7.5 s SIGTERM, after 2.5 s the end, each sent to this process alone
* (actions/runner, ProcessInvoker.cs). The first signal decides; later ones only repeat it.
*/
function watchCancellation(source, now) {
	const cancelled = new AbortController();
	let deadline = Infinity;
	const hear = () => {
		if (cancelled.signal.aborted) return;
		deadline = now() + limits.cancelMs;
		cancelled.abort("cancelled");
	};
	for (const name of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP",
		"SIGBREAK"
	]) source.on(name, hear);
	return {
		signal: cancelled.signal,
		limit(ms) {
			const over = new AbortController();
			const timers = [setTimeout(() => over.abort(), ms)];
			const hurry = () => {
				const left = deadline - LAST_MS - now();
				if (left > 0) timers.push(setTimeout(() => over.abort(), left));
				else over.abort();
			};
			if (cancelled.signal.aborted) hurry();
			cancelled.signal.addEventListener("abort", hurry, { once: true });
			return {
				signal: over.signal,
				[Symbol.dispose]() {
					cancelled.signal.removeEventListener("abort", hurry);
					for (const timer of timers) clearTimeout(timer);
				}
			};
		}
	};
}

export { InputError as n, readMaskedInputs as r, watchCancellation as t };