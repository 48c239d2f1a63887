/**
 * Bundles src/render/html/browser into the text module that report.html carries: its script and its style. `--check`
 * writes nothing and fails when they differ. Run by Node itself: `node scripts/generate-report-bundle.ts [--check]`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const folder = join(import.meta.dirname, '../src/render/html');
/** In the order in which they apply: what depends on the medium comes last. */
const styles = ['theme', 'head', 'steps', 'logs', 'reports', 'seal', 'tables', 'facts', 'media'];
const target = join(folder, 'browser-bundle.generated.ts');
const wanted = toModule({
  reportScript: await bundleScript(),
  reportStyle: (
    await Promise.all(styles.map((name) => readFile(join(folder, 'browser/style', `${name}.css`), 'utf8')))
  ).join('\n'),
});

if (!process.argv.includes('--check')) {
  await writeFile(target, wanted);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== wanted) {
  console.error(`${target} is out of date; run \`node scripts/generate-report-bundle.ts\` and commit it`);
  process.exitCode = 1;
} else {
  console.log('the script and style of report.html match their sources');
}

/** One classic script: modules do not load from a file. Not minified, so that who doubts the check can read it. */
async function bundleScript(): Promise<string> {
  const bundle = await rolldown({
    input: join(folder, 'browser/main.ts'),
    platform: 'browser',
    transform: { target: 'es2022' },
    cwd: folder,
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'quoderatReport', minify: false, comments: true });
  await bundle.close();
  const [chunk] = output;
  if (output.length !== 1 || /<\/script|<!--/i.test(chunk.code))
    throw new Error('the script must be one chunk, with nothing in it that would end its element');
  return chunk.code;
}

function toModule(texts: Record<string, string>): string {
  const exports = Object.entries(texts).map(([name, text]) => `export const ${name} =\n  ${toLiteral(text)};\n`);
  return `// Made by scripts/generate-report-bundle.ts from src/render/html/browser; do not edit.\n\n${exports.join('\n')}`;
}

/** With the quotes that the formatter would choose. */
function toLiteral(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`);
  return quote + body + quote;
}
