import { n as toInertLine, t as inertLength } from "./inert-BfcQbr-O.js";

// src/render/defuse.ts
/** U+200B, which inert text cannot hold (inert.ts spells it out), so each one is ours. */
const breaker = "​";
/**
* What GitHub and GitLab make live in text after Markdown is parsed, so that no escape helps: mentions, references
* (#1, GH-1, owner/repo#1, !1, ~label, %milestone, $snippet, &epic, [vulnerability:1]), emoji codes, mathematics,
* web addresses. Closing keywords need one of these to name what they close.
* Source: GitHub "Autolinked references and URLs" and "Writing mathematical expressions"; GitLab "GitLab-specific
* references"; GFM 6.9.
*/
const live = /[@^$](?=\S)|#(?=\d)|GH-(?=\d)|[!~%&](?=[\w"{`])|:(?=\/\/|[\w+-]{1,60}:)|www(?=\.)|\[[a-z_]{2,30}:(?=\S)|(?:mailto|xmpp):/gi;
/** Seven or more hex digits with a letter among them: a commit, to a forge. No piece of it may be one either. */
const commit = /(?<!\w)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/gi;
/**
* Commands of whatever reads a log in which a page is printed (GitHub's runner takes `::error::` at the start of a line
* and `##[error]` anywhere in it, Azure's agent `##vso[...]`), and the beginning of a comment that a publisher would take
* for its own marker.
*/
const command = /^\s*:(?=:)|##(?=\w*\[)|<(?=!--)/g;
/**
* What GitLab reads before it looks for code blocks, whose fences it does not all know there: a quick action at the start
* of a line (`/close`), and the fence of a long quote (`>>>`).
*/
const lineStart = /^\s*(?=\/[a-z_]+(?:\s|$)|>>>\s*$)/i;
/** Breaks with an invisible space whatever a forge would turn into a link, a notification or a picture. */
function defuse(line) {
	return defuseCode(line).replaceAll(live, (match) => match + "​").replaceAll(commit, (match) => match.replaceAll(/.{6}(?=.)/g, `$&${"​"}`));
}
/** The same for text in a code span, in which a forge makes nothing live but which other readers of a page may obey. */
function defuseCode(line) {
	return line.replaceAll(command, (match) => match + "​");
}
/** The same for a line of its own. */
function defuseCodeLine(line) {
	return defuseCode(line).replace(lineStart, (match) => match + "​");
}

