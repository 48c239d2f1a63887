import type { TestStatus } from '../schema/observation.ts';
import { toDotnetPlace } from './dotnet-stack.ts';
import { parseCount, parseSeconds } from './figures.ts';
import type { ReportReader } from './reader.ts';
import { makeTestsTally } from './tests-tally.ts';
import { readXml, type XmlAttributes } from './xml.ts';

const RESULTS: Record<string, TestStatus> = { Pass: 'passed', Fail: 'failed', Skip: 'skipped', NotRun: 'skipped' };
const TEXTS = new Set(['message', 'stack-trace', 'reason']);

/** xUnit.net's own XML, version 2 and 3 (https://xunit.net/docs/format-xml-v2). */
export const readXunit: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  let assembly: { attributes: XmlAttributes; before: { tests: number; failed: number } } | undefined;
  let collection = '';
  let test: XmlAttributes | undefined;
  let error: XmlAttributes | undefined;
  let message = '';
  let stack = '';
  const counted = (): { tests: number; failed: number } => {
    const { passed, failed, skipped, pending, other } = tally.counts;
    return { tests: passed + failed + skipped + pending + other, failed };
  };

  await readXml(
    texts,
    { roots: ['assemblies', 'assembly'], doctype: 'refused' },
    {
      open(name, attributes) {
        if (name === 'assembly') {
          assembly = { attributes, before: counted() };
          tally.took(parseSeconds(attributes['time']));
        } else if (name === 'collection') {
          tally.suite();
          collection = attributes['name'] ?? '';
        } else if (name === 'test') {
          test = attributes;
          message = '';
          stack = '';
        } else if (name === 'error') {
          error = attributes;
          message = '';
        }
        return TEXTS.has(name);
      },
      close(name, text, parents) {
        const parent = parents.at(-1);
        if (name === 'message' && parent === 'failure') message ||= text;
        else if (name === 'reason' && parent === 'test') message ||= text;
        else if (name === 'stack-trace' && parent === 'failure') stack = text;
        else if (name === 'test' && test) {
          const { name: title = '', method = '', type = '', result = '', time } = test;
          tally.add({
            name: title === '' ? method : title,
            suite: [collection, type].filter((part) => part !== ''),
            status: RESULTS[result] ?? 'other',
            message,
            file: test['source-file'],
            line: parseCount(test['source-line']),
            ...toDotnetPlace(stack),
            durationMs: parseSeconds(time),
          });
          test = undefined;
        } else if (name === 'error' && error) {
          tally.problem(`${error['type'] ?? 'error'} ${error['name'] ?? ''}`, message);
          error = undefined;
        } else if (name === 'assembly' && assembly) {
          const { attributes, before } = assembly;
          const now = counted();
          const label = `the assembly "${(attributes['name'] ?? '').replace(/^.*[\\/]/, '')}"`;
          const notRun = parseCount(attributes['not-run']) ?? 0;
          const tests = now.tests - before.tests;
          tally.compare(
            { what: 'tests', where: label, declared: parseCount(attributes['total']) },
            tests,
            tests - notRun,
          );
          tally.compare(
            { what: 'failures', where: label, declared: parseCount(attributes['failed']) },
            now.failed - before.failed,
          );
        }
      },
    },
  );
  return tally.reading();
};
