// src/render/ansi.ts
/** Colours (ECMA-48 SGR). They only repeat what a symbol and a word say already. */
const codes = {
	red: 31,
	green: 32,
	yellow: 33,
	dim: 2,
	bold: 1
};
function makePaint(color) {
	return color ? (tone, text) => `\u001B[${codes[tone]}m${text}\u001B[0m` : (_tone, text) => text;
}

export { makePaint as t };