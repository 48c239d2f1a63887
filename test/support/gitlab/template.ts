import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isObject } from '../../../src/lib/json.ts';
import { parseCiYaml } from './ci-schema.ts';

const root = resolve(import.meta.dirname, '../../..');

const inputSpec = z.strictObject({
  description: z.string().max(1024),
  type: z.enum(['string', 'boolean', 'number', 'array']).default('string'),
  options: z.array(z.union([z.string(), z.number()])).optional(),
  regex: z.string().optional(),
  default: z.unknown(),
});

const job = z.looseObject({
  script: z.array(z.string()),
  after_script: z.array(z.string()),
  artifacts: z.looseObject({ reports: z.record(z.string(), z.unknown()) }),
  variables: z.record(z.string(), z.strictObject({ value: z.string(), expand: z.literal(false) })),
});

export type Inputs = Record<string, z.infer<typeof inputSpec>>;
export type TemplateJob = z.infer<typeof job>;

export function readTemplate(name: 'quoderat' | 'collect'): { text: string; header: unknown; inputs: Inputs } {
  const text = readFileSync(join(root, 'gitlab/templates', name, 'template.yml'), 'utf8');
  const { header } = parseCiYaml(text);
  const { inputs } = z.object({ spec: z.object({ inputs: z.record(z.string(), inputSpec) }) }).parse(header).spec;
  return { text, header, inputs };
}

/**
 * The body as GitLab has it once the inputs are in: it puts them into the text, before YAML is read.
 * Source: gitlab-org/gitlab, lib/gitlab/ci/config/interpolation/text_template.rb.
 */
export function interpolate(
  name: 'quoderat' | 'collect',
  given: Record<string, unknown> = {},
): Record<string, unknown> {
  const { text, inputs } = readTemplate(name);
  const body = text.slice(text.indexOf('\n---\n') + 5);
  const filled = body.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_all, key: string) => {
    const value = key in given ? given[key] : inputs[key]?.default;
    if (value === undefined) throw new Error(`no input ${key}`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  return parseCiYaml(filled).body;
}

/** The one job of a component. */
export function toJob(body: Record<string, unknown>): TemplateJob {
  const [found, ...others] = Object.values(body).filter(isObject);
  if (others.length > 0) throw new Error('the component has more than one job');
  return job.parse(found);
}
