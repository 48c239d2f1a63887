import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diff } from '../../src/cli/commands/diff.ts';
import { show } from '../../src/cli/commands/show.ts';
import { sign } from '../../src/cli/commands/sign.ts';
import { verify } from '../../src/cli/commands/verify.ts';
import { readEnvelopeInput } from '../../src/cli/envelope-input.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { writeBundle } from '../../src/publish/files/bundle.ts';
import { type FakeIo, makeFakeIo } from './fake-io.ts';

type Entry = Parameters<Pack['entry']>[0];
const envelope = Buffer.from('{"schema_version":"1.0"}');
const output = Buffer.from('what a step printed\n');

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'quoderat-input-'));
  await mkdir(join(cwd, 'run', 'artifacts'), { recursive: true });
  await writeFile(join(cwd, 'run', 'envelope.json'), envelope);
  await writeFile(join(cwd, 'run', 'artifacts', sha256(output)), output);
});
afterEach(() => rm(cwd, { recursive: true }));

describe('readEnvelopeInput', () => {
  it.each(['run', 'run/envelope.json'])('reads %s and finds the artifacts beside the envelope', async (named) => {
    await using input = await readEnvelopeInput(named, makeFakeIo({ cwd }));
    expect(input.bytes).toEqual(envelope);
    expect(input.artifactsDir).toBe(join(cwd, 'run', 'artifacts'));
  });

  it('reads stdin, with which no artifacts come', async () => {
    const io = makeFakeIo({ cwd, stdin: [envelope.subarray(0, 5), envelope.subarray(5)] });
    await using input = await readEnvelopeInput('-', io);
    expect(input.bytes).toEqual(envelope);
    expect(input.artifactsDir).toBeUndefined();
  });

  it('reads a bundle with its artifacts and leaves nothing behind', async () => {
    const { path } = await writeBundle(join(cwd, 'run'), join(cwd, 'run.tar.gz'));
    let unpacked: string;
    {
      await using input = await readEnvelopeInput(path, makeFakeIo({ cwd }));
      expect(input.bytes).toEqual(envelope);
      unpacked = input.artifactsDir ?? '';
      expect(await readFile(join(unpacked, sha256(output)))).toEqual(output);
    }
    await expect(readdir(unpacked)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['a file that is not there', 'nowhere.json', 'no such file'],
    ['a folder without an envelope', '.', 'holds no envelope.json'],
  ])('refuses %s', async (_case, named, reason) => {
    const reading = readEnvelopeInput(named, makeFakeIo({ cwd }));
    await expect(reading).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining(reason) });
  });

  it.each<[string, Entry[], string]>([
    ['a name that leads out', [{ name: '../escaped' }], 'no part of evidence'],
    ['an absolute name', [{ name: '/tmp/escaped' }], 'no part of evidence'],
    ['a symbolic link', [{ name: 'envelope.json', type: 'symlink', linkname: '/etc/passwd' }], 'no plain file'],
    ['a folder', [{ name: 'artifacts/', type: 'directory' }], 'no plain file'],
    ['the same name twice', [{ name: 'envelope.json' }, { name: 'envelope.json' }], 'twice'],
    ['no envelope', [{ name: 'summary.md' }], 'holds no envelope.json'],
  ])('refuses a bundle with %s', async (_case, headers, reason) => {
    await writeFile(join(cwd, 'hostile.tar.gz'), gzipSync(await makeTar(headers)));
    const reading = readEnvelopeInput('hostile.tar.gz', makeFakeIo({ cwd }));
    await expect(reading).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining(reason) });
  });

  it('refuses a bundle that was cut', async () => {
    const { path } = await writeBundle(join(cwd, 'run'), join(cwd, 'run.tar.gz'));
    const whole = await readFile(path);
    for (const length of [2, 30, whole.length >> 1, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      await expect(readEnvelopeInput(path, makeFakeIo({ cwd }))).rejects.toMatchObject({ code: 'unreadable' });
    }
  });
});

describe('the commands that read envelopes', () => {
  const file = (name: string): string => join(cwd, name);
  const look = { color: false };
  it.each<[string, (io: FakeIo) => Promise<number>]>([
    ['verify', (io) => verify('other.json', look, io)],
    ['show', (io) => show('other.json', look, io)],
    ['diff', (io) => diff('run', 'other.json', look, io)],
    ['sign', (io) => sign('other.json', io)],
  ])('%s says which file is no envelope', async (_command, perform) => {
    const good = await readFile(new URL('../vectors/good/minimal.json', import.meta.url));
    await writeFile(file('run/envelope.json'), good);
    for (const [bytes, reason] of [
      ['', 'other.json: byte 0: this is no JSON value'],
      ['{}', 'other.json: the document has no schema_version'],
    ] as const) {
      await writeFile(file('other.json'), bytes);
      await expect(perform(makeFakeIo({ cwd }))).rejects.toMatchObject({ code: 'unreadable', message: reason });
    }
  });
});

async function makeTar(headers: Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const header of headers) archive.entry(header, header.type === undefined ? '{}' : '');
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
