/**
 * Packs dist/ into the archives that jobs fetch where nothing can be installed: `quoderat-VERSION-PLATFORM.tar.gz` with a
 * Node of its own for every platform whose Node is at hand, `quoderat-VERSION-node.tar.gz` without one, and
 * `quoderat-VERSION.sha256`, which names their digests and is itself the one thing to pin. The same dist/ and Node give the
 * same bytes.
 *
 * Node comes from node_modules/node-PLATFORM (an optional dependency; npm installs that of this machine), or from
 * `--node PLATFORM=PATH`. `--only PLATFORM,...` makes only these (`node` is the archive without one).
 * Run by Node itself: `node scripts/build-standalone.ts --out DIR [--only LIST] [--node PLATFORM=PATH]...`.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import packageJson from '../package.json' with { type: 'json' };

type Member = { name: string; from: string | Buffer; executable?: true } | { name: string; linkname: string };

const platforms = ['linux-x64', 'linux-arm64'];
const root = join(import.meta.dirname, '..');
const { version } = packageJson;
const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string' }, node: { type: 'string', multiple: true } },
});
if (values.out === undefined) throw new Error('--out DIR says where the archives go');
const out = resolve(values.out);
const wanted = values.only?.split(',') ?? ['node', ...platforms];
const given = new Map((values.node ?? []).map((pair) => toPair(pair)));

await mkdir(out, { recursive: true });
const lines: string[] = [];
for (const kind of wanted) {
  const members = await toMembers(kind);
  if (members === null) {
    console.error(`no Node for ${kind} is at hand (\`--node ${kind}=PATH\`); its archive is not made`);
    if (values.only !== undefined) process.exitCode = 1;
    continue;
  }
  const name = `quoderat-${version}-${kind}.tar.gz`;
  lines.push(`${await writeArchive(join(out, name), members)}  ${name}\n`);
}
const list = `quoderat-${version}.sha256`;
await writeFile(join(out, list), lines.join(''));
const pin = createHash('sha256').update(lines.join('')).digest('hex');
console.log(`${lines.join('')}${pin}  ${list}`);

/** What an archive holds, in order; null when there is no Node for it. */
async function toMembers(kind: string): Promise<Member[] | null> {
  const top = `quoderat-${version}-${kind}`;
  const dist = await listFiles(join(root, 'dist'));
  if (!dist.includes('cli.js')) throw new Error('dist/cli.js is not there; run `npm run build`');
  // Node reads beside dist/ that it holds ES modules.
  const described = { name: packageJson.name, version, license: packageJson.license, type: packageJson.type };
  const program: Member[] = [
    { name: `${top}/LICENSE`, from: join(root, 'LICENSE') },
    { name: `${top}/package.json`, from: Buffer.from(`${JSON.stringify(described, null, 2)}\n`) },
    ...dist.map((name) => ({ name: `${top}/dist/${name}`, from: join(root, 'dist', name) })),
    // Called by this name, it says `quoderat` where it tells how to go on, and not the path of a folder that will be gone.
    { name: `${top}/quoderat`, linkname: 'dist/cli.js' },
  ];
  if (kind === 'node') return program;
  if (!platforms.includes(kind)) throw new Error(`${kind} is none of node, ${platforms.join(', ')}`);
  const home = join(root, 'node_modules', `node-${kind}`);
  const node = given.get(kind) ?? join(home, 'bin/node');
  const licence = join(given.has(kind) ? join(node, '../..') : home, 'LICENSE');
  const atHand = await Promise.all([node, licence].map((path) => isThere(path)));
  if (atHand.includes(false)) return null;
  const start = `#!/bin/sh
# Where this file really is: the folder above it holds the rest.
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd -P) || exit
exec "$here/node" "$here/../quoderat" "$@"
`;
  return [
    ...program,
    { name: `${top}/NODE-LICENSE`, from: licence },
    { name: `${top}/bin/node`, from: node, executable: true },
    { name: `${top}/bin/quoderat`, from: Buffer.from(start), executable: true },
  ];
}

/** Bytes that depend on the content alone: sorted names, no times, owners or modes of this machine. */
async function writeArchive(path: string, members: Member[]): Promise<string> {
  const archive = pack();
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const draft = `${path}.tmp`;
  await Promise.all([
    addAll(archive, members),
    pipeline(archive, createGzip({ level: 6 }), makeHeaderNeutral(), hashing, createWriteStream(draft)),
  ]);
  await rename(draft, path);
  return hash.digest('hex');
}

async function addAll(archive: Pack, members: Member[]): Promise<void> {
  // Not 1970: GNU tar warns of such a time for every file.
  const mtime = new Date('2000-01-01T00:00:00Z');
  for (const member of members) {
    const header = { name: member.name, uid: 0, gid: 0, uname: '', gname: '', mtime };
    if ('linkname' in member) {
      archive.entry({ ...header, type: 'symlink', linkname: member.linkname, mode: 0o777 });
      continue;
    }
    const { from, executable } = member;
    const size = typeof from === 'string' ? (await stat(from)).size : from.length;
    const entry = archive.entry({ ...header, size, mode: executable ? 0o755 : 0o644 });
    await pipeline(typeof from === 'string' ? createReadStream(from) : [from], entry);
  }
  archive.finalize();
}

/** RFC 1952: byte 9 names the system that compressed; 255 is "unknown". */
function makeHeaderNeutral(): Transform {
  let first = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (first && chunk.length > 9) chunk[9] = 255;
      first = false;
      done(null, chunk);
    },
  });
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(relative(dir, entry.parentPath), basename(entry.name))).toSorted();
}

function toPair(pair: string): [platform: string, path: string] {
  const [platform = '', ...rest] = pair.split('=');
  return [platform, resolve(rest.join('='))];
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
