import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isObject } from '../../../src/lib/json.ts';
import { toInertLine } from '../../../src/render/inert.ts';
import { renderReport, type ReportOptions } from '../../../src/render/html/report.ts';
import { anyText } from '../hostile.ts';
import { parsePage } from './parse-page.ts';
import { makeRichEnvelope, richLogs } from './rich-envelope.ts';
import { sealSample } from './sealed-sample.ts';

/** Members that are words of the format and not a stranger's text. */
const words = new Set([
  'status',
  'termination',
  'kind',
  'sha256',
  'type',
  'decision',
  'match_type',
  'stage',
  'started_at',
  'finished_at',
  'class',
  'level',
  'keyid',
  'shell',
  'provider',
  'source',
  'runner_type',
  'basis',
  'component',
  'no_claims',
  'stdout_artifact_id',
  'stderr_artifact_id',
  'report_artifact_ids',
  'output_artifact_ids',
  'basis_artifact_ids',
  'id',
  'step_id',
  'needs',
  'hash_chain',
]);

/** The document with this text in the place of every text that could be a stranger's. */
function withText<Value>(value: Value, text: string, key = ''): Value {
  if (words.has(key)) return value;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape with other strings
  const as = (other: unknown): Value => other as Value;
  if (typeof value === 'string') return as(text);
  if (Array.isArray(value)) return as(value.map((element) => withText(element, text)));
  if (isObject(value))
    return as(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withText(member, text, name)])));
  return value;
}

/** Tags with their attributes' names, and values where they are ours: what a stranger's text must not change. */
function toSkeleton(page: string): string[] {
  return parsePage(page).elements.map(({ tagName, attrs }) => {
    const shown = attrs
      .filter(({ name }) => name !== 'content')
      .map(({ name, value }) => (['id', 'class', 'href', 'type'].includes(name) ? `${name}=${value}` : name));
    return [tagName, ...shown].join(' ');
  });
}

describe('a stranger’s text in the report', () => {
  let options: ReportOptions;
  beforeAll(async () => {
    options = await sealSample(makeRichEnvelope(), richLogs);
  });
  const renderWith = (text: string): string => {
    const envelope = withText(options.envelope, text);
    const bytes = Buffer.from(JSON.stringify(envelope));
    const logs = Object.fromEntries(
      Object.keys(richLogs).map((id) => [id, { text: `${text}\n${text}`, truncated: false }]),
    );
    return renderReport({ ...options, envelope, envelopeBytes: bytes, logs });
  };

  it('is text wherever it stands: the page keeps its elements and attributes', () => {
    const plain = toSkeleton(renderWith('plain'));
    fc.assert(
      fc.property(
        // A text of nothing but escape sequences is no text: its line is left out.
        anyText.filter((text) => toInertLine(text).trim() !== ''),
        (text) => {
          expect(toSkeleton(renderWith(text))).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cannot act unseen: no control, no bidi, no zero width outside of escapes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const page = renderWith(text).replace(/<style>[^]*<\/style>|<script>[^]*<\/script>/g, '');
        expect(page).not.toMatch(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\u200B\u2028\u2029\uFEFF]/u);
      }),
      { numRuns: 60 },
    );
  });
});
