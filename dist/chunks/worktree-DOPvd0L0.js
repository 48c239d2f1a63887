import { D as string, E as strictObject, O as tuple, S as literal, a as sha256Hex, g as array, h as _enum, r as gitObjectId, t as count, v as boolean } from "./primitives-B201jKT5.js";

// src/schema/worktree.ts
/** How much of a change an observation repeats; the diff itself is the artifact that is its basis. */
const worktreeLimits = {
	changes: 200,
	languages: 60,
	notCompared: 100,
	materials: 200,
	pathChars: 1e3
};
const pathText = string().max(worktreeLimits.pathChars);
/** A checkout at a moment. */
const treeState = strictObject({
	/** HEAD and its tree. */
	commit_sha: gitObjectId,
	tree_sha: gitObjectId,
	/** Paths at which the work tree, ignored files aside, differs from that commit, whatever is staged; null: not known. */
	differing_paths: count.nullable(),
	/** SHA-256 of these paths, sorted by bytes, each followed by NUL; null: not known. */
	differing_paths_sha256: sha256Hex.nullable()
});
const fileChange = strictObject({
	path: pathText,
	/** Of a renamed file. */
	old_path: pathText.nullable(),
	status: _enum([
		"added",
		"modified",
		"deleted",
		"renamed"
	]),
	language: string(),
	/** null: git takes the file for binary. */
	lines_added: count.nullable(),
	lines_removed: count.nullable(),
	/** Before and after, as git writes them, where it changed: 100644, 100755, 120000 (a link), 160000 (a submodule). */
	modes: tuple([string(), string()]).nullable()
});
/** What became of the work tree during the run. */
const diffValue = strictObject({
	outcome: literal("compared"),
	/** What the diff starts from: the work tree as the first step found it; or only the commit, so that it also shows what had changed before. */
	base: _enum(["work_tree", "commit"]),
	before: treeState,
	after: treeState,
	files: strictObject({
		added: count,
		modified: count,
		deleted: count,
		renamed: count,
		binary: count
	}),
	lines_added: count,
	lines_removed: count,
	languages: array(strictObject({
		language: string(),
		files: count,
		lines_added: count,
		lines_removed: count
	})).max(worktreeLimits.languages),
	changes: array(fileChange).max(worktreeLimits.changes),
	changes_left_out: count,
	/** Files that changed, or may have, and are not in the diff. */
	not_compared: array(strictObject({
		path: pathText,
		reason: _enum([
			"too_large",
			"too_many",
			"filter",
			"unreadable",
			"special_file",
			"nested_repository",
			"before_not_kept",
			"not_looked_into"
		])
	})).max(worktreeLimits.notCompared),
	not_compared_left_out: count,
	/** Bytes of the diff that were not kept. */
	diff_bytes_left_out: count,
	/** false: something above is missing or cut: base is commit, a file was not compared, or not all is listed or kept. */
	complete: boolean()
});
/** Why nothing is known: an observation with this value rests on nothing and is informational. */
const worktreeUnknownReasons = [
	"git_not_found",
	"not_a_checkout",
	"no_commit",
	"odd_filter",
	"git_failed",
	"no_room",
	"timed_out",
	"cancelled",
	"process_lost"
];
const worktreeUnknown = strictObject({
	outcome: literal("unknown"),
	reason: _enum(worktreeUnknownReasons)
});
const material = strictObject({
	path: pathText,
	ecosystem: string(),
	/** lockfile: names exact versions; manifest: asks for some; toolchain: pins a tool; image: describes one. */
	role: _enum([
		"lockfile",
		"manifest",
		"toolchain",
		"image"
	]),
	sha256: sha256Hex,
	size_bytes: count
});
/** What the run was made from: files that name dependencies, as they were before the first step. */
const materialsValue = strictObject({
	outcome: literal("listed"),
	/** work_tree: as they lay there. index: as git had them staged, since the work tree's own state was not kept. */
	as_of: _enum(["work_tree", "index"]),
	total: count,
	lockfiles: count,
	ecosystems: array(string()),
	materials: array(material).max(worktreeLimits.materials),
	materials_left_out: count
});

export { worktreeLimits as n, materialsValue as t };