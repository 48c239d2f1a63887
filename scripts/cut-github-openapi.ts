/**
 * Cuts what a reporter may ask of GitHub's REST API out of GitHub's own OpenAPI description, for the proxy in
 * test/support/forge: the description has 13 MB, the part has a few kB.
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *     node scripts/cut-github-openapi.ts package/generated/api.github.com.json
 */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const REPO = '/repos/{owner}/{repo}';
const wanted: Record<string, string[]> = {
  '/user': ['get'],
  [`${REPO}/check-runs`]: ['post'],
  [`${REPO}/check-runs/{check_run_id}`]: ['get', 'patch'],
  [`${REPO}/check-runs/{check_run_id}/annotations`]: ['get'],
  [`${REPO}/commits/{ref}/check-runs`]: ['get'],
  [`${REPO}/issues/{issue_number}/comments`]: ['get', 'post'],
  [`${REPO}/issues/comments/{comment_id}`]: ['get', 'patch', 'delete'],
  // What `mode: report` and `mode: collect` ask.
  [`${REPO}/actions/runs/{run_id}`]: ['get'],
  [`${REPO}/actions/runs/{run_id}/artifacts`]: ['get'],
  [`${REPO}/actions/artifacts/{artifact_id}/{archive_format}`]: ['get'],
  [`${REPO}/commits/{commit_sha}/pulls`]: ['get'],
  [`${REPO}/pulls/{pull_number}`]: ['get'],
  [`${REPO}/attestations`]: ['post'],
};

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.unknown()).optional(),
  requestBody: z.unknown().optional(),
});
const description = z.looseObject({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const source = process.argv[2];
if (source === undefined) throw new Error('usage: node scripts/cut-github-openapi.ts <api.github.com.json>');
const whole = description.parse(JSON.parse(await readFile(source, 'utf8')));

const paths = Object.fromEntries(
  Object.entries(wanted).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, toOperation(path, method)])),
  ]),
);
const part = { openapi: whole.openapi, info: { title: whole.info.title, version: whole.info.version }, paths };
const components = collect(part);
const text = `${JSON.stringify({ ...part, components }, null, 1)}\n`;
await writeFile(new URL('../test/fixtures/github-openapi-subset.json', import.meta.url), text);
process.stdout.write(`${text.length} characters, ${Object.keys(paths).length} paths\n`);

/** Answers are not described: it is what is sent that the proxy judges. */
function toOperation(path: string, method: string): unknown {
  const found = operation.parse(whole.paths[path]?.[method]);
  return { ...toBare(found, ''), responses: { default: { description: 'not described' } } };
}

/** Without prose and examples. A property may be called `description`; a schema's own is a string. */
function toBare(value: unknown, name: string): object {
  if (Array.isArray(value)) return value.map((item: unknown) => (isObject(item) ? toBare(item, '') : item));
  const members = Object.entries(value ?? {}).flatMap(([key, member]: [string, unknown]) => {
    const isProse = name !== 'properties' && ['description', 'example', 'examples', 'externalDocs'].includes(key);
    if (isProse || key.startsWith('x-')) return [];
    return [[key, isObject(member) ? toBare(member, key) : member] as const];
  });
  return Object.fromEntries(members);
}

/** Everything that is referred to, and what that refers to. */
function collect(from: unknown): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  const queue = [from];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const [, kind, name] of JSON.stringify(next).matchAll(/"#\/components\/([^/"]+)\/([^/"]+)"/g)) {
      if (kind === undefined || name === undefined || found[kind]?.[name] !== undefined) continue;
      const components = z.record(z.string(), z.record(z.string(), z.unknown())).parse(whole['components']);
      const component = toBare(components[kind]?.[name], '');
      (found[kind] ??= {})[name] = component;
      queue.push(component);
    }
  }
  return found;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
