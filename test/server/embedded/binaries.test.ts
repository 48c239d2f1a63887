import { execFileSync } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyBinaries, readBinaries } from '../../../src/server/embedded/binaries.ts';
import { assertPassable, findClosedFolder, readSystemUser } from '../../../src/server/embedded/system-user.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

// Only root starts PostgreSQL as somebody else.
describe.runIf(userInfo().uid === 0)('programs that the database’s user may not get at', () => {
  it('are noticed by the folder that is in the way', async () => {
    await using dir = await makeTempDir();
    const user = await readSystemUser();
    await mkdir(join(dir.path, 'inner'));
    expect(await findClosedFolder(join(dir.path, 'inner/initdb'), user)).toBe(dir.path);
    await expect(assertPassable(join(dir.path, 'inner/data'), user)).rejects.toMatchObject({
      code: 'unreadable_folder',
      message: expect.stringContaining(dir.path),
    });
    await chmod(dir.path, 0o711);
    await chmod(join(dir.path, 'inner'), 0o711);
    expect(await findClosedFolder(join(dir.path, 'inner/initdb'), user)).toBeUndefined();
  });

  it('run from a copy, which is made once', async () => {
    await using dir = await makeTempDir();
    await chmod(dir.path, 0o711);
    const user = await readSystemUser();
    const copy = await copyBinaries(await readBinaries(), dir.path);
    const version = execFileSync(copy.postgres, ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
    expect(version).toMatch(/^postgres \(PostgreSQL\) \d+/);
    expect(await copyBinaries(await readBinaries(), dir.path)).toEqual(copy);
  });
});
