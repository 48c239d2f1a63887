import type { CoverageValue, FindingsValue, TestsValue } from '../schema/observation.ts';

export type Where = {
  /** The folder below which paths are told relative, as the tool saw it. */
  root?: string;
};

export type TestsReading = { type: 'tests'; value: TestsValue };
export type FindingsReading = {
  type: 'findings';
  value: FindingsValue;
  /** What was looked at: `nothing` when the report itself says that there was nothing to look at. */
  looked: 'something' | 'nothing';
};
export type CoverageReading = { type: 'coverage'; value: CoverageValue };
export type Reading = TestsReading | FindingsReading | CoverageReading;

/**
 * Reads one format. What it makes of the text is a value; a text that is not of the format is a ReportError.
 */
export type ReportReader = (texts: AsyncIterable<string>, where: Where) => Promise<Reading>;
