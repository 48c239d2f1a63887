import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Document, OpenAPIRouter, type Operation } from 'openapi-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sha256 } from '../../src/lib/hash.ts';
import { finalizeAnswer } from '../../src/schema/api.ts';
import { makeApp } from '../../src/server/app.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import type { tokens } from './harness.ts';
import { finalize, makeSampleRun, sendFiles, sendRun, startFreshServer, type TestServer } from './harness.ts';

const root = resolve(import.meta.dirname, '../..');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it is, the tests say
const document = JSON.parse(await readFile(resolve(root, 'schemas/openapi.json'), 'utf8')) as Document;
const router = new OpenAPIRouter({ definition: document });
// openapi-backend's own validator knows the dialect of OpenAPI 3.0 alone; that of 3.1 is JSON Schema 2020-12.
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...document, $id: 'openapi' }, 'openapi');

let cluster: TestCluster;
let server: TestServer;
beforeAll(async () => {
  cluster = await startTestCluster();
  server = await startFreshServer(cluster);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

describe('schemas/openapi.json', () => {
  it('is what the schemas and the table of routes give now', async () => {
    const script = resolve(root, 'scripts/generate-openapi.ts');
    const checked = await promisify(execFile)(process.execPath, [script, '--check']);
    expect(checked.stderr).toBe('');
  });

  it('names each route that is mounted, and no other', () => {
    const pass: Parameters<typeof makeApp>[1]['auth'] = (_context, next) => next();
    const app = makeApp(server.server.deps, { auth: pass, around: [], behindAuth: [], isStopping: () => false });
    const mounted = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([a-z]+)/g, '{$1}')}`);
    const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item ?? {})
        .filter((method) => method !== 'head')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...new Set(described)].toSorted()).toEqual([...new Set(mounted)].toSorted());
  });

  it('says what the server answers, also where it refuses', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    const { evidence_id } = finalizeAnswer.parse(await (await finalize(server, run)).json());
    const hex = sha256('unit 1 said so\n');
    const asked: [keyof typeof tokens, string, string, string?, string?][] = [
      ['worker', 'GET', '/v1/info'],
      ['worker', 'GET', '/.well-known/jwks.json'],
      ['worker', 'GET', '/v1/runs?limit=1'],
      ['worker', 'GET', `/v1/runs/${run.runId}`],
      ['stranger', 'GET', `/v1/runs/${run.runId}`],
      ['worker', 'POST', '/v1/runs', JSON.stringify(run.request), 'application/json'],
      ['worker', 'POST', '/v1/runs', '{}', 'application/json'],
      ['worker', 'POST', `/v1/runs/${run.runId}/heartbeat`, '{}', 'application/json'],
      ['worker', 'POST', `/v1/runs/${run.runId}/cancel`, '{}', 'application/json'],
      ['worker', 'POST', `/v1/runs/${run.runId}/finalize`, JSON.stringify(run.finalize), 'application/json'],
      ['worker', 'POST', `/v1/runs/${run.runId}/events`, JSON.stringify({ events: run.events }), 'application/json'],
      ['worker', 'PUT', `/v1/artifacts/sha256/${hex}`, 'unit 1 said so\n', 'application/octet-stream'],
      ['worker', 'PUT', `/v1/artifacts/sha256/${hex}`, 'other', 'application/octet-stream'],
      ['worker', 'GET', `/v1/evidence/${evidence_id}`],
      ['worker', 'GET', '/v1/evidence/x'],
      ['worker', 'GET', '/metrics'],
    ];
    for (const [who, method, path, body, sent] of asked) {
      const answer = await server.ask(who, path, {
        method,
        ...(body !== undefined && { body, headers: { 'content-type': sent ?? '' } }),
      });
      const text = await answer.text();
      const operation = router.matchOperation({ method, path, headers: {} });
      const name = `${method} ${path} ${answer.status}`;
      const content = toContent(operation, answer.status);
      const [type] = (answer.headers.get('content-type') ?? '').split(';');
      expect(content, name).toHaveProperty([type ?? '']);
      const ref = content[type ?? '']?.schema?.$ref;
      const check = ref === undefined ? undefined : ajv.getSchema(`openapi${ref}`);
      expect(check === undefined || check(JSON.parse(text)) ? [] : check.errors, name).toEqual([]);
    }
  });

  it('refers to nothing that is not in it, and names each operation once', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, id]) => id ?? '',
    );
    const schemas = document.components?.schemas ?? {};
    expect(refs.filter((id) => !Object.hasOwn(schemas, id))).toEqual([]);
    for (const id of Object.keys(schemas)) expect(ajv.getSchema(`openapi#/components/schemas/${id}`), id).toBeDefined();
    const ids = router.getOperations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, parameters = [], operationId } of router.getOperations()) {
      const declared = parameters.flatMap((each) => ('in' in each && each.in === 'path' ? [each.name] : []));
      expect(declared, operationId).toEqual([...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name));
    }
  });
});

const contentSchema = z.record(
  z.string(),
  z.looseObject({ schema: z.object({ $ref: z.string().optional() }).optional() }),
);
type Content = z.infer<typeof contentSchema>;

function toContent(operation: Operation | undefined, status: number): Content {
  const responses = z.record(z.string(), z.looseObject({ content: contentSchema.optional() }));
  return responses.parse(operation?.responses ?? {})[String(status)]?.content ?? {};
}
