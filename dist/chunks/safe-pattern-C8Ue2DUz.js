// src/lib/char-set.ts
const LATIN_1 = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
let beyond;
/** The characters that a one-character pattern (`a`, `\d`, `[^x-z]`) matches. An impossible class gives the empty set. */
function toCharSet(source) {
	if (source.length === 1 && source !== ".") return 1n << BigInt(Math.min(source.charCodeAt(0), 256));
	let expression;
	try {
		expression = new RegExp(source);
	} catch {
		return 0n;
	}
	beyond ??= Array.from({ length: 65279 }, (_, code) => String.fromCharCode(code + 256)).join("");
	let set = expression.test(beyond) ? 1n << 256n : 0n;
	for (const [code, char] of LATIN_1.entries()) if (expression.test(char)) set |= 1n << BigInt(code);
	return set;
}

// src/lib/pattern-syntax.ts
/** Something that a safe pattern may not hold; the message is for people. */
var PatternFault = class extends Error {};
const MAX_REPEAT = 1e3;
const QUANTIFIER = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/;
/** One character of a class or outside of one, written with a backslash; what is not listed here has other meanings. */
const ESCAPE = /^\\(?:[dDsSwWtnvfr0]|x[0-7][0-9a-fA-F]|u00[0-7][0-9a-fA-F]|[^a-zA-Z0-9])/s;
/** Output is searched as bytes of UTF-8, where any other character is two to four. */
const WHY_ASCII = "the search is for bytes, and other characters have several";
const CLASS = /^\[\^?(?:[^\]\\]|\\.)*\]/s;
/**
* Reads the part of ECMAScript's patterns (ECMA-262, 22.2.1) that is safe to run over text of strangers.
* @throws PatternFault for the rest: unbounded repeats, back-references, lookbehind, named groups, inline flags
*/
function parsePattern(source) {
	let at = 0;
	const rest = () => source.slice(at);
	const take = (text) => {
		const found = source.startsWith(text, at);
		if (found) at += text.length;
		return found;
	};
	const parseChoice = () => {
		const options = [parseSequence()];
		while (take("|")) options.push(parseSequence());
		return options.length === 1 && options[0] !== void 0 ? options[0] : {
			type: "choice",
			options
		};
	};
	const parseSequence = () => {
		const items = [];
		while (at < source.length && source[at] !== "|" && source[at] !== ")") items.push(parseTerm());
		return {
			type: "sequence",
			items
		};
	};
	const parseTerm = () => {
		if (take("^") || take("$") || take("\\b") || take("\\B")) return { type: "assertion" };
		if (take("(?=") || take("(?!")) return {
			type: "assertion",
			body: parseGroup()
		};
		return parseRepeat(parseAtom());
	};
	const parseAtom = () => {
		if (take("(?:")) return parseGroup();
		if (take("(?<=") || take("(?<!")) throw new PatternFault("a lookbehind is not allowed");
		if (take("(?")) throw new PatternFault("of the groups that begin with \"(?\", only \"(?:\", \"(?=\" and \"(?!\" are allowed");
		if (take("(")) return parseGroup();
		return {
			type: "char",
			source: takeChar()
		};
	};
	const parseGroup = () => {
		const body = parseChoice();
		if (!take(")")) throw new PatternFault("a group is not closed by \")\"");
		return body;
	};
	const takeChar = () => {
		const first = source[at] ?? "";
		if (first === "\\") return takeMatch(ESCAPE, explainEscape(source[at + 1] ?? ""));
		if (first === "[") return takeClass();
		if ("*+?".includes(first)) throw new PatternFault(`"${first}" repeats nothing; write "\\${first}" for the character`);
		if ("{}".includes(first)) throw new PatternFault(`"${first}" stands alone; write "\\${first}" for the character`);
		at += 1;
		return first;
	};
	const takeClass = () => {
		const found = takeMatch(CLASS, "a class is not closed by \"]\"");
		if (!isAscii(found) || /\\(?:x[89a-f]|u(?!00[0-7]))/i.test(found)) throw new PatternFault(`a class holds ASCII only: ${WHY_ASCII}`);
		return found;
	};
	const takeMatch = (expression, otherwise) => {
		const [found] = expression.exec(rest()) ?? [];
		if (found === void 0) throw new PatternFault(otherwise);
		at += found.length;
		return found;
	};
	const parseRepeat = (body) => {
		const bounds = takeBounds();
		if (bounds === void 0) return body;
		if (body.type === "char" && !isAscii(body.source)) throw new PatternFault(`"${body.source}" cannot be repeated by itself; put it in (?: ): ${WHY_ASCII}`);
		take("?");
		return {
			type: "repeat",
			body,
			...bounds
		};
	};
	const takeBounds = () => {
		if (take("?")) return {
			min: 0,
			max: 1
		};
		if (take("*")) throw new PatternFault("\"*\" has no bound; write {0,200}");
		if (take("+")) throw new PatternFault("\"+\" has no bound; write {1,200}");
		const match = QUANTIFIER.exec(rest());
		if (match === null) return void 0;
		const [text, least = "", comma, most = ""] = match;
		if (comma !== void 0 && most === "") throw new PatternFault(`"${text}" has no upper bound; write {${least},200}`);
		at += text.length;
		const max = Number(comma === void 0 ? least : most);
		if (max > MAX_REPEAT) throw new PatternFault(`"${text}" repeats more than ${MAX_REPEAT} times`);
		return {
			min: Number(least),
			max
		};
	};
	const tree = parseChoice();
	if (at < source.length) throw new PatternFault("a \")\" closes no group");
	return tree;
}
function isAscii(text) {
	return /^[\0-\x7f]*$/.test(text);
}
function explainEscape(letter) {
	if (/[1-9k]/.test(letter)) return "a back-reference is not allowed";
	if (letter === "x" || letter === "u") return `"\\${letter}" is allowed for ASCII only: ${WHY_ASCII}`;
	if (letter === "") return "a \"\\\" ends the pattern; write \"\\\\\" for the character";
	return `"\\${letter}" is not allowed; a class such as [A-Za-z] says it plainly`;
}

