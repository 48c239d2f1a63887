import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envelope as schema, type Envelope } from '../../src/schema/envelope.ts';
import { diffValue, materialsValue } from '../../src/schema/worktree.ts';
import { makeRepository } from '../ci/repository.ts';
import { runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

async function readEnvelope(dir: string): Promise<Envelope> {
  return schema.parse(JSON.parse(await readFile(join(dir, 'evidence', 'envelope.json'), 'utf8')));
}

function readArtifact(dir: string, { artifacts }: Envelope, id: string): Promise<string> {
  const found = artifacts.find((artifact) => artifact.id === id);
  return readFile(join(dir, 'evidence', 'artifacts', found?.sha256 ?? 'missing'), 'utf8');
}

function findObservation({ observations }: Envelope, type: string) {
  return observations.find((observation) => observation.type === type);
}

describe('a run in a git checkout', () => {
  it('seals what its steps changed, apart from what was dirty before, and what it was made from', async () => {
    using repo = makeRepository();
    repo.write('package-lock.json', '{}\n');
    repo.write(
      'quoderat.yml',
      `version: 1
name: story
env: { API_TOKEN: hunter2-hunter2-hunter2 }
secrets: [API_TOKEN]
steps:
  - id: make
    kind: command
    run: |
      echo "token=$API_TOKEN" > made.env
      echo '{"changed":true}' > package-lock.json
`,
    );
    repo.commit('project');
    repo.write('file.txt', 'dirty before\n');

    const run = await runCli(['run', '--out', 'evidence'], { cwd: repo.dir });
    expect(run.code).toBe(0);
    expect((await runCli(['verify', 'evidence'], { cwd: repo.dir })).code).toBe(0);
    const sealed = await readEnvelope(repo.dir);

    const diff = await readArtifact(repo.dir, sealed, 'diff');
    expect(diff.match(/^diff --git .*$/gm)).toEqual([
      'diff --git a/made.env b/made.env',
      'diff --git a/package-lock.json b/package-lock.json',
    ]);
    expect(diff).toContain('+token=[redacted:API_TOKEN]\n');
    expect(sealed.redactions).toContainEqual(
      expect.objectContaining({ rule_id: 'API_TOKEN', artifact_id: 'diff', stage: 'artifact' }),
    );

    const changes = findObservation(sealed, 'diff');
    expect(changes).toMatchObject({ basis_artifact_ids: ['diff'], informational: false });
    expect(diffValue.parse(changes?.value)).toMatchObject({
      base: 'work_tree',
      before: { commit_sha: sealed.subject.id, differing_paths: 1 },
      after: { commit_sha: sealed.subject.id, differing_paths: 3 },
      files: { added: 1, modified: 1 },
      complete: true,
    });

    const materials = findObservation(sealed, 'materials');
    const listed = materialsValue.parse(materials?.value).materials;
    expect(listed).toMatchObject([{ path: 'package-lock.json', role: 'lockfile', size_bytes: 3 }]);
    expect(JSON.parse(await readArtifact(repo.dir, sealed, 'materials'))).toEqual(listed);
  });

  it('says that the changes of a cancelled run are not known', async () => {
    using repo = makeRepository();
    await writeManifest(repo.dir, 'steps:\n  - { id: stays, kind: command, run: "echo begun; sleep 300" }\n');
    const cli = startCli(['run', '--out', 'evidence'], { cwd: repo.dir });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGTERM');
    expect((await cli.done).code).toBe(143);
    const observation = findObservation(await readEnvelope(repo.dir), 'diff');
    expect(observation).toMatchObject({ informational: true, value: { outcome: 'unknown', reason: 'cancelled' } });
    expect((await runCli(['verify', 'evidence'], { cwd: repo.dir })).code).toBe(0);
  });

  it('says that the changes of a run that was killed outright are not known', async () => {
    using repo = makeRepository();
    await writeManifest(repo.dir, 'steps:\n  - { id: stays, kind: command, run: "echo begun; sleep 300" }\n');
    const cli = startCli(['run', '--out', 'evidence'], { cwd: repo.dir });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGKILL');
    await cli.done;
    expect((await runCli(['seal', 'evidence'], { cwd: repo.dir })).code).toBe(0);
    const observation = findObservation(await readEnvelope(repo.dir), 'diff');
    expect(observation).toMatchObject({ informational: true, value: { outcome: 'unknown', reason: 'process_lost' } });
    expect((await runCli(['verify', 'evidence'], { cwd: repo.dir })).code).toBe(0);
  });

  it('leaves the repository as the steps left it', async () => {
    using repo = makeRepository();
    await writeManifest(repo.dir, 'steps:\n  - { id: make, kind: command, run: echo x > made.txt }\n');
    repo.commit('manifest');
    const before = execFileSync('git', ['count-objects', '-v'], { cwd: repo.dir, encoding: 'utf8' });
    expect((await runCli(['run'], { cwd: repo.dir })).code).toBe(0);
    expect(repo.git('count-objects', '-v')).toBe(before.trim());
    expect(repo.git('status', '--porcelain', '-uall')).toBe('?? made.txt');
  });
});

describe('a run outside of a git checkout', () => {
  it('says that nothing is known of changes, and claims nothing', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: make, kind: command, run: echo x > made.txt }\n');
    await writeFile(join(dir.path, 'package-lock.json'), '{}');
    expect((await runCli(['run', '--out', 'evidence'], { cwd: dir.path })).code).toBe(0);
    const sealed = await readEnvelope(dir.path);
    expect(sealed.observations).toMatchObject([
      { type: 'diff', informational: true, value: { outcome: 'unknown', reason: 'not_a_checkout' } },
    ]);
    expect(sealed.artifacts.some(({ kind }) => kind === 'diff' || kind === 'materials')).toBe(false);
  });
});
