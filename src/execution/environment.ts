import { isReservedEnvName } from '../lib/reserved-env.ts';

/** The runner's variables that every child gets: what programs need to work at all, and nothing that tells or grants. */
const SAFE_NAMES = new Set([
  'PATH',
  'HOME',
  'LANG',
  'LANGUAGE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'TZ',
  'CI',
  'USER',
  'LOGNAME',
  'SHELL',
  'TERM',
]);
const SAFE_NAMES_ON_WINDOWS = new Set([
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'USERNAME',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
  'HOMEDRIVE',
  'HOMEPATH',
]);
const SAFE_PREFIXES_ON_WINDOWS = ['PROGRAMFILES', 'COMMONPROGRAMFILES'];

/** The variable by which a step's processes are known when they have left its process group. */
export const STEP_MARK = 'QUODERAT_STEP_MARK';

/** What all steps of a run are marked with beside their own mark: known from its journal when the run is lost. */
export function toRunMark(runId: string): string {
  return runId.replaceAll('-', '');
}

/**
 * The environment of a step's processes: the safe base, what `pass_env` names, what the manifest sets, and the step's
 * mark. The later wins. Names of the runner's or Quoderat's own never come in, whatever the plan says.
 * @param mark 32 hex digits; a mark that is there already (Quoderat inside a step of Quoderat) is kept beside it, or the
 * outer run could not find its own survivors
 */
export function toChildEnvironment(options: {
  runnerEnv: Record<string, string>;
  passEnv: string[];
  manifestEnv: Record<string, string>;
  mark: string;
  platform: NodeJS.Platform;
}): Record<string, string> {
  const { runnerEnv, passEnv, manifestEnv, mark, platform } = options;
  const windows = platform === 'win32';
  const toKey = (name: string): string => (windows ? name.toUpperCase() : name);
  const passed = new Set(passEnv.map(toKey));
  // Keyed as the system compares names: on Windows `Path` and `PATH` are one variable, and two would be undefined.
  const chosen = new Map<string, [name: string, value: string]>();
  for (const [name, value] of Object.entries(runnerEnv)) {
    if (isSafe(name, windows) || passed.has(toKey(name))) chosen.set(toKey(name), [name, value]);
  }
  for (const [name, value] of Object.entries(manifestEnv)) chosen.set(toKey(name), [name, value]);
  const kept = [...chosen.values()].filter(([name]) => !isReservedEnvName(name));
  return Object.fromEntries([...kept, [STEP_MARK, toMarks(runnerEnv[STEP_MARK], mark)]]);
}

function isSafe(name: string, windows: boolean): boolean {
  if (!windows) return SAFE_NAMES.has(name) || name.startsWith('LC_');
  const upper = name.toUpperCase();
  return (
    SAFE_NAMES.has(upper) ||
    upper.startsWith('LC_') ||
    SAFE_NAMES_ON_WINDOWS.has(upper) ||
    SAFE_PREFIXES_ON_WINDOWS.some((prefix) => upper.startsWith(prefix))
  );
}

function toMarks(outer: string | undefined, mark: string): string {
  return outer !== undefined && /^[0-9a-f,]{32,1000}$/.test(outer) ? `${outer},${mark}` : mark;
}
