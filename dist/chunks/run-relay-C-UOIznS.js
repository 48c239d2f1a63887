import { n as toErrorCode, r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as readJournal } from "./read-journal-BTThtjor.js";
import { n as noteServer, s as openSpool } from "./relayed-folder-BkNAtxDq.js";
import { n as retrying, r as makeApi } from "./retry-Kc_tk1Fb.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { t as relayLimits } from "./relay-limits-CZktj8Iq.js";
import { t as makeTransport } from "./transport-BhdfeGlS.js";
import { t as makeDeadline } from "./deadline-gUi6DgNJ.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { r as parseTrustedKey } from "./keys-Ck0aianH.js";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";

// src/relay/heartbeat.ts
/** Says every few seconds that the run lives, and hears whether it is to end. A beat that is lost is no problem: the next comes. */
function makeHeartbeat(options) {
	let timer;
	let isStopped = false;
	const beat = async () => {
		try {
			options.onCancel((await options.api.heartbeat(options.runId)).cancel_requested);
		} catch {}
		start();
	};
	const start = () => {
		if (!isStopped) timer = setTimeout(() => void beat(), options.everyMs).unref();
	};
	return {
		start,
		stop() {
			isStopped = true;
			clearTimeout(timer);
		}
	};
}

// src/relay/outbox.ts
function makeOutbox(options) {
	const { spool, limits } = options;
	/** Oldest first, without a gap in seq. */
	let entries = [];
	/** The first that is not acknowledged, by its place in `entries`. */
	let open = 0;
	let acked = 0;
	let last = 0;
	let openBytes = 0;
	/** Bytes of output in memory, and lines of the spool that are still needed. */
	let memory = 0;
	let spooled = 0;
	let dropped = 0;
	let isSettled = false;
	const forget = (entry) => {
		if (typeof entry.body === "string" && entry.isOutput) memory -= entry.bytes;
		if (typeof entry.body === "object" && entry.body !== null) {
			spooled -= 1;
			if (spooled === 0 && !isSettled) spool.clear();
		}
	};
	/** Acknowledged entries stay as long as there is room: a server may have lost what it took. */
	const evict = (isCrowded) => {
		let gone = 0;
		for (let entry = entries[0]; entry !== void 0 && gone < open && isCrowded(gone); entry = entries[gone]) {
			forget(entry);
			gone += 1;
		}
		entries.splice(0, gone);
		open -= gone;
	};
	const keep = (text, bytes, isOutput) => {
		if (!isOutput) return text;
		evict(() => memory + bytes > limits.queueBytes);
		if (memory + bytes <= limits.queueBytes) {
			memory += bytes;
			return text;
		}
		const place = spool.append(text, limits.spoolBytes);
		if (place === void 0) dropped += 1;
		else spooled += 1;
		return place ?? null;
	};
	const add = (entry) => {
		entries.push(entry);
		last = entry.seq;
		openBytes += entry.bytes;
		if (open > limits.keptEvents) evict((gone) => open - gone > limits.keptEvents / 2);
	};
	const toText = (entry) => {
		if (typeof entry.body === "string" || entry.body === null) return entry.body;
		const text = spool.read(entry.body);
		if (text !== void 0) return text;
		drop(entry);
		return null;
	};
	const drop = (entry) => {
		forget(entry);
		entry.body = null;
		dropped += 1;
	};
	return {
		offer(event) {
			const text = JSON.stringify(event);
			const bytes = Buffer.byteLength(text);
			const isOutput = event.type === "step_output";
			add({
				seq: event.seq,
				bytes,
				isOutput,
				body: keep(text, bytes, isOutput)
			});
		},
		offerSpooled(seq, place) {
			if (place !== void 0) spooled += 1;
			add({
				seq,
				bytes: place?.bytes ?? 0,
				isOutput: true,
				body: place ?? null
			});
		},
		take(most) {
			const texts = [];
			const gaps = [];
			let bytes = 0;
			let index = open;
			for (; index < entries.length && texts.length < most.events && gaps.length < most.events; index += 1) {
				const entry = entries[index];
				if (entry === void 0 || texts.length > 0 && bytes + entry.bytes > most.bytes) break;
				const text = toText(entry);
				if (text === null) {
					const last = gaps.at(-1);
					if (last?.to === entry.seq - 1) last.to = entry.seq;
					else gaps.push({
						from: entry.seq,
						to: entry.seq
					});
				} else {
					texts.push(text);
					bytes += entry.bytes;
				}
			}
			if (index === open) return null;
			return {
				body: `{"events":[${texts.join(",")}],"dropped":${JSON.stringify(gaps)}}`,
				events: texts.length
			};
		},
		acknowledge(seq) {
			acked = Math.min(seq, last);
			const first = entries[0]?.seq ?? last + 1;
			const next = Math.min(Math.max(0, acked + 1 - first), entries.length);
			for (let index = open; index < next; index += 1) openBytes -= entries[index]?.bytes ?? 0;
			for (let index = next; index < open; index += 1) openBytes += entries[index]?.bytes ?? 0;
			open = next;
		},
		toRestore() {
			const to = (entries[0]?.seq ?? last + 1) - 1;
			return to > acked ? {
				from: acked + 1,
				to
			} : null;
		},
		restore({ from, to }, events) {
			const known = new Map(events.map((event) => [event.seq, event]));
			const earlier = [];
			for (let seq = from; seq <= to; seq += 1) {
				const event = known.get(seq);
				const text = event === void 0 ? null : JSON.stringify(event);
				const bytes = text === null ? 0 : Buffer.byteLength(text);
				if (text === null) dropped += 1;
				earlier.push({
					seq,
					bytes,
					isOutput: false,
					body: text
				});
				openBytes += bytes;
			}
			entries = [...earlier, ...entries];
			open = 0;
		},
		dropFirst() {
			const first = entries[open];
			if (isSettled || first?.isOutput !== true || first.body === null) return false;
			drop(first);
			return true;
		},
		hasOpen: () => open < entries.length,
		openBytes: () => openBytes,
		settle() {
			isSettled = true;
			for (const entry of entries.slice(open)) {
				if (!entry.isOutput || typeof entry.body !== "string") continue;
				spool.append(entry.body, limits.spoolBytes + limits.queueBytes * 2);
			}
			return dropped;
		}
	};
}

