// src/lib/relative-path.ts
/**
* What is wrong with a path that must stay below the folder it is relative to, on every system; undefined when nothing
* is. "/" separates. With `glob`, ".." is refused altogether, since a pattern's steps cannot be counted.
*/
function findPathFault(path, options) {
	if (path.trim() === "") return "must not be empty";
	if (/\p{Cc}/u.test(path)) return "must not hold control characters";
	if (path.includes("\\")) return "must be written with \"/\", not \"\\\"";
	if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "must be relative, not absolute";
	if (path.startsWith("~")) return "must be relative; \"~\" is not expanded";
	if (options.glob && /^!(?!\()/.test(path)) return "must say what to take; \"!\" leaves nothing out";
	if (options.glob && /(?:^|[/{},(|])\.\.(?:$|[/{},)|])/.test(path)) return "must not hold \"..\"";
	return toSegments(path) === void 0 ? "must not lead out of the workspace" : void 0;
}
/** The shortest form of a path without a fault: no ".", no "..", no doubled or trailing "/"; "." for the folder itself. */
function normaliseRelativePath(path) {
	return toSegments(path)?.join("/") || ".";
}
/** undefined: the path leads out. */
function toSegments(path) {
	const kept = [];
	for (const segment of path.split("/")) {
		if (segment === "" || segment === ".") continue;
		if (segment !== "..") kept.push(segment);
		else if (kept.pop() === void 0) return void 0;
	}
	return kept;
}

export { normaliseRelativePath as n, findPathFault as t };