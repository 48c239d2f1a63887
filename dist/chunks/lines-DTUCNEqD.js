import { t as CodedError } from "./errors-B6vIz8YT.js";

// src/reports/report-error.ts
/** A report that can't be read as what it was declared to be. The message says what and where. */
var ReportError = class extends CodedError {};
/** @throws ReportError always */
function refuse(message) {
	throw new ReportError("report_unreadable", message);
}

// src/reports/decode-text.ts
/** Bytes that are decoded and read before the event loop has its turn again: a few milliseconds of work. */
const SLICE_BYTES = 65536;
/** Enough of the beginning for a byte order mark and an XML declaration. */
const HEAD_BYTES = 1024;
const DECLARED = /^<\?xml\s[^>]{0,300}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;
/**
* The text of a report, in slices. Its encoding is that of its byte order mark, else of its XML declaration, else UTF-8;
* bytes that are no text in it become U+FFFD. Between slices other work of the process gets its turn, whatever the size
* of the chunks that come in.
* @throws ReportError for an XML declaration that names an encoding nobody knows
*/
async function* decodeText(chunks) {
	let head = /* @__PURE__ */ new Uint8Array(0);
	let decoder = new TextDecoder();
	let sinceTurn = 0;
	for await (const chunk of chunks) {
		let bytes = chunk;
		if (head !== void 0) {
			bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
			head = bytes.length < HEAD_BYTES ? bytes : void 0;
			if (head !== void 0) continue;
			decoder = new TextDecoder(findEncoding(bytes));
		}
		for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
			const text = decoder.decode(bytes.subarray(start, start + SLICE_BYTES), { stream: true });
			if (text !== "") yield text;
			sinceTurn += Math.min(SLICE_BYTES, bytes.length - start);
			if (sinceTurn >= SLICE_BYTES) {
				sinceTurn = 0;
				await nextTurn();
			}
		}
	}
	if (head !== void 0) yield new TextDecoder(findEncoding(head)).decode(head);
	else yield decoder.decode();
}
function nextTurn() {
	return new Promise((resolve) => {
		setImmediate(resolve);
	});
}
/** A label that TextDecoder knows (WHATWG Encoding). */
function findEncoding(head) {
	const [first, second, third, fourth] = head;
	if (first === 255 && second === 254) return "utf-16le";
	if (first === 254 && second === 255) return "utf-16be";
	if (first === 60 && second === 0 && third === 63 && fourth === 0) return "utf-16le";
	if (first === 0 && second === 60 && third === 0 && fourth === 63) return "utf-16be";
	const [, declared] = DECLARED.exec(Buffer.from(head.subarray(0, HEAD_BYTES)).toString("latin1")) ?? [];
	if (declared === void 0 || /^(?:utf-?16|ucs-?2|utf-?32)/i.test(declared)) return "utf-8";
	try {
		return new TextDecoder(declared).encoding;
	} catch {
		return refuse(`its XML declaration names the encoding ${declared}, which is not known`);
	}
}

// src/reports/figures.ts
/** A whole, non-negative count written in decimal; undefined for anything else ("NaN", "-1", "1e9", beyond 2^53). */
function parseCount(text) {
	if (text === void 0 || !/^\s*\d{1,16}\s*$/.test(text)) return void 0;
	const value = Number(text);
	return Number.isSafeInteger(value) ? value : void 0;
}
const PLAIN_SECONDS = /^\d+(?:\.\d+)?$/;
/** Milliseconds of a time in seconds, as runners write it in their locale: `0.25`, `1,234.5`, `0,25`, `1e-3`. */
function parseSeconds(text) {
	if (text === void 0 || text.length > 40) return void 0;
	if (PLAIN_SECONDS.test(text)) return toMilliseconds(Number(text) * 1e3);
	const plain = /^\d{1,3}(?:,\d{3})+\.\d+$/.test(text.trim()) ? text.replaceAll(",", "") : text.replace(",", ".");
	return /^\s*\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/.test(plain) ? toMilliseconds(Number(plain) * 1e3) : void 0;
}
/** Milliseconds of .NET's TimeSpan: `00:00:01.2345678`, with days `1.02:03:04`. */
function parseTimeSpan(text) {
	const match = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(text?.trim() ?? "");
	if (match === null) return void 0;
	const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
	return toMilliseconds(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 6e4 + Number(seconds) * 1e3);
}
/** A duration as evidence keeps it: whole milliseconds; undefined for what is none (negative, NaN, beyond 2^53). */
function toMilliseconds(value) {
	if (value === void 0 || !(value >= 0)) return void 0;
	const whole = Math.round(value);
	return Number.isSafeInteger(whole) ? Math.abs(whole) : void 0;
}
/** A count in JSON; undefined for what is none. */
function toCount(value) {
	return value !== void 0 && Number.isSafeInteger(value) && value >= 0 ? Math.abs(value) : void 0;
}

// src/reports/lines.ts
/** Of a longer line the beginning is kept. */
const MAX_LINE_CHARS = 1048576;
/** The lines of a text, without their ends (LF or CRLF), in bounded memory. A last line without an end is a line too. */
async function* readLines(texts) {
	let number = 0;
	let held = "";
	let cut = false;
	for await (const text of texts) {
		let start = 0;
		for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
			number += 1;
			yield toLine(held + text.slice(start, end), number, cut);
			held = "";
			cut = false;
			start = end + 1;
		}
		held += text.slice(start);
		if (held.length > MAX_LINE_CHARS) {
			held = held.slice(0, MAX_LINE_CHARS);
			cut = true;
		}
	}
	if (held !== "") yield toLine(held, number + 1, cut);
}
function toLine(text, number, cut) {
	return {
		text: text.endsWith("\r") ? text.slice(0, -1) : text,
		number,
		cut
	};
}

export { toCount as a, ReportError as c, parseTimeSpan as i, refuse as l, parseCount as n, toMilliseconds as o, parseSeconds as r, decodeText as s, readLines as t };