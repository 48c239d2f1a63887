import { n as pad, r as toCells, t as clip } from "./cells-DRqpYzdK.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";

// src/render/terminal.ts
/** Rows of cells in aligned columns; the last one is not clipped, so that what it says can be copied whole. */
function toColumns(rows, indent = "  ") {
	const widths = [];
	for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, toCells(cell));
	return rows.map((row) => {
		return `${indent}${row.map((cell, index) => index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)).join("  ")}`.trimEnd();
	});
}
/** Names and values, aligned; what has no value is left out. Values become inert here. */
function toFields(fields, paint) {
	const known = fields.flatMap(([name, value]) => value === null || value === void 0 ? [] : [[name, value]]);
	const width = Math.max(0, ...known.map(([name]) => toCells(name)));
	return known.map(([name, value]) => `  ${paint("dim", pad(name, width))}  ${toInertLine(value)}`);
}
/** A part of a page under its title; nothing when it has no lines. */
function toPart(title, lines, paint) {
	return lines.length === 0 ? [] : [
		"",
		paint("bold", title),
		...lines
	];
}
/** A stranger's text on the rest of a line that is `used` columns full. */
function toRest(text, used, width) {
	return clip(toInertLine(text), Math.max(10, width - used));
}

export { toRest as i, toFields as n, toPart as r, toColumns as t };