// src/relay/pump.ts
/** Answers in a row without anything new, and times that the server lost something, after which it does not keep what it takes. */
const FUTILE_ROUNDS = 20;
/** Begins at once. */
function makePump(options) {
	const { runId, api, outbox, limits } = options;
	let most = {
		bytes: limits.batchMostBytes,
		events: limits.batchEvents
	};
	let isHurried = false;
	let isDue = false;
	let isOver = false;
	let timer;
	/** There while the pump waits for something to do. */
	let begin;
	const drainers = [];
	let before = -1;
	let futile = 0;
	let losses = 0;
	const look = () => {
		if (begin === void 0) return;
		if (isOver || !outbox.hasOpen()) for (const resolve of drainers.splice(0)) resolve();
		else if (isHurried || isDue || outbox.openBytes() >= limits.batchBytes) begin();
		else timer ??= setTimeout(() => {
			isDue = true;
			look();
		}, limits.flushMs).unref();
	};
	const waitForWork = async () => {
		await new Promise((resolve) => {
			begin = resolve;
			look();
		});
		begin = void 0;
		clearTimeout(timer);
		timer = void 0;
		isDue = false;
	};
	const hear = async (acked) => {
		futile = acked > before ? 0 : futile + 1;
		if (acked < before) losses += 1;
		before = acked;
		if (Math.max(futile, losses) >= FUTILE_ROUNDS) throw new RelayError("bad_answer", "the server does not keep the events that it takes", { retryable: false });
		await rewind(acked);
	};
	const rewind = async (seq) => {
		outbox.acknowledge(seq);
		const lost = outbox.toRestore();
		if (lost !== null) outbox.restore(lost, await options.readJournal(lost).catch(() => []));
	};
	const recover = async (error, events) => {
		if (!(error instanceof RelayError)) throw error;
		if (error.code === "too_large" && events > 1) most = {
			bytes: most.bytes / 2,
			events: Math.max(1, Math.floor(events / 2))
		};
		else if (error.code === "too_large" && outbox.dropFirst()) futile = 0;
		else if (error.code === "run_over") isOver = true;
		else if (error.code === "not_found") await hear((await options.attach()).acked_seq);
		else throw error;
	};
	const send = async () => {
		const batch = outbox.take(most);
		if (batch === null) return;
		try {
			const answer = await options.retry(() => api.sendEvents(runId, batch.body));
			options.onCancel(answer.cancel_requested);
			await hear(answer.acked_seq);
		} catch (error) {
			await recover(error, batch.events);
		}
	};
	const loop = async () => {
		await hear((await options.attached).acked_seq);
		for (;;) {
			await waitForWork();
			await send();
		}
	};
	const failed = loop();
	failed.catch(() => {});
	return {
		wake: look,
		failed,
		rewind,
		drain() {
			isHurried = true;
			const drained = new Promise((resolve) => drainers.push(resolve));
			look();
			return Promise.race([drained, failed]);
		}
	};
}

