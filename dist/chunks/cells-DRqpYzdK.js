import { i as toGraphemes } from "./inert-BfcQbr-O.js";

// src/render/cells.ts
const plainAscii = /^[ -~]*$/;
/** Scripts and blocks that terminals show two columns wide (after Unicode Standard Annex #11, W and F). */
const wide = /^(?:[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Regional_Indicator}{2}|.\uFE0F)/u;
const zero = /^\p{M}+$/u;
/** How many columns of a terminal inert text takes. */
function toCells(text) {
	if (plainAscii.test(text)) return text.length;
	let cells = 0;
	for (const { segment } of toGraphemes(text)) cells += cellsOf(segment);
	return cells;
}
/** Inert text cut to `width` columns, never inside a user-perceived character. */
function clip(text, width) {
	if (text.length <= width && toCells(text) <= width) return text;
	let kept = "";
	let cells = 0;
	for (const { segment } of toGraphemes(text)) {
		cells += cellsOf(segment);
		if (cells > width - 1) return `${kept}…`;
		kept += segment;
	}
	return kept;
}
/** Inert text filled with spaces up to `width` columns. */
function pad(text, width) {
	return text + " ".repeat(Math.max(0, width - toCells(text)));
}
function cellsOf(grapheme) {
	if (wide.test(grapheme)) return 2;
	return zero.test(grapheme) ? 0 : 1;
}

export { pad as n, toCells as r, clip as t };