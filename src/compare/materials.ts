import type { Change } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import { type MaterialsValue, materialsValue } from '../schema/worktree.ts';
import { makeChanges, toListChanges } from './change.ts';

const { change, differs } = makeChanges('materials');

/**
 * Lockfiles and manifests, by the digest of their content. Nothing when either envelope does not list them; of a list
 * that was cut, only what both name is compared.
 */
export function compareMaterials(before: Envelope, after: Envelope): Change[] {
  const [was, is] = [findMaterials(before), findMaterials(after)];
  if (was === undefined || is === undefined) return [];
  const [old, now] = [toDigests(was), toDigests(is)];
  const paths = toListChanges([...old.keys()], [...now.keys()]);
  const bothWhole = was.materials_left_out === 0 && is.materials_left_out === 0;
  return [
    ...(bothWhole ? paths.removed : []).map((path) => change('material_removed', path, old.get(path) ?? null, null)),
    ...(bothWhole ? paths.added : []).map((path) => change('material_added', path, null, now.get(path) ?? null)),
    ...[...now].flatMap(([path, sha256]) =>
      old.has(path) ? differs('material_changed', path, old.get(path) ?? null, sha256) : [],
    ),
  ];
}

function findMaterials({ observations }: Envelope): MaterialsValue | undefined {
  const found = observations.find(({ type }) => type === 'materials');
  return found === undefined ? undefined : materialsValue.safeParse(found.value).data;
}

function toDigests({ materials }: MaterialsValue): Map<string, string> {
  return new Map(materials.map(({ path, sha256 }) => [path, sha256]));
}
