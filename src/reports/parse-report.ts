import type { ReportFormat } from '../schema/kinds.ts';
import type { ParsedReport, ReadReport, TypedReading } from '../schema/parsed-report.ts';
import { readCheckstyle } from './checkstyle.ts';
import { readCobertura } from './cobertura.ts';
import { readCtrf } from './ctrf.ts';
import { decodeText } from './decode-text.ts';
import { readEslint } from './eslint.ts';
import { readGoCover } from './go-cover.ts';
import { readGoTest } from './go-test.ts';
import { readJacoco } from './jacoco.ts';
import { readJunit } from './junit.ts';
import { readLcov } from './lcov.ts';
import { readNunit } from './nunit.ts';
import { readPlaywright } from './playwright.ts';
import type { Reading, ReportReader, Where } from './reader.ts';
import { recogniseFormat } from './recognise.ts';
import { ReportError } from './report-error.ts';
import { readSarif } from './sarif.ts';
import { toCoverageSummary, toFindingsSummary, toTestsSummary } from './summary.ts';
import { readTap } from './tap.ts';
import { readTrx } from './trx.ts';
import { readXunit } from './xunit.ts';

/** Rises with every change of what is read from the same bytes. */
const PARSER_VERSION = '1.0.0';
const HEAD_CHARS = 4096;

const readers: Record<ReportFormat, ReportReader> = {
  junit: readJunit,
  trx: readTrx,
  xunit: readXunit,
  nunit: readNunit,
  tap: readTap,
  ctrf: readCtrf,
  playwright: readPlaywright,
  'go-test': readGoTest,
  sarif: readSarif,
  checkstyle: readCheckstyle,
  eslint: readEslint,
  lcov: readLcov,
  cobertura: readCobertura,
  jacoco: readJacoco,
  'go-cover': readGoCover,
};

/**
 * Reads a report as the format it was declared to be, as a stream and in bounded memory: docs/reports.md tells what is
 * read and the bounds. Rejects only when `chunks` does.
 */
export async function parseReport(
  format: ReportFormat,
  chunks: AsyncIterable<Uint8Array>,
  where: Where,
): Promise<ParsedReport> {
  let head = '';
  let begun = false;
  async function* watch(): AsyncGenerator<string> {
    for await (const text of decodeText(chunks)) {
      if (head.length < HEAD_CHARS) head = (head + text.slice(0, HEAD_CHARS)).trimStart();
      begun = true;
      yield text;
    }
  }
  try {
    const reading = await readers[format](watch(), where);
    return {
      ok: true,
      ...toTyped(reading),
      parser: { name: `quoderat/${format}`, version: PARSER_VERSION },
      ...judge(reading),
    };
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    if (begun && head === '') return { ok: false, code: 'report_empty', message: 'is empty' };
    const seen = recogniseFormat(head);
    const hint = seen !== undefined && seen !== format ? `; it looks like ${seen}` : '';
    return { ok: false, code: error.code, message: `can't be read as ${format}: ${error.message}${hint}` };
  }
}

function toTyped(reading: Reading): TypedReading {
  if (reading.type === 'findings') return { type: 'findings', value: reading.value };
  return reading;
}

function judge(reading: Reading): Pick<ReadReport, 'summary' | 'ran' | 'failed'> {
  switch (reading.type) {
    case 'tests': {
      const { value } = reading;
      const problems = value.problems.length + value.problems_left_out;
      const ran = value.passed + value.failed + value.other > 0;
      return { summary: toTestsSummary(value), ran, failed: value.failed + problems };
    }
    case 'findings': {
      const { value, looked } = reading;
      const problems = value.problems.length + value.problems_left_out;
      return {
        summary: toFindingsSummary(value),
        ran: looked === 'something',
        failed: value.by_level.error + problems,
      };
    }
    default: {
      const { lines, branches, functions, statements } = reading.value;
      const ran = [lines, branches, functions, statements].some((metric) => metric !== undefined);
      return { summary: toCoverageSummary(reading.value), ran, failed: 0 };
    }
  }
}
