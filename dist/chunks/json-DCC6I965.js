// src/redaction/json.ts
/** Members whose strings are words of the schema or names that other members refer to, never free text. */
const FIXED_MEMBERS = /* @__PURE__ */ new Set([
	"id",
	"parent_id",
	"needs",
	"kind",
	"type",
	"trigger",
	"when",
	"by",
	"method",
	"shell",
	"format",
	"source",
	"provider",
	"runner_type",
	"basis",
	"env_names",
	"pass_env",
	"secrets",
	"sha256",
	"status",
	"level",
	"requested_at"
]);
const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
* A copy of plain JSON in which every free text has passed the redactor. Words of the schema and digests are left as
* they are: a secret that happens to be `test` must not turn a kind into something that is no kind.
* @returns the copy, and what was replaced where (JSON Pointers, RFC 6901, below `pointer`)
*/
function redactJson(value, redactor, pointer = "") {
	const found = [];
	const walk = (node, at) => {
		if (typeof node === "string") {
			if (OBJECT_ID.test(node)) return node;
			const { text, hits } = redactor.text(node);
			for (const hit of hits) found.push({
				path: at,
				hit
			});
			return text;
		}
		if (Array.isArray(node)) return node.map((item, index) => walk(item, `${at}/${index}`));
		if (typeof node !== "object" || node === null) return node;
		return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, FIXED_MEMBERS.has(key) ? member : walk(member, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)]));
	};
	return {
		value: walk(value, pointer),
		found
	};
}

export { redactJson as t };