// src/lib/safe-pattern.ts
const MAX_LENGTH = 1e3;
/** A match is held back until it is known to be one, so its length is memory and delay. */
const MAX_WIDTH = 4096;
/** In how many ways a piece of text may be split between parts of the pattern before it is known not to match. */
const MAX_WAYS = 1e4;
/**
* What makes a regular expression unfit to be run over the output of strangers: unbounded or explosive repeats,
* back-references, lookbehind, a match of nothing. undefined: it is safe, and compiles without the flags `u`, `v`, `i`.
* What is accepted takes, for each character of the text, a number of steps that does not depend on the text's length.
*/
function findPatternFault(source) {
	if (source === "") return "must not be empty";
	if (source.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters long`;
	try {
		const { min, max, ways } = weigh(parsePattern(source));
		if (min === 0) return "must not match the empty text";
		if (max > MAX_WIDTH) return `must not match more than ${MAX_WIDTH} characters`;
		if (ways > MAX_WAYS) return "has repeats side by side that match the same characters; put something between them";
		return compiles(source) ? void 0 : "is no regular expression";
	} catch (error) {
		if (error instanceof PatternFault) return error.message;
		throw error;
	}
}
const NOTHING = {
	min: 0,
	max: 0,
	first: 0n,
	chars: 0n,
	ways: 1,
	open: false
};
function weigh(node) {
	switch (node.type) {
		case "char": {
			const set = toCharSet(node.source);
			return {
				min: 1,
				max: 1,
				first: set,
				chars: set,
				ways: 1,
				open: false
			};
		}
		case "assertion": return node.body === void 0 ? NOTHING : {
			...weigh(node.body),
			min: 0,
			first: 0n
		};
		case "repeat": return weighRepeat(weigh(node.body), node.min, node.max);
		case "choice": return weighChoice(node.options.map(weigh));
		default: return weighSequence(node.items.map(weigh));
	}
}
function weighRepeat(body, min, max) {
	if (min > max) throw new PatternFault("the bounds of a repeat are out of order");
	if (max > 1 && body.min === 0) throw new PatternFault("what is repeated must not match the empty text");
	if (max > 1 && body.open) throw new PatternFault("a repeat holds another one that is not fixed, as {3} is, or a choice of parts that begin alike");
	return {
		min: body.min * min,
		max: body.max * max,
		first: body.first,
		chars: body.chars,
		ways: body.ways * (max - min + 1),
		open: body.open || max > min
	};
}
function weighChoice(options) {
	let first = 0n;
	let alike = false;
	for (const option of options) {
		alike ||= option.min === 0 || (first & option.first) !== 0n;
		first |= option.first;
	}
	const ways = options.map((option) => option.ways);
	return {
		min: Math.min(...options.map((option) => option.min)),
		max: Math.max(...options.map((option) => option.max)),
		first,
		chars: options.reduce((set, option) => set | option.chars, 0n),
		ways: alike ? ways.reduce((sum, way) => sum + way, 0) : Math.max(...ways),
		open: alike || options.some((option) => option.open)
	};
}
/** Repeats multiply their ways until something fixed stands between them that the earlier ones cannot match. */
function weighSequence(items) {
	let live = 0n;
	let run = 1;
	let ways = 1;
	let first = 0n;
	let min = 0;
	for (const item of items) {
		if (min === 0) first |= item.first;
		min += item.min;
		const meets = (live & item.chars) !== 0n;
		if (item.ways > 1) {
			run = meets ? run * item.ways : item.ways;
			live = meets ? live | item.chars : item.chars;
		} else if (item.min > 0 && !meets) {
			run = 1;
			live = 0n;
		}
		ways = Math.max(ways, run);
	}
	return {
		min,
		max: items.reduce((sum, item) => sum + item.max, 0),
		first,
		chars: items.reduce((set, item) => set | item.chars, 0n),
		ways,
		open: items.some((item) => item.open)
	};
}
function compiles(source) {
	try {
		RegExp(source);
		return true;
	} catch {
		return false;
	}
}

export { findPatternFault as t };