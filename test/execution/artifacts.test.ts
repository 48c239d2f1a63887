import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArtifactStore, toPartialName } from '../../src/execution/artifacts.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, makePlan, makeWordRedactor, noRedactor, run } from './rig.ts';

const redactor = makeWordRedactor('hunter2');
const file = { kind: 'output', stepId: 'a', redactor, isStopped: () => false } as const;

describe('the artifact store', () => {
  it('names content by the hash of the bytes that were kept, which are those after redaction', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(join(dir.path, 'artifacts'));
    const captured = await store.captureBytes({
      id: 'manifest',
      kind: 'manifest',
      name: 'quoderat.yml',
      stepId: null,
      mediaType: 'application/yaml',
      bytes: Buffer.from('password: hunter2'),
      redactor,
    });
    const digest = sha256('password: ***');
    expect(captured.artifact).toEqual({
      id: 'manifest',
      kind: 'manifest',
      sha256: digest,
      content_uri: `urn:sha256:${digest}`,
      size_bytes: 13,
      media_type: 'application/yaml',
      name: 'quoderat.yml',
      step_id: null,
      redaction: { class: 'text', applied: true },
      truncated: false,
    });
    expect(captured.receipts).toEqual([{ rule_id: 'word', match_type: 'known_value', match_count: 1 }]);
    expect(await readFile(join(dir.path, 'artifacts', digest), 'utf8')).toBe('password: ***');
  });

  it('keeps the same content once, and leaves no partial files', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(dir.path);
    for (const id of ['a/1/stdout', 'b/1/stdout']) {
      const writer = store.openWriter(id);
      await writer.write(Buffer.from('same'));
      await writer.finish();
    }
    expect(await readdir(dir.path)).toEqual(['.partial', sha256('same')]);
    expect(await readdir(join(dir.path, '.partial'))).toEqual([]);
  });

  it('has the bytes of an unfinished artifact where its id says', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(dir.path);
    const id = `compat[os=${'x'.repeat(190)}/../..]/1/stdout`;
    const writer = store.openWriter(id);
    await writer.write(Buffer.alloc(1_000_000, 'x'));
    expect((await readFile(join(dir.path, toPartialName(id)))).length).toBeGreaterThan(0);
    await writer.finish();
  });

  it('keeps binary files as they are, and text through the redactor', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(join(dir.path, 'artifacts'));
    const binary = Buffer.from('\0hunter2');
    await writeFile(join(dir.path, 'a.bin'), binary);
    await writeFile(join(dir.path, 'a.xml'), '<a>hunter2 ä</a>');
    const first = await store.captureFile({ ...file, id: '1', name: 'a.bin', path: join(dir.path, 'a.bin') });
    const second = await store.captureFile({ ...file, id: '2', name: 'a.xml', path: join(dir.path, 'a.xml') });
    expect(first.artifact).toMatchObject({
      sha256: sha256(binary),
      media_type: 'application/octet-stream',
      redaction: { class: 'binary', applied: false },
    });
    expect(second.artifact).toMatchObject({
      sha256: sha256('<a>*** ä</a>'),
      media_type: 'application/xml',
      redaction: { class: 'text', applied: true },
    });
  });

  it('takes a file for text when only its first 8 KiB end within a character', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(join(dir.path, 'artifacts'));
    await writeFile(join(dir.path, 'a.txt'), `x${'ä'.repeat(10_000)}`);
    const { artifact } = await store.captureFile({ ...file, id: '1', name: 'a.txt', path: join(dir.path, 'a.txt') });
    expect(artifact.redaction.class).toBe('text');
  });

  it('refuses what is no regular file, without waiting for it', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(join(dir.path, 'artifacts'));
    execFileSync('mkfifo', [join(dir.path, 'pipe')]);
    await symlink('/etc/passwd', join(dir.path, 'link'));
    await expect(store.captureFile({ ...file, id: '1', name: 'pipe', path: join(dir.path, 'pipe') })).rejects.toThrow(
      'regular',
    );
    await expect(store.captureFile({ ...file, id: '2', name: 'link', path: join(dir.path, 'link') })).rejects.toThrow(
      'ELOOP',
    );
  });

  it('cuts a file short when it is told to stop, and says so', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(join(dir.path, 'artifacts'));
    await writeFile(join(dir.path, 'big'), Buffer.alloc(1_000_000));
    const options = { ...file, id: '1', name: 'big', path: join(dir.path, 'big'), isStopped: () => true };
    const { artifact, problem } = await store.captureFile(options);
    expect(problem).toBe('stopped');
    expect(artifact.truncated).toBe(true);
    expect(artifact.size_bytes).toBeLessThan(1_000_000);
    expect((await readFile(join(dir.path, 'artifacts', artifact.sha256))).length).toBe(artifact.size_bytes);
  });
});

describe('a disk that does not take evidence', () => {
  it('marks the artifact, warns, and lets the step go on to its own end', async () => {
    await using dir = await makeTempDir();
    const artifacts = join(dir.path, 'artifacts');
    await openArtifactStore(artifacts);
    // Every write to /dev/full fails as on a full disk.
    await symlink('/dev/full', join(artifacts, toPartialName('a/1/stdout')));
    const script = 'for i in {1..20000}; do echo "a line that is not kept: $i"; done; echo end >&2';
    const execution = await executePlan(dir.path, makePlan([run('a', script)]), { artifacts, redactor: noRedactor });
    expect(execution.result('a')).toMatchObject({ status: 'success', exit_code: 0, output_complete: false });
    expect(execution.artifact('a/1/stdout')).toMatchObject({ truncated: true, size_bytes: 0 });
    expect(execution.artifact('a/1/stderr')).toMatchObject({ truncated: false, size_bytes: 4 });
    expect(execution.of('step_warning').map(({ message }) => message)).toEqual([
      'its stdout was not kept whole (ENOSPC): 0 bytes were',
    ]);
    // Who watches sees all of it.
    expect(execution.text('a')).toMatch(/not kept: 20000\n$/);
  });

  it.skipIf(process.platform !== 'linux')(
    'is opened all the same where no folder can be made, and at once',
    async () => {
      const store = await openArtifactStore('/proc/quoderat/artifacts');
      const writer = store.openWriter('a/1/stdout');
      await writer.write(Buffer.from('lost'));
      expect(await writer.finish()).toMatchObject({ problem: 'ENOENT' });
    },
  );

  it('is the same when there is no folder to write to', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'occupied'), '');
    const plan = makePlan([run('a', 'echo out > out.txt; echo printed; exit 5', { outputs: ['out.txt'] })]);
    const execution = await executePlan(dir.path, plan, { artifacts: join(dir.path, 'occupied') });
    expect(execution.result('a')).toMatchObject({ status: 'failed', exit_code: 5, output_complete: false });
    expect(execution.warnings('a')).toEqual(['output_incomplete', 'output_incomplete', 'file_not_captured']);
    await rm(join(dir.path, 'occupied'));
  });
});
