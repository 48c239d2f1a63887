import type { Json } from '../lib/json.ts';
import { type FindingLevel, findingLevels } from '../schema/observation.ts';
import { dig, digList, digNumber, digText } from './json-fields.ts';

/** Which rule a result is about, by which its level is found once the whole run has been read. */
export type RuleKey = { id: string; ruleIndex: number | undefined; extension: number | undefined };

export function toRuleKey(result: Json): RuleKey {
  return {
    id: digText(result, 'ruleId') ?? digText(result, 'rule', 'id') ?? '',
    ruleIndex: toIndex(digNumber(result, 'ruleIndex') ?? digNumber(result, 'rule', 'index')),
    extension: toIndex(digNumber(result, 'rule', 'toolComponent', 'index')),
  };
}

/** The level that a result states itself, or that follows from its kind (SARIF 2.1.0, section 3.27.10). */
export function toStatedLevel(result: Json): FindingLevel | undefined {
  const stated = toLevel(digText(result, 'level'));
  if (stated !== undefined) return stated;
  return (digText(result, 'kind') ?? 'fail') === 'fail' ? undefined : 'none';
}

/** The level that the run's configuration and its rules give to results without one; the standard's default is warning. */
export function toRuleLevel(run: Json | undefined, key: RuleKey): FindingLevel {
  return toLevel(findOverride(run, key) ?? digText(findRule(run, key), 'defaultConfiguration', 'level')) ?? 'warning';
}

/** The rule's id where the result gives only its index. */
export function toRuleId(run: Json | undefined, key: RuleKey): string {
  return key.id === '' ? (digText(findRule(run, key), 'id') ?? '') : key.id;
}

function findRule(run: Json | undefined, { id, ruleIndex, extension }: RuleKey): Json | undefined {
  const component = extension === undefined ? dig(run, 'tool', 'driver') : dig(run, 'tool', 'extensions', extension);
  const rules = digList(component, 'rules');
  if (ruleIndex !== undefined) return rules[ruleIndex];
  // "CA1000/1" is a result of the rule "CA1000" (section 3.27.5).
  return (
    rules.find((rule) => digText(rule, 'id') === id) ??
    rules.find((rule) => id.startsWith(`${digText(rule, 'id') ?? id}/`))
  );
}

function findOverride(run: Json | undefined, { id, ruleIndex }: RuleKey): string | undefined {
  for (const invocation of digList(run, 'invocations')) {
    for (const override of digList(invocation, 'ruleConfigurationOverrides')) {
      const byIndex = ruleIndex !== undefined && digNumber(override, 'descriptor', 'index') === ruleIndex;
      const byId = id !== '' && digText(override, 'descriptor', 'id') === id;
      if (byIndex || byId) return digText(override, 'configuration', 'level');
    }
  }
  return undefined;
}

function toLevel(text: string | undefined): FindingLevel | undefined {
  return findingLevels.find((level) => level === text);
}

/** -1 is SARIF's way of saying that there is none. */
function toIndex(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