// src/render/markdown-inline.ts
/** Characters of an address, before they are percent-encoded. */
const urlLength = 1e3;
/** Inline nodes as GitHub Flavored Markdown, or as HTML. */
function renderInline(nodes, place, lengths) {
	return nodes.map((node) => renderNode(node, place, lengths)).join("");
}
function renderNode(node, place, lengths) {
	switch (node.type) {
		case "text": return place === "html" ? toHtml(node.value, lengths.text) : toMarkdown(node.value, lengths.text);
		case "code": {
			const length = node.whole === true ? inertLength.line : lengths.code;
			return place === "html" ? `<code>${toHtml(node.value, length)}</code>` : toCode(defuseCode(toInertLine(node.value, length)), place === "cell");
		}
		case "strong": {
			const inner = renderInline(node.children, place, lengths);
			return place === "html" ? `<b>${inner}</b>` : `**${inner}**`;
		}
		default: {
			const inner = renderInline(node.children, place, lengths);
			const url = toSafeUrl(node.url);
			if (url === void 0) return inner;
			return place === "html" ? `<a href="${url}">${inner}</a>` : `[${inner}](${url})`;
		}
	}
}
/** CommonMark 2.4 and 2.5: punctuation as backslash escapes, what HTML and tables know as character references. */
function toMarkdown(value, length) {
	return defuse(toInertLine(value, length)).replaceAll(/[\\`*_{}[\]#~^$]/g, String.raw`\$&`).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("|", "&#124;").replace(/^( *)([-+])/, String.raw`$1\$2`).replace(/^( *\d+)([.)])(?= |$)/, String.raw`$1\$2`).replace(/^( *)\//, "$1&#47;").replaceAll(/ {2,}/g, " ").replaceAll("​", "&#8203;");
}
function toHtml(value, length) {
	return defuse(toInertLine(value, length)).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("​", "&#8203;");
}
/** A code span (CommonMark 6.1): a fence longer than any run of backticks inside. No forge makes links in it. */
function toCode(line, isInCell) {
	if (line.trim() === "") return "(empty)";
	const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (run) => run[0].length));
	const fence = "`".repeat(longest + 1);
	const padding = /^[ `]|[ `]$/.test(line) ? " " : "";
	const content = isInCell ? line.replaceAll(/\\(?=\|)/g, `\\${"​"}`).replaceAll("|", String.raw`\|`) : line;
	return fence + padding + content + padding + fence;
}
/**
* Plain http or https without credentials and not too long for a page, with everything that could end a link or an
* attribute percent-encoded.
*/
function toSafeUrl(url) {
	if (!URL.canParse(url)) return void 0;
	const { protocol, username, password, href } = new URL(url);
	if (protocol !== "https:" && protocol !== "http:" || username !== "" || password !== "") return void 0;
	if (href.length > urlLength) return void 0;
	return href.replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/g, (character) => encodeURIComponent(character).replace("'", "%27")).replaceAll(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// src/render/markdown.ts
/** Enough for all that is no attack. */
const usualLengths = {
	text: inertLength.line,
	code: 160
};
const fullDetail = {
	cellLength: 400,
	tableRows: Infinity,
	outside: usualLengths
};
/**
* Blocks as GitHub Flavored Markdown (github.github.com/gfm), each string inert: it can't open or close a structure,
* notify anybody, or load anything. Ends without a line break.
*/
function renderMarkdown(blocks, detail) {
	return blocks.map((block) => renderBlock(block, detail)).join("\n\n");
}
function renderBlock(block, detail) {
	switch (block.type) {
		case "heading": return `${"#".repeat(block.level)} ${renderInline(block.children, "block", detail.outside)}`;
		case "paragraph": return renderInline(block.children, "block", detail.outside);
		case "table": return renderTable(block, detail);
		case "details": return `<details><summary>${renderInline(block.summary, "html", detail.outside)}</summary>\n\n${renderMarkdown(block.children, detail)}\n\n</details>`;
		case "code_block": return renderCodeBlock(block.language, block.lines);
		default: return renderMarker(block.name, block.fields);
	}
}
function renderTable({ columns, rows, reserved = 0 }, detail) {
	const lengths = {
		text: detail.cellLength,
		code: detail.cellLength
	};
	const row = (cells) => `| ${cells.join(" | ")} |`;
	const render = (rows) => rows.map((cells) => row(cells.map((cell) => renderInline(cell, "cell", lengths))));
	const left = rows.length - detail.tableRows;
	const last = Math.min(reserved, left > 0 ? Math.ceil(detail.tableRows / 3) : 0);
	const first = rows.slice(0, Math.min(rows.length, detail.tableRows) - last);
	return [
		row(columns.map(({ title }) => title)),
		row(columns.map(({ align }) => align === "right" ? "---:" : "---")),
		...render(first),
		...left > 0 ? [row(columns.map((_, index) => index === 1 ? `${left} more, in the envelope` : ""))] : [],
		...render(rows.slice(rows.length - last))
	].join("\n");
}
function renderCodeBlock(language, lines) {
	const inert = lines.map((line) => defuseCodeLine(toInertLine(line, inertLength.line)));
	const longest = Math.max(3, ...inert.flatMap((line) => Array.from(line.matchAll(/~+/g), (run) => run[0].length)));
	const fence = "~".repeat(longest + 1);
	return [
		`${fence}${language}`,
		...inert,
		fence
	].join("\n");
}
function renderMarker(name, fields) {
	const members = Object.entries(fields).map(([key, value]) => ` ${toMarkerWord(key)}=${toMarkerWord(value)}`);
	return `<!-- ${toMarkerWord(name)}${members.join("")} -->`;
}
/** Letters, digits and a few signs as they are, the rest percent-encoded, so that `-->` cannot come about. */
function toMarkerWord(value) {
	return encodeURIComponent(value.toWellFormed()).replaceAll(/[!'()*~]|-(?=-)|-$/g, toPercent);
}
function toPercent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// src/render/tree.ts
const text = (value) => ({
	type: "text",
	value
});
const code = (value) => ({
	type: "code",
	value
});
const wholeCode = (value) => ({
	type: "code",
	value,
	whole: true
});
const strong = (...children) => ({
	type: "strong",
	children
});
const link = (url, ...children) => url === void 0 ? children : [{
	type: "link",
	url,
	children
}];
const paragraph = (...children) => ({
	type: "paragraph",
	children
});
const details = (summary, children) => ({
	type: "details",
	summary,
	children
});
/** Facts side by side in one line: `one · two`. */
const dotted = (facts) => facts.flatMap((fact) => [text(" · ")].concat(fact)).slice(1);

export { paragraph as a, wholeCode as c, usualLengths as d, renderInline as f, link as i, fullDetail as l, details as n, strong as o, defuseCodeLine as p, dotted as r, text as s, code as t, renderMarkdown as u };