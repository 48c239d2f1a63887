import type { CoverageValue, FindingsValue, TestsValue } from './observation.ts';

/** What a report says, by what it is about. */
export type TypedReading =
  | { type: 'tests'; value: TestsValue }
  | { type: 'findings'; value: FindingsValue }
  | { type: 'coverage'; value: CoverageValue };

export type ReadReport = TypedReading & {
  ok: true;
  /** One line for people. */
  summary: string;
  parser: { name: string; version: string };
  /** false: nothing ran. All of the tests were skipped or there are none, no file was looked at, no line can be covered. */
  ran: boolean;
  /** Failed tests, or findings of level error, and the problems beside them. 0 for coverage. */
  failed: number;
};
/** A report that was read, or why it could not be. */
export type ParsedReport =
  | ReadReport
  | {
      ok: false;
      code: 'report_empty' | 'report_unreadable';
      /** What is wrong and where, to follow the report's name: `is empty`, `can't be read as junit: ... (line 3, column 7)`. */
      message: string;
    };
