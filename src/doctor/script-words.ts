/** What a shell does itself, and the words of its grammar. */
const builtins = new Set(
  `. : [ [[ alias bg bind break builtin caller case cd command compgen complete continue declare dirs disown do done echo elif else
  enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile
  popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type
  typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);
/** Words after which the next one is the command. */
const before =
  /^(?:!|\{|if|then|else|elif|do|while|until|time|exec|command|builtin|nohup|env|sudo|[A-Za-z_]\w*\+?=\S*)$/;
/** Programs whose first argument names another program: `cargo clippy` is cargo-clippy. */
const families = new Map([['cargo', new Set(['clippy', 'fmt', 'nextest', 'llvm-cov', 'deny', 'audit'])]]);
const maxWords = 50;

/**
 * The programs that a script for bash or sh most likely calls, in their order, each once: the first word of each command
 * as far as can be told without a shell. Words with variables, quotes or globs, and functions of the script, are left out.
 */
export function toProgramWords(script: string): string[] {
  const functions = new Set(
    Array.from(script.matchAll(/^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)/gm), (match) => match[1]),
  );
  const words = toCommands(script).flatMap(toProgram);
  return [...new Set(words)].filter((word) => !functions.has(word)).slice(0, maxWords);
}

/** Single commands. What stands in quotes, comments and here-documents is none. */
function toCommands(script: string): string[] {
  const text = withoutDocuments(script)
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/"(?:[^"\\]|\\.){0,5000}"|'[^']{0,5000}'/g, '"');
  return text.split('\n').flatMap((line) => line.replace(/(?:^|\s)#.*$/, '').split(/&&|\|\||[;|&()]/));
}

function withoutDocuments(script: string): string {
  const kept: string[] = [];
  let end: string | undefined;
  for (const line of script.split('\n')) {
    if (end === undefined) kept.push(line);
    else if (line.trim() !== end) continue;
    end = end === undefined ? /<<-?\s*["'\\]?([A-Za-z_]\w*)/.exec(line)?.[1] : undefined;
  }
  return kept.join('\n');
}

function toProgram(command: string): string[] {
  const words = command.trim().split(/\s+/);
  const start = words.findIndex((word) => !before.test(word));
  const [program, first] = start === -1 ? [] : words.slice(start);
  if (program === undefined || !/^[\w./+-]+$/.test(program) || program.startsWith('-')) return [];
  if (builtins.has(program) || /^\d/.test(program)) return [];
  return first !== undefined && families.get(program)?.has(first) === true
    ? [program, `${program}-${first}`]
    : [program];
}
