import { fillTemplate, findReferences } from '../lib/template.ts';
import { asMapping } from './select.ts';

type Complaint = { message: string; hint?: string };

/** What is wrong with the `${{ }}` in a text of a step; `step` is undefined outside of steps, where none is allowed. */
export function findReferenceFault(text: string, step: unknown): Complaint | undefined {
  const map = asMapping(asMapping(step)?.['map']);
  for (const reference of findReferences(text)) {
    if (reference === undefined) return { message: '"${{" is not closed by "}}"', hint: 'write ${{ map.NAME }}' };
    const name = /^map\.(.+)$/.exec(reference)?.[1];
    if (name === undefined)
      return {
        message: `\${{ ${reference} }} means nothing here: only \${{ map.NAME }} is filled in`,
        hint: 'let variables of the runner through with pass_env',
      };
    if (map === undefined)
      return {
        message: `\${{ ${reference} }} stands in a place without a map`,
        hint: 'it works in a step that has one',
      };
    if (!Object.hasOwn(map, name))
      return { message: `the map has no "${name}"`, hint: `it has ${Object.keys(map).join(', ') || 'nothing'}` };
  }
  return undefined;
}

/** Refuses `${{` in what is executed: a value put into a script can break out of it. */
export function findInterpolation(text: string): Complaint | undefined {
  if (!text.includes('${{')) return undefined;
  const name = /map\.([A-Za-z_][A-Za-z0-9_-]*)/.exec(text)?.[1];
  const variable = (name ?? 'value').replaceAll('-', '_').toUpperCase();
  return {
    message: '"${{" is never filled in here: values are not put into commands',
    hint: `pass it through env: env: { ${variable}: '\${{ map.${name ?? 'NAME'} }}' }, and use "$${variable}" in the script`,
  };
}

/** The text as if each reference were a plain word, for checks that look at what is around it. */
export function withoutReferences(text: string): string {
  const names = findReferences(text).filter((reference) => reference !== undefined);
  return fillTemplate(text, new Map(names.map((name) => [name, 'x'])));
}