// src/relay/uploads.ts
function makeUploads(options) {
	const { dir, api, retry } = options;
	const sizes = /* @__PURE__ */ new Map();
	const queue = [];
	/** Queued, or on its way. */
	const open = /* @__PURE__ */ new Set();
	const failures = [];
	let running = 0;
	const waiting = [];
	const bring = async (sha256) => {
		const path = join(dir, sha256);
		if (await stat(path).catch(() => null) === null) return;
		if (await retry(() => api.hasArtifact(sha256))) return;
		await retry(() => put(sha256, path));
	};
	/** Looked at anew for each try: a file that has changed is refused by its digest, one that can't be read is given up. */
	const put = async (sha256, path) => {
		try {
			try {
				var _usingCtx$1 = _usingCtx();
				const { size } = await stat(path);
				const deadline = _usingCtx$1.u(makeDeadline(toUploadMs(size), options.signal));
				await api.putArtifact(sha256, size, () => createReadStream(path), deadline.signal);
			} catch (_) {
				_usingCtx$1.e = _;
			} finally {
				_usingCtx$1.d();
			}
		} catch (error) {
			const code = toErrorCode(error instanceof RelayError ? error.cause : error) ?? "unknown";
			if (error instanceof RelayError && !UNREADABLE.has(code)) throw error;
			const message = `the artifact sha256:${sha256} can't be read any more (${code})`;
			throw new RelayError("artifacts_missing", message, {
				retryable: false,
				cause: error
			});
		}
	};
	const work = async () => {
		running += 1;
		try {
			await options.attached;
			for (let sha256 = queue.shift(); sha256 !== void 0; sha256 = queue.shift()) {
				await bring(sha256).catch((error) => failures.push(error));
				open.delete(sha256);
			}
		} catch {
			queue.length = 0;
			open.clear();
		}
		running -= 1;
		if (running === 0) for (const resolve of waiting.splice(0)) resolve();
	};
	const again = (sha256) => {
		open.add(sha256);
		queue.push(sha256);
		if (running < limits.relayUploads) work();
	};
	return {
		add({ sha256, size_bytes }) {
			if (sizes.has(sha256)) return;
			sizes.set(sha256, size_bytes);
			again(sha256);
		},
		again,
		openBytes: () => [...open].reduce((sum, sha256) => sum + Math.max(sizes.get(sha256) ?? 0, limits.uploadLeastBytes), 0),
		async idle() {
			if (running > 0) await new Promise((resolve) => waiting.push(resolve));
			const [failure] = failures.splice(0);
			if (failure !== void 0) throw failure;
		}
	};
}
/** What a file answers and no connection does. */
const UNREADABLE = /* @__PURE__ */ new Set([
	"ENOENT",
	"EISDIR",
	"ENOTDIR",
	"EIO",
	"ESTALE"
]);
function toUploadMs(size) {
	return Math.min(limits.uploadMs + size / limits.uploadBytesPerMs, limits.uploadMaxMs);
}

