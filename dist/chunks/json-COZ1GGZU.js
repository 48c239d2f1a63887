// src/log/json.ts
/** Legal in a JSON string, and yet alive: commands of GitHub's runner, and what a terminal obeys or doesn't show. */
const live = /##|[\u007F-\u009F\p{Cf}\p{DI}\p{Zl}\p{Zp}]/gu;
/** The events as NDJSON, one line each: the same values, spelt so that no runner and no terminal obeys them. */
function makeJsonLog(options) {
	return {
		write: (event) => options.write(`${JSON.stringify(event).replaceAll(live, toEscape)}\n`),
		end() {}
	};
}
function toEscape(match) {
	if (match === "##") return String.raw`#\u0023`;
	return match.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0")).map((hex) => `\\u${hex}`).join("");
}

export { makeJsonLog };