import { describe, expect, it } from 'vitest';
import { compareMaterials } from '../../src/compare/materials.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { digestOf, makeEnvelope, makeStep } from '../render/sample-envelope.ts';

/** An envelope that lists these files with digests of one letter each. */
function listing(files: Record<string, string>, leftOut = 0): Envelope {
  const materials = Object.entries(files).map(([path, letter]) => ({
    path,
    ecosystem: 'npm',
    role: 'lockfile',
    sha256: digestOf(letter),
    size_bytes: 1,
  }));
  const counts = { total: materials.length, lockfiles: materials.length, ecosystems: ['npm'] };
  const value = { outcome: 'listed', as_of: 'work_tree', ...counts, materials, materials_left_out: leftOut };
  const parser = { name: 'quoderat/worktree', version: '1.0.0' };
  const rest = { summary: '', value, basis_artifact_ids: [], informational: true, parser };
  return makeEnvelope([makeStep('unit')], { observations: [{ id: 'materials', type: 'materials', ...rest }] });
}

const changesOf = (before: Envelope, after: Envelope) =>
  compareMaterials(before, after).map(({ code, subject }) => `${code} ${subject ?? ''}`);

describe('compareMaterials', () => {
  it('tells files that came, went and have other content', () => {
    const before = listing({ 'package-lock.json': '1', 'go.sum': '2', 'Cargo.lock': '3' });
    const after = listing({ 'package-lock.json': '4', 'Cargo.lock': '3', 'uv.lock': '5' });
    expect(changesOf(before, after)).toEqual([
      'material_removed go.sum',
      'material_added uv.lock',
      'material_changed package-lock.json',
    ]);
  });

  it('concludes nothing from a list that is cut or not there', () => {
    const cut = listing({ 'package-lock.json': '1' }, 3);
    expect(changesOf(cut, listing({ 'package-lock.json': '2', 'go.sum': '2' }))).toEqual([
      'material_changed package-lock.json',
    ]);
    expect(changesOf(cut, makeEnvelope([makeStep('unit')]))).toEqual([]);
  });
});
