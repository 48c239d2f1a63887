import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../src/reports/parse-report.ts';
import type { ParsedReport, ReadReport } from '../../src/schema/parsed-report.ts';
import type { ReportFormat } from '../../src/schema/kinds.ts';
import type { CoverageValue, FindingsValue, TestsValue } from '../../src/schema/observation.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/reports');

/** A text or bytes as a stream, in pieces of `size` bytes. */
export async function* toChunks(content: string | Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export function readText(format: ReportFormat, content: string | Uint8Array, size?: number): Promise<ParsedReport> {
  return parseReport(format, toChunks(content, size), { root: '/work/shop' });
}

export function readFixture(format: ReportFormat, name: string): Promise<ParsedReport> {
  return parseReport(format, createReadStream(join(FIXTURES, name)), { root: '/work/shop' });
}

export function assertRead(report: ParsedReport): asserts report is ReadReport {
  if (!report.ok) throw new Error(`the report ${report.message}`);
}

export async function readTests(format: ReportFormat, content: string | Uint8Array): Promise<TestsValue> {
  const report = await readText(format, content);
  assertRead(report);
  if (report.type !== 'tests') throw new Error(`${format} gave ${report.type}`);
  return report.value;
}

export async function readFindings(format: ReportFormat, content: string): Promise<FindingsValue> {
  const report = await readText(format, content);
  assertRead(report);
  if (report.type !== 'findings') throw new Error(`${format} gave ${report.type}`);
  return report.value;
}

export async function readCoverage(format: ReportFormat, content: string): Promise<CoverageValue> {
  const report = await readText(format, content);
  assertRead(report);
  if (report.type !== 'coverage') throw new Error(`${format} gave ${report.type}`);
  return report.value;
}

/** Why it can't be read. */
export async function readFault(format: ReportFormat, content: string | Uint8Array): Promise<string> {
  const report = await readText(format, content);
  if (report.ok) throw new Error(`it was read: ${report.summary}`);
  return `${report.code}: ${report.message}`;
}
