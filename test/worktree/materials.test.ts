import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialsValue } from '../../src/schema/worktree.ts';
import { classifyMaterial } from '../../src/worktree/material-names.ts';
import { type Materials, toMaterialsSummary, toMaterialsValue } from '../../src/worktree/materials.ts';
import { makeObjectHasher } from '../../src/worktree/object-hashes.ts';
import { makeRepository } from '../ci/repository.ts';
import { startWatch } from './support.ts';

const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

async function readAll(repo: Parameters<typeof startWatch>[0], meanwhile: () => void = () => {}): Promise<Materials> {
  await using watch = await startWatch(repo);
  meanwhile();
  const answer = await watch.materials();
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

describe('the materials of a run', () => {
  it('are the lockfiles and manifests of the checkout, in every folder, by the digest of their bytes', async () => {
    using repo = makeRepository();
    mkdirSync(path.join(repo.dir, 'packages/a'), { recursive: true });
    repo.write('package.json', '{"name":"root"}\n');
    repo.write('package-lock.json', '{"lockfileVersion":3}');
    repo.write('packages/a/package.json', '');
    repo.write('packages/a/requirements-dev.txt', 'pytest\n');
    repo.write('packages/a/notes.txt', 'none of ours\n');
    repo.commit('materials');
    expect((await readAll(repo)).materials).toEqual([
      {
        path: 'package-lock.json',
        ecosystem: 'npm',
        role: 'lockfile',
        sha256: digest('{"lockfileVersion":3}'),
        size_bytes: 21,
      },
      { path: 'package.json', ecosystem: 'npm', role: 'manifest', sha256: digest('{"name":"root"}\n'), size_bytes: 16 },
      { path: 'packages/a/package.json', ecosystem: 'npm', role: 'manifest', sha256: digest(''), size_bytes: 0 },
      {
        path: 'packages/a/requirements-dev.txt',
        ecosystem: 'pypi',
        role: 'manifest',
        sha256: digest('pytest\n'),
        size_bytes: 7,
      },
    ]);
  });

  it('are as they were before the first step, also where they were changed or new then', async () => {
    using repo = makeRepository();
    repo.write('go.sum', 'committed\n');
    repo.commit('go');
    repo.write('go.sum', 'changed before\n');
    repo.write('go.mod', 'untracked before\n');
    const { materials, asOf } = await readAll(repo, () => {
      repo.write('go.sum', 'changed by a step\n');
      repo.write('go.mod', 'changed by a step\n');
      repo.write('Cargo.lock', 'made by a step\n');
    });
    expect(asOf).toBe('work_tree');
    expect(materials.map(({ path: name, sha256 }) => [name, sha256])).toEqual([
      ['go.mod', digest('untracked before\n')],
      ['go.sum', digest('changed before\n')],
    ]);
  });

  it('are none where there are none, and no links, folders or ignored files', async () => {
    using repo = makeRepository();
    repo.write('.gitignore', 'yarn.lock\n');
    symlinkSync('file.txt', path.join(repo.dir, 'poetry.lock'));
    mkdirSync(path.join(repo.dir, 'Gemfile'));
    repo.write('Gemfile/x', 'x');
    repo.commit('traps');
    repo.write('yarn.lock', 'ignored');
    const found = await readAll(repo);
    expect(found.materials).toEqual([]);
    expect(toMaterialsSummary(toMaterialsValue(found))).toMatch(/^no /);
  });

  it('are summed up in a value of bounded size, lockfiles first', async () => {
    using repo = makeRepository();
    for (let n = 0; n < 250; n++) {
      mkdirSync(path.join(repo.dir, `p${n}`));
      repo.write(`p${n}/package.json`, `${n}`);
    }
    repo.write('p9/yarn.lock', 'lock');
    repo.commit('many');
    const value = toMaterialsValue(await readAll(repo));
    expect(materialsValue.parse(value)).toEqual(value);
    expect(value).toMatchObject({ total: 251, lockfiles: 1, ecosystems: ['npm'], materials_left_out: 51 });
    expect(value.materials[0]?.path).toBe('p9/yarn.lock');
  });
});

describe('classifyMaterial', () => {
  it.each([
    ['requirements.txt', 'pypi', 'manifest'],
    ['sub/requirements-test.txt', 'pypi', 'manifest'],
    ['App.csproj', 'nuget', 'manifest'],
    ['packages.lock.json', 'nuget', 'lockfile'],
    ['build.gradle.kts', 'maven', 'manifest'],
    ['Dockerfile.dev', 'docker', 'image'],
    ['.tool-versions', 'generic', 'toolchain'],
  ])('takes %s for %s, %s', (name, ecosystem, role) => {
    expect(classifyMaterial(name)).toEqual({ ecosystem, role });
  });

  it.each(['xrequirements.txt', 'package.json.bak', 'Dockerfile2', 'constructor', 'notpackage.json', ''])(
    'takes %j for nothing',
    (name) => expect(classifyMaterial(name)).toBeUndefined(),
  );
});

describe('makeObjectHasher', () => {
  it('reads objects wherever the output is cut into pieces', () => {
    const content = Buffer.from('a\n\nb missing\n');
    const output = Buffer.concat([
      Buffer.from(`${'a'.repeat(40)} blob ${content.length}\n`),
      content,
      Buffer.from(`\n${'b'.repeat(40)} missing\n${'c'.repeat(40)} blob 0\n\n`),
    ]);
    for (let size = 1; size <= output.length; size++) {
      const hasher = makeObjectHasher();
      for (let at = 0; at < output.length; at += size) hasher.push(output.subarray(at, at + size));
      expect(hasher.hashes()).toEqual([
        { sha256: digest(content), size: content.length },
        null,
        { sha256: digest(''), size: 0 },
      ]);
    }
  });

  it('refuses what is no such output', () => {
    expect(() => makeObjectHasher().push(Buffer.from('nonsense\n'))).toThrow(/cat-file/);
  });
});
