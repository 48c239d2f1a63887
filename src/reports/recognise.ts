/** What a text that is not of its declared format looks like, from its beginning, to say it in the error. */
const SIGNS: readonly [RegExp, string][] = [
  [/<testsuites?[\s/>]/, 'junit'],
  [/<TestRun[\s/>]/, 'trx'],
  [/<assembl(?:ies|y)[\s/>]/, 'xunit'],
  [/<test-(?:run|results)[\s/>]/, 'nunit'],
  [/<checkstyle[\s/>]/, 'checkstyle'],
  [/<coverage[\s/>]/, 'cobertura'],
  [/<report[\s/>]/, 'jacoco'],
  [/^TAP version \d+|^1\.\.\d+\s*$|^(?:not )?ok \d+/m, 'tap'],
  [/^mode: (?:set|count|atomic)\s*$/m, 'go-cover'],
  [/^SF:/m, 'lcov'],
  [/^\{"Time":|^\{"(?:Action|ImportPath|Package)":/, 'go-test'],
  [/"(?:\$schema"\s*:\s*"[^"]{0,300}sarif|runs"\s*:\s*\[)/, 'sarif'],
  [/"reportFormat"\s*:\s*"CTRF"|"results"\s*:\s*\{\s*"tool"/, 'ctrf'],
  [/"config"\s*:\s*\{[\s\S]{0,3000}"(?:rootDir|configFile)"/, 'playwright'],
  [/^\s*\[\s*\{\s*"filePath"/, 'eslint'],
];

/** The format that the beginning of a report looks like; undefined when it looks like none. */
export function recogniseFormat(head: string): string | undefined {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  return SIGNS.find(([sign]) => sign.test(text))?.[1];
}
