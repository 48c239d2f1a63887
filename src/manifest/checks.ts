import { parseDuration } from '../lib/duration.ts';
import { findPathFault } from '../lib/relative-path.ts';
import { isReservedEnvName } from '../lib/reserved-env.ts';
import { findPatternFault } from '../lib/safe-pattern.ts';
import { findDurationFault } from './durations.ts';
import { quote, type FaultPath } from './fault.ts';
import { findInterpolation, findReferenceFault, withoutReferences } from './references.ts';
import { asMapping } from './select.ts';

/** What is wrong with a value; `below` leads to the very part of it. */
type Complaint = { message: string; hint?: string; at?: 'key'; below?: FaultPath };
type CheckContext = {
  /** The value's key or list position. */
  key: string | number;
  /** The step that the value is part of. */
  step: unknown;
  /** How the value is written, when it is a number. */
  numberText: string | undefined;
};
/** Looks at one value; a value of the wrong type is the schema's business and passes. */
export type Check = (value: unknown, context: CheckContext) => Complaint | string | undefined;

const ofText =
  (check: (text: string, context: CheckContext) => Complaint | string | undefined): Check =>
  (value, context) =>
    typeof value === 'string' ? check(value, context) : undefined;

/** A written duration, and its bounds. */
export const duration = (options: { zero: boolean; none: boolean }): Check =>
  ofText((text) => {
    const fault = findDurationFault(text, options);
    return fault === undefined ? undefined : `${quote(text)} ${fault}`;
  });

/** A path or glob that stays below the workspace, whatever its references are filled with. */
export const path = (options: { glob: boolean }): Check =>
  ofText((text) => {
    const fault = findPathFault(withoutReferences(text), options);
    return fault === undefined ? undefined : `${quote(text)} ${fault}`;
  });

/** `${{ }}` where it is filled in. */
export const reference = ofText((text, { step }) => findReferenceFault(text, step));

/** `${{ }}` where it is not. */
export const interpolation = ofText(findInterpolation);

const notReserved = (name: string): string | undefined =>
  isReservedEnvName(name) ? `${name} belongs to the runner or to Quoderat and is never given to a step` : undefined;
const WHY_RESERVED = 'a step that has it could speak for the job; give the step a variable of its own';

/** A name in a list. */
export const reservedName = ofText((text) => {
  const message = notReserved(text);
  return message === undefined ? undefined : { message, hint: WHY_RESERVED };
});

/** A name that is a key. */
export const reservedKey: Check = (_value, { key }) => {
  const message = notReserved(String(key));
  return message === undefined ? undefined : { message, hint: WHY_RESERVED, at: 'key' };
};

/** YAML reads 3.10 as 3.1 and 007 as 7: as an environment variable that would be another text than was written. */
export const faithfulNumber: Check = (value, { numberText }) =>
  typeof value === 'number' && numberText !== undefined && String(value) !== numberText
    ? { message: `${numberText} is a number, and would become ${value}`, hint: `put it in quotes: '${numberText}'` }
    : undefined;

/** What can be part of a step id. */
export const mapValue = ofText((text) =>
  /^[^\]\p{Cc}]{0,100}$/u.test(text)
    ? undefined
    : 'a value of a map becomes part of an id: at most 100 characters, no "]", no control characters',
);

/** A map has something to choose from. */
export const notEmptyMap: Check = (value) =>
  Object.keys(asMapping(value) ?? { other: 0 }).length === 0 ? 'must not be empty' : undefined;

/** A script or program that is more than white space. */
export const notBlank = ofText((text) => (text.trim() === '' ? 'must not be empty' : undefined));

/** A pattern that can be run over output of strangers. */
export const safePattern = ofText(findPatternFault);

/** Legs differ. */
export const distinctMapValues: Check = (value) => {
  const texts = Array.isArray(value) ? value.map(String) : [];
  const seen = new Set<string>();
  const twice = texts.find((text) => seen.size === seen.add(text).size);
  return twice === undefined ? undefined : `${quote(twice)} is in this list twice`;
};

/** Either of the two ways to say what is executed. */
export const oneCommand: Check = (value) => {
  const step = asMapping(value);
  if (step === undefined || step['kind'] === 'http_probe') return undefined;
  const hasRun = Object.hasOwn(step, 'run');
  const hasArgv = Object.hasOwn(step, 'argv');
  if (hasRun && hasArgv) return { message: '`run` and `argv` are both given', hint: 'keep one of the two' };
  if (hasArgv && Object.hasOwn(step, 'shell'))
    return { message: '`argv` runs without a shell, so `shell` means nothing', hint: 'remove it, or use `run`' };
  return hasRun || hasArgv ? undefined : { message: '`run` is missing', hint: 'a step needs `run` or `argv`' };
};

/** The longest wait is not shorter than the first. */
export const backoffsInOrder: Check = (value) => {
  const { backoff, max_backoff: most } = asMapping(value) ?? {};
  const [first, last] = [backoff, most].map((text) => (typeof text === 'string' ? parseDuration(text) : undefined));
  const inOrder = first === undefined || last === undefined || first <= last;
  return inOrder ? undefined : { message: 'must not be shorter than backoff', below: ['max_backoff'] };
};

/** Receipts name rules by their ids. */
export const distinctRuleIds: Check = (value) => {
  const seen = new Set<unknown>();
  for (const [index, rule] of (Array.isArray(value) ? value : []).entries()) {
    const id = asMapping(rule)?.['id'];
    if (seen.has(id)) return { message: `the id ${quote(id)} is taken by another rule`, below: [index, 'id'] };
    if (id !== undefined) seen.add(id);
  }
  return undefined;
};
