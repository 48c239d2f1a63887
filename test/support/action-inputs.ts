import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const actionFile = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().optional(), required: z.boolean() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string(), post: z.string(), 'post-if': z.string() }),
});
export type ActionFile = z.infer<typeof actionFile>;

/** The contexts that defaults of inputs may use. */
export type Contexts = Record<string, unknown>;

export async function readActionFile(root: string): Promise<ActionFile> {
  return actionFile.parse(parse(await readFile(join(root, 'action.yml'), 'utf8')));
}

/** The INPUT_ variables that the runner sets: what the workflow passes, and the evaluated defaults of the rest. */
export function toInputVariables(
  action: ActionFile,
  passed: Record<string, string>,
  contexts: Contexts,
): Record<string, string> {
  const unknown = Object.keys(passed).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`Unexpected input(s) ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: preset }]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      passed[name] ?? evaluate(preset ?? '', contexts),
    ]),
  );
}

/** As much of GitHub's expressions as action.yml uses: `${{ a.b }}` and `${{ toJSON(a) }}`. */
function evaluate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => {
    const json = /^toJSON\(([\w.-]+)\)$/i.exec(expression)?.[1];
    if (json !== undefined) return JSON.stringify(lookUp(json, contexts) ?? null, null, 2);
    if (!/^[\w.-]+$/.test(expression)) throw new Error(`the mini-runner can't evaluate ${expression}`);
    const value = lookUp(expression, contexts);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    return value === undefined || value === null ? '' : 'Object';
  });
}

function lookUp(path: string, contexts: Contexts): unknown {
  let value: unknown = contexts;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return value;
}
