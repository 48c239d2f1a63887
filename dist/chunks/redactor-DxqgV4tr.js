// src/redaction/base64-forms.ts
/** A shorter core says too little to be told from chance: 36 bits. */
const LEAST_CORE = 6;
/** A part of a core that a line break or a cut left over counts from this length: 54 bits. */
const LEAST_PIECE = 9;
/** Lines of wrapped base64 have 64 or 76 characters: each holds a place where a part is recognised. */
const PIECE_STEP = 48;
/**
* base64 and base64url (RFC 4648) of bytes as they look inside the encoding of a larger text: at the three alignments,
* without the characters at the borders that carry bits of the neighbours. Those are covered by `spill`.
*/
function toBase64Forms(bytes) {
	const forms = [];
	for (const alignment of [
		0,
		1,
		2
	]) {
		const shifted = Buffer.concat([Buffer.alloc(alignment), bytes]).toString("base64");
		const bits = (alignment + bytes.length) * 8;
		const core = shifted.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(bits / 6));
		if (core.length < LEAST_CORE) {
			if (alignment === 0) forms.push({
				bytes: shifted,
				kind: "encoded_value",
				leastPiece: 0,
				pieceStep: 0,
				spill: 0
			});
			continue;
		}
		const spill = (alignment > 0 ? 1 : 0) | (bits % 6 > 0 ? 2 : 0);
		const leastPiece = core.length < LEAST_PIECE ? 0 : LEAST_PIECE;
		forms.push({
			bytes: core,
			kind: "encoded_value",
			leastPiece,
			pieceStep: PIECE_STEP,
			spill
		});
		if (/[+/]/.test(core)) {
			const url = core.replaceAll("+", "-").replaceAll("/", "_");
			forms.push({
				bytes: url,
				kind: "encoded_value",
				leastPiece,
				pieceStep: PIECE_STEP,
				spill
			});
		}
	}
	return forms;
}
/** True for a byte of either base64 alphabet. */
function isBase64Byte(byte) {
	return byte !== void 0 && BASE64_BYTES[byte] === 1;
}
const BASE64_BYTES = /* @__PURE__ */ new Uint8Array(256);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") BASE64_BYTES[char.charCodeAt(0)] = 1;

// src/redaction/hex-forms.ts
/** From this many bytes hex is long enough not to be met by chance. */
const LEAST_BYTES = 6;
/** `xxd -p` writes 60 digits to a line; dumps write eight bytes or more to a group. A part counts from 6 bytes. */
const LINES = {
	leastPiece: 16,
	pieceStep: 48
};
const GROUPS = {
	leastPiece: 17,
	pieceStep: 16
};
const WHOLE = {
	leastPiece: 0,
	pieceStep: 0
};
/**
* Bytes in hex: plain, with `:` or a space or `\x` or `%` between bytes, and in the groups of `xxd`. The lower-case ones,
* which dumps wrap into lines, are recognised in parts.
*/
function toHexForms(bytes) {
	const lower = bytes.toString("hex");
	const upper = lower.toUpperCase();
	const percent = [toForm$2(`%${join(lower, "%")}`, WHOLE), toForm$2(`%${join(upper, "%")}`, WHOLE)];
	if (bytes.length < LEAST_BYTES) return percent;
	return [
		...percent,
		toForm$2(lower, LINES),
		toForm$2(upper, LINES),
		toForm$2(join(lower, ":"), GROUPS),
		toForm$2(join(lower, " "), GROUPS),
		toForm$2(join(upper, ":"), WHOLE),
		toForm$2(join(upper, " "), WHOLE),
		toForm$2(`\\x${join(lower, "\\x")}`, WHOLE),
		toForm$2(lower.replaceAll(/....(?!$)/g, "$& "), GROUPS),
		toForm$2(`${lower.slice(0, 2)} ${lower.slice(2).replaceAll(/....(?!$)/g, "$& ")}`, GROUPS)
	];
}
function join(digits, between) {
	return digits.replaceAll(/..(?!$)/g, `$&${between}`);
}
function toForm$2(bytes, piece) {
	return {
		bytes,
		kind: "encoded_value",
		...piece,
		spill: 0
	};
}

