/** What the last command of a package.json script is: further arguments of `npm run` land behind it. */
export type LastCommand = {
  /** Without wrappers: `vitest` of `cross-env CI=1 vitest run`. */
  program: string;
  /** What follows the program. */
  args: readonly string[];
  /** It is the only command, and has no wrapper. */
  alone: boolean;
};

/** Programs that run another one, whose name follows with nothing but settings and switches between. */
const wrappers = new Set(['cross-env', 'cross-env-shell', 'npx', 'c8', 'nyc', 'dotenv', 'bunx', 'env']);
const maxFollowed = 5;
/** A longer one is a program of its own. */
const maxScript = 2000;

/**
 * Reads the last command of a script as far as can be done without a shell; undefined when arguments that are added at
 * the end would not reach it (pipes, redirections, alternatives, several lines).
 */
export function parseLastCommand(script: string): LastCommand | undefined {
  if (script.length > maxScript || /[|<>&\n\r`()]/.test(script.replaceAll('&&', ';'))) return undefined;
  const commands = script.split(/&&|;/).map((command) => command.trim());
  const words = commands.at(-1)?.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  let start = 0;
  while (start < words.length && isBefore(words[start] ?? '', start)) start += 1;
  const [program, ...args] = words.slice(start);
  return program === undefined ? undefined : { program, args, alone: commands.length === 1 && start === 0 };
}

/** The script that one which only calls another (`npm run unit`) stands for. */
export function followScript(name: string, scripts: ReadonlyMap<string, string>): string {
  let at = name;
  for (let step = 0; step < maxFollowed; step += 1) {
    const next = /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)$/.exec(scripts.get(at)?.trim() ?? '')?.[1];
    if (next === undefined || !scripts.has(next) || next === name) return at;
    at = next;
  }
  return at;
}

function isBefore(word: string, index: number): boolean {
  return wrappers.has(word) || /^[A-Za-z_]\w*=/.test(word) || (index > 0 && word.startsWith('-'));
}
