import type { z } from 'zod';
import { findNearest } from '../lib/nearest.ts';
import { manifest } from '../schema/manifest.ts';
import { quote, type Fault, type FaultPath } from './fault.ts';
import { foreignKeys } from './foreign-keys.ts';
import { toKnownKeys } from './known-keys.ts';
import { selectValue } from './select.ts';

type Issue = z.core.$ZodIssue;

/** What the schema found wrong with a value, as faults for people. */
export function explainIssues(issues: readonly Issue[], root: unknown): Fault[] {
  return issues.flatMap((issue) => explainIssue(issue, root));
}

function explainIssue(issue: Issue, root: unknown): Fault[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const value = selectValue(root, path);
  const one = (message: string, hint?: string): Fault[] => [
    hint === undefined ? { path, message } : { path, message, hint },
  ];
  const missing = value === undefined && typeof path.at(-1) === 'string';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => explainUnknownKey(key, path, toKnownKeys(manifest, path, root)));
    case 'invalid_type':
      if (missing) return one(`\`${path.at(-1)}\` is missing`);
      return one(
        `must be ${TYPES[issue.expected] ?? issue.expected}, but is ${nameType(value)}`,
        toTypeHint(issue, path, value),
      );
    case 'invalid_value':
      return one(...explainChoice(issue.values.map(String), path, value, missing));
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? one(...explainChoice(issue.options.map(String), path, value, missing))
        : one(`${issue.message}, but is ${nameType(value)}`);
    case 'invalid_key':
      return [{ path, at: 'key', message: `${quote(path.at(-1))} ${issue.issues[0]?.message ?? 'is no valid key'}` }];
    case 'invalid_format':
      return one(`${quote(value)} ${issue.message}`);
    case 'too_small':
      return one(
        issue.origin === 'number' || issue.origin === 'int' ? `must be at least ${issue.minimum}` : 'must not be empty',
      );
    case 'too_big':
      return one(explainTooBig(issue.origin, String(issue.maximum)));
    default:
      return one(issue.message);
  }
}

function explainUnknownKey(key: string, path: FaultPath, known: readonly string[]): Fault {
  const foreign = foreignKeys.get(key);
  const meant = foreign !== undefined && known.includes(foreign) ? foreign : findNearest(key, known);
  const hint = meant === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${meant}\`?`;
  return { path: [...path, key], at: 'key', message: `unknown key ${quote(key)}`, hint };
}

function explainChoice(
  choices: readonly string[],
  path: FaultPath,
  value: unknown,
  missing: boolean,
): [string, string | undefined] {
  const list = choices.length === 1 ? choices.join('') : `one of ${choices.join(', ')}`;
  if (missing) return [`\`${path.at(-1)}\` is missing`, `it is ${list}`];
  const word = typeof value === 'string' ? value : '';
  // The text "1" is not the number 1.
  if (choices.includes(word)) return [`must be ${list}, but is ${quote(value)}`, 'write it without quotes'];
  const nearest = findNearest(word, choices);
  return [
    `must be ${list}, but is ${quote(value)}`,
    nearest === undefined ? undefined : `did you mean \`${nearest}\`?`,
  ];
}

function explainTooBig(origin: string, maximum: string): string {
  if (origin === 'string') return `must be at most ${maximum} characters long`;
  return origin === 'array' ? `must hold at most ${maximum}` : `must be at most ${maximum}`;
}

function toTypeHint(issue: Issue & { code: 'invalid_type' }, path: FaultPath, value: unknown): string | undefined {
  const key = String(path.at(-1));
  if (/timeout|backoff|duration|within|until/.test(key) && typeof value === 'number')
    return `give it a unit: ${value}s or ${value}m`;
  if (key === 'retry' && typeof value === 'number') return `write it as { attempts: ${value} }`;
  if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return `put it in quotes: '${value}'`;
  if (issue.expected === 'array' && typeof value === 'string') return `write it as a list: [${quote(value)}]`;
  if (issue.expected === 'boolean' && typeof value === 'string') return 'only true and false are booleans in YAML 1.2';
  if (value === null) return 'give it a value, or remove the key';
  return undefined;
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of names to values',
};

function nameType(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `the text ${quote(value)}`;
  return typeof value === 'number' ? `the number ${value}` : quote(value);
}
