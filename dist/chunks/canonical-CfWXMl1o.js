import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";

// node_modules/canonicalize/lib/canonicalize.js
function serializeString(value) {
	if (!value.isWellFormed()) throw new Error("Lone surrogate is not allowed");
	return JSON.stringify(value);
}
function serializePrimitive(value) {
	switch (typeof value) {
		case "number":
			if (isNaN(value)) throw new Error("NaN is not allowed");
			if (!isFinite(value)) throw new Error("Infinity is not allowed");
			return JSON.stringify(value);
		case "string": return serializeString(value);
		case "boolean": return value ? "true" : "false";
		default: return JSON.stringify(value);
	}
}
function enterValue(value, seen) {
	let wrappers = null;
	while (value !== null && typeof value === "object" && typeof value.toJSON === "function") {
		if (seen.has(value)) throw new Error("Circular reference detected");
		seen.add(value);
		(wrappers ??= []).push(value);
		value = value.toJSON();
	}
	if (value instanceof Number || value instanceof String || value instanceof Boolean) value = value.valueOf();
	if (value === null || typeof value !== "object") {
		if (wrappers !== null) for (const wrapper of wrappers) seen.delete(wrapper);
		return serializePrimitive(value);
	}
	if (seen.has(value)) throw new Error("Circular reference detected");
	seen.add(value);
	return {
		container: value,
		keys: Array.isArray(value) ? null : Object.keys(value).sort(),
		index: 0,
		first: true,
		wrappers
	};
}
function canonicalize(object) {
	if (object === null || typeof object !== "object") return serializePrimitive(object);
	const seen = /* @__PURE__ */ new Set();
	const root = enterValue(object, seen);
	if (typeof root !== "object") return root;
	let result = root.keys === null ? "[" : "{";
	const stack = [root];
	outer: while (stack.length > 0) {
		const frame = stack[stack.length - 1];
		const container = frame.container;
		if (frame.keys === null) {
			while (frame.index < container.length) {
				const i = frame.index++;
				if (i > 0) result += ",";
				const element = container[i];
				const value = element === void 0 || typeof element === "symbol" || typeof element === "function" ? null : element;
				if (value === null || typeof value !== "object") {
					result += serializePrimitive(value);
					continue;
				}
				const child = enterValue(value, seen);
				if (typeof child !== "object") {
					result += child === void 0 ? "null" : child;
					continue;
				}
				result += child.keys === null ? "[" : "{";
				stack.push(child);
				continue outer;
			}
			result += "]";
		} else {
			const keys = frame.keys;
			while (frame.index < keys.length) {
				const key = keys[frame.index++];
				const value = container[key];
				if (value === void 0 || typeof value === "symbol" || typeof value === "function") continue;
				if (value === null || typeof value !== "object") {
					if (frame.first) frame.first = false;
					else result += ",";
					result += serializeString(key) + ":" + serializePrimitive(value);
					continue;
				}
				const child = enterValue(value, seen);
				if (child === void 0) continue;
				if (frame.first) frame.first = false;
				else result += ",";
				result += serializeString(key) + ":";
				if (typeof child !== "object") {
					result += child;
					continue;
				}
				result += child.keys === null ? "[" : "{";
				stack.push(child);
				continue outer;
			}
			result += "}";
		}
		seen.delete(container);
		if (frame.wrappers !== null) for (const wrapper of frame.wrappers) seen.delete(wrapper);
		stack.pop();
	}
	return result;
}

// src/lib/canonical.ts
var CanonicalError = class extends CodedError {};
/**
* RFC 8785 (JSON Canonicalization Scheme) text of a plain JSON value. What JSON.stringify and the RFC would alter in
* silence is refused instead: two different values never share a text.
* @throws CanonicalError `not_json` for undefined, functions, symbols, bigints and objects that are no plain objects
* (Date, Map ...); `unsafe_number` for NaN, infinities, -0 and integers beyond 2^53-1; `lone_surrogate` for a string or
* key that is no Unicode text; `too_deep` beyond `limits.jsonDepth`, and so for a cycle.
*/
function toCanonicalJson(value) {
	const copy = { hasOddKeys: false };
	const sorted = toSorted(value, 0, copy);
	const text = copy.hasOddKeys ? canonicalize(value) : JSON.stringify(sorted);
	if (text === void 0) throw new CanonicalError("not_json", "undefined has no RFC 8785 form");
	return text;
}
function toSorted(value, depth, copy) {
	switch (typeof value) {
		case "string":
			assertWellFormed(value);
			return value;
		case "number":
			assertSafeNumber(value);
			return value;
		case "boolean": return value;
		case "object":
			if (value === null) return null;
			if (depth >= limits.jsonDepth) throw new CanonicalError("too_deep", `a value is nested more than ${limits.jsonDepth} levels deep`);
			return Array.isArray(value) ? toSortedArray(value, depth, copy) : toSortedObject(value, depth, copy);
		default: throw new CanonicalError("not_json", `a value of type ${typeof value} has no RFC 8785 form`);
	}
}
function toSortedArray(array, depth, copy) {
	const sorted = [];
	for (let index = 0; index < array.length; index += 1) sorted.push(toSorted(array[index], depth + 1, copy));
	return sorted;
}
function toSortedObject(object, depth, copy) {
	if (!isPlain(object)) throw new CanonicalError("not_json", "an object that is no plain object has no RFC 8785 form");
	const sorted = {};
	for (const key of Object.keys(object).sort()) {
		assertWellFormed(key);
		if (key === "__proto__" || isDigit(key.charCodeAt(0))) copy.hasOddKeys = true;
		const member = toSorted(object[key], depth + 1, copy);
		if (key !== "__proto__") sorted[key] = member;
	}
	return sorted;
}
function isPlain(object) {
	const prototype = Object.getPrototypeOf(object);
	return prototype === Object.prototype || prototype === null;
}
function isDigit(code) {
	return code >= 48 && code <= 57;
}
function assertWellFormed(text) {
	if (!text.isWellFormed()) throw new CanonicalError("lone_surrogate", "a string holds a lone surrogate, which RFC 8785 refuses");
}
function assertSafeNumber(value) {
	if (!Number.isFinite(value) || Object.is(value, -0) || Number.isInteger(value) && !Number.isSafeInteger(value)) throw new CanonicalError("unsafe_number", `${Object.is(value, -0) ? "-0" : value} would not survive JSON; carry it as a string`);
}

export { toCanonicalJson as n, CanonicalError as t };