import * as z from 'zod';
import { count, gitObjectId, sha256Hex } from './primitives.ts';

/** How much of a change an observation repeats; the diff itself is the artifact that is its basis. */
export const worktreeLimits = {
  changes: 200,
  languages: 60,
  notCompared: 100,
  materials: 200,
  pathChars: 1000,
} as const;

const pathText = z.string().max(worktreeLimits.pathChars);

/** A checkout at a moment. */
export const treeState = z.strictObject({
  /** HEAD and its tree. */
  commit_sha: gitObjectId,
  tree_sha: gitObjectId,
  /** Paths at which the work tree, ignored files aside, differs from that commit, whatever is staged; null: not known. */
  differing_paths: count.nullable(),
  /** SHA-256 of these paths, sorted by bytes, each followed by NUL; null: not known. */
  differing_paths_sha256: sha256Hex.nullable(),
});

export const fileChange = z.strictObject({
  path: pathText,
  /** Of a renamed file. */
  old_path: pathText.nullable(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed']),
  language: z.string(),
  /** null: git takes the file for binary. */
  lines_added: count.nullable(),
  lines_removed: count.nullable(),
  /** Before and after, as git writes them, where it changed: 100644, 100755, 120000 (a link), 160000 (a submodule). */
  modes: z.tuple([z.string(), z.string()]).nullable(),
});

/** What became of the work tree during the run. */
export const diffValue = z.strictObject({
  outcome: z.literal('compared'),
  /** What the diff starts from: the work tree as the first step found it; or only the commit, so that it also shows what had changed before. */
  base: z.enum(['work_tree', 'commit']),
  before: treeState,
  after: treeState,
  files: z.strictObject({ added: count, modified: count, deleted: count, renamed: count, binary: count }),
  lines_added: count,
  lines_removed: count,
  languages: z
    .array(z.strictObject({ language: z.string(), files: count, lines_added: count, lines_removed: count }))
    .max(worktreeLimits.languages),
  changes: z.array(fileChange).max(worktreeLimits.changes),
  changes_left_out: count,
  /** Files that changed, or may have, and are not in the diff. */
  not_compared: z
    .array(
      z.strictObject({
        path: pathText,
        reason: z.enum([
          'too_large',
          'too_many',
          'filter',
          'unreadable',
          'special_file',
          'nested_repository',
          'before_not_kept',
          'not_looked_into',
        ]),
      }),
    )
    .max(worktreeLimits.notCompared),
  not_compared_left_out: count,
  /** Bytes of the diff that were not kept. */
  diff_bytes_left_out: count,
  /** false: something above is missing or cut: base is commit, a file was not compared, or not all is listed or kept. */
  complete: z.boolean(),
});
export type DiffValue = z.infer<typeof diffValue>;

/** Why nothing is known: an observation with this value rests on nothing and is informational. */
export const worktreeUnknownReasons = [
  'git_not_found',
  'not_a_checkout',
  'no_commit',
  'odd_filter',
  'git_failed',
  'no_room',
  'timed_out',
  'cancelled',
  'process_lost',
] as const;
export const worktreeUnknown = z.strictObject({
  outcome: z.literal('unknown'),
  reason: z.enum(worktreeUnknownReasons),
});
export type WorktreeUnknown = z.infer<typeof worktreeUnknown>;

export const material = z.strictObject({
  path: pathText,
  ecosystem: z.string(),
  /** lockfile: names exact versions; manifest: asks for some; toolchain: pins a tool; image: describes one. */
  role: z.enum(['lockfile', 'manifest', 'toolchain', 'image']),
  sha256: sha256Hex,
  size_bytes: count,
});
export type Material = z.infer<typeof material>;

/** What the run was made from: files that name dependencies, as they were before the first step. */
export const materialsValue = z.strictObject({
  outcome: z.literal('listed'),
  /** work_tree: as they lay there. index: as git had them staged, since the work tree's own state was not kept. */
  as_of: z.enum(['work_tree', 'index']),
  total: count,
  lockfiles: count,
  ecosystems: z.array(z.string()),
  materials: z.array(material).max(worktreeLimits.materials),
  materials_left_out: count,
});
export type MaterialsValue = z.infer<typeof materialsValue>;
