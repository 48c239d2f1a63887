/**
 * Writes schemas/openapi.json: the server's routes (openapi-routes.ts) and the zod schemas of what goes over them, as
 * OpenAPI 3.1. With --check it writes nothing and exits 1 when the file is not what it should be.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { PROTOCOL_VERSION } from '../src/schema/api.ts';
import { type Body, type Parameter, type Route, components, routes } from './openapi-routes.ts';

/** Refusals that every route which needs a token may give. */
const COMMON = [400, 401, 403, 429, 500, 503];

const file = new URL('../schemas/openapi.json', import.meta.url);
const text = `${JSON.stringify(toDocument(), null, 2)}\n`;
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write(`${fileURLToPath(file)} is out of date: run node scripts/generate-openapi.ts\n`);
  process.exitCode = 1;
}

function toDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quoderat server',
      version: `${PROTOCOL_VERSION}`,
      description: 'The protocol between workers, readers and a Quoderat server. docs/protocol.md says what it means.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: toPaths(),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of the server, or an OIDC token of a CI job.' },
      },
      schemas: toSchemas(),
    },
  };
}

function toPaths(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: toOperation(route) };
  }
  return paths;
}

function toOperation({ id, summary, scopes, parameters = [], request, responses, errors = [] }: Route): object {
  const refusals = scopes.length === 0 ? errors : [...COMMON, ...errors];
  const scopeText =
    scopes.length === 0 ? 'For anyone.' : `Scope: ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`;
  return {
    operationId: id,
    summary,
    description: scopeText,
    security: scopes.length === 0 ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters: parameters.map(toParameter) }),
    ...(request && { requestBody: { required: true, content: toContent([request]) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, { description, body }]) => [
          status,
          { description, ...(body && { content: toContent([body].flat()) }) },
        ]),
      ),
      ...Object.fromEntries(
        refusals
          .toSorted((one, other) => one - other)
          .map((status) => [
            String(status),
            {
              description: 'Refused; error.code says why.',
              content: toContent([{ type: 'application/json', component: 'ApiError' }]),
            },
          ]),
      ),
    },
  };
}

function toParameter({ name, in: place, schema, description }: Parameter): object {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { io: 'input' });
  return { name, in: place, description, ...(place === 'path' && { required: true }), schema: body };
}

function toContent(bodies: readonly Body[]): Record<string, object> {
  return Object.fromEntries(
    bodies.map(({ type, component }) => [
      type,
      component === undefined ? {} : { schema: { $ref: `#/components/schemas/${component}` } },
    ]),
  );
}

/** Each once, referring to each other; what zod shares between them without a name (any JSON) gets one. */
function toSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(components)) registry.add(schema, { id });
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const written = JSON.stringify(z.toJSONSchema(registry, { io: 'input', uri }).schemas);
  const { __shared, ...schemas } = parseSchemas(written.replaceAll('__shared#/$defs/schema', 'Json'));
  const named = Object.entries(__shared?.$defs ?? {}).map(
    ([id, schema]) => [id.replace('schema', 'Json'), schema] as const,
  );
  return Object.fromEntries([
    ...Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, id: _name, ...body }]) => [id, body] as const),
    ...named,
  ]);
}

type Schema = Record<string, unknown> & { $defs?: Record<string, object> | undefined };

function parseSchemas(text: string): Record<string, Schema> {
  const schema = z.looseObject({ $defs: z.record(z.string(), z.looseObject({})).optional() });
  return z.record(z.string(), schema).parse(JSON.parse(text));
}
