import type { Json } from '../lib/json.ts';
import { observationLimits } from '../schema/observation.ts';
import { type FindingsTally, type FoundFinding, makeFindingsTally } from './findings-tally.ts';
import { dig, digList, digNumber, digText } from './json-fields.ts';
import { leaf, leaves, readJson, type Shape } from './json-shape.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { type RuleKey, toRuleId, toRuleKey, toRuleLevel, toStatedLevel } from './sarif-levels.ts';

const MESSAGE = leaves('text', 'id', 'markdown');
const RULE: Shape = {
  members: {
    id: leaf,
    shortDescription: leaves('text'),
    messageStrings: { members: { default: leaves('text') } },
    defaultConfiguration: leaves('level'),
  },
};
const COMPONENT: Shape = {
  members: { ...leaves('name', 'version', 'semanticVersion').members, rules: { elements: RULE } },
};
const REGION = leaves('startLine', 'startColumn');
const RESULT: Shape = {
  item: 'result',
  members: {
    ...leaves('ruleId', 'ruleIndex', 'level', 'kind', 'baselineState').members,
    rule: { members: { id: leaf, index: leaf, toolComponent: leaves('index') } },
    message: MESSAGE,
    locations: {
      elements: {
        members: {
          physicalLocation: { members: { artifactLocation: leaves('uri', 'uriBaseId'), region: REGION } },
        },
      },
    },
    partialFingerprints: { others: leaf },
    fingerprints: { others: leaf },
    suppressions: { elements: leaves('status') },
  },
};
const NOTIFICATION: Shape = { members: { level: leaf, message: MESSAGE } };
const INVOCATION: Shape = {
  members: {
    executionSuccessful: leaf,
    exitCodeDescription: leaf,
    toolExecutionNotifications: { elements: NOTIFICATION },
    toolConfigurationNotifications: { elements: NOTIFICATION },
    ruleConfigurationOverrides: {
      elements: { members: { descriptor: leaves('id', 'index'), configuration: leaves('level') } },
    },
  },
};
const RUN: Shape = {
  members: {
    tool: { members: { driver: COMPONENT, extensions: { elements: COMPONENT } } },
    invocations: { elements: INVOCATION },
    results: { elements: RESULT },
  },
};
const SHAPE: Shape = { members: { version: leaf, runs: { elements: RUN } } };
const MAX_RULES = 100_000;

/** Results of one rule in one run, that state no level: counted now, judged when the run's rules are known. */
type Pending = { run: number; key: RuleKey; count: number; kept: FoundFinding[] };

/**
 * SARIF 2.1.0. Suppressed results, and those that a baseline tells to be gone, are not among the total. A run whose
 * invocation says that it did not succeed is a problem, whatever its results are.
 */
export const readSarif: ReportReader = async (texts, where) => {
  const tally = makeFindingsTally(where);
  const pending = new Map<string, Pending>();
  const states = new Map<string, number>();

  const root = await readJson(texts, SHAPE, (result, _name, around) => {
    const state = digText(result, 'baselineState');
    if (state !== undefined && states.size < 20) states.set(state, (states.get(state) ?? 0) + 1);
    if (state === 'absent') return;
    if (isSuppressed(result)) return tally.suppress(1);
    const key = toRuleKey(result);
    const run = digList(around[0], 'runs').length - 1;
    const level = toStatedLevel(result);
    if (level !== undefined) return tally.add(level, toFound(result, key.id));
    const id = JSON.stringify([run, key.id, key.ruleIndex, key.extension]);
    const entry = pending.get(id) ?? { run, key, count: 0, kept: [] };
    if (entry.count === 0 && pending.size >= MAX_RULES) refuse(`it has results of more than ${MAX_RULES} rules`);
    pending.set(id, entry);
    entry.count += 1;
    if (entry.kept.length < observationLimits.findings) entry.kept.push(toFound(result, key.id));
  });
  if (dig(root, 'runs') === undefined) refuse('it is no SARIF: it has no runs');

  const runs = digList(root, 'runs');
  for (const { run, key, count, kept } of pending.values()) {
    const level = toRuleLevel(runs[run], key);
    for (const found of kept) tally.add(level, { ...found, ruleId: toRuleId(runs[run], key) });
    tally.addUntold(level, count - kept.length);
  }
  for (const run of runs) readRun(tally, run);
  const version = digText(root, 'version');
  if (version !== '2.1.0')
    tally.remark(`the file says that it is SARIF ${version ?? 'without a version'}; it was read as 2.1.0`);
  if (states.size > 0)
    tally.remark(`against the tool's baseline: ${[...states].map(([state, count]) => `${count} ${state}`).join(', ')}`);
  return tally.reading(runs.length === 0 ? 'nothing' : 'something');
};

/** Section 3.27.23: suppressed when there are suppressions and none of them is under review or rejected. */
function isSuppressed(result: Json): boolean {
  const suppressions = digList(result, 'suppressions');
  return (
    suppressions.length > 0 && suppressions.every((entry) => (digText(entry, 'status') ?? 'accepted') === 'accepted')
  );
}

function toFound(result: Json, ruleId: string): FoundFinding {
  const physical = dig(result, 'locations', 0, 'physicalLocation');
  return {
    ruleId,
    message:
      digText(result, 'message', 'text') ??
      digText(result, 'message', 'markdown') ??
      digText(result, 'message', 'id') ??
      '',
    uri: digText(physical, 'artifactLocation', 'uri'),
    line: digNumber(physical, 'region', 'startLine'),
    column: digNumber(physical, 'region', 'startColumn'),
    fingerprint: toFingerprint(result),
  };
}

function toFingerprint(result: Json): string | undefined {
  for (const group of ['fingerprints', 'partialFingerprints']) {
    const found = Object.entries(dig(result, group) ?? {}).find(([, value]) => typeof value === 'string');
    if (found) return `${found[0]}:${String(found[1])}`;
  }
  return undefined;
}

function readRun(tally: FindingsTally, run: Json): void {
  const driver = dig(run, 'tool', 'driver');
  const name = digText(driver, 'name') ?? 'a tool without a name';
  tally.tool(name, digText(driver, 'semanticVersion') ?? digText(driver, 'version'));
  for (const invocation of digList(run, 'invocations')) {
    const notes = [
      ...digList(invocation, 'toolExecutionNotifications'),
      ...digList(invocation, 'toolConfigurationNotifications'),
    ];
    const errors = notes
      .filter((note) => digText(note, 'level') === 'error')
      .map((note) => digText(note, 'message', 'text') ?? '');
    if (dig(invocation, 'executionSuccessful') === false) {
      const said = [digText(invocation, 'exitCodeDescription') ?? '', ...errors].filter((text) => text !== '');
      tally.problem(name, ['the tool says that its run did not succeed', ...said].join('\n'));
    } else {
      for (const error of errors) tally.problem(name, error);
    }
  }
}
