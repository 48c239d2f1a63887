import { toCanonicalJson } from '../../lib/canonical.ts';
import { formatDuration } from '../../lib/duration.ts';
import { parseJsonPath, selectJson } from '../../lib/json-path.ts';
import type { Probe, TextTest } from '../../schema/plan-http.ts';
import type { Followed } from '../http/follow.ts';
import { isSecretHeader } from './secret-headers.ts';

/** One expectation and whether it holds. `message` says what was expected, and what was found when it was not that. */
export type Expectation = { name: string; holds: boolean; message: string };

/** How much of a stranger's text is quoted. */
const QUOTED_CHARS = 80;

/**
 * Holds an answer against everything that is expected of it. A body is UTF-8; of one that was cut, what was kept counts.
 * @param totalMs all hops and the body included
 * @param redact for what is quoted of the answer: once it is cut, half a secret would no longer be known
 */
export function judge(
  answer: Followed,
  totalMs: number,
  expect: Probe['expect'],
  redact: (text: string) => string,
): Expectation[] {
  const text = expect.body.length === 0 && expect.json.length === 0 ? '' : answer.body.toString('utf8');
  return [
    judgeStatus(answer.status, expect.status),
    ...expect.headers.map(({ name, test }) => judgeHeader(name, test, answer, redact)),
    ...expect.body.map((test) => judgeBody(test, text, answer)),
    ...judgeJson(expect.json, text, answer, redact),
    ...(expect.within_ms === null ? [] : [judgeTime(totalMs, expect.within_ms)]),
  ];
}

function judgeStatus(status: number, ranges: Probe['expect']['status']): Expectation {
  const wanted = ranges.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`)).join(' or ');
  const holds = ranges.some(({ from, to }) => status >= from && status <= to);
  return { name: 'status', holds, message: holds ? `status ${status}` : `status ${status} in place of ${wanted}` };
}

function judgeHeader(
  name: string,
  test: TextTest,
  { headers }: Followed,
  redact: (text: string) => string,
): Expectation {
  const values = headers.filter((header) => header.name.toLowerCase() === name.toLowerCase());
  const what = `header ${name}`;
  const [first] = values;
  if (first === undefined) return { name: what, holds: false, message: `there is no ${what}` };
  const holds = values.some(({ value }) => holdsFor(test, value));
  const found = holds || isSecretHeader(name) ? '' : `, but is ${quote(redact(first.value))}`;
  return { name: what, holds, message: `${what} ${toWords(test, holds)}${found}` };
}

function judgeBody(test: TextTest, text: string, answer: Followed): Expectation {
  const holds = holdsFor(test, text);
  return { name: 'body', holds, message: `body ${toWords(test, holds)}${holds ? '' : toLimit(answer)}` };
}

function judgeJson(
  tests: Probe['expect']['json'],
  text: string,
  answer: Followed,
  redact: (text: string) => string,
): Expectation[] {
  if (tests.length === 0) return [];
  const parsed = answer.bodyCut ? null : parseJson(text);
  if (parsed === null)
    return [{ name: 'body', holds: false, message: `body is no JSON that can be read${toLimit(answer)}` }];
  return tests.map(({ path, equals }) => {
    const name = `body ${path}`;
    const found = selectJson(parsed.value, parseJsonPath(path) ?? []);
    if (found === undefined) return { name, holds: false, message: `body has no ${path}` };
    const [wanted, actual] = [toText(equals), toText(found)];
    const holds = wanted === actual;
    return {
      name,
      holds,
      message: `${name} is ${quote(redact(actual), '')}${holds ? '' : ` in place of ${quote(wanted, '')}`}`,
    };
  });
}

function judgeTime(totalMs: number, withinMs: number): Expectation {
  const [took, limit] = [formatDuration(Math.round(totalMs)), formatDuration(withinMs)];
  const holds = totalMs <= withinMs;
  return {
    name: 'within',
    holds,
    message: holds ? `in ${took}, within ${limit}` : `took ${took}, longer than ${limit}`,
  };
}

function holdsFor(test: TextTest, text: string): boolean {
  if ('equals' in test) return text === test.equals;
  return 'contains' in test ? text.includes(test.contains) : new RegExp(test.matches, 'm').test(text);
}

function toWords(test: TextTest, holds: boolean): string {
  const [verb, object] =
    'equals' in test
      ? [holds ? 'is' : 'must be', quote(test.equals)]
      : 'contains' in test
        ? [holds ? 'contains' : 'does not contain', quote(test.contains)]
        : [holds ? 'matches' : 'does not match', `/${test.matches.slice(0, QUOTED_CHARS)}/`];
  return `${verb} ${object}`;
}

/** Why a text might not have been found though it was sent. */
function toLimit({ bodyCut, body, headers }: Followed): string {
  const encoding = headers.find(({ name }) => name.toLowerCase() === 'content-encoding')?.value ?? 'identity';
  if (encoding !== 'identity') return ` (it came as ${quote(encoding)}, though it was asked for as it is)`;
  return bodyCut ? ` (of it the first ${body.length} bytes were looked at)` : '';
}

/** null: it is none. */
function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** One spelling for equal values. What has no canonical form (1e400 is infinite) equals nothing of a manifest. */
function toText(value: unknown): string {
  try {
    return toCanonicalJson(value);
  } catch {
    return 'a value without an exact form';
  }
}

function quote(text: string, mark = '"'): string {
  const short = text.length <= QUOTED_CHARS ? text : `${text.slice(0, QUOTED_CHARS).toWellFormed()}...`;
  return `${mark}${short}${mark}`;
}
