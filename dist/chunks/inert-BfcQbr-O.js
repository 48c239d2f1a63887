// src/render/graphemes.ts
let segmenter;
/** The user-perceived characters of a text (UAX #29), one by one. Made when first needed: that takes tens of milliseconds. */
function toGraphemes(text) {
	segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
	return segmenter.segment(text);
}

// src/render/inert.ts
/** Printable, and each UTF-16 unit a character by itself: Latin, punctuation, arrows, symbols. */
const simple = /^[ -~\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u27BF]*$/;
/** Escape sequences of ECMA-48 (CSI, OSC and their like, two-character ones), in their 7-bit and 8-bit forms. */
const escapeSequence = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\r\n]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]*[0-Z\\`-~]/g;
/**
* What acts without being seen: controls, format characters (bidi, zero width, tags), line separators, lone
* surrogates. An emoji's own joiner and variation selector are part of how it looks and stay.
*/
const unseen = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})|(?!\u200D|\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/gu;
/** One user-perceived character may carry any number of marks; with more than this it is an attack on the reader. */
const graphemeUnits = 24;
const inertLength = {
	line: 1e3,
	excerptLines: 20,
	excerptLine: 200
};
/**
* Text of unknown origin as one line that does nothing: escape sequences are taken out, line breaks and tabs become
* spaces, any other invisible character is spelt out, `[U+202E]`. Cut to `length` user-perceived characters; the work
* is bounded by `length`, not by the text, and so are its bytes: at most 2 * `length` UTF-16 units are kept.
*/
function toInertLine(text, length = inertLength.line) {
	const room = length * 8 + 64;
	const isSliced = text.length > room;
	const start = isSliced ? text.slice(0, room) : text;
	if (simple.test(start)) return start.length > length ? `${start.slice(0, length)}…` : start;
	return cut(start.replaceAll(escapeSequence, "").replaceAll(/\r\n|[\t\n\r]/g, " ").replaceAll(unseen, spellOut), length, isSliced);
}
/** The last lines of an output, each inert. Reads at most the last `lines * 4 * width` characters of it. */
function toInertTail(text, lines = inertLength.excerptLines, width = inertLength.excerptLine) {
	const rows = text.slice(-lines * 4 * width).split(/\r?\n|\r/);
	while (rows.at(-1) === "") rows.pop();
	return rows.slice(-lines).map((row) => toInertLine(row.replaceAll("	", "    "), width));
}
function cut(text, length, isSliced) {
	let kept = "";
	let count = 0;
	for (const { segment } of toGraphemes(text)) {
		count += 1;
		if (count > length || kept.length >= 2 * length) return `${kept}…`;
		kept += segment.length > graphemeUnits ? "�" : segment;
	}
	return isSliced ? `${kept}…` : kept;
}
function spellOut(character) {
	const code = character.codePointAt(0) ?? 0;
	if (code < 32) return String.fromCodePoint(9216 + code);
	if (code === 127) return "␡";
	return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

export { toGraphemes as i, toInertLine as n, toInertTail as r, inertLength as t };