import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { writeBundle } from '../../../src/publish/files/bundle.ts';
import { makeEvidenceFolder, writeEvidenceFile } from '../../../src/publish/files/evidence-folder.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

function fillEvidence(dir: string): string {
  const big = Buffer.alloc(300_000, 'line of output\n');
  mkdirSync(join(dir, 'artifacts'), { recursive: true });
  writeFileSync(join(dir, 'envelope.json'), '{}');
  writeFileSync(join(dir, 'summary.md'), '# done\n');
  writeFileSync(join(dir, 'journal.ndjson'), 'not in the bundle\n');
  writeFileSync(join(dir, 'artifacts', sha256(big)), big);
  writeFileSync(join(dir, 'artifacts', sha256('')), '');
  writeFileSync(join(dir, 'artifacts', 'stray'), 'no digest\n');
  return sha256(big);
}

describe('the bundle', () => {
  it('has the same bytes for the same evidence, whatever the times and modes on disk', async () => {
    await using a = await makeTempDir();
    await using b = await makeTempDir();
    fillEvidence(a.path);
    fillEvidence(b.path);
    utimesSync(join(b.path, 'envelope.json'), new Date(1), new Date(2));
    execFileSync('chmod', ['0600', join(b.path, 'summary.md')]);
    const first = await writeBundle(a.path, join(a.path, 'x.tar.gz'));
    const second = await writeBundle(b.path, join(b.path, 'y.tar.gz'));
    expect(second.sha256).toBe(first.sha256);
    expect(sha256(readFileSync(first.path))).toBe(first.sha256);
  });

  it('is read by tar, holds the evidence and nothing else', async () => {
    await using dir = await makeTempDir();
    await using out = await makeTempDir();
    const digest = fillEvidence(dir.path);
    const { path } = await writeBundle(dir.path, join(out.path, 'bundle.tar.gz'));
    const listing = execFileSync('tar', ['-tvzf', path], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
    expect(
      listing
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/).at(-1)),
    ).toEqual([`artifacts/${digest}`, `artifacts/${sha256('')}`, 'envelope.json', 'summary.md'].toSorted());
    expect(listing).toContain('1970-01-01');
    execFileSync('tar', ['-xzf', path, '-C', out.path]);
    expect(sha256(readFileSync(join(out.path, 'artifacts', digest)))).toBe(digest);
  });

  it('refuses a folder that holds no sealed run', async () => {
    await using dir = await makeTempDir();
    await expect(writeBundle(dir.path, join(dir.path, 'x.tar.gz'))).rejects.toMatchObject({ code: 'no_envelope' });
  });
});

describe('the evidence folder', () => {
  it('is made with its parents, and refused when it holds anything', async () => {
    await using dir = await makeTempDir();
    const folder = join(dir.path, 'deep', 'evidence');
    await makeEvidenceFolder(folder);
    await expect(makeEvidenceFolder(folder)).rejects.toMatchObject({ code: 'not_empty' });
  });

  it('says in words why it cannot be written', async () => {
    await using dir = await makeTempDir();
    writeFileSync(join(dir.path, 'file'), '');
    await expect(makeEvidenceFolder(join(dir.path, 'file', 'x'))).rejects.toMatchObject({
      code: 'not_writable',
      message: expect.stringContaining('a file stands where a folder should be'),
    });
  });

  it('shows a file whole or not at all', async () => {
    await using dir = await makeTempDir();
    await writeEvidenceFile(dir.path, 'summary.md', 'one');
    await writeEvidenceFile(dir.path, 'summary.md', 'two');
    expect(readFileSync(join(dir.path, 'summary.md'), 'utf8')).toBe('two');
    await expect(writeEvidenceFile(join(dir.path, 'summary.md'), 'x.md', 'x')).rejects.toMatchObject({
      code: 'not_writable',
    });
  });
});
