import * as z from 'zod';
import { count, milliseconds } from './primitives.ts';

/** How much of a report an observation repeats; the report itself is kept whole, as the artifact that is its basis. */
export const observationLimits = {
  cases: 200,
  findings: 200,
  files: 50,
  problems: 50,
  remarks: 20,
  tools: 20,
  /** UTF-16 units. */
  nameChars: 400,
  pathChars: 1000,
  messageChars: 1200,
  messageLines: 12,
  suiteParts: 12,
} as const;

const nameText = z.string().max(observationLimits.nameChars);
const pathText = z.string().max(observationLimits.pathChars);
const message = z.string().max(observationLimits.messageChars);
const remarks = z.array(message).max(observationLimits.remarks);

/** Something that went wrong beside any single test or finding: a build that broke, a bail-out, a tool that gave up. */
export const reportProblem = z.strictObject({ where: nameText, message });
export type ReportProblem = z.infer<typeof reportProblem>;

/** CTRF's words for the outcome of a test (https://ctrf.io). */
export const testStatuses = ['passed', 'failed', 'skipped', 'pending', 'other'] as const;
export const testStatus = z.enum(testStatuses);
export type TestStatus = z.infer<typeof testStatus>;

export const testCase = z.strictObject({
  name: nameText,
  /** From the outermost suite to the innermost. */
  suite: z.array(nameText).max(observationLimits.suiteParts),
  status: testStatus,
  /** true: it failed first and passed when it was tried again. */
  flaky: z.boolean(),
  /** The first lines of what the tool says of it. */
  message: message.exactOptional(),
  file: pathText.exactOptional(),
  line: count.exactOptional(),
  /** How often it was tried again. */
  retries: count,
  duration_ms: milliseconds.nullable(),
});
export type TestCase = z.infer<typeof testCase>;

/** What a test report says, in CTRF's words. Every count is of the cases in the file, not of what its header claims. */
export const testsValue = z.strictObject({
  tests: count,
  passed: count,
  failed: count,
  skipped: count,
  pending: count,
  other: count,
  flaky: count,
  suites: count,
  duration_ms: milliseconds.nullable(),
  /** The cases that did not simply pass: failed, then flaky, other, pending, skipped. */
  cases: z.array(testCase).max(observationLimits.cases),
  cases_left_out: count,
  problems: z.array(reportProblem).max(observationLimits.problems),
  problems_left_out: count,
  /** Where the file's own figures differ from what it holds. */
  disagreements: remarks,
  remarks,
});
export type TestsValue = z.infer<typeof testsValue>;

/** SARIF's words for the weight of a result (SARIF 2.1.0, section 3.27.10), heaviest first. */
export const findingLevels = ['error', 'warning', 'note', 'none'] as const;
export const findingLevel = z.enum(findingLevels);
export type FindingLevel = z.infer<typeof findingLevel>;

export const finding = z.strictObject({
  rule_id: nameText,
  level: findingLevel,
  message,
  uri: pathText.exactOptional(),
  start_line: count.exactOptional(),
  start_column: count.exactOptional(),
  /** The tool's own, by which it knows the finding again when lines have moved. */
  fingerprint: nameText.exactOptional(),
});
export type Finding = z.infer<typeof finding>;

/** What a static analysis says, in SARIF's words. */
export const findingsValue = z.strictObject({
  tools: z.array(z.strictObject({ name: nameText, version: nameText.nullable() })).max(observationLimits.tools),
  /** Findings that stand: not suppressed, and in the tool's current result. */
  total: count,
  by_level: z.strictObject({ error: count, warning: count, note: count, none: count }),
  suppressed: count,
  /** Heaviest first. */
  results: z.array(finding).max(observationLimits.findings),
  results_left_out: count,
  problems: z.array(reportProblem).max(observationLimits.problems),
  problems_left_out: count,
  disagreements: remarks,
  remarks,
});
export type FindingsValue = z.infer<typeof findingsValue>;

/** percent: of 100, two decimals, rounded down, so that 100 means all. A metric of which there is nothing is left out. */
export const coverageMetric = z.strictObject({
  covered: count,
  total: count.min(1),
  percent: z.number().min(0).max(100),
});
export type CoverageMetric = z.infer<typeof coverageMetric>;

export const coverageMetricNames = ['lines', 'branches', 'functions', 'statements'] as const;
export type CoverageMetricName = (typeof coverageMetricNames)[number];

const metrics = {
  lines: coverageMetric.exactOptional(),
  branches: coverageMetric.exactOptional(),
  functions: coverageMetric.exactOptional(),
  statements: coverageMetric.exactOptional(),
};

export const coverageFile = z.strictObject({ path: pathText, ...metrics });
export type CoverageFile = z.infer<typeof coverageFile>;

/** What a coverage report says. */
export const coverageValue = z.strictObject({
  ...metrics,
  files_total: count,
  /** The least covered files, by lines, or statements where there are no lines. */
  files: z.array(coverageFile).max(observationLimits.files),
  files_left_out: count,
  disagreements: remarks,
  remarks,
});
export type CoverageValue = z.infer<typeof coverageValue>;

/** The value of an observation, by its type. */
export const observationValues = { tests: testsValue, findings: findingsValue, coverage: coverageValue } as const;
export type ObservationType = keyof typeof observationValues;
