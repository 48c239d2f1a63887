import { t as limits } from "./limits-DSc7_a2H.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { a as finalizeAnswer, c as jwks, f as runView, l as mediaTypes, m as stateAnswer, n as batchAnswer, u as runList } from "./api-Dx6rbN-Z.js";

// src/relay/api.ts
function makeApi(transport) {
	const { json, bytes, open } = transport;
	const post = (route, body) => ({
		method: "POST",
		route,
		body: JSON.stringify(body)
	});
	const get = (route, accept) => ({
		method: "GET",
		route,
		...accept !== void 0 && { headers: { accept } }
	});
	return {
		createRun: (run) => json(post("/v1/runs", run), runView),
		readRun: (runId) => json(get(`/v1/runs/${runId}`), runView),
		listRuns: (query) => json(get(`/v1/runs${toQuery(query)}`), runList),
		sendEvents: (runId, body) => json({
			method: "POST",
			route: `/v1/runs/${runId}/events`,
			body
		}, batchAnswer),
		heartbeat: (runId) => json(post(`/v1/runs/${runId}/heartbeat`, {}), stateAnswer),
		async hasArtifact(sha256) {
			try {
				const { body } = await open({
					method: "HEAD",
					route: toArtifactRoute(sha256)
				});
				await body.dump();
				return true;
			} catch (error) {
				if (error instanceof RelayError && error.code === "not_found") return false;
				throw error;
			}
		},
		async putArtifact(sha256, size, openFile, signal) {
			const headers = {
				"content-type": "application/octet-stream",
				"content-length": String(size)
			};
			await bytes({
				method: "PUT",
				route: toArtifactRoute(sha256),
				headers,
				body: openFile,
				signal
			}, limits.serverErrorBytes);
		},
		openArtifact: async (sha256) => (await open(get(toArtifactRoute(sha256), "*/*"))).body,
		finalize: (runId, run) => json(post(`/v1/runs/${runId}/finalize`, run), finalizeAnswer),
		readEnvelope: (id) => bytes(get(`/v1/evidence/${id}`, mediaTypes.envelope), limits.envelopeBytes),
		readAttestation: (id) => bytes(get(`/v1/evidence/${id}/attestation`, mediaTypes.attestation), limits.envelopeBytes),
		readKeys: () => json(get("/.well-known/jwks.json"), jwks)
	};
}
function toArtifactRoute(sha256) {
	return `/v1/artifacts/sha256/${sha256}`;
}
function toQuery(query) {
	const given = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== void 0) given.append(name, String(value));
	return given.size === 0 ? "" : `?${given.toString()}`;
}

// src/relay/retry.ts
/** The longest wait when somebody waits for it. */
const HURRIED_MS = 1e3;
/**
* Does something again until it succeeds, is refused for good, or is not waited for any more: with waits that double up
* to a bound, each shortened by chance so that many workers do not come back at once, and never shorter than the server asked.
* @throws RelayError: the one that is not retryable, or the last one when the signal was aborted
*/
async function retrying(act, options) {
	const { limits, signal, hurry, onRetry } = options;
	for (let most = limits.retryFirstMs;; most = Math.min(most * 2, limits.retryMostMs)) try {
		return await act();
	} catch (error) {
		if (!(error instanceof RelayError) || !error.retryable || signal.aborted) throw error;
		onRetry?.(error);
		const asked = Math.min(error.retryAfterMs, limits.retryAfterMs);
		const longest = hurry?.aborted === true ? Math.min(most, HURRIED_MS) : most;
		await pause(Math.max(asked, longest * (.5 + Math.random() / 2)), signal, hurry);
		if (signal.aborted) throw error;
	}
}
/** Waits, or less when the signal aborts, or `hurry` does so now. */
function pause(ms, signal, hurry) {
	return new Promise((resolve) => {
		const finish = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", finish);
			hurry?.removeEventListener("abort", finish);
			resolve();
		};
		const timer = setTimeout(finish, ms);
		hurry?.addEventListener("abort", finish, { once: true });
		if (signal.aborted) finish();
		else signal.addEventListener("abort", finish, { once: true });
	});
}

export { retrying as n, makeApi as r, pause as t };