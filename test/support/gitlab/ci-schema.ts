import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { isObject } from '../../../src/lib/json.ts';

/**
 * GitLab's own JSON schema of .gitlab-ci.yml (app/assets/javascripts/editor/schema/ci.json of gitlab-org/gitlab, MIT), read
 * out of the installed gitlab-ci-local, which has it in its bundle. It is not copied here: it ages with that package.
 */
export function readCiSchema(): ValidateFunction {
  const text = readFileSync(createRequire(import.meta.url).resolve('gitlab-ci-local'), 'utf8');
  const start = text.search(/\{\$schema:"[^"]+",\$id:"https:\/\/gitlab\.com\/\.gitlab-ci\.yml"/);
  if (start === -1) throw new Error('gitlab-ci-local holds no schema of .gitlab-ci.yml any more');
  const schema: unknown = runInNewContext(`(${text.slice(start, toEnd(text, start))})`);
  // A copy of this realm: ajv asks for plain objects.
  const copy: unknown = JSON.parse(JSON.stringify(schema));
  if (!isObject(copy)) throw new Error("gitlab-ci-local's schema of .gitlab-ci.yml is no object");
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(copy);
}

/** A .gitlab-ci.yml or a template of a component: its header, if any, and its body. */
export function parseCiYaml(text: string): { header: unknown; body: Record<string, unknown> } {
  const customTags = [{ tag: '!reference', collection: 'seq' as const, resolve: (node: unknown) => node }];
  const documents = parseAllDocuments(text, { customTags });
  const values = (Array.isArray(documents) ? documents : []).map((document): unknown => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
  const body = values.at(-1);
  if (!isObject(body)) throw new Error('the body is no mapping');
  return { header: values.length > 1 ? values[0] : null, body };
}

/** The end of the object literal that begins at `start`: strings may hold brackets. */
function toEnd(text: string, start: number): number {
  let depth = 0;
  for (const { 0: token, index } of text
    .slice(start)
    .matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[[\]{}]/gs)) {
    if ('{['.includes(token)) depth += 1;
    else if ('}]'.includes(token) && (depth -= 1) === 0) return start + index + 1;
  }
  throw new Error('the schema has no end');
}
