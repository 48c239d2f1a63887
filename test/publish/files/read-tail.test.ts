import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTail } from '../../../src/publish/files/read-tail.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

it('reads the end of a file from a line on, and of a line that is longer than that its own end', async () => {
  await using dir = await makeTempDir();
  const tail = async (text: string): Promise<unknown> => {
    writeFileSync(join(dir.path, 'output'), text);
    return readTail(join(dir.path, 'output'), 10);
  };
  expect(await tail('one\ntwo\n')).toEqual({ text: 'one\ntwo\n', truncated: false });
  expect(await tail('one\ntwo\nthree\n')).toEqual({ text: 'three\n', truncated: true });
  expect(await tail('the whole of it is one line\n')).toEqual({ text: ' one line\n', truncated: true });
  expect(await tail('the whole of it is one line')).toEqual({ text: 's one line', truncated: true });
  expect(await tail('😀😀😀\n'), 'and no half of a character').toEqual({ text: '😀😀\n', truncated: true });
  expect(await readTail(join(dir.path, 'missing'), 10)).toBeNull();
});
