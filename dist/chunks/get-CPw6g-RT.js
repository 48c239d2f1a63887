import { n as checkSealed, r as toTrustedKeys, t as ServerSealError } from "./check-sealed-jbSp_Gps.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { a as makeEvidenceFolder, r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { n as toTransportError } from "./transport-BhdfeGlS.js";
import { n as writeEvidence } from "./write-evidence-Cd8r3ACU.js";
import { r as writeBundle } from "./bundle-Dbi0888N.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { n as formatStatus, t as formatEvidence } from "./run-report-D_hceYTW.js";
import { n as requireServerOptions } from "./server-access-D6MMCPt3.js";
import { n as openServer, t as isId } from "./server-client-BQoy1iS6.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/relay/download.ts
/**
* Writes a body to a file that gets its name only when all of it is there and good.
* @returns false, with no file left, when it is longer than it may be or not good
* @throws the stream's or the file system's error
*/
async function writeDownload(path, body, options) {
	const draft = `${path}.tmp`;
	let size = 0;
	try {
		const file = await open(draft, "w", 420);
		try {
			for await (const chunk of body) {
				size += chunk.length;
				if (size > options.mostBytes) return false;
				options.onChunk(chunk);
				for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
			}
		} finally {
			await file.close();
		}
		if (!options.isGood()) return false;
		await rename(draft, path);
		return true;
	} finally {
		body.on("error", () => {}).destroy();
		await rm(draft, { force: true });
	}
}

// src/get-evidence.ts
/**
* Fetches sealed evidence: the envelope is checked before anything is written, and each artifact before it gets its name.
* Artifacts that the server does not have (any more) are told as problems; the verdict says so too.
* @throws RelayError, ServerSealError, EvidenceFolderError
*/
async function getEvidence(options) {
	const { evidenceId, runId, dir, name, ask } = options;
	const [envelope, attestation, keys] = await Promise.all([
		ask((api) => api.readEnvelope(evidenceId)),
		ask((api) => api.readAttestation(evidenceId)),
		ask((api) => api.readKeys())
	]);
	const given = {
		envelope,
		attestation
	};
	const trust = {
		name,
		trustedKeys: toTrustedKeys(keys, options.key),
		expected: { evidence_id: evidenceId }
	};
	const { envelope: sealed } = await checkSealed(given, trust);
	if (runId !== void 0 && sealed.run_id !== runId) throw new ServerSealError("not_ours", `${name} gave the evidence of another run, ${sealed.run_id}`);
	await makeEvidenceFolder(dir);
	const problems = [];
	const artifactsDir = join(dir, evidenceFiles.artifacts);
	const wanted = new Map(sealed.artifacts.map((artifact) => [artifact.sha256, artifact]));
	for (const artifact of wanted.values()) await ask((api) => fetchArtifact(artifact, {
		api,
		artifactsDir,
		name
	})).catch((error) => {
		problems.push(`${artifact.id} is missing: ${toMessage(error)}`);
	});
	const checked = await checkSealed(given, {
		...trust,
		artifactsDir
	});
	return {
		evidence: await writeEvidence({
			...checked,
			manifestSha256: sealed.artifacts.find(({ id }) => id === "manifest")?.sha256 ?? "",
			dirs: [dir],
			onProblem: (problem) => problems.push(problem)
		}),
		problems
	};
}
async function fetchArtifact({ sha256, size_bytes: size }, { api, artifactsDir, name }) {
	const body = await api.openArtifact(sha256);
	const hash = createHash("sha256");
	if (!await writeDownload(join(artifactsDir, sha256), body, {
		mostBytes: Math.min(size, limits.artifactBytes),
		onChunk: (chunk) => hash.update(chunk),
		isGood: () => hash.digest("hex") === sha256
	}).catch((error) => {
		throw toTransportError(error, name);
	})) throw new ServerSealError("not_verified", `${name} gave other bytes for artifact sha256:${sha256}`);
}

// src/cli/commands/get.ts
/**
* `quoderat get`: fetches sealed evidence with its artifacts, checks it, and writes it into a folder of its own; what does
* not verify is not written as evidence.
* @throws CliError, RelayError, ServerSealError, EvidenceFolderError
*/
async function get(id, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		if (!isId(id)) throw new CliError("usage", "the id of evidence or of a run is needed, as `quoderat runs` lists it");
		const options = await requireServerOptions(flags, io);
		const server = _usingCtx$1.a(openServer(options, io));
		const found = await findEvidence(id, server);
		const { evidenceId } = found;
		const dir = resolve(io.cwd, flags.out ?? `evidence-${evidenceId}`);
		const { evidence, problems } = await getEvidence({
			...found,
			dir,
			name: server.transport.name,
			ask: (act) => server.ask(act),
			...options.key !== void 0 && { key: options.key }
		});
		for (const problem of problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
		if (evidence === null) return exitCodes.usage;
		io.stdout.write(`${formatStatus(evidence)}${formatEvidence(evidence, io, options.url)}`);
		if (flags.bundle === true) {
			const bundle = await writeBundle(dir, `${dir}.tar.gz`);
			io.stdout.write(`  bundle    ${toInertLine(bundle.path)}\n  sha256    ${bundle.sha256}\n`);
		}
		return evidence.verdict.exit_code;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** The id itself, or that of what the run by this id was sealed as. */
async function findEvidence(id, server) {
	try {
		const run = await server.ask((api) => api.readRun(id));
		if (run.evidence_id !== null) return {
			evidenceId: run.evidence_id,
			runId: id
		};
		throw new CliError("usage", `this run is ${run.state}: there is no evidence of it yet`);
	} catch (error) {
		if (error instanceof RelayError && error.code === "not_found") return { evidenceId: id };
		throw error;
	}
}

export { get };