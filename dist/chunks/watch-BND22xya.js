import { t as limits } from "./limits-DSc7_a2H.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as relayLimits } from "./relay-limits-CZktj8Iq.js";
import { h as streamedEvent } from "./api-Dx6rbN-Z.js";
import { n as retrying, r as makeApi, t as pause } from "./retry-Kc_tk1Fb.js";
import { t as RelayError } from "./errors-D6v6PXCg.js";
import { n as toTransportError } from "./transport-BhdfeGlS.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { r as makeJobLog, t as chooseLog } from "./job-log-BnL_1NrU.js";
import { n as requireServerOptions } from "./server-access-D6MMCPt3.js";
import { n as openServer, t as isId } from "./server-client-BQoy1iS6.js";
import { t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { randomBytes } from "node:crypto";

// src/relay/in-order.ts
/**
* @param mostHeld with more waiting, what they wait for is passed over
* @param start the number before the first
*/
function makeInOrder(mostHeld, start = 0) {
	const held = /* @__PURE__ */ new Map();
	let last = start;
	const release = () => {
		const told = [];
		for (let item = held.get(last + 1); item !== void 0; item = held.get(last + 1)) {
			last += 1;
			held.delete(last);
			if (item !== null) told.push(item);
		}
		return told;
	};
	const flush = () => {
		const told = [];
		while (held.size > 0) {
			last = Math.min(...held.keys()) - 1;
			told.push(...release());
		}
		return told;
	};
	const settle = () => held.size > mostHeld ? flush() : release();
	return {
		push(seq, item) {
			if (seq > last && !held.has(seq)) held.set(seq, item);
			return settle();
		},
		skip(from, to) {
			for (let seq = Math.max(from, last + 1); seq <= Math.min(to, last + mostHeld); seq += 1) if (!held.has(seq)) held.set(seq, null);
			const told = settle();
			if (from <= last + 1 && to > last) last = to;
			return [...told, ...release()];
		},
		flush,
		last: () => last
	};
}

// node_modules/eventsource-parser/dist/errors.js
/**
* Error thrown when encountering an issue during parsing.
*
* @public
*/
var ParseError = class extends Error {
	constructor(message, options) {
		super(message);
		this.name = "ParseError";
		this.type = options.type;
		this.field = options.field;
		this.value = options.value;
		this.line = options.line;
	}
};

// node_modules/eventsource-parser/dist/parse.js
/**
* EventSource/Server-Sent Events parser
* @see https://html.spec.whatwg.org/multipage/server-sent-events.html
*/
const LF = 10;
const CR = 13;
const SPACE = 32;
const MAX_FIELD_PREFIX_LENGTH = 6;
/**
* Creates a new EventSource parser.
*
* @param config - Parser configuration. Accepts callbacks (see {@link ParserCallbacks})
*   and options like `maxBufferSize` (see {@link ParserConfig}).
*
* @returns A new EventSource parser, with `feed` and `reset` methods.
* @public
*/
function createParser(config) {
	if (typeof config === "function") throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");
	const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;
	const pendingFragments = [];
	let pendingFragmentsLength = 0;
	let bomPrefix = "";
	let id;
	let data = "";
	let dataLines = 0;
	let eventType;
	let terminated = false;
	let skippingLine = false;
	let skipNextLineFeed = false;
	/**
	* Feeds a chunk of the SSE stream to the parser. Any trailing bytes that do
	* not yet form a complete line are held back and prepended to the next chunk,
	* so callers can pass arbitrary slices of the stream without worrying about
	* line boundaries.
	*
	* Per the SSE spec, one leading UTF-8 BOM is stripped before parsing,
	* even when split across chunks. This handles both the raw 3-byte form (0xEF 0xBB
	* 0xBF) and a single decoded U+FEFF, so a leading BOM is ignored regardless of
	* how the caller decoded the bytes.
	*
	* @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
	*/
	function feed(chunk) {
		if (terminated) throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");
		if (bomPrefix !== void 0) {
			chunk = bomPrefix + chunk;
			if (chunk === "" || chunk === "ï" || chunk === "ï»") {
				bomPrefix = chunk;
				return;
			}
			bomPrefix = void 0;
			chunk = chunk.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, "");
		}
		if (skippingLine || skipNextLineFeed) {
			chunk = resumeAfterSkip(chunk);
			if (!chunk) return;
		}
		if (!pendingFragments.length) {
			const trailing = processLines(chunk);
			if (trailing !== "") storeTrailing(trailing);
			checkForBufferOverflow();
			return;
		}
		if (chunk.indexOf("\n") === -1 && chunk.indexOf("\r") === -1) {
			if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {
				if (!shouldBufferTrailing(pendingFragments.join("") + chunk.slice(0, MAX_FIELD_PREFIX_LENGTH - pendingFragmentsLength))) {
					pendingFragments.length = 0;
					pendingFragmentsLength = 0;
					skippingLine = true;
					return;
				}
			}
			pendingFragments.push(chunk);
			pendingFragmentsLength += chunk.length;
			checkForBufferOverflow();
			return;
		}
		pendingFragments.push(chunk);
		const input = pendingFragments.join("");
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		storeTrailing(processLines(input));
		checkForBufferOverflow();
	}
	function resumeAfterSkip(chunk) {
		if (chunk.length === 0) return chunk;
		if (skipNextLineFeed) {
			skipNextLineFeed = false;
			return chunk.charCodeAt(0) === LF ? chunk.slice(1) : chunk;
		}
		const crIndex = chunk.indexOf("\r");
		const lfIndex = chunk.indexOf("\n");
		const lineEnd = crIndex === -1 ? lfIndex : lfIndex === -1 ? crIndex : crIndex < lfIndex ? crIndex : lfIndex;
		if (lineEnd === -1) return "";
		if (lineEnd === chunk.length - 1 && chunk.charCodeAt(lineEnd) === CR) {
			skippingLine = false;
			skipNextLineFeed = true;
			return "";
		}
		skippingLine = false;
		return chunk.slice(lineEnd + (chunk.charCodeAt(lineEnd) === CR && chunk.charCodeAt(lineEnd + 1) === LF ? 2 : 1));
	}
	function storeTrailing(trailing) {
		if (!trailing) return;
		if (trailing.charCodeAt(trailing.length - 1) === CR) {
			parseLine(trailing, 0, trailing.length - 1);
			if (checkForBufferOverflow()) return;
			skipNextLineFeed = true;
			return;
		}
		if (shouldBufferTrailing(trailing)) {
			pendingFragments.push(trailing);
			pendingFragmentsLength = trailing.length;
			return;
		}
		skippingLine = true;
	}
	function shouldBufferTrailing(trailing) {
		const firstCharCode = trailing.charCodeAt(0);
		return firstCharCode === 58 && !!onComment || firstCharCode === 100 && isPotentialField(trailing, "data") || firstCharCode === 101 && isPotentialField(trailing, "event") || firstCharCode === 105 && isPotentialField(trailing, "id") || firstCharCode === 114 && isPotentialField(trailing, "retry");
	}
	function checkForBufferOverflow() {
		if (terminated) return true;
		if (maxBufferSize === void 0) return false;
		if (pendingFragmentsLength + data.length <= maxBufferSize) return false;
		terminated = true;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		skippingLine = false;
		skipNextLineFeed = false;
		onError === null || onError === void 0 || onError(new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, { type: "max-buffer-size-exceeded" }));
		return true;
	}
	/**
	* Splits `chunk` into SSE lines and dispatches each to the appropriate handler.
	* Returns any trailing bytes that did not terminate with a line break, so the
	* caller can prepend them to the next chunk.
	*
	* The SSE spec permits three line terminators: `\n`, `\r`, and `\r\n`. Real-world
	* streams almost always use plain `\n`, so we take a fast path when no `\r` is
	* present in the chunk. The slow path is spec-correct but does more work per line.
	*/
	function processLines(chunk) {
		let searchIndex = 0;
		if (chunk.indexOf("\r") === -1) {
			let lfIndex = chunk.indexOf("\n", searchIndex);
			while (lfIndex !== -1) {
				if (searchIndex === lfIndex) {
					if (id !== void 0) onId === null || onId === void 0 || onId(id);
					if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
						id,
						event: eventType,
						data
					});
					id = void 0;
					data = "";
					dataLines = 0;
					eventType = void 0;
					searchIndex = lfIndex + 1;
					lfIndex = chunk.indexOf("\n", searchIndex);
					continue;
				}
				const firstCharCode = chunk.charCodeAt(searchIndex);
				if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
					const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5;
					const value = chunk.slice(valueStart, lfIndex);
					if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
						if (id !== void 0) onId === null || onId === void 0 || onId(id);
						onEvent === null || onEvent === void 0 || onEvent({
							id,
							event: eventType,
							data: value
						});
						id = void 0;
						data = "";
						eventType = void 0;
						searchIndex = lfIndex + 2;
						lfIndex = chunk.indexOf("\n", searchIndex);
						continue;
					}
					data = dataLines === 0 ? value : `${data}\n${value}`;
					dataLines++;
				} else if (isEventPrefix(chunk, searchIndex, firstCharCode)) eventType = chunk.slice(chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6, lfIndex) || void 0;
				else parseLine(chunk, searchIndex, lfIndex);
				if (checkForBufferOverflow()) return "";
				searchIndex = lfIndex + 1;
				lfIndex = chunk.indexOf("\n", searchIndex);
			}
			return chunk.slice(searchIndex);
		}
		let crIndex = chunk.indexOf("\r", searchIndex);
		let lfIndex = chunk.indexOf("\n", searchIndex);
		while (searchIndex < chunk.length) {
			let lineEnd = -1;
			if (crIndex !== -1 && lfIndex !== -1) lineEnd = crIndex < lfIndex ? crIndex : lfIndex;
			else if (crIndex !== -1) {
				if (crIndex === chunk.length - 1) lineEnd = -1;
				else lineEnd = crIndex;
			} else if (lfIndex !== -1) lineEnd = lfIndex;
			if (lineEnd === -1) break;
			parseLine(chunk, searchIndex, lineEnd);
			if (checkForBufferOverflow()) return "";
			searchIndex = lineEnd + 1;
			if (chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF) searchIndex++;
			if (crIndex !== -1 && crIndex < searchIndex) crIndex = chunk.indexOf("\r", searchIndex);
			if (lfIndex !== -1 && lfIndex < searchIndex) lfIndex = chunk.indexOf("\n", searchIndex);
		}
		return chunk.slice(searchIndex);
	}
	function parseLine(chunk, start, end) {
		if (start === end) {
			dispatchEvent();
			return;
		}
		const firstCharCode = chunk.charCodeAt(start);
		if (isDataPrefix(chunk, start, firstCharCode)) {
			const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
			const value = chunk.slice(valueStart, end);
			data = dataLines === 0 ? value : `${data}\n${value}`;
			dataLines++;
			return;
		}
		if (isEventPrefix(chunk, start, firstCharCode)) {
			eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
			return;
		}
		if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
			const value = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
			if (!value.includes("\0")) id = value;
			return;
		}
		if (firstCharCode === 58) {
			if (onComment) {
				const line = chunk.slice(start, end);
				onComment(line.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
			}
			return;
		}
		const line = chunk.slice(start, end);
		const fieldSeparatorIndex = line.indexOf(":");
		if (fieldSeparatorIndex === -1) {
			processField(line, "", line);
			return;
		}
		const field = line.slice(0, fieldSeparatorIndex);
		const offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1;
		processField(field, line.slice(fieldSeparatorIndex + offset), line);
	}
	function processField(field, value, line) {
		switch (field) {
			case "event":
				eventType = value || void 0;
				break;
			case "data":
				data = dataLines === 0 ? value : `${data}\n${value}`;
				dataLines++;
				break;
			case "id":
				if (!value.includes("\0")) id = value;
				break;
			case "retry":
				if (/^\d+$/.test(value)) onRetry === null || onRetry === void 0 || onRetry(parseInt(value, 10));
				else onError === null || onError === void 0 || onError(new ParseError(`Invalid \`retry\` value: "${value}"`, {
					type: "invalid-retry",
					value,
					line
				}));
				break;
			default: onError === null || onError === void 0 || onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, {
				type: "unknown-field",
				field,
				value,
				line
			}));
		}
	}
	function dispatchEvent() {
		if (id !== void 0) onId === null || onId === void 0 || onId(id);
		if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
			id,
			event: eventType,
			data
		});
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
	}
	function reset(options = {}) {
		if (options.consume && pendingFragments.length > 0) {
			const incompleteLine = pendingFragments.join("");
			parseLine(incompleteLine, 0, incompleteLine.length);
		}
		bomPrefix = "";
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		terminated = false;
		skippingLine = false;
		skipNextLineFeed = false;
	}
	return {
		feed,
		reset
	};
}
/**
* Checks if `chunk` starts with the literal `data:` at index `i`.
*
* Equivalent to `chunk.startsWith('data:', i)`, but benchmarks show this
* hand-unrolled char-code comparison is ~20% faster on common event types.
* The caller passes `firstCharCode` (the code at `i`) so it can be reused
* across prefix checks.
*
* ASCII: 'd' = 100, 'a' = 97, 't' = 116, 'a' = 97, ':' = 58
*/
function isDataPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
/**
* Checks if `chunk` starts with the literal `event:` at index `i`.
*
* See {@link isDataPrefix} for why this is hand-unrolled rather than using
* `String.prototype.startsWith`.
*
* ASCII: 'e' = 101, 'v' = 118, 'e' = 101, 'n' = 110, 't' = 116, ':' = 58
*/
function isEventPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
function isPotentialField(line, field) {
	let i = 1;
	while (i < line.length && i < field.length) {
		if (line.charCodeAt(i) !== field.charCodeAt(i)) return false;
		i++;
	}
	return line.length <= field.length || line.charCodeAt(field.length) === 58;
}

// src/relay/watch.ts
/** No event of the protocol is longer. In UTF-16 units, which is what the parser counts. */
const MESSAGE_CHARS = 4194304;
/**
* A run's stream from its beginning to its end, each item once and in the order of the server's numbers, over as many
* connections and servers as it takes. What the server sends twice, out of turn or in another form does no harm.
* @returns the run as it stands at the end
* @throws RelayError when the server refuses
*/
async function* watchRun(options) {
	const { transport, runId, signal } = options;
	const api = makeApi(transport);
	const order = makeInOrder(limits.watchHeldEvents);
	let futile = 0;
	for (;;) {
		const before = order.last();
		const told = [];
		try {
			for await (const item of readStream(options, order.last())) {
				told.push(...order.push(item.server_seq, item));
				yield* told.splice(0);
			}
			const view = await api.readRun(runId);
			if (isOver(view) && order.last() >= view.last_server_seq) return view;
			if (order.last() === before) yield* order.flush();
			if (isOver(view) && order.last() >= view.last_server_seq) return view;
		} catch (error) {
			if (!(error instanceof RelayError) || !error.retryable || signal.aborted) throw error;
		}
		futile = order.last() > before ? 0 : futile + 1;
		const wait = Math.min(options.limits.retryFirstMs * 2 ** Math.min(futile, 10), options.limits.retryMostMs);
		await pause(wait * (.5 + Math.random() / 2), signal);
		if (signal.aborted) throw new RelayError("gave_up", "the run is no longer watched", { retryable: false });
	}
}
/** What one connection brings. */
async function* readStream({ transport, runId, limits: bounds, signal, onProblem }, after) {
	let isTold = false;
	const onRetry = ({ message }) => {
		if (!isTold) onProblem(`${message}; it is tried again`);
		isTold = true;
	};
	const { body } = await retrying(() => transport.open({
		method: "GET",
		route: `/v1/runs/${runId}/events`,
		headers: {
			accept: "text/event-stream",
			"last-event-id": String(after)
		},
		bodyMs: bounds.watchIdleMs,
		signal
	}), {
		limits: bounds,
		signal,
		onRetry
	});
	let items = [];
	const parser = createParser({
		maxBufferSize: MESSAGE_CHARS,
		onEvent({ data }) {
			const item = parseItem(data);
			if (item !== null) items.push(item);
		},
		onError(error) {
			if (error.type === "max-buffer-size-exceeded") throw new RelayError("bad_answer", `${transport.name} sends an event without an end`, { retryable: false });
		}
	});
	try {
		const decoder = new TextDecoder();
		for await (const chunk of body) {
			parser.feed(decoder.decode(chunk, { stream: true }));
			const read = items;
			items = [];
			yield* read;
		}
	} catch (error) {
		throw toTransportError(error, transport.name);
	} finally {
		body.on("error", () => {}).destroy();
	}
}
/** null: of a newer protocol, or nonsense; either way nothing to show. */
function parseItem(data) {
	try {
		const parsed = streamedEvent.safeParse(JSON.parse(data));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}
function isOver({ state }) {
	return state === "finalized" || state === "failed" || state === "aborted";
}

// src/cli/commands/watch.ts
/**
* `quoderat watch`: shows a run while it happens elsewhere, from its beginning, as `run` would have shown it.
* @returns the exit code of the run's outcome; that of a run which ended without a seal when it did
* @throws CliError, RelayError
*/
async function watch(runId, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		if (!isId(runId)) throw new CliError("usage", "the id of a run is needed, as `quoderat runs` lists it");
		const server = _usingCtx$1.a(openServer(await requireServerOptions(flags, io), io));
		const stop = new AbortController();
		const onSignal = () => stop.abort();
		io.signals.on("SIGINT", onSignal);
		const kind = chooseLog(flags.log, io.stdout, io.env);
		const log = await makeJobLog(kind, {
			output: io.stdout,
			color: wantsColor(io.stdout, io.env, flags.color),
			io
		});
		try {
			return toExitCode(await show(watchRun({
				transport: server.transport,
				runId,
				limits: relayLimits,
				signal: stop.signal,
				onProblem: (problem) => io.stderr.write(`quoderat: ${toInertLine(problem)}\n`)
			}), {
				runId,
				log,
				io
			}));
		} catch (error) {
			if (stop.signal.aborted) return exitCodes.interrupted;
			throw error;
		} finally {
			await log.end();
			io.signals.off("SIGINT", onSignal);
		}
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** The server's order is that of arrival; a log wants the worker's. */
async function show(items, { runId, log, io }) {
	const order = makeInOrder(limits.watchHeldEvents);
	const write = async (events) => {
		for (const event of events) await log.write(event);
	};
	for (;;) {
		const { value, done } = await items.next();
		if (done === true) {
			await write(order.flush());
			return value;
		}
		if ("event" in value) await write(order.push(value.event.seq, value.event));
		else if ("gap" in value) await write(order.skip(value.gap.from, value.gap.to));
		else {
			await write(order.flush());
			const event = toRunEvent(value, {
				runId,
				seq: order.last() + 1,
				now: io.now()
			});
			if (event !== null) await log.write(event);
			else io.stderr.write(`quoderat: ${value.server.type}: ${toInertLine(value.server.reason)}\n`);
		}
	}
}
/** What a worker that seals by itself would say; null: nothing that it could. */
function toRunEvent({ server, received_at: timestamp }, { runId, seq, now }) {
	const { type, reason, evidence_id, envelope_sha256, head_entry_hash } = server;
	const stamp = {
		event_id: makeUuidV7(now, randomBytes(10)),
		run_id: runId,
		seq,
		timestamp
	};
	if (type === "finalize_failed") return {
		...stamp,
		type,
		reason
	};
	if (type !== "run_finalized") return null;
	if (evidence_id === void 0 || envelope_sha256 === void 0 || head_entry_hash === void 0) return null;
	return {
		...stamp,
		type,
		evidence_id,
		envelope_sha256,
		head_entry_hash
	};
}
function toExitCode({ status, evidence_id }) {
	if (status === "failed" || status === "aborted") return exitCodes.failed;
	return status === "success" && evidence_id !== null ? exitCodes.success : exitCodes.unsealed;
}

export { watch };