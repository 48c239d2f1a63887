// src/lib/json-path.ts
const STEP = /\.([A-Za-z_][A-Za-z0-9_-]{0,200})|\[(0|[1-9][0-9]{0,8})\]|\["([^"\\]{1,200})"\]|\['([^'\\]{1,200})'\]/y;
/**
* The part of JSONPath (RFC 9535) that names exactly one place: `$`, `.name`, `[0]`, `["any name"]` and `['any name']`.
* undefined: the text is no such path.
*/
function parseJsonPath(text) {
	if (!text.startsWith("$")) return void 0;
	const path = [];
	STEP.lastIndex = 1;
	while (STEP.lastIndex < text.length) {
		const match = STEP.exec(text);
		if (match === null) return void 0;
		const [, name, position, double, single] = match;
		path.push(position === void 0 ? name ?? double ?? single ?? "" : Number(position));
	}
	return path;
}
/** What is at a path of a parsed JSON value; undefined: nothing is. */
function selectJson(root, path) {
	let value = root;
	for (const key of path) {
		if (typeof value !== "object" || value === null) return void 0;
		if (Array.isArray(value) !== (typeof key === "number") || !Object.hasOwn(value, key)) return void 0;
		value = Reflect.get(value, key);
	}
	return value;
}

export { selectJson as n, parseJsonPath as t };