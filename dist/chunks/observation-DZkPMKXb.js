import { C as number, D as string, E as strictObject, g as array, h as _enum, i as milliseconds, t as count, v as boolean } from "./primitives-B201jKT5.js";

// src/schema/observation.ts
/** How much of a report an observation repeats; the report itself is kept whole, as the artifact that is its basis. */
const observationLimits = {
	cases: 200,
	findings: 200,
	files: 50,
	problems: 50,
	remarks: 20,
	tools: 20,
	/** UTF-16 units. */
	nameChars: 400,
	pathChars: 1e3,
	messageChars: 1200,
	messageLines: 12,
	suiteParts: 12
};
const nameText = string().max(observationLimits.nameChars);
const pathText = string().max(observationLimits.pathChars);
const message = string().max(observationLimits.messageChars);
const remarks = array(message).max(observationLimits.remarks);
/** Something that went wrong beside any single test or finding: a build that broke, a bail-out, a tool that gave up. */
const reportProblem = strictObject({
	where: nameText,
	message
});
/** CTRF's words for the outcome of a test (https://ctrf.io). */
const testStatuses = [
	"passed",
	"failed",
	"skipped",
	"pending",
	"other"
];
const testStatus = _enum(testStatuses);
const testCase = strictObject({
	name: nameText,
	/** From the outermost suite to the innermost. */
	suite: array(nameText).max(observationLimits.suiteParts),
	status: testStatus,
	/** true: it failed first and passed when it was tried again. */
	flaky: boolean(),
	/** The first lines of what the tool says of it. */
	message: message.exactOptional(),
	file: pathText.exactOptional(),
	line: count.exactOptional(),
	/** How often it was tried again. */
	retries: count,
	duration_ms: milliseconds.nullable()
});
/** What a test report says, in CTRF's words. Every count is of the cases in the file, not of what its header claims. */
const testsValue = strictObject({
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
	cases: array(testCase).max(observationLimits.cases),
	cases_left_out: count,
	problems: array(reportProblem).max(observationLimits.problems),
	problems_left_out: count,
	/** Where the file's own figures differ from what it holds. */
	disagreements: remarks,
	remarks
});
/** SARIF's words for the weight of a result (SARIF 2.1.0, section 3.27.10), heaviest first. */
const findingLevels = [
	"error",
	"warning",
	"note",
	"none"
];
const findingLevel = _enum(findingLevels);
const finding = strictObject({
	rule_id: nameText,
	level: findingLevel,
	message,
	uri: pathText.exactOptional(),
	start_line: count.exactOptional(),
	start_column: count.exactOptional(),
	/** The tool's own, by which it knows the finding again when lines have moved. */
	fingerprint: nameText.exactOptional()
});
/** What a static analysis says, in SARIF's words. */
const findingsValue = strictObject({
	tools: array(strictObject({
		name: nameText,
		version: nameText.nullable()
	})).max(observationLimits.tools),
	/** Findings that stand: not suppressed, and in the tool's current result. */
	total: count,
	by_level: strictObject({
		error: count,
		warning: count,
		note: count,
		none: count
	}),
	suppressed: count,
	/** Heaviest first. */
	results: array(finding).max(observationLimits.findings),
	results_left_out: count,
	problems: array(reportProblem).max(observationLimits.problems),
	problems_left_out: count,
	disagreements: remarks,
	remarks
});
/** percent: of 100, two decimals, rounded down, so that 100 means all. A metric of which there is nothing is left out. */
const coverageMetric = strictObject({
	covered: count,
	total: count.min(1),
	percent: number().min(0).max(100)
});
const coverageMetricNames = [
	"lines",
	"branches",
	"functions",
	"statements"
];
const metrics = {
	lines: coverageMetric.exactOptional(),
	branches: coverageMetric.exactOptional(),
	functions: coverageMetric.exactOptional(),
	statements: coverageMetric.exactOptional()
};
const coverageFile = strictObject({
	path: pathText,
	...metrics
});
/** What a coverage report says. */
const coverageValue = strictObject({
	...metrics,
	files_total: count,
	/** The least covered files, by lines, or statements where there are no lines. */
	files: array(coverageFile).max(observationLimits.files),
	files_left_out: count,
	disagreements: remarks,
	remarks
});
/** The value of an observation, by its type. */
const observationValues = {
	tests: testsValue,
	findings: findingsValue,
	coverage: coverageValue
};

export { observationLimits as a, testsValue as c, findingsValue as i, coverageValue as n, observationValues as o, findingLevels as r, testStatuses as s, coverageMetricNames as t };