/** What a program needs to find itself and to print in one language; nothing of it is ever a secret. */
const BASE = [
  'PATH',
  'HOME',
  'TMPDIR',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
] as const;

/** The environment of a program that only answers a question: the base and the named variables, no tokens. */
export function toBareEnv(env: Record<string, string>, names: readonly string[]): Record<string, string> {
  const bare: Record<string, string> = { LANG: 'C', LC_ALL: 'C' };
  for (const name of [...BASE, ...names]) {
    const value = lookUp(env, name);
    if (value !== undefined) bare[name] = value;
  }
  return bare;
}

/** Windows spells `Path` as it likes, and a copy of process.env no longer forgives that. */
export function lookUp(env: Record<string, string>, name: string): string | undefined {
  if (Object.hasOwn(env, name) || process.platform !== 'win32') return env[name];
  const found = Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase());
  return found === undefined ? undefined : env[found];
}
