import {
  backoffsInOrder,
  distinctMapValues,
  distinctRuleIds,
  duration,
  faithfulNumber,
  interpolation,
  mapValue,
  notBlank,
  notEmptyMap,
  oneCommand,
  path,
  reference,
  reservedKey,
  reservedName,
  safePattern,
  type Check,
} from './checks.ts';
import type { Fault, FaultPath } from './fault.ts';
import {
  distinctHeaders,
  exactJson,
  headerName,
  headerValue,
  jsonPath,
  oneReadyCheck,
  probeInterpolation,
  probeUrl,
  sendableName,
} from './probe-checks.ts';
import { selectPlaces, selectValue } from './select.ts';

/**
 * What the schema cannot say of a value by itself. Applied to the value as it was written, whether or not it follows
 * the schema elsewhere, so that all faults are told at once.
 */
export function findRuleFaults(root: unknown, numberText: (path: FaultPath) => string | undefined): Fault[] {
  return RULES.flatMap(([patterns, check]) =>
    patterns.flatMap((pattern) =>
      selectPlaces(root, pattern).flatMap(({ path, value }): Fault[] => {
        const step: unknown = path[0] === 'steps' ? selectValue(root, path.slice(0, 2)) : undefined;
        const context = {
          key: path.at(-1) ?? '',
          step,
          numberText: typeof value === 'number' ? numberText(path) : undefined,
        };
        const found = check(value, context);
        if (found === undefined) return [];
        const { below = [], ...complaint } = typeof found === 'string' ? { message: found } : found;
        return [{ path: [...path, ...below], ...complaint }];
      }),
    ),
  );
}

const RULES: readonly (readonly [patterns: string[], check: Check])[] = [
  [['max_duration', 'defaults.timeout', 'steps.*.timeout'], duration({ zero: false, none: false })],
  [['defaults.idle_timeout', 'steps.*.idle_timeout'], duration({ zero: false, none: true })],
  [['steps.*.retry.backoff', 'steps.*.retry.max_backoff'], duration({ zero: true, none: false })],
  [['steps.*.retry'], backoffsInOrder],
  [['env.*', 'steps.*.env.*'], reservedKey],
  [['pass_env.*', 'steps.*.pass_env.*'], reservedName],
  [['env.*', 'steps.*.env.*', 'steps.*.map.*.*'], faithfulNumber],
  [['steps.*'], oneCommand],
  [['steps.*.run', 'steps.*.argv.0'], notBlank],
  [['steps.*.run', 'steps.*.argv.*'], interpolation],
  [['steps.*.cwd'], path({ glob: false })],
  [['steps.*.outputs.*', 'steps.*.reports.*.path'], path({ glob: true })],
  [['name', 'env.*', 'steps.*.env.*', 'steps.*.name', 'steps.*.cwd'], reference],
  [['steps.*.outputs.*', 'steps.*.reports.*.path'], reference],
  [['steps.*.map'], notEmptyMap],
  [['steps.*.map.*'], distinctMapValues],
  [['steps.*.map.*.*'], mapValue],
  [['redaction.rules'], distinctRuleIds],
  [['redaction.rules.*.pattern', 'steps.*.ready.log', 'steps.*.expect.headers.*.matches'], safePattern],
  [['steps.*.expect.body.matches'], safePattern],
  [['steps.*.ready'], oneReadyCheck],
  [['steps.*.ready.timeout', 'steps.*.request.timeout'], duration({ zero: false, none: false })],
  [['steps.*.expect.within', 'steps.*.until'], duration({ zero: false, none: false })],
  [['steps.*.ready.http', 'steps.*.request.url'], probeUrl],
  [['steps.*.ready.http', 'steps.*.request.url', 'steps.*.request.headers.*'], probeInterpolation],
  [['steps.*.request.body'], probeInterpolation],
  [['steps.*.request.headers.*'], headerValue],
  [['steps.*.request.headers.*', 'steps.*.request.headers_from_env.*'], headerName],
  [['steps.*.request.headers_from_env.*', 'steps.*.request.bearer_from_env'], sendableName],
  [['steps.*.request'], distinctHeaders],
  [['steps.*.request.ca'], path({ glob: false })],
  [['steps.*.expect.body.json.*.path'], jsonPath],
  [['steps.*.expect.body.json.*.equals'], exactJson],
];
