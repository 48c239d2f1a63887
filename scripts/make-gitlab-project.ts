/**
 * Makes gitlab/ the root of the component project: writes what its repository holds into a new folder, with the version and
 * the digest of the archives (scripts/build-standalone.ts) filled in as the defaults of the inputs.
 * Run by Node itself: `node scripts/make-gitlab-project.ts --out DIR --archives DIR [--project GROUP/PROJECT]`.
 */
import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const { version } = packageJson;
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    archives: { type: 'string' },
    project: { type: 'string', default: 'quoderat/quoderat' },
  },
});
if (values.out === undefined || values.archives === undefined)
  throw new Error('--out DIR says where the project goes, --archives DIR where build-standalone.ts has put its files');
if (!/^[\w.-]+(?:\/[\w.-]+)+$/.test(values.project)) throw new Error(`--project ${values.project} is no GROUP/PROJECT`);
const out = resolve(values.out);
const list = await readFile(join(resolve(values.archives), `quoderat-${version}.sha256`));

await mkdir(out, { recursive: true });
// What git keeps there stays; anything else could be lost, or end up in the project.
const found = (await readdir(out)).filter((name) => name !== '.git');
if (found.length > 0) throw new Error(`${out} is not empty; name a new folder, or the empty work tree of the project`);
await cp(join(root, 'gitlab'), out, { recursive: true });
await copyFile(join(root, 'LICENSE'), join(out, 'LICENSE'));

const stamps = {
  version,
  'package-sha256': createHash('sha256').update(list).digest('hex'),
  'package-project': values.project,
};
for (const name of await readdir(join(out, 'templates'))) {
  const path = join(out, 'templates', name, 'template.yml');
  await writeFile(path, stamp(await readFile(path, 'utf8'), path));
}
const readmePath = join(out, 'README.md');
const readme = await readFile(readmePath, 'utf8');
await writeFile(
  readmePath,
  readme.replaceAll('$CI_SERVER_FQDN/quoderat/quoderat/', `$CI_SERVER_FQDN/${values.project}/`),
);
console.log(`${out}: ${values.project} ${version}, archives ${stamps['package-sha256']}`);

/** Each `default: ... # stamp: NAME` is there once, or something was renamed and would be left as it is. */
function stamp(template: string, path: string): string {
  return Object.entries(stamps).reduce((text, [name, value]) => {
    const marks = new RegExp(`^( +default: ).*( # stamp: ${name})$`, 'gm');
    if (text.match(marks)?.length !== 1) throw new Error(`${path} should have one "# stamp: ${name}"`);
    return text.replace(marks, (_all, start: string, end: string) => `${start}'${value}'${end}`);
  }, template);
}
