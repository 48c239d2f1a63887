import envelope from '../../../schemas/envelope.schema.json' with { type: 'json' };
import event from '../../../schemas/event.schema.json' with { type: 'json' };
import manifest from '../../../schemas/manifest.schema.json' with { type: 'json' };
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { SchemaName } from '../schema-names.ts';

const schemas: Record<SchemaName, object> = { manifest, envelope, event };

/** `quoderat schema`: prints a file of schemas/, byte for byte. */
export async function printSchema(name: SchemaName, io: Io): Promise<number> {
  io.stdout.write(`${JSON.stringify(schemas[name], null, 2)}\n`);
  return exitCodes.success;
}
