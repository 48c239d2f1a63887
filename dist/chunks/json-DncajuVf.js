// src/lib/json.ts
/** A JSON object: no array, no null. */
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export { isObject as t };