// src/relay/relay.ts
/** How often finalize answers that something is missing before that is taken for its last word. */
const ROUNDS = 5;
/** Begins to talk to the server at once, and returns. @throws RelayError bad_options */
function makeRelay(options) {
	const limits = {
		...relayLimits,
		...options.limits
	};
	const transport = makeTransport({
		...options,
		limits
	});
	const api = makeApi(transport);
	const life = new AbortController();
	const hurry = new AbortController();
	const runId = options.run.run_id;
	let lastError;
	const retry = (act, signal = life.signal) => retrying(act, {
		limits,
		signal,
		hurry: hurry.signal,
		onRetry: (error) => lastError = error
	});
	const spool = options.resumed?.spool ?? openSpool(options.dir);
	const outbox = makeOutbox({
		spool,
		limits
	});
	options.resumed?.fill(outbox);
	let isEnded = false;
	let isCancelled = false;
	const onCancel = (asked) => {
		if (!asked || isCancelled) return;
		isCancelled = true;
		options.onCancel();
	};
	const attach = async () => {
		const view = await retry(() => api.createRun(options.run));
		onCancel(view.cancel_requested);
		return view;
	};
	const attached = attach();
	const { readJournal } = options;
	const pump = makePump({
		runId,
		api,
		outbox,
		limits,
		retry,
		attach,
		attached,
		readJournal,
		onCancel
	});
	pump.failed.catch((error) => {
		if (!life.signal.aborted) options.onProblem(`${toMessage(error)}; events wait in the evidence folder`);
	});
	const heartbeat = makeHeartbeat({
		runId,
		api,
		everyMs: limits.heartbeatMs,
		onCancel
	});
	attached.then(() => life.signal.aborted || heartbeat.start(), () => {});
	const uploads = makeUploads({
		dir: join(options.dir, "artifacts"),
		api,
		attached,
		retry,
		signal: life.signal
	});
	for (const artifact of options.resumed?.artifacts ?? []) uploads.add(artifact);
	return {
		serverName: transport.name,
		offer(event) {
			if (isEnded) return;
			isEnded = event.type === "finalize_started";
			outbox.offer(event);
			pump.wake();
			if (event.type === "artifact_captured") uploads.add(event.artifact);
		},
		settle: () => outbox.settle(),
		openBytes: () => uploads.openBytes() + outbox.openBytes(),
		async finalize(run, signal) {
			hurry.abort();
			const giveUp = toGiveUp(signal, () => lastError, transport.name);
			try {
				const work = async () => {
					const answer = await seal(run, signal);
					return fetchSeal(api, answer, (act) => retry(act, signal));
				};
				return await Promise.race([work(), giveUp.promise]);
			} finally {
				giveUp.dispose();
			}
		},
		forget: () => spool.remove(),
		async close() {
			life.abort();
			heartbeat.stop();
			await transport.close();
			spool.close();
		}
	};
	async function seal(run, signal) {
		for (let round = 1;; round += 1) {
			await pump.drain();
			await uploads.idle();
			const answer = await retry(() => api.finalize(runId, run).catch(toLacking), signal);
			if (!(answer instanceof RelayError)) return answer;
			if (round === ROUNDS || signal.aborted) throw answer;
			const lacking = [];
			for (const missing of answer.missing) if (typeof missing === "string") uploads.again(missing);
			else lacking.push(missing.from);
			if (answer.code === "not_found") await pump.rewind((await attach()).acked_seq);
			if (lacking.length > 0) await pump.rewind(Math.min(...lacking) - 1);
		}
	}
}
async function fetchSeal(api, answer, retry) {
	const [envelope, attestation, keys] = await Promise.all([
		retry(() => api.readEnvelope(answer.evidence_id)),
		retry(() => api.readAttestation(answer.evidence_id)),
		retry(() => api.readKeys())
	]);
	return {
		answer,
		envelope,
		attestation,
		keys
	};
}
/** What the server lacks, and be it the run itself, is sent before the same is asked again. */
function toLacking(error) {
	if (error instanceof RelayError && LACKING.has(error.code)) return error;
	throw error;
}
const LACKING = /* @__PURE__ */ new Set([
	"events_incomplete",
	"artifacts_missing",
	"not_found"
]);
/** Rejects when the signal aborts, with what went wrong last. */
function toGiveUp(signal, lastError, name) {
	let onAbort = () => {};
	const promise = new Promise((_resolve, reject) => {
		onAbort = () => {
			const last = lastError();
			const why = last === void 0 ? "" : `; last: ${last.message}`;
			reject(new RelayError("gave_up", `${name} has not sealed the run in time${why}`, { retryable: true }));
		};
		if (signal.aborted) onAbort();
		else signal.addEventListener("abort", onAbort, { once: true });
	});
	promise.catch(() => {});
	return {
		promise,
		dispose: () => signal.removeEventListener("abort", onAbort)
	};
}

// src/run-relay.ts
/** Why nothing can be asked of a server with these options; undefined when nothing speaks against it. */
function findServerFault(server, env) {
	try {
		if (server.key !== void 0) parseTrustedKey(server.key);
		makeTransport({
			...server,
			env,
			now: () => 0,
			limits: relayLimits
		}).close();
		return;
	} catch (error) {
		if (error instanceof CodedError) return error.message;
		throw error;
	}
}
/** Opens the line, and notes in the folder who is to seal the run. Nothing is waited for. */
function startRelay({ server, dir, now, signal, ...options }) {
	if (server === void 0) return void 0;
	try {
		noteServer(dir, server);
	} catch {}
	let cancelledAt = 0;
	const onAbort = () => {
		cancelledAt = now();
	};
	signal.addEventListener("abort", onAbort, { once: true });
	if (signal.aborted) onAbort();
	const relay = makeRelay({
		...server,
		...options,
		dir,
		now,
		readJournal: async ({ from, to }) => (await readJournal(dir)).filter(({ seq }) => seq >= from && seq <= to)
	});
	const sealing = import("./seal-by-server-07ZIPfvt.js");
	sealing.catch(() => {});
	return {
		offer: (event) => relay.offer(event),
		settle: () => relay.settle(),
		async seal(what) {
			const { sealByServer } = await sealing;
			const deadline = makeSealDeadline({
				server,
				openBytes: relay.openBytes(),
				cancel: signal,
				cancelledAt: () => cancelledAt,
				now
			});
			try {
				return await sealByServer({
					...what,
					relay,
					server,
					signal: deadline.signal
				});
			} finally {
				deadline.dispose();
			}
		},
		async close() {
			signal.removeEventListener("abort", onAbort);
			await relay.close();
		}
	};
}
/**
* The time that sealing by a server has: what the server was given, and for what is still to be sent as much as
* uploads are given; once the job was cancelled, what the forge leaves.
*/
function makeSealDeadline(options) {
	const { server, cancel, now } = options;
	const controller = new AbortController();
	const end = () => controller.abort();
	const forBytes = Math.min(options.openBytes / limits.uploadBytesPerMs, limits.uploadMaxMs);
	const timers = [setTimeout(end, (server.timeoutMs ?? limits.finalizeMs) + forBytes)];
	const hurry = () => {
		const left = options.cancelledAt() + limits.cancelMs - limits.cancelReserveMs - now();
		timers.push(setTimeout(end, Math.max(0, left)));
	};
	if (cancel.aborted) hurry();
	else cancel.addEventListener("abort", hurry, { once: true });
	return {
		signal: controller.signal,
		dispose: () => {
			for (const timer of timers) clearTimeout(timer);
			cancel.removeEventListener("abort", hurry);
		}
	};
}

export { makeRelay as i, makeSealDeadline as n, startRelay as r, findServerFault as t };