import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { a as info } from "./core-MS2wMUn3.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as PublishError, r as toCleanLine } from "./outputs-BLZOYDlN.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as toInertOutput } from "./inert-output-BdwJGFUN.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { C as number, D as string, b as int, g as array, k as union, v as boolean, w as object } from "./primitives-B201jKT5.js";
import { t as collectBytes } from "./collect-bytes-B7Ka81AA.js";
import { o as requestJson } from "./identity-token-BPBjLi83.js";
import { t as toServiceProblem } from "./service-CbgvC1QA.js";
import { r as toAnnotations } from "./publish-BPraUb_N.js";
import { setTimeout } from "node:timers/promises";

// src/publish/github/artifacts-list.ts
/** The envelopes among the artifacts of a run, by their names: what `uploadEvidence` calls them. */
function toEnvelopeArtifacts(artifacts) {
	return artifacts.filter(isEnvelope);
}
function isEnvelope({ name }) {
	return name.endsWith(".quoderat.json");
}
const SERVICE = "/twirp/github.actions.results.api.v1.ArtifactService";
/** Protobuf JSON may spell members either way, and leaves out what is zero, empty or false. */
const listedByService = object({ artifacts: array(object({
	workflow_job_run_backend_id: string().optional(),
	workflowJobRunBackendId: string().optional(),
	database_id: union([string(), number()]).optional(),
	databaseId: union([string(), number()]).optional(),
	name: string().default(""),
	size: union([string(), number()]).default(0),
	digest: string().nullish()
}).transform((found) => ({
	id: String(found.database_id ?? found.databaseId ?? ""),
	name: found.name,
	sizeBytes: Number(found.size),
	sha256: parseDigest(found.digest),
	backendJobId: found.workflow_job_run_backend_id ?? found.workflowJobRunBackendId ?? ""
}))).default([]) });
const located = object({
	signed_url: string().optional(),
	signedUrl: string().optional()
}).transform((found) => found.signed_url ?? found.signedUrl ?? "");
/**
* The artifacts of the workflow run that is going on, through the runner's own service: it needs no permission, and
* works in pull requests from forks. Asked directly: the SDK would write a stranger's file to a path of its choice, of
* any length.
* Source: github.com/actions/toolkit, packages/artifact (results/api/v1/artifact.proto).
* @throws PublishError where there is no such service
*/
function makeRunArtifacts(env, giveUp) {
	const problem = toServiceProblem(env);
	if (problem !== void 0) throw new PublishError("failed", problem);
	const origin = toOrigin(env["ACTIONS_RESULTS_URL"]);
	const token = env["ACTIONS_RUNTIME_TOKEN"] ?? "";
	const ids = readBackendIds(token);
	const call = async (method, body, schema) => {
		const answer = await ask(`${origin}${SERVICE}/${method}`, {
			token,
			body,
			giveUp,
			what: method
		});
		const parsed = schema.safeParse(answer);
		if (parsed.success) return parsed.data;
		throw new PublishError("failed", `the artifact service answered ${method} with something else`);
	};
	return {
		async list() {
			const request = {
				workflow_run_backend_id: ids.run,
				workflow_job_run_backend_id: ids.job
			};
			return (await call("ListArtifacts", request, listedByService)).artifacts;
		},
		locate({ name, backendJobId }) {
			const request = {
				workflow_run_backend_id: ids.run,
				workflow_job_run_backend_id: backendJobId === void 0 || backendJobId === "" ? ids.job : backendJobId,
				name
			};
			return call("GetSignedArtifactURL", request, located);
		}
	};
}
const listedByRest = object({ artifacts: array(object({
	id: int(),
	name: string(),
	size_in_bytes: int().nonnegative(),
	expired: boolean(),
	digest: string().nullish()
})) });
/**
* The envelopes among the artifacts of another workflow run of the same repository; the token needs `actions: read`.
* @param locate the address to which `GET .../zip` redirects
*/
function makeOtherRunArtifacts(api, run, locate) {
	const base = `/repos/${run.repository}/actions`;
	return {
		async list() {
			const found = [];
			const call = {
				method: "GET",
				path: `${base}/runs/${run.id}/artifacts`,
				what: `list the artifacts of run ${run.id}`
			};
			for await (const { artifacts } of api.pages(call, listedByRest)) {
				for (const artifact of artifacts) {
					if (artifact.expired || !isEnvelope(artifact)) continue;
					const { id, name, size_in_bytes: sizeBytes, digest } = artifact;
					found.push({
						id: String(id),
						name,
						sizeBytes,
						sha256: parseDigest(digest)
					});
				}
				if (found.length > limits.collectMembers) break;
			}
			return found;
		},
		locate: ({ id }) => locate(`${base}/artifacts/${id}/zip`)
	};
}
function parseDigest(text) {
	return /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text ?? "")?.[1]?.toLowerCase() ?? null;
}
function toOrigin(url = "") {
	if (URL.canParse(url)) return new URL(url).origin;
	throw new PublishError("failed", "this runner offers no artifact service (ACTIONS_RESULTS_URL is no address)");
}
/** `Actions.Results:<run>:<job>` among the scopes of the token. It is read, not believed: the service itself checks it. */
function readBackendIds(token) {
	try {
		const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
		const { scp } = object({ scp: string() }).parse(JSON.parse(payload));
		const found = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)(?: |$)/.exec(scp);
		if (found?.[1] !== void 0 && found[2] !== void 0) return {
			run: found[1],
			job: found[2]
		};
	} catch {}
	throw new PublishError("failed", "the token for the artifact service does not name its run");
}
/** Reading may be repeated: what the service could not do just now is asked again. */
async function ask(url, { token, body, giveUp, what }) {
	for (let tries = 1;; tries += 1) {
		if (giveUp.aborted) throw new PublishError("timeout", "the artifact service did not answer in time");
		let failure;
		let isFinal = tries >= limits.artifactTries;
		try {
			const answer = await requestJson(url, {
				method: "POST",
				headers: {
					authorization: `Bearer ${token}`,
					"content-type": "application/json"
				},
				body: JSON.stringify(body),
				limitBytes: limits.artifactListBytes,
				timeoutMs: limits.artifactRequestMs,
				signal: giveUp
			});
			if (answer.status >= 200 && answer.status < 300) return answer.json;
			failure = `status ${answer.status}`;
			if (answer.status < 500 && answer.status !== 429) isFinal = true;
		} catch (error) {
			failure = toCleanLine(toMessage(error)) || "no answer";
		}
		if (isFinal) throw new PublishError("failed", `the artifact service would not do ${what}: ${failure}`);
		await setTimeout(limits.githubPauseMs, void 0, { signal: giveUp }).catch(() => {});
	}
}

// src/action/collection-log.ts
/** The legs in the job log, one a line. Labels and reasons hold a stranger's text, and the runner reads every line. */
function logLegs({ legs, superseded }) {
	for (const leg of legs) say(`${leg.label}: ${toWords(leg)}`);
	for (const { leg, recency } of superseded) say(`${leg.label}: attempt ${recency.attempt ?? "?"} is superseded by a later one`);
}
/** What failed in the legs, at its places in the repository. Only of envelopes that hold. */
function toLegAnnotations({ legs }) {
	return legs.flatMap((leg) => {
		if (leg.state !== "in") return [];
		return toAnnotations(leg.member.envelope, { most: limits.checkAnnotations }).annotations.map((found) => ({
			path: found.path,
			start_line: found.start_line,
			end_line: found.end_line,
			level: found.level,
			title: toInertLine(`${leg.label}: ${found.title}`, 200),
			message: found.message
		}));
	});
}
function say(text) {
	info(toInertOutput(`  ${toInertLine(text)}`, false));
}
function toWords(leg) {
	if (leg.state !== "in") return `${leg.state}, ${leg.reason}`;
	const { status, steps } = leg.member.facts;
	return `${status}, ${steps.passed} of ${steps.total} steps passed${leg.isOlderAttempt ? ", not run again" : ""}`;
}

// src/publish/github/unzip.ts
/** A local file header or the end of an empty archive (APPNOTE.TXT 4.3.7, 4.3.16). No JSON begins so. */
function isZip(bytes) {
	const [p, k, a, b] = bytes;
	return p === 80 && k === 75 && (a === 3 && b === 4 || a === 5 && b === 6);
}
/** S_IFMT and S_IFREG of the Unix mode that the upper half of the external attributes holds. */
const FILE_TYPE = 61440;
const PLAIN_FILE = 32768;
/**
* The one file in a zip from anybody. More than one, a folder, a link, an encrypted one, a name that leads elsewhere
* and more than `limit` bytes are refused; what the headers claim of its length is not believed. Nothing is written.
* @throws PublishError failed or too_large
*/
async function unzipOnly(bytes, limit) {
	const { fromBufferPromise } = await import("./yauzl-Bh5VpoFu.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		const zip = await fromBufferPromise(bytes, {
			lazyEntries: true,
			validateEntrySizes: true,
			strictFileNames: true
		});
		if (zip.entryCount !== 1) throw refuse(`it holds ${zip.entryCount} files, not one`);
		for await (const entry of zip.eachEntry()) {
			if (entry.isEncrypted()) throw refuse("it is encrypted");
			const type = entry.externalFileAttributes >>> 16 & FILE_TYPE;
			if (entry.fileName.endsWith("/") || type !== 0 && type !== PLAIN_FILE) throw refuse("it holds no plain file");
			if (entry.uncompressedSize > limit) throw tooLarge(limit);
			return await collectBytes(await zip.openReadStreamPromise(entry), limit, () => tooLarge(limit));
		}
		throw refuse("it is empty");
	} catch (error) {
		if (error instanceof PublishError) throw error;
		throw refuse(toCleanLine(toMessage(error)));
	}
}
function refuse(reason) {
	return new PublishError("failed", `the zip can't be read: ${reason}`);
}
function tooLarge(limit) {
	return new PublishError("too_large", `the file in the zip has more than ${limit} bytes`);
}

// src/publish/github/download.ts
/** One try: a fixed part, and the time that the largest file may take. */
const DOWNLOAD_MS = limits.artifactRequestMs + Math.ceil(limits.memberBytes / limits.uploadBytesPerMs);
/**
* The bytes of an artifact that is one file, which anybody may have uploaded: bounded, equal to the digest that GitHub
* shows for it, and never written anywhere. A zip that holds one file gives that file.
* @throws PublishError too_large, changed (the digest is another), timeout or failed
*/
async function downloadFile(source, artifact, giveUp) {
	if (artifact.sizeBytes > limits.memberBytes) throw new PublishError("too_large", `it has ${artifact.sizeBytes} bytes, more than ${limits.memberBytes}`);
	const bytes = await fetchAgain(source, artifact, giveUp);
	if (artifact.sha256 !== null && sha256(bytes) !== artifact.sha256) throw new PublishError("changed", "what was downloaded is not what GitHub shows the digest of");
	return isZip(bytes) ? unzipOnly(bytes, limits.memberBytes) : bytes;
}
async function fetchAgain(source, artifact, giveUp) {
	for (let tries = 1;; tries += 1) {
		if (giveUp.aborted) throw new PublishError("timeout", "it could not be downloaded in time");
		try {
			return await fetchBounded(await source.locate(artifact), giveUp);
		} catch (error) {
			if (error instanceof PublishError && error.code !== "failed") throw error;
			if (tries >= limits.artifactTries || giveUp.aborted) {
				const reason = toCleanLine(toMessage(error)) || "unknown error";
				throw new PublishError(giveUp.aborted ? "timeout" : "failed", `it could not be downloaded: ${reason}`);
			}
			await setTimeout(limits.githubPauseMs, void 0, { signal: giveUp }).catch(() => {});
		}
	}
}
async function fetchBounded(address, giveUp) {
	const url = parseAddress(address);
	const { EnvHttpProxyAgent, request } = await import("./undici-DFAgIhTj.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const timeout = AbortSignal.timeout(DOWNLOAD_MS);
	const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: limits.artifactRequestMs } });
	try {
		const answer = await request(url, {
			method: "GET",
			signal: AbortSignal.any([giveUp, timeout]),
			dispatcher
		});
		if (answer.statusCode !== 200) {
			const isFinal = answer.statusCode < 500 && answer.statusCode !== 429;
			const text = `the store of the artifacts answered with status ${answer.statusCode}`;
			throw new PublishError(isFinal ? "not_found" : "failed", text);
		}
		const toTooLarge = () => new PublishError("too_large", `it has more than ${limits.memberBytes} bytes`);
		return await collectBytes(answer.body, limits.memberBytes, toTooLarge);
	} finally {
		await dispatcher.destroy();
	}
}
/** Signed addresses are https; plain http is for a service on this very machine. */
function parseAddress(address) {
	const url = URL.canParse(address) ? new URL(address) : void 0;
	const isHere = url !== void 0 && /^(?:127\.0\.0\.1|localhost|\[::1\]|.*\.localhost)$/.test(url.hostname);
	if (url !== void 0 && (url.protocol === "https:" || url.protocol === "http:" && isHere)) return url;
	throw new PublishError("not_found", "GitHub gave no address to download it from");
}

// src/action/run-artifacts.ts
/**
* The envelopes among the artifacts of a workflow run, downloaded one after the other as hostile input. One that can't
* be had, and a list that can't be had, are candidates too: nothing is passed over in silence.
*/
async function* readRunArtifacts({ source, giveUp, toUrl }) {
	let opened;
	let artifacts;
	try {
		opened = source();
		artifacts = toEnvelopeArtifacts(await opened.list());
	} catch (error) {
		yield {
			name: "the list of artifacts",
			problem: toMessage(error)
		};
		return;
	}
	for (const artifact of artifacts.slice(0, limits.collectMembers + 1)) {
		const url = toUrl(artifact.id);
		const about = {
			name: artifact.name,
			...url !== void 0 && { url }
		};
		try {
			yield {
				...about,
				bytes: await downloadFile(opened, artifact, giveUp)
			};
		} catch (error) {
			yield {
				...about,
				problem: toMessage(error)
			};
		}
	}
}

export { makeRunArtifacts as a, makeOtherRunArtifacts as i, logLegs as n, toLegAnnotations as r, readRunArtifacts as t };