// src/redaction/escapes.ts
/** Letters, digits and `_` are written as they are by every escape of this file. */
const ESCAPE_FREE = /^\w*$/;
const hexOf = (char, digits) => char.charCodeAt(0).toString(16).padStart(digits, "0");
const toJson = (value) => JSON.stringify(value).slice(1, -1);
const toAsciiJson = (value, spell) => toJson(value).replaceAll(/[^\x00-\x7f]/g, (char) => `\\u${spell(hexOf(char, 4))}`);
const toMarkupSafeJson = (value) => toJson(value).replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${hexOf(char, 4)}`);
const lower = (hex) => hex.toLowerCase();
const upper = (hex) => hex.toUpperCase();
const toPercent = (value) => encodeURIComponent(value.toWellFormed());
const toStrictPercent = (value) => toPercent(value).replaceAll(/[!'()*]/g, (char) => `%${upper(hexOf(char, 2))}`);
const toForm$1 = (value) => new URLSearchParams([["", value]]).toString().slice(1);
const withLowerHex = (escape) => (value) => escape(value).replaceAll(/%[0-9A-F]{2}/g, lower);
const toByteEscapes = (value, spell) => Array.from(Buffer.from(value), (byte) => byte === 92 ? "\\\\" : byte >= 32 && byte < 127 ? String.fromCharCode(byte) : SHORT[byte] ?? spell(byte)).join("");
const SHORT = {
	7: "\\a",
	8: "\\b",
	9: "\\t",
	10: "\\n",
	11: "\\v",
	12: "\\f",
	13: "\\r",
	27: "\\E"
};
const HTML = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
const toHtml = (value) => value.replaceAll(/[&<>"']/g, (char) => HTML[char] ?? char);
/**
* The escapes: JSON (RFC 8259; also with `\/`, in ASCII, safe for HTML, and JSON inside JSON), POSIX shell and `bash`
* quoting (as `set -x` and `printf %q` write it), percent-encoding (RFC 3986, the URL standard's form encoding, encodeURI),
* HTML and XML, doubled quotes (CSV, SQL, YAML, PowerShell), byte escapes of C, Python and bash, CRLF line ends.
*/
const ESCAPES = [
	toJson,
	(value) => toJson(value).replaceAll("/", "\\/"),
	(value) => toAsciiJson(value, lower),
	(value) => toAsciiJson(value, upper),
	toMarkupSafeJson,
	(value) => toJson(toJson(value)),
	(value) => toJson(toJson(value)).replaceAll("/", "\\/"),
	(value) => toJson(toJson(toJson(value))),
	(value) => value.replaceAll("'", String.raw`'\''`),
	(value) => value.replaceAll("'", `'"'"'`),
	(value) => value.replaceAll("'", String.raw`\'`),
	(value) => value.replaceAll(/[\\']/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`!]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:,./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`).replaceAll("'", String.raw`\'`),
	(value) => toByteEscapes(value, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`),
	toPercent,
	withLowerHex(toPercent),
	toStrictPercent,
	withLowerHex(toStrictPercent),
	(value) => toPercent(value).replaceAll("%2F", "/"),
	toForm$1,
	withLowerHex(toForm$1),
	(value) => encodeURI(value.toWellFormed()),
	(value) => toPercent(toPercent(value)),
	toHtml,
	(value) => toHtml(value).replaceAll("&#39;", "&#x27;"),
	(value) => toHtml(value).replaceAll("&#39;", "&apos;").replaceAll("&quot;", "&#34;"),
	(value) => toHtml(value).replaceAll("&#39;", "'").replaceAll("&quot;", "\""),
	(value) => toHtml(value).replaceAll("&#39;", "'"),
	(value) => value.replaceAll("'", "''"),
	(value) => value.replaceAll("\"", "\"\"")
];
/** The value as every escape writes it, each spelling once; spellings that equal the value are left out. */
function toEscapedSpellings(value) {
	const spellings = /* @__PURE__ */ new Set();
	if (ESCAPE_FREE.test(value)) return spellings;
	for (const escape of ESCAPES) spellings.add(escape(value));
	spellings.delete(value);
	return spellings;
}

// src/redaction/encodings.ts
/** Shorter values are met in any text: they are not searched for. Characters after trimming. */
const LEAST_VALUE = 4;
/** A line of a multi-line value counts as a secret by itself from this length. */
const LEAST_LINE = 8;
/** Only this much of a value is searched for; the environment cannot hold much more. */
const MOST_VALUE = 65536;
/** Longer values (key files) are looked for as they are, escaped and in base64 only. */
const MOST_SMALL = 4096;
/** A multi-line value with lines too short to count alone is also looked for as a whole, up to this length. */
const MOST_WHOLE = 1024;
/** Longer forms are cut into overlapping parts, so that no form is long and a part that is printed alone is found. */
const PART$1 = 256;
const PART_OVERLAP = 16;
const PEM_BORDER = /^-{5}(?:BEGIN|END) [^\r\n]{1,80}-{5}$/;
/**
* Every form of a value that is looked for, each once. Thresholds, in bytes of the value: from 4 as it is, escaped and
* percent-encoded; from 5 in base64; from 6 in hex. Of a multi-line value each line counts from 8 characters.
*/
function toForms(value) {
	const whole = value.slice(0, MOST_VALUE).trim();
	if (whole.length < 4) return [];
	const forms = /* @__PURE__ */ new Map();
	const add = (form) => {
		if (!forms.has(form.bytes)) forms.set(form.bytes, form);
	};
	const lines = toLines(whole);
	for (const line of lines.counted) addWritten(line, add);
	if (lines.counted.length !== 1 || lines.counted[0] !== whole) addWhole(whole, lines.others, add);
	addEncoded(whole, add);
	return [...forms.values()].flatMap(toParts);
}
function toLines(whole) {
	if (!/[\r\n]/.test(whole)) return {
		counted: [whole],
		others: []
	};
	const all = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
	return {
		counted: all.filter((line) => line.length >= LEAST_LINE && !PEM_BORDER.test(line)),
		others: all.filter((line) => line.length < LEAST_LINE && /\w/.test(line))
	};
}
/** A multi-line value: written into one line by some escape, and as it is when its lines would not all be found. */
function addWhole(whole, shortLines, add) {
	for (const spelling of toEscapedSpellings(whole)) if (!/[\r\n]/.test(spelling)) add(toForm(toBytes(spelling), "encoded_value"));
	if (shortLines.length === 0 || whole.length > MOST_WHOLE) return;
	const unix = whole.replaceAll(/\r\n?/g, "\n");
	add(toForm(toBytes(unix), "known_value"));
	add(toForm(toBytes(unix.replaceAll("\n", "\r\n")), "encoded_value"));
}
function addWritten(text, add) {
	add(toForm(toBytes(text), "known_value"));
	for (const spelling of toEscapedSpellings(text)) add(toForm(toBytes(spelling), "encoded_value"));
}
function addEncoded(whole, add) {
	const bytes = Buffer.from(whole);
	for (const form of toBase64Forms(bytes)) add(form);
	if (whole.length > MOST_SMALL) return;
	for (const form of toHexForms(bytes)) add(form);
	const wide = Buffer.from(whole, "utf16le");
	add(toForm(wide.toString("latin1"), "encoded_value"));
	for (const form of toBase64Forms(wide)) add({
		...form,
		leastPiece: 0
	});
}
function toForm(bytes, kind) {
	return {
		bytes,
		kind,
		leastPiece: 0,
		pieceStep: 0,
		spill: 0
	};
}
function toBytes(text) {
	return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}
function toParts(form) {
	if (form.bytes.length <= PART$1) return [form];
	const parts = [];
	for (let from = 0; from + PART_OVERLAP < form.bytes.length; from += 240) {
		const bytes = form.bytes.slice(from, from + PART$1);
		const isLast = from + PART$1 >= form.bytes.length;
		parts.push({
			...form,
			bytes,
			spill: (from === 0 ? form.spill & 1 : 0) | (isLast ? form.spill & 2 : 0)
		});
	}
	return parts;
}

// src/redaction/byte-window.ts
/** Readable bytes behind the last valid one, for scanners that look ahead by a word. */
const SLACK = 16;
const FIRST_CAPACITY = 512;
function makeByteWindow(capacity = FIRST_CAPACITY) {
	const memory = /* @__PURE__ */ new ArrayBuffer(Math.ceil(capacity / 4) * 4 + SLACK & -4);
	return {
		bytes: Buffer.from(memory),
		words: new Int32Array(memory),
		length: 0
	};
}
/** Appends in place; grows by doubling, so that a line that comes byte by byte costs its length and no more. */
function append(window, data) {
	const needed = window.length + data.length;
	if (needed + SLACK > window.bytes.length) {
		const grown = makeByteWindow(Math.max(needed, window.bytes.length * 2));
		window.bytes.copy(grown.bytes, 0, 0, window.length);
		window.bytes = grown.bytes;
		window.words = grown.words;
	}
	window.bytes.set(data, window.length);
	window.length = needed;
}
/** Forgets the first `count` bytes. */
function dropFront(window, count) {
	window.bytes.copyWithin(0, count, window.length);
	window.length -= count;
}

// src/redaction/match.ts
/** Bounds that the matchers keep and the stream relies on. */
const bounds = {
	/** No pattern or value reaches further than this from where its search begins. */
	lookAhead: 16384,
	/** No look-behind reaches further than this. */
	lookBehind: 512
};

// src/redaction/line-rules.ts
const PIECE = bounds.lookAhead;
/** No match of a user's rule is longer, where a line is longer than a piece. */
const OVERLAP = 4096;
/** A pattern is written in characters and run over bytes: what is not ASCII in it is looked for as UTF-8. */
function makeLineRule(source, identity) {
	return {
		pattern: new RegExp(Buffer.from(source).toString("latin1"), "g"),
		identity
	};
}
/**
* Runs the rules over the lines and pieces that are complete.
* @param text the window as latin1
* @param position of the stream; `next` is where the piece to look at begins
* @returns where bytes must be kept from, because a piece that is not complete begins there
*/
function matchLines(rules, window, text, position, isFinal, matches) {
	if (rules.length === 0) return window.length;
	while (position.next < window.length) {
		const lineEnd = toLineEnd$1(window, position.next, position.next + PIECE);
		const isWhole = lineEnd < window.length && lineEnd < position.next + PIECE;
		if (!isWhole && !isFinal && window.length < position.next + PIECE) break;
		const end = Math.min(lineEnd, window.length);
		for (const rule of rules) matchPiece(rule, text.slice(position.next, end), position.next, matches);
		if (isWhole) position.next = end + 1;
		else if (end === window.length && isFinal) position.next = end;
		else position.next = end - OVERLAP;
	}
	return position.next;
}
function matchPiece(rule, piece, offset, matches) {
	for (const found of piece.matchAll(rule.pattern)) {
		const start = offset + found.index;
		if (found[0] !== "") matches.push({
			at: -1,
			start,
			end: start + found[0].length,
			identity: rule.identity
		});
	}
}
function toLineEnd$1({ bytes, length }, from, most) {
	const last = Math.min(length, most);
	for (let at = from; at < last; at++) if (bytes[at] === 10 || bytes[at] === 13) return at;
	return last;
}

// src/redaction/gram-table.ts
const FOLD = 538976288;
const MIX = 2654435761;
const MIX_NEXT = 2246822507;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The gram of four byte values. */
function toGram(a, b, c, d) {
	return a | b << 8 | c << 16 | d << 24 | FOLD;
}
/**
* A set of grams behind a bitmap. The bitmap decides the speed: one load for each two bytes of input, whatever the number
* of patterns. It grows with their number, from 64 KiB to what a second-level cache holds; what passes it is looked up
* together with the bytes that follow.
* @param capacity how many grams will be added at most
*/
function makeGramTable(capacity) {
	const bitmap = makeBitmap(capacity);
	const entries = makeEntries(capacity);
	return {
		add(gram, pattern, offset, next) {
			const hash = Math.imul(gram, MIX);
			bitmap.bits[hash >>> bitmap.shift >>> 5] |= 1 << (hash >>> bitmap.shift);
			entries.add(gram, next, pattern, offset);
		},
		isTaken(gram) {
			const bit = Math.imul(gram, MIX) >>> bitmap.shift;
			return (bitmap.bits[bit >>> 5] >>> bit & 1) === 1;
		},
		scan(words, from, to, found) {
			const input = LITTLE_ENDIAN ? words : toLittleEndian(words);
			const { bits, shift } = bitmap;
			const last = to + 3 >> 2;
			let word = input[from >> 2] | FOLD;
			for (let index = from >> 2; index < last; index++) {
				const next = input[index + 1] | FOLD;
				const between = word >>> 16 | next << 16;
				const bit = Math.imul(word, MIX) >>> shift;
				const bitBetween = Math.imul(between, MIX) >>> shift;
				const isKnown = bits[bit >>> 5] >>> bit;
				const isKnownBetween = bits[bitBetween >>> 5] >>> bitBetween;
				if (((isKnown | isKnownBetween) & 1) !== 0) {
					if ((isKnown & 1) !== 0) entries.find(word, next, index << 2, found);
					if ((isKnownBetween & 1) !== 0) entries.find(between, next >>> 16 | (input[index + 2] | FOLD) << 16, (index << 2) + 2, found);
				}
				word = next;
			}
		}
	};
}
/** 24 bits or more for each gram, so that 4 % of other windows pass at most. */
function makeBitmap(capacity) {
	const log = Math.min(22, Math.max(19, 32 - Math.clz32(capacity * 12)));
	return {
		bits: new Int32Array(2 ** (log - 5)),
		shift: 32 - log
	};
}
/** Chains of what was added, those with a known follower apart from those without. */
function makeEntries(capacity) {
	const shift = 32 - Math.min(20, Math.max(10, 33 - Math.clz32(capacity)));
	const narrowHeads = new Int32Array(2 ** (32 - shift));
	const wideHeads = new Int32Array(2 ** (32 - shift));
	const wide = makeBitmap(capacity);
	const grams = new Int32Array(capacity + 1);
	const followers = new Int32Array(capacity + 1);
	const patterns = new Int32Array(capacity + 1);
	const offsets = new Int16Array(capacity + 1);
	const chain = new Int32Array(capacity + 1);
	let count = 0;
	return {
		add(gram, next, pattern, offset) {
			const hash = next === void 0 ? Math.imul(gram, MIX) : mixBoth(gram, next);
			const heads = next === void 0 ? narrowHeads : wideHeads;
			if (next !== void 0) wide.bits[hash >>> wide.shift >>> 5] |= 1 << (hash >>> wide.shift);
			const entry = ++count;
			grams[entry] = gram;
			followers[entry] = next ?? 0;
			patterns[entry] = pattern;
			offsets[entry] = offset;
			chain[entry] = heads[hash >>> shift];
			heads[hash >>> shift] = entry;
		},
		find(gram, next, at, found) {
			for (let entry = narrowHeads[Math.imul(gram, MIX) >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram) found(patterns[entry], at - offsets[entry], offsets[entry]);
			const hash = mixBoth(gram, next);
			if ((wide.bits[hash >>> wide.shift >>> 5] >>> (hash >>> wide.shift) & 1) === 0) return;
			for (let entry = wideHeads[hash >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram && followers[entry] === next) found(patterns[entry], at - offsets[entry], offsets[entry]);
		}
	};
}
function mixBoth(gram, next) {
	return Math.imul(Math.imul(gram, MIX) ^ Math.imul(next, MIX_NEXT), MIX);
}
function toLittleEndian(words) {
	const copy = words.slice();
	Buffer.from(copy.buffer).swap32();
	return copy;
}

// src/redaction/literals.ts
/** Grams to add for a literal: two at one place, or 1 + 128 when it is four bytes short. */
const GRAMS_PLAIN = 2;
const GRAMS_SHORT = 129;
const PLACES_TRIED = 8;
/** What the table compares at a place, on either parity. */
const WIDE_BYTES = 2 * 4 + 1;
/** How many grams `register` adds at most. */
function countGrams(literals) {
	let count = 0;
	for (const { bytes, leastPiece, pieceStep } of literals) if (bytes.length < 5) count += GRAMS_SHORT;
	else count += leastPiece === 0 ? GRAMS_PLAIN : 2 * (2 + Math.floor(bytes.length / pieceStep));
	return count;
}
/** Exact comparison of literals, held in one buffer. */
function makeLiteralMatcher(literals) {
	const pool = Buffer.from(literals.map((literal) => literal.bytes).join(""), "latin1");
	const starts = new Int32Array(literals.length + 1);
	for (const [index, literal] of literals.entries()) starts[index + 1] = starts[index] + literal.bytes.length;
	const multiLine = literals.flatMap((literal, index) => /[\r\n]/.test(literal.bytes) ? [index] : []);
	const verify = (window, index, start, offset, matches) => {
		const from = starts[index];
		const size = starts[index + 1] - from;
		if (start >= 0 && start + size <= window.length) {
			const { bytes } = window;
			let same = 0;
			while (same < size && bytes[start + same] === pool[from + same]) same++;
			if (same === size) {
				const { spill, identity } = literals[index];
				const end = spillRight(window, start + size, spill);
				matches.push({
					at: start,
					start: spillLeft(window, start, spill),
					end,
					identity
				});
				return;
			}
		}
		const literal = literals[index];
		if (literal.leastPiece === 0) return;
		const piece = verifyPiece(window, pool, from, start, toPlace(literal, offset), literal);
		if (piece !== void 0) matches.push(piece);
	};
	return {
		register(table, firstPattern) {
			for (const [index, literal] of literals.entries()) registerLiteral(table, firstPattern + index, literal, pool.subarray(starts[index], starts[index + 1]));
		},
		verify,
		openFrom(window, from, end) {
			let open = end;
			for (const index of multiLine) {
				const text = pool.subarray(starts[index], starts[index + 1]);
				for (let size = text.length - 1; size > 0; size--) {
					if (text[size - 1] !== 10 && text[size - 1] !== 13) continue;
					const start = end - size;
					if (start >= from && start < open && text.compare(window.bytes, start, end, 0, size) === 0) open = start;
				}
			}
			return open;
		},
		hasMultiLine: multiLine.length > 0
	};
}
function registerLiteral(table, pattern, literal, text) {
	if (text.length < 5) {
		table.add(toGram(text[0], text[1], text[2], text[3]), pattern, 0);
		for (let any = 0; any < 256; any++) if ((any & 32) !== 0) table.add(toGram(text[1], text[2], text[3], any), pattern, 1);
		return;
	}
	if (literal.leastPiece === 0) {
		registerAt(table, pattern, text, rarestPlace(table, text));
		return;
	}
	const last = toLastPlace(text.length);
	for (let place = 0; place < last - 1; place += literal.pieceStep) registerAt(table, pattern, text, place);
	registerAt(table, pattern, text, last);
}
function registerAt(table, pattern, text, place) {
	for (let at = place; at <= place + 5 - 4; at++) {
		const isWide = at + 2 * 4 <= text.length;
		table.add(gramAt(text, at), pattern, at, isWide ? gramAt(text, at + 4) : void 0);
	}
}
/** The last place with a gram and its follower on either parity; in a short text, with a gram alone. */
function toLastPlace(size) {
	return Math.max(0, size - (size < WIDE_BYTES ? 5 : WIDE_BYTES));
}
/** The place that `registerAt` noted `offset` for. */
function toPlace({ bytes, pieceStep }, offset) {
	const last = toLastPlace(bytes.length);
	return offset >= last ? last : offset - offset % pieceStep;
}
/**
* A place whose grams no other literal has and ordinary text seldom has: a thousand values that begin with the same
* `https://` would otherwise all be compared wherever one is printed.
*/
function rarestPlace(table, text) {
	const last = toLastPlace(text.length);
	const step = Math.max(1, Math.floor(last / PLACES_TRIED));
	let best = 0;
	let least = Number.POSITIVE_INFINITY;
	for (let place = 0; place <= last; place += step) {
		let cost = (table.isTaken(gramAt(text, place)) ? 20 : 0) + (table.isTaken(gramAt(text, place + 1)) ? 20 : 0);
		for (let at = place; at < place + 5; at++) cost += COMMONNESS[text[at]];
		if (cost < least) {
			least = cost;
			best = place;
		}
	}
	return best;
}
function gramAt(text, at) {
	return toGram(text[at], text[at + 1], text[at + 2], text[at + 3]);
}
const COMMONNESS = /* @__PURE__ */ new Uint8Array(256);
for (const char of "bfghjkmpqvwxyz3456789") COMMONNESS[char.charCodeAt(0)] = 1;
for (const char of " etaoinsrhldcu/.:-_012=") COMMONNESS[char.charCodeAt(0)] = 2;
/**
* A long enough part of a literal, each side of it either the literal's own end or cut where the text stops being
* base64: a line break of wrapped output, a quote, the end. It must hold every byte that the table compares at the noted place, so that the
* parity of the sampled windows never decides.
*/
function verifyPiece(window, pool, from, start, place, literal) {
	const { bytes, length } = window;
	const size = literal.bytes.length;
	const first = Math.max(0, -start);
	const last = Math.min(size, length - start);
	let left = place;
	let right = place;
	while (left > first && bytes[start + left - 1] === pool[from + left - 1]) left--;
	while (right < last && bytes[start + right] === pool[from + right]) right++;
	if (right < Math.min(size, place + WIDE_BYTES) || right - left < literal.leastPiece) return void 0;
	if (left > 0 && !isCutBefore(window, start + left)) return void 0;
	if (right < size && start + right < length && isBase64Byte(bytes[start + right])) return void 0;
	return {
		at: start + left,
		start: left === 0 ? spillLeft(window, start, literal.spill) : start + left,
		end: right === size ? spillRight(window, start + right, literal.spill) : start + right,
		identity: literal.identity
	};
}
function isCutBefore({ bytes }, at) {
	if (at <= 0 || !isBase64Byte(bytes[at - 1])) return true;
	return at > 1 && bytes[at - 2] === BACKSLASH && (bytes[at - 1] === LETTER_N || bytes[at - 1] === LETTER_R);
}
const BACKSLASH = 92;
const LETTER_N = 110;
const LETTER_R = 114;
const EQUALS = 61;
function spillLeft(window, start, spill) {
	return (spill & 1) !== 0 && start > 0 && isBase64Byte(window.bytes[start - 1]) ? start - 1 : start;
}
function spillRight(window, end, spill) {
	if ((spill & 2) === 0) return end;
	let at = end;
	if (at < window.length && isBase64Byte(window.bytes[at])) at++;
	while (at < Math.min(window.length, end + 3) && window.bytes[at] === EQUALS) at++;
	return at;
}

// src/redaction/rule-matcher.ts
/** Finds the anchors of shapes. */
function makeRuleMatcher(shapes) {
	const anchors = shapes.flatMap((shape, index) => shape.anchors.map((anchor) => toListed(anchor, shape, index)));
	return {
		register(table, firstPattern) {
			for (const [index, anchor] of anchors.entries()) registerAnchor(table, firstPattern + index, anchor);
		},
		verify({ bytes, length }, index, at, sightings) {
			const anchor = anchors[index];
			if (at < 0 || at + anchor.bytes.length > length) return;
			for (let offset = 0; offset < anchor.bytes.length; offset++) {
				const byte = bytes[at + offset];
				if ((anchor.ignoreCase ? toLower(byte) : byte) !== anchor.bytes[offset]) return;
			}
			if (anchor.followedBy.length > 0 && !anchor.followedBy.includes(bytes[at + anchor.bytes.length])) return;
			sightings.push({
				at,
				shape: anchor.shape
			});
		}
	};
}
/** How many grams `register` adds. */
function countAnchorGrams(shapes) {
	let count = 0;
	for (const [index, shape] of shapes.entries()) for (const anchor of shape.anchors) for (const { classes } of toWindows(toListed(anchor, shape, index))) count += classes.reduce((product, bytes) => product * bytes.length, 1);
	return count;
}
/**
* Tries a shape where its anchor stands. A line of `password=password=...` must not cost its square: an anchor inside
* the last match of the same shape is passed over.
* @param text the window as latin1
*/
function matchShape(shape, index, text, at, ends) {
	if (at < ends[index]) return void 0;
	const { pattern } = shape;
	pattern.lastIndex = at;
	const found = pattern.exec(text);
	if (found === null) return void 0;
	const all = at + found[0].length;
	const start = all - (found.findLast((group) => group !== void 0) ?? found[0]).length;
	const end = shape.narrow === void 0 ? all : shape.narrow(text, start, all);
	if (end <= start) return void 0;
	if (shape.opensBlock !== true) ends[index] = end;
	return {
		at,
		start,
		end,
		identity: index
	};
}
function toListed(anchor, shape, index) {
	const { text, followedBy = "", precededBy = "" } = typeof anchor === "string" ? { text: anchor } : anchor;
	return {
		bytes: Buffer.from(text, "latin1"),
		precededBy: [...Buffer.from(precededBy, "latin1")],
		followedBy: [...Buffer.from(followedBy, "latin1")],
		ignoreCase: shape.ignoreCase === true,
		shape: index
	};
}
function registerAnchor(table, pattern, anchor) {
	for (const { offset, classes } of toWindows(anchor)) {
		const [first, second, third, fourth] = classes;
		for (const a of first) for (const b of second) for (const c of third) for (const d of fourth) table.add(toGram(a, b, c, d), pattern, offset);
	}
}
/** The bytes that can stand, case folded, in the windows at the first two places of an anchor and its neighbours. */
function toWindows({ bytes, precededBy, followedBy }) {
	const classes = [...bytes.subarray(0, 5)].map((byte) => [byte | FOLDED]);
	const first = precededBy.length > 0 ? -1 : 0;
	if (precededBy.length > 0) classes.unshift(toFolded(precededBy));
	const following = classes.length < 5 ? toFolded(followedBy) : [];
	while (classes.length < 5 && following.length > 0) classes.push(following);
	return [0, 1].map((place) => {
		const [a, b, c, d] = classes.slice(place, place + 4);
		if (a === void 0 || b === void 0 || c === void 0 || d === void 0) throw new RangeError(`the anchor ${bytes.toString("latin1")} is too short to be looked for`);
		return {
			offset: first + place,
			classes: [
				a,
				b,
				c,
				d
			]
		};
	});
}
function toFolded(bytes) {
	return [...new Set(bytes.map((byte) => byte | FOLDED))];
}
const FOLDED = 32;
function toLower(byte) {
	return byte >= 65 && byte <= 90 ? byte | FOLDED : byte;
}

// src/redaction/judge.ts
/** A placeholder, a reference or a word that says what is missing: no credential, whatever it stands after. */
const PLACEHOLDER = /^(?:\$[\w{(@*?].*|%[\w{(].*|#?\{\{.*|<.*|\*{2,}|\.{2,}|x{3,}|-+|_+|\?+|\[redacted.*|\[(?:hidden|masked|filtered|secret|removed|omitted)\].*|\(.*|@.{0,2}|[[{(<|>&*!]+[-+]?|%s|\{\w*\}.*)$/is;
const CODE = /^!?&?(?:(?:os|sys|process|system|env|environ|std|self|this|config|cfg|settings|options|opts|args|argv|props|params|secrets?|vars?|inputs?|ctx|context|req|request|res|response|data|user|client|await|new|rails|app|vault|import|require|getenv|lambda|function|typeof)\b[.\s([:>?!]|[A-Za-z_$][A-Za-z_$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][A-Za-z_$]*){1,8}[;,)\]]*$)/;
const PLAIN_PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[\w.@-]{1,40}[\\/]){1,12}[\w.@-]{0,40}$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^@]*$/i;
/** What tools say of a credential, and the types that code gives it. */
const PROSE = new Set("true false yes no on off null none nil undefined empty blank unset set missing required optional invalid valid expired expires revoked rejected accepted unknown unexpected expected present absent found ok okay failed failure passed success done error warning hidden masked filtered redacted removed omitted secret secrets password passwords token tokens passphrase pass credentials credential key keys value string str text number integer int bool boolean object array bytes any unknown void never default disabled enabled must should cannot may is are was not the a an and or of for from to with without please enter use see run skip skipped skipping reset resets changed created updated deleted generated stored using provided given description type name id identifier punctuation eof end start auth bearer basic jwt oauth oauth2 n/a na tbd todo".split(" "));
const SELF = /^(?:(?:my|the|your|new|old|current|user|db|api|access|auth|client|github|gitlab|npm|refresh|id|csrf|session)[ _-]?)*(?:passw(?:or)?d|passwd|passphrase|secret|token|api[_-]?key|key|credentials?|pwd|pass)s?$/i;
const STRUCTURAL = /[)\]}>,;]$/;
/** A header or a flag: anything there is a credential unless it is a placeholder. */
function narrowLoose(text, start, end) {
	const value = text.slice(start, end);
	return PLACEHOLDER.test(value) || PROSE.has(value.toLowerCase()) ? -1 : end;
}
/** After a word that is also used in prose ("bearer authentication"): only what no word looks like. */
function narrowRandom(text, start, end) {
	const value = text.slice(start, end);
	return isMixed(value) && !PLACEHOLDER.test(value) ? end : -1;
}
/** After `key =` or `key:`, where code, prose and prompts also stand. */
function narrowAssignment(text, start, end) {
	const opener = text.charAt(start - 1);
	const isQuoted = opener === "\"" || opener === "'" || opener === "`";
	const last = isQuoted ? end : withoutClosers(text, start, end);
	const value = text.slice(start, last);
	if (value === "") return -1;
	if (value.length > 200) return last;
	if (PLACEHOLDER.test(value) || PLAIN_PATH.test(value) || PLAIN_URL.test(value)) return -1;
	const bare = value.toLowerCase().replace(/[.!?,:]+$/, "");
	if (PROSE.has(bare) || SELF.test(bare)) return -1;
	const key = text.slice(Math.max(0, start - 80), start);
	if (!isQuoted && (CODE.test(value) || isCall(text, value, last))) return -1;
	if (/(?:^|[^A-Za-z0-9_;"-])(?:OLD)?PWD[ \t]*[=:][ \t]*["']?$/.test(key)) return -1;
	if (isQuoted) return /\s/.test(value) && isSentence(value) ? -1 : last;
	return isBareCredential(text, key, value, last) ? last : -1;
}
/** True when the command stands on the same line, not far before. */
function isCommandBefore(text, at, command) {
	const before = text.slice(Math.max(0, at - 400), at);
	return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1).includes(command);
}
function isBareCredential(text, key, value, end) {
	const isPassword = /(?:pass|pwd)/i.test(key.slice(-24));
	if (/^[-+]?\d[\d.,_%]*(?:ms|s|m|h|d|k|kb|mb|b)?$/i.test(value)) return isPassword ? value.length >= 4 : value.length >= 16;
	if (/(?::|>)[ \t]*$/.test(key) && !/^(?:[ \t]{0,8}(?:$|[\r\n#<,;}\])"'&|\\]|--|-[a-z])|$)/.test(text.slice(end, end + 12))) return isMixed(value);
	const isAfterColon = /:[ \t]{1,8}$/.test(key);
	if (isAfterColon && /^[[{(]/.test(value)) return false;
	if (!isAfterColon || !/^[A-Z]?[a-z]+(?:[-_'][a-z]+)*[.!?:]*$/.test(value)) return true;
	return /(?:^|[\r\n])[ \t]*(?:- )?[\w.-]*(?:pass\w*|pwd|secret|key)["']?:[ \t]+$/i.test(key);
}
/** Two kinds of characters at least, as generated values have, and more than a short word. */
function isMixed(value) {
	return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}
/** A message about a credential, which a passphrase of words hardly looks like. */
function isSentence(value) {
	return /^[A-Z]?[a-z',]+(?: [A-Za-z0-9',()-]+){2,}[.!?:]?$/.test(value) && /\b(?:must|should|cannot|can|is|are|was|be|the|your|please|not|invalid|required|to|for|of|at)\b/i.test(value);
}
/** `getToken(...)`, or what is left of it before a quote or a space: `os.environ[`. */
function isCall(text, value, end) {
	if (/^[A-Za-z_$][\w$.]*$/.test(value)) return /[([]/.test(text.charAt(end));
	return /^[A-Za-z_$][\w$.:>-]*[([](?:.*[)\]][;,)\]}]*)?$/.test(value);
}
/** `{token: abc}` and `f(password=abc)` go on after the value. */
function withoutClosers(text, start, end) {
	let last = end;
	while (last > start && STRUCTURAL.test(text.slice(last - 1, last))) {
		const opener = {
			")": "(",
			"]": "[",
			"}": "{",
			">": "<"
		}[text.charAt(last - 1)];
		if (opener !== void 0 && text.slice(start, last).includes(opener)) break;
		last--;
	}
	return last;
}

// src/redaction/rules.ts
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALNUM = LETTERS + LETTERS.toUpperCase() + DIGITS;
const WORD = `${ALNUM}_-`;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
/** Group: an optional quote as it stands in text, in a JSON string, or in a JSON string inside a JSON string. */
const QUOTE = String.raw`(?:\\{0,3}["'\x60])?`;
/** The words that name a credential when they end a key. */
const KEY_WORD = "pass(?:word|wd|phrase|code)|_pass|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|(?:api|access|private|encryption|signing|account|shared[_-]?access|master|auth|license)[_-]?key|credentials?|_auth";
const SPACE = String.raw`[ \t]`;
/** Between key and value: `=`, `:`, `=>`, `:=`, the end of an XML start tag, or a space after a `--flag`. */
const OPERATOR = `(?:${SPACE}{0,8}(?:=>|:=|={1,3}|:)${SPACE}{0,8}|>|(?<=(?<![\\w-])--?[\\w-]{0,64})${SPACE}{1,4}(?!-))`;
/** A value in escaped quotes, in quotes, or bare. Quotes that never close end with the line. */
const VALUE = String.raw`(?:\\{1,3}["']([^"'\\\r\n]{1,1024})|"((?:\\[^\r\n]|[^"\\\r\n]){1,1024})|'((?:\\[^\r\n]|[^'\\\r\n]){1,1024})|` + String.raw`\x60([^\x60\r\n]{1,1024})|((?:[^\s"'\x60,;&<]|<(?![/!?A-Za-z])|,(?=[^\s"'\x60,])){1,1024}))`;
/** What can come after a key word for its value to be one; most words in prose end here. */
const AFTER_KEY = "=:>\"'`\\] 	";
const KEY_ANCHORS = "password passwd passphrase passcode token credential credentials _auth _pass apikey accesskey privatekey encryptionkey signingkey accountkey masterkey authkey licensekey sharedaccesskey api_key api-key access_key access-key private_key private-key encryption_key encryption-key signing_key signing-key account_key account-key master_key master-key auth_key auth-key license_key license-key".split(" ").map((text) => ({
	text,
	followedBy: AFTER_KEY
}));
/**
* The credential shapes that are always masked. Sources: the token formats that the issuers document and the shapes
* that secret scanners look for. Order matters where two shapes begin at the same byte: the first gives the name.
*/
const SHAPES = [
	{
		id: "private-key",
		anchors: ["-----BEGIN "],
		pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y,
		opensBlock: true
	},
	{
		id: "jwt",
		anchors: [{
			text: "eyJ",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])eyJ[\w-]{8,2048}\.[\w-]{8,8192}(?:\.[\w-]{0,1024}){0,3}/y
	},
	{
		id: "aws-access-key-id",
		anchors: [
			"AKIA",
			"ASIA",
			"ABIA",
			"ACCA"
		].map((text) => ({
			text,
			followedBy: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
		})),
		pattern: /(?<![A-Za-z0-9])A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])/y
	},
	{
		id: "github-token",
		anchors: [
			"ghp_",
			"gho_",
			"ghu_",
			"ghs_",
			"ghr_"
		].map((text) => ({
			text,
			followedBy: ALNUM
		})),
		pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}(?:[._-][\w-]{1,1024}){0,3}/y
	},
	{
		id: "github-token",
		anchors: ["github_pat_"],
		pattern: /github_pat_\w{22,255}/y
	},
	{
		id: "gitlab-token",
		anchors: [
			"glpat-",
			"glrt-",
			"gldt-",
			"glcbt-",
			"glptt-",
			"glft-",
			"glsoat-",
			"gloas-",
			"glimt-",
			"glagent-",
			"glffct-",
			"glwt-"
		],
		pattern: /(?<![A-Za-z0-9])gl[a-z]{2,6}-[\w-]{16,300}(?:\.[\w-]{2,64}){0,3}/y
	},
	{
		id: "gitlab-token",
		anchors: ["GR1348941"],
		pattern: /GR1348941[\w-]{20,64}/y
	},
	{
		id: "slack-token",
		anchors: Array.from("abeoprs", (kind) => `xox${kind}-`).concat("xapp-", "xoxe."),
		pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp|xoxe\.xox[bp])-[A-Za-z0-9-]{10,255}/y
	},
	{
		id: "slack-webhook",
		anchors: ["hooks.slack.com/"],
		pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/+-]{20,200})/y
	},
	{
		id: "discord-webhook",
		anchors: ["/api/webhooks/"],
		pattern: /\/api\/webhooks\/\d{10,24}\/([\w-]{30,128})/y
	},
	{
		id: "stripe-key",
		anchors: [
			"sk_live_",
			"rk_live_",
			"sk_test_",
			"rk_test_",
			"whsec_"
		],
		pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{10,255}/y
	},
	{
		id: "google-api-key",
		anchors: [{
			text: "AIza",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])AIza[\w-]{35}/y
	},
	{
		id: "google-oauth",
		anchors: ["ya29.", "GOCSPX-"],
		pattern: /(?<![\w-])(?:ya29\.|GOCSPX-)[\w-]{20,1024}(?:\.[\w-]{1,64}){0,2}/y
	},
	{
		id: "npm-token",
		anchors: [{
			text: "npm_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,64}/y
	},
	{
		id: "pypi-token",
		anchors: ["pypi-AgE"],
		pattern: /pypi-AgE[\w-]{40,512}/y
	},
	{
		id: "rubygems-key",
		anchors: ["rubygems_"],
		pattern: /rubygems_[a-f0-9]{48}/y
	},
	{
		id: "anthropic-key",
		anchors: ["sk-ant-"],
		pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{16,255}/y
	},
	{
		id: "openai-key",
		anchors: [{
			text: "sk-",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin|service|or-v1)-[\w-]{20,255}|[A-Za-z0-9]{32,128}(?![\w-]))/y
	},
	{
		id: "huggingface-token",
		anchors: [{
			text: "hf_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z]{30,64}(?![A-Za-z0-9_])/y
	},
	{
		id: "azure-storage-key",
		anchors: ["accountkey=", "sharedaccesskey="],
		ignoreCase: true,
		pattern: /(?:account|sharedaccess)key=([A-Za-z0-9+/]{20,172}={0,2})/iy
	},
	{
		id: "azure-sas",
		anchors: ["?sig=", "&sig="],
		pattern: /[?&]sig=([A-Za-z0-9%+/_-]{30,256}={0,2})/y
	},
	{
		id: "sendgrid-key",
		anchors: [{
			text: "SG.",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/y
	},
	{
		id: "twilio-key",
		anchors: [{
			text: "SK",
			followedBy: HEX
		}],
		pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/y
	},
	{
		id: "twilio-auth-token",
		anchors: ["twilio"],
		ignoreCase: true,
		pattern: /twilio[^\r\n]{0,60}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/iy
	},
	{
		id: "digitalocean-token",
		anchors: [
			"dop_v1_",
			"doo_v1_",
			"dor_v1_"
		],
		pattern: /(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{64}/y
	},
	{
		id: "vault-token",
		anchors: [
			"hvs",
			"hvb",
			"hvr"
		].map((text) => ({
			text: `${text}.`,
			followedBy: WORD
		})),
		pattern: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,512}/y
	},
	{
		id: "terraform-token",
		anchors: [".atlasv1."],
		pattern: /\.atlasv1\.([\w-]{40,128})/y
	},
	{
		id: "docker-token",
		anchors: ["dckr_pat_", "dckr_oat_"],
		pattern: /dckr_[po]at_[\w-]{20,128}/y
	},
	{
		id: "age-secret-key",
		anchors: ["AGE-SECRET-KEY-1"],
		pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y
	},
	{
		id: "shopify-token",
		anchors: [
			"shpat_",
			"shpss_",
			"shpca_",
			"shppa_"
		],
		pattern: /shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}/y
	},
	{
		id: "grafana-token",
		anchors: ["glsa_", "glc_e"],
		pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[\w+/=-]{20,400})/y
	},
	{
		id: "linear-key",
		anchors: ["lin_api_"],
		pattern: /lin_api_[A-Za-z0-9]{32,64}/y
	},
	{
		id: "authorization",
		anchors: ["authorization"],
		ignoreCase: true,
		pattern: new RegExp(`authorization${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}(?:(?:bearer|basic|token|digest|negotiate|apikey|ntlm|key|bot|dpop)${SPACE}{1,4})?` + String.raw`([^\s"'\x60,;<>\\]{4,8192}(?:,? ?(?:Credential|SignedHeaders|Signature|response|nonce|username)=(?:"[^"\r\n]{1,512}"|[^\s"'<>]{1,512})){0,8})`, "iy"),
		narrow: narrowLoose
	},
	{
		id: "bearer-token",
		anchors: ["bearer "],
		ignoreCase: true,
		pattern: /(?<![\w-])bearer {1,4}([\w.~+/-]{8,8192}={0,2})/iy,
		narrow: narrowRandom
	},
	{
		id: "cookie",
		anchors: ["cookie"],
		ignoreCase: true,
		pattern: new RegExp(`cookie2?${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}` + String.raw`((?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{1,4096}(?:; ?)?)(?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{0,1024}(?:; ?)?){0,6})`, "iy")
	},
	{
		id: "url-password",
		anchors: [{
			text: "://",
			precededBy: ALNUM,
			followedBy: PRINTABLE
		}],
		pattern: /:\/\/[^\s/?#:@"'<>]{0,255}:([^\s/?#"'<>]{1,512})(?=@)/y,
		narrow: narrowLoose
	},
	{
		id: "docker-auth",
		anchors: ["\"auth\"", "\"identitytoken\""],
		pattern: /"(?:auth|identitytoken)"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=_.-]{8,4096})/y
	},
	{
		id: "curl-user",
		anchors: [
			{
				text: " -u ",
				followedBy: PRINTABLE
			},
			" --user ",
			" --user="
		],
		pattern: /(?: -u | --user[ =])["']?[^\s:"']{1,128}:((?:[^\s"'<]|<(?![/!?A-Za-z])){1,256})/y,
		narrow: (text, start, end) => isCommandBefore(text, start, "curl") ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [{
			text: " -p ",
			followedBy: PRINTABLE
		}],
		pattern: / -p ["']?([^\s"'<-](?:[^\s"'<]|<(?![/!?A-Za-z])){2,256})/y,
		narrow: (text, start, end) => ["login", "sshpass"].some((command) => isCommandBefore(text, start, command)) ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [
			"mysql",
			"sshpass",
			"mariadb"
		],
		pattern: /(?:mysql|mariadb|sshpass)[\w-]{0,16}(?: [^\s|;&]{1,80}){0,6}? -p["']?((?:[^\s"'<]|<(?![/!?A-Za-z])){3,256})/y,
		narrow: narrowLoose
	},
	{
		id: "netrc",
		anchors: ["password "],
		pattern: /(?<=\blogin[ \t]{1,4}[^\s]{1,128}[ \t]{1,4})password[ \t]{1,4}([^\s"'<>]{1,256})/y,
		narrow: narrowLoose
	},
	{
		id: "credential-assignment",
		anchors: [
			...KEY_ANCHORS,
			{
				text: "secret",
				followedBy: `${AFTER_KEY}_-aAkK`
			},
			{
				text: "pwd",
				followedBy: AFTER_KEY
			}
		],
		ignoreCase: true,
		pattern: new RegExp(String.raw`(?:${KEY_WORD})(?:\\{0,3}["'\x60]\]?|\])?${OPERATOR}${VALUE}`, "iy"),
		narrow: narrowAssignment
	}
];

// src/redaction/matcher.ts
/** @param identities those of the built-in shapes first */
function makeMatcher(identities, literals, lineRules) {
	const table = makeGramTable(countGrams(literals) + countAnchorGrams(SHAPES));
	const rules = makeRuleMatcher(SHAPES);
	const values = makeLiteralMatcher(literals);
	rules.register(table, literals.length);
	values.register(table, 0);
	return {
		identities,
		shapes: SHAPES,
		lineRules,
		scan(window, from, to) {
			const matches = [];
			const sightings = [];
			table.scan(window.words, from, to, (pattern, start, offset) => {
				if (pattern < literals.length) values.verify(window, pattern, start, offset, matches);
				else rules.verify(window, pattern - literals.length, start, sightings);
			});
			return {
				matches,
				sightings: sightings.toSorted((a, b) => a.at - b.at || a.shape - b.shape)
			};
		},
		openFrom: (window, from, end) => values.openFrom(window, from, end),
		hasMultiLine: values.hasMultiLine
	};
}

// src/redaction/mask.ts
const RANK = {
	known_value: 0,
	encoded_value: 1,
	pattern: 2
};
/**
* Writes the window from `position.written` to `cut`. Matches that overlap get one marker, named by the one that begins
* first (then: known before encoded before pattern, the longer one, the first listed). The name is therefore settled when
* the marker is written, whatever joins it later.
* @param matches any order; sorted in place
* @param count called once for each marker
* @returns copies: nothing in it is a view of the window
*/
function writeMasked(window, cut, position, matches, identities, count) {
	const parts = [];
	const copyTo = (end) => {
		const from = Math.max(position.written, position.maskedTo);
		if (end > from) parts.push(Buffer.from(window.bytes.subarray(from, end)));
		position.written = Math.max(position.written, end);
	};
	const rank = (match) => RANK[identities[match.identity].match_type];
	matches.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end || a.identity - b.identity);
	for (const { start, end, identity } of matches) {
		if (start >= cut) break;
		if (start >= position.maskedTo) {
			copyTo(start);
			parts.push(identities[identity].marker);
			count(identity);
		}
		position.maskedTo = Math.max(position.maskedTo, end);
	}
	copyTo(cut);
	return parts;
}

// src/redaction/private-key.ts
function makeKeyBlock() {
	return {
		inside: false,
		next: 0,
		maskedTo: 0,
		blanks: 0,
		strangers: 0
	};
}
/** How far behind the begin line the body must show itself. */
const LEAD = 512;
/** Lines of other writers between lines of the body. */
const MOST_STRANGERS = 4;
const MOST_BLANKS = 8;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const END_LINE = /-----END (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const FILLER = /(?:\s|\\[nrt\\]|["'+,`;]|[A-Za-z0-9-]{1,15}: [^\r\n\\]{1,76}(?:\r?\n|\\n)){0,40}/y;
const BODY = /[A-Za-z0-9+/=]{16,}|(?:[A-Za-z0-9+/=]{1,15}(?:\s|\\[nr]){1,4}){1,8}-----END /y;
/** Lines that leave it open whether a body comes. */
const UNDECIDED_LINE = /^[\s"'+]*(?:[A-Za-z0-9-]{1,15}: .*|[A-Za-z0-9+/=]{1,15})?\s*$/;
/** The same with what a log puts in front of each line. */
const PREFIXED_BODY = /\s{0,8}[^\r\n]{1,80}[\s|:>][ \t]{0,8}["']?[A-Za-z0-9+/]{40,}={0,2}["',\\nr+ ]{0,8}[\r\n]/y;
const BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{24,}={0,2}(?:["',;\\+ \t]|\\[nr]){0,12}$/;
const SHORT_BODY_LINE = /^[\s"'+]*(?:[A-Za-z0-9+/]{1,76}={0,2}|=[A-Za-z0-9+/]{4}|[A-Za-z0-9-]{1,15}: ?.{0,76})?(?:["',;+\s]|\\[nr])*$/;
const LONE_BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{48,}={0,2}(?:["',;+ \t]|\\[nr]){0,12}$/;
/**
* Follows the block as far as the text reaches.
* @param begins where the begin lines found in [.., limit) begin and end, ascending
* @param limit lines that begin before it are complete, or have `bounds.lookAhead` bytes
* @param isFinal no more text comes
*/
function followBlock(block, text, begins, limit, isFinal) {
	const step = {
		parts: [],
		holdFrom: limit
	};
	if (block.inside) followLines(block, text, limit, step);
	for (const { start, end } of begins) {
		if (block.inside || start < block.next) continue;
		const body = toBodyStart(text, end, isFinal);
		if (body === "later") {
			step.holdFrom = Math.min(step.holdFrom, start);
			break;
		}
		if (body === "none") continue;
		block.inside = true;
		block.next = end;
		markMasked(block, end);
		step.parts.push({
			start,
			end
		});
		followLines(block, text, limit, step);
	}
	return step;
}
/** Whether a body follows a begin line: some say `BEGIN PRIVATE KEY` and mean no key. */
function toBodyStart(text, from, isFinal) {
	FILLER.lastIndex = from;
	FILLER.test(text);
	BODY.lastIndex = FILLER.lastIndex;
	if (BODY.test(text)) return "body";
	PREFIXED_BODY.lastIndex = from;
	if (PREFIXED_BODY.test(text)) return "body";
	if (isFinal || text.length - from >= LEAD) return "none";
	const [, ...lines] = text.slice(from).split("\n");
	return lines.slice(0, -1).every((line) => UNDECIDED_LINE.test(line)) ? "later" : "none";
}
function followLines(block, text, limit, step) {
	while (block.inside && block.next < limit) {
		const lineEnd = toLineEnd(text, block.next);
		const nextBegin = text.slice(block.next, lineEnd).indexOf(BEGIN);
		const end = nextBegin < 0 ? lineEnd : block.next + nextBegin;
		const line = text.slice(block.next, end);
		const mark = line.includes(END) ? END_LINE.exec(line) : null;
		const start = block.strangers === 0 ? block.maskedTo - 1 : block.next;
		if (nextBegin === 0) block.inside = false;
		else if (mark !== null) {
			const last = block.next + mark.index + mark[0].length;
			step.parts.push({
				start,
				end: last
			});
			block.inside = false;
			block.next = last;
		} else if (line.trim() === "" && block.blanks < MOST_BLANKS) {
			block.blanks++;
			block.next = skipLineEnd(text, end);
		} else if (block.strangers === 0 ? isBodyLine(line) : LONE_BODY_LINE.test(line)) {
			step.parts.push({
				start,
				end
			});
			markMasked(block, end);
			block.next = skipLineEnd(text, end);
		} else if (block.strangers < MOST_STRANGERS) {
			block.strangers++;
			block.next = skipLineEnd(text, end);
		} else block.inside = false;
	}
	if (block.inside && block.strangers === 0) step.holdFrom = Math.min(step.holdFrom, block.maskedTo);
}
function markMasked(block, end) {
	block.maskedTo = end;
	block.blanks = 0;
	block.strangers = 0;
}
function isBodyLine(line) {
	return line.length > 200 ? /^[A-Za-z0-9+/=\\nr"',:;\s]*$/.test(line.slice(0, 4096)) || /\\n[A-Za-z0-9+/]{40}/.test(line.slice(0, 4096)) : BODY_LINE.test(line) || SHORT_BODY_LINE.test(line);
}
function toLineEnd(text, from) {
	const most = Math.min(text.length, from + bounds.lookAhead / 2);
	for (let at = from; at < most; at++) {
		const char = text.charCodeAt(at);
		if (char === 10 || char === 13) return at;
	}
	return most;
}
function skipLineEnd(text, at) {
	const char = text.charCodeAt(at);
	return char === 10 || char === 13 ? at + 1 : at;
}

// src/redaction/stream.ts
/** A line without an end is kept back to this length; then all but `bounds.lookAhead` of it is decided and let go. */
const MOST_HELD = 65536;
/** Larger chunks are taken in parts. */
const PART = 65536;
/**
* Bytes in, redacted bytes out, the same however the stream is cut into chunks. Whole lines are decided at once and let
* go, but for what may be the beginning of a value of several lines or of a private key.
*/
function makeRedactionStream(matcher) {
	const { identities, shapes, lineRules } = matcher;
	const blockShape = shapes.findIndex((shape) => shape.opensBlock);
	const window = makeByteWindow();
	const mask = {
		written: 0,
		maskedTo: 0
	};
	const line = { next: 0 };
	const block = makeKeyBlock();
	const shapeEnds = new Int32Array(shapes.length);
	const counts = /* @__PURE__ */ new Map();
	let carried = [];
	const countOne = (identity) => void counts.set(identity, (counts.get(identity) ?? 0) + 1);
	const settle = ({ limit, ends }) => {
		const from = mask.written;
		const isFinal = ends === "stream";
		let cut = ends === "line" ? matcher.openFrom(window, from, limit) : limit;
		const { matches, sightings } = matcher.scan(window, from, ends === "line" && !matcher.hasMultiLine ? limit : window.length);
		matches.push(...carried);
		if (sightings.length > 0 || block.inside || lineRules.length > 0) {
			const text = window.bytes.toString("latin1", 0, window.length);
			const matchAt = (shape, at) => at < from || at >= cut ? void 0 : matchShape(shapes[shape], shape, text, at, shapeEnds);
			const lineHold = matchLines(lineRules, window, text, line, isFinal, matches);
			if (!isFinal) cut = Math.min(cut, lineHold);
			const begins = sightings.flatMap(({ at, shape }) => shape === blockShape ? matchAt(shape, at) ?? [] : []);
			const step = followBlock(block, text, begins, cut, isFinal);
			for (const part of step.parts) matches.push({
				at: -1,
				...part,
				identity: blockShape
			});
			if (!isFinal) cut = Math.min(cut, step.holdFrom);
			for (const { at, shape } of sightings) {
				const match = shape === blockShape ? void 0 : matchAt(shape, at);
				if (match !== void 0) matches.push(match);
			}
		}
		const parts = writeMasked(window, cut, mask, matches, identities, countOne);
		carried = matches.filter(({ at, end }) => at < cut && end > cut);
		forget(Math.max(0, cut - bounds.lookBehind));
		return parts;
	};
	/** Moves every position with the window. */
	const forget = (count) => {
		if (count === 0) return;
		dropFront(window, count);
		mask.written -= count;
		mask.maskedTo -= count;
		line.next -= count;
		block.next -= count;
		block.maskedTo -= count;
		for (let shape = 0; shape < shapeEnds.length; shape++) shapeEnds[shape] = Math.max(0, shapeEnds[shape] - count);
		for (const match of carried) {
			match.start -= count;
			match.end -= count;
		}
	};
	return {
		push(chunk) {
			const parts = [];
			for (let from = 0; from < chunk.length; from += PART) {
				const known = window.length;
				append(window, chunk.subarray(from, from + PART));
				const lineEnd = toLastLineEnd(window, known);
				if (lineEnd > 0) parts.push(...settle({
					limit: lineEnd,
					ends: "line"
				}));
				if (window.length - mask.written > MOST_HELD) parts.push(...settle({
					limit: window.length - bounds.lookAhead,
					ends: "inside"
				}));
			}
			return parts.length === 1 ? parts[0] : Buffer.concat(parts);
		},
		end() {
			return Buffer.concat(settle({
				limit: window.length,
				ends: "stream"
			}));
		},
		hits() {
			const hits = /* @__PURE__ */ new Map();
			for (const [identity, count] of counts) {
				const { rule_id, match_type } = identities[identity];
				const key = `${match_type} ${rule_id}`;
				hits.set(key, {
					rule_id,
					match_type,
					match_count: count + (hits.get(key)?.match_count ?? 0)
				});
			}
			return [...hits.values()];
		}
	};
}
/** Behind the last line end at or after `from`; 0 when there is none. */
function toLastLineEnd({ bytes, length }, from) {
	for (let at = length - 1; at >= from; at--) if (bytes[at] === 10 || bytes[at] === 13) return at + 1;
	return 0;
}

// src/redaction/redactor.ts
/**
* The redaction of a run. Known values are looked for in every form of encodings.ts, credentials by the built-in shapes
* of rules.ts, and the user's `rules` are run over every line. What is found is replaced by `[redacted:ID]`, ID being
* the secret's name or the rule's id.
* Nothing is compiled before the first byte comes.
* @param options.rules patterns that findPatternFault of lib/safe-pattern.ts has nothing against
*/
function makeRedactor(options) {
	let matcher;
	const getMatcher = () => matcher ??= compile(options.secrets, options.rules);
	return {
		stream: () => makeRedactionStream(getMatcher()),
		text(value) {
			const stream = makeRedactionStream(getMatcher());
			const bytes = Buffer.concat([stream.push(Buffer.from(value)), stream.end()]);
			const hits = stream.hits();
			return {
				text: hits.length === 0 ? value : bytes.toString(),
				hits
			};
		}
	};
}
function compile(secrets, rules) {
	const identities = SHAPES.map(({ id }) => toIdentity(id, "pattern"));
	const lineRules = rules.map(({ id, pattern }) => makeLineRule(pattern, identities.push(toIdentity(id, "pattern")) - 1));
	const literals = [];
	for (const { name, value } of secrets) {
		const known = identities.push(toIdentity(name, "known_value")) - 1;
		const encoded = identities.push({
			...identities[known],
			match_type: "encoded_value"
		}) - 1;
		for (const form of toForms(value)) literals.push(Object.assign(form, { identity: form.kind === "known_value" ? known : encoded }));
	}
	const matcher = makeMatcher(identities, literals, lineRules);
	for (const identity of identities) identity.marker = toHarmlessMarker(matcher, identity.marker);
	return matcher;
}
/** The id keeps JSON, logs and terminals as they were: no quotes, no controls. */
function toIdentity(name, match_type) {
	const rule_id = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_");
	return {
		rule_id,
		match_type,
		marker: Buffer.from(`[redacted:${rule_id}]`)
	};
}
/** A value may be part of its own name: then the marker must not say it. */
function toHarmlessMarker(matcher, marker) {
	return [marker, ...[
		"[redacted]",
		"[***]",
		"[]"
	].map((text) => Buffer.from(text))].find((candidate) => !holdsValue(matcher, candidate)) ?? Buffer.alloc(0);
}
function holdsValue(matcher, text) {
	const window = makeByteWindow(text.length);
	append(window, text);
	return matcher.scan(window, 0, window.length).matches.length > 0;
}

export { MOST_VALUE as n, makeRedactor as t };