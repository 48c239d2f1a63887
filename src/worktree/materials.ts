import { limits } from '../lib/limits.ts';
import { type Material, type MaterialsValue, worktreeLimits } from '../schema/worktree.ts';
import { classifyMaterial } from './material-names.ts';
import { makeObjectHasher } from './object-hashes.ts';
import { openRepository, type Repository } from './repository.ts';
import type { GitProgram } from './run-git.ts';
import type { Snapshot } from './snapshot.ts';
import { makeNulReader, type RawPath, toShownPath } from './status.ts';

export type Materials = {
  asOf: MaterialsValue['as_of'];
  /** By path. */
  materials: Material[];
  /** Files that are not in the list: there are too many, or git does not have them (a partial clone). */
  leftOut: number;
};

/**
 * The lockfiles and manifests of the snapshot, with digests of their content as git stores it (line ends normalised). It
 * asks the snapshot and not the work tree, so steps may run meanwhile.
 * @throws WorktreeError, or the signal's reason
 */
export async function readMaterials(snapshot: Snapshot, program: GitProgram, signal: AbortSignal): Promise<Materials> {
  const { index, state, checkout } = snapshot;
  const repository = await openRepository(program, { cwd: checkout.topLevel, checkout }, signal);
  const found = await listFiles(repository, snapshot);
  const listed = found.slice(0, limits.materialFiles);
  const hasher = makeObjectHasher();
  const input = Buffer.from(listed.map(({ object }) => `${object}\n`).join(''));
  if (listed.length > 0) await repository.stream(index, ['cat-file', '--batch'], { onOutput: hasher.push, input });
  const hashes = hasher.hashes();
  const materials = listed.flatMap(({ path, ecosystem, role }, at): Material[] => {
    const hash = hashes[at];
    return hash ? [{ path: toMaterialPath(path), ecosystem, role, sha256: hash.sha256, size_bytes: hash.size }] : [];
  });
  return {
    asOf: state === 'unknown' ? 'index' : 'work_tree',
    materials,
    leftOut: found.length - materials.length,
  };
}

/** The value of the observation `materials`. */
export function toMaterialsValue({ asOf, materials, leftOut }: Materials): MaterialsValue {
  const shown = toMostTelling(materials).slice(0, worktreeLimits.materials);
  return {
    outcome: 'listed',
    as_of: asOf,
    total: materials.length + leftOut,
    lockfiles: materials.filter(({ role }) => role === 'lockfile').length,
    ecosystems: [...new Set(materials.map(({ ecosystem }) => ecosystem))].toSorted(),
    materials: shown,
    materials_left_out: materials.length + leftOut - shown.length,
  };
}

/** One line for people. */
export function toMaterialsSummary({ total, lockfiles, ecosystems }: MaterialsValue): string {
  if (total === 0) return 'no lockfile or manifest of a known ecosystem';
  const files = `${total} ${total === 1 ? 'file names' : 'files name'} what the run was made from`;
  return `${files}, ${lockfiles} of them ${lockfiles === 1 ? 'a lockfile' : 'lockfiles'} (${ecosystems.join(', ')})`;
}

type Listed = { path: RawPath; object: string } & Pick<Material, 'ecosystem' | 'role'>;

/**
 * From the index: `100644 <id> 0<TAB>path`. Links and submodules have no content of their own. Git lists all files, and
 * the names are looked for here: that many pathspecs would cost it more than all else.
 */
async function listFiles(repository: Repository, { index, pathspecs }: Snapshot): Promise<Listed[]> {
  const listed: Listed[] = [];
  const reader = makeNulReader((line) => {
    const tab = line.indexOf('\t');
    const found = line.startsWith('100') ? classifyMaterial(line.slice(tab + 1)) : undefined;
    if (found === undefined) return;
    const [, object = '', stage] = line.slice(0, tab).split(' ');
    if (stage === '0') listed.push({ path: line.slice(tab + 1), object, ...found });
  });
  await repository.stream(index, ['ls-files', '--stage', '-z', ...(await pathspecs())], { onOutput: reader });
  return listed;
}

/** Lockfiles before the rest, then what lies nearest to the root; otherwise as listed. */
function toMostTelling(materials: Material[]): Material[] {
  const toDepth = ({ path }: Material): number => path.split('/').length;
  const toRank = ({ role }: Material): number => (role === 'lockfile' ? 0 : 1);
  return materials.toSorted((one, other) => toRank(one) - toRank(other) || toDepth(one) - toDepth(other));
}

function toMaterialPath(path: RawPath): string {
  return toShownPath(path).slice(0, worktreeLimits.pathChars).toWellFormed();
}
