import { existsSync, readdirSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openScratch } from '../../src/execution/scratch.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('the scratch folder', () => {
  it('is left when no pipe is made in it any more', async () => {
    await using dir = await makeTempDir();
    const made = join(dir.path, 'made');
    // One pipe after the other, which takes long enough for whoever does not wait.
    const slow = `#!/bin/sh\nPATH=\${PATH#*:}\nshift 2\nfor pipe do mkfifo -m 600 "$pipe"; done\n: >'${made}'\n`;
    await writeFile(join(dir.path, 'mkfifo'), slow);
    await chmod(join(dir.path, 'mkfifo'), 0o755);
    const scratch = await openScratch(`${dir.path}${delimiter}${process.env.PATH ?? ''}`, 'linux', 'left');
    await scratch[Symbol.asyncDispose]();
    expect(existsSync(made)).toBe(true);
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('quoderat-left-'))).toEqual([]);
  });
});
