import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { n as ExpectedError, r as parseExpected, t as collect$1 } from "./collect-run-BmafixHT.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as chooseForgePlan } from "./forge-flags-C_CzbD9x.js";
import { t as readSigner } from "./key-files-BB4tStV1.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as readEnvelopeInput } from "./envelope-input-CgT75t_1.js";
import { n as readFileBounded, r as toUnreadable } from "./read-bounded-Bcr0G72G.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { t as chooseOutDir } from "./out-dir-jvDZaMA-.js";
import { n as formatStatus, t as formatEvidence } from "./run-report-D_hceYTW.js";
import { randomUUID } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { tmpdir } from "node:os";

// src/cli/member-files.ts
/** Folders that are looked into below a named one, and entries that are looked at. */
const DEPTH = 8;
const ENTRIES = 2e4;
const SKIPPED = /* @__PURE__ */ new Set([
	evidenceFiles.artifacts,
	"node_modules",
	".git"
]);
/** @throws CliError when something that was named is not there */
async function assertThere(named, io) {
	for (const name of named) await stat(resolve(io.cwd, name)).catch((error) => {
		throw toUnreadable(name, error);
	});
}
/**
* The envelopes that the caller named: files and bundles as they are; in folders whatever is called `envelope.json` or
* `*.quoderat.json`, at any depth. Links in folders are not followed. A file that can't be read is a candidate too.
* @throws CliError when something that was named is not there, or a folder is too large to search
*/
async function* readMemberFiles(named, io) {
	for (const name of named) {
		const path = resolve(io.cwd, name);
		if (!(await stat(path).catch((error) => {
			throw toUnreadable(name, error);
		})).isDirectory()) {
			yield await toCandidate(name, async () => {
				try {
					var _usingCtx$1 = _usingCtx();
					return _usingCtx$1.a(await readEnvelopeInput(name, io)).bytes;
				} catch (_) {
					_usingCtx$1.e = _;
				} finally {
					await _usingCtx$1.d();
				}
			});
			continue;
		}
		for (const file of await findEnvelopes(path, name)) {
			const shown = relative(io.cwd, file);
			yield await toCandidate(shown, () => readFileBounded(file, limits.memberBytes, shown));
		}
	}
}
async function toCandidate(name, read) {
	try {
		return {
			name,
			bytes: await read()
		};
	} catch (error) {
		if (error instanceof CliError) return {
			name,
			problem: error.message
		};
		throw error;
	}
}
async function findEnvelopes(root, named) {
	const found = [];
	let seen = 0;
	const look = async (dir, depth) => {
		for (const entry of await listFolder(dir, named)) {
			seen += 1;
			if (seen > ENTRIES) throw new CliError("usage", `${named} has more than ${ENTRIES} entries; name the envelopes`);
			const path = join(dir, entry.name);
			if (entry.isFile() && isEnvelopeName(entry.name)) found.push(path);
			else if (entry.isDirectory() && depth < DEPTH && !SKIPPED.has(entry.name)) await look(path, depth + 1);
		}
	};
	await look(root, 0);
	return found.toSorted();
}
async function listFolder(dir, named) {
	return readdir(dir, { withFileTypes: true }).catch((error) => {
		throw toUnreadable(named, error);
	});
}
function isEnvelopeName(name) {
	return name === evidenceFiles.envelope || name.endsWith(".quoderat.json");
}

// src/cli/commands/collect.ts
/**
* `quoderat collect`: seals the envelopes of a run's legs as one collection.
* @returns 0 only when every expected leg is in, intact and a success
* @throws CliError for what cannot be read, and the errors of the key's reader
*/
async function collect(named, flags, io) {
	const expected = readExpected(flags.expected);
	const signer = await readSigner(flags.key, io);
	const forge = chooseForgePlan(flags, io.env);
	await assertThere(named, io);
	const outDir = await chooseOutDir(flags.out, io.cwd, io);
	const overrides = {
		...flags.repo !== void 0 && { repo: flags.repo },
		...flags.commit !== void 0 && { commit: flags.commit }
	};
	const outcome = await collect$1({
		candidates: readMemberFiles(named, io),
		expected,
		run: overrides,
		name: flags.name,
		workspace: io.cwd,
		outDir,
		fallbackDir: join(tmpdir(), `quoderat-${randomUUID()}`),
		env: io.env,
		worker: await readWorker(),
		now: io.now,
		...signer && { signer }
	});
	if (outcome.kind === "refused") {
		io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
		return exitCodes.usage;
	}
	for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
	if (outcome.evidence === null) io.stderr.write("quoderat: no evidence could be written\n");
	if (flags.json === true) io.stdout.write(`${JSON.stringify(toResult(outcome))}\n`);
	else io.stdout.write(formatCollection(outcome, io));
	if (forge.isWanted) {
		const { publishToGitlab } = await import("./gitlab-job-BKBMMBAL.js");
		await publishToGitlab({
			evidence: outcome.evidence,
			gathered: outcome.gathered
		}, forge, {
			io,
			signal: new AbortController().signal
		});
	}
	return outcome.status === "success" && outcome.evidence !== null ? exitCodes.success : exitCodes.failed;
}
function readExpected(text = "") {
	try {
		return parseExpected(text);
	} catch (error) {
		if (!(error instanceof ExpectedError)) throw error;
		throw new CliError("usage", `--expected: ${error.message}`, { cause: error });
	}
}
/** What `quoderat collect --json` prints. */
function toResult({ status, gathered, evidence, problems }) {
	return {
		status,
		evidence_id: evidence?.envelope.evidence_id ?? null,
		head_hash: evidence?.envelope.integrity.head_entry_hash ?? null,
		envelope_path: evidence?.envelopePath ?? null,
		envelope_sha256: evidence?.envelopeSha256 ?? null,
		expected: gathered.expected,
		legs: gathered.legs.map((leg) => ({
			leg: leg.label,
			state: leg.state,
			...leg.state === "in" ? {
				status: leg.member.facts.status,
				attempt: leg.member.facts.run_attempt,
				evidence_id: leg.member.facts.evidence_id
			} : { reason: leg.reason }
		})),
		problems
	};
}
function formatCollection({ gathered, evidence }, io) {
	const lines = gathered.legs.map((leg) => `  ${toSymbol(leg)} ${toInertLine(leg.label)}: ${toWords(leg)}\n`);
	return `${evidence === null ? "" : formatStatus(evidence)}${lines.join("")}${evidence === null ? "" : formatEvidence(evidence, io)}`;
}
function toSymbol(leg) {
	if (leg.state === "missing") return "○";
	return leg.state === "in" && leg.member.facts.status === "success" ? "✓" : "✗";
}
function toWords(leg) {
	if (leg.state === "missing") return `missing, ${toInertLine(leg.reason)}`;
	if (leg.state === "rejected") return `rejected, ${toInertLine(leg.reason)}`;
	const { status, steps, run_attempt: attempt } = leg.member.facts;
	const older = leg.isOlderAttempt ? ", not run again" : "";
	return `${status}, ${steps.passed} of ${steps.total} steps passed${attempt === null ? "" : `, attempt ${attempt}`}${older}`;
}

export { collect };