/**
 * Writes schemas/*.json from the zod schemas, the same bytes on every machine. With --check it writes nothing and exits
 * 1 when a file is not what it should be.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { envelope } from '../src/schema/envelope.ts';
import { runEvent } from '../src/schema/event.ts';
import { manifest } from '../src/schema/manifest.ts';

const folder = new URL('../schemas/', import.meta.url);
const schemas = [
  { name: 'manifest', title: 'Quoderat step manifest', schema: manifest },
  { name: 'envelope', title: 'Quoderat Evidence Envelope', schema: envelope },
  { name: 'event', title: 'Quoderat run event', schema: runEvent },
] as const;

let drifted = false;
for (const { name, title, schema } of schemas) {
  const file = new URL(`${name}.schema.json`, folder);
  const text = toText(name, title, schema);
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${fileURLToPath(file)} is out of date: run node scripts/generate-schemas.ts\n`);
    drifted = true;
  }
}
process.exitCode = drifted ? 1 : 0;

function toText(name: string, title: string, schema: z.ZodType): string {
  const { $schema, ...body } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  const $id = `https://quoderat.io/schemas/${name}.v1.json`;
  return `${JSON.stringify({ $schema, $id, title, ...body }, null, 2)}\n`;
}
