import type { Shell } from '../schema/kinds.ts';
import type { PlanCommand } from '../schema/plan.ts';
import type { Scratch } from './scratch.ts';

/** What is handed to the operating system. */
export type Program = {
  file: string;
  args: string[];
  /** Windows: args are the command line as it stands (cmd.exe reads quotes in its own way). */
  verbatim: boolean;
  /** Removes the script file, when there is one. */
  release: () => void;
};

/**
 * The program and arguments of a command. `argv` is taken as it is: no shell sees it. A `run` script goes to its shell as
 * a file that only this user can read, never as an argument: arguments are visible to everyone on the machine
 * (/proc/pid/cmdline), and one is limited to 128 KiB on Linux.
 * @throws SpawnError when the script can't be written
 */
export function toProgram(command: PlanCommand, scratch: Scratch): Program {
  if ('argv' in command) {
    const [file = '', ...args] = command.argv;
    return { file, args, verbatim: false, release: () => {} };
  }
  const { extension, toText, toCommand } = shellForms[command.shell];
  const script = scratch.writeScript(extension, toText(command.run));
  return { ...toCommand(script.path), verbatim: command.shell === 'cmd', release: script.remove };
}

type ShellForm = {
  extension: string;
  toText: (script: string) => string;
  toCommand: (path: string) => { file: string; args: string[] };
};

const shellForms = {
  bash: {
    extension: '.sh',
    toText: withNewline,
    toCommand: (path) => ({ file: 'bash', args: ['--noprofile', '--norc', '-euo', 'pipefail', path] }),
  },
  // POSIX sh has no pipefail that can be relied on.
  sh: { extension: '.sh', toText: withNewline, toCommand: (path) => ({ file: 'sh', args: ['-eu', path] }) },
  pwsh: {
    extension: '.ps1',
    // A program that fails is no error to PowerShell: without the last line the script would end with 0.
    toText: (script) =>
      `$ErrorActionPreference = 'Stop'\n${withNewline(script)}if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\n`,
    toCommand: (path) => ({
      file: 'pwsh',
      args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', path],
    }),
  },
  cmd: {
    extension: '.cmd',
    toText: (script) => `@echo off\r\n${withNewline(script).replaceAll(/\r?\n/g, '\r\n')}`,
    // /D: no AutoRun from the registry; /S with the doubled quotes: the path is taken literally.
    toCommand: (path) => ({ file: 'cmd.exe', args: ['/D', '/E:ON', '/V:OFF', '/S', '/C', `"call "${path}""`] }),
  },
} satisfies Record<Shell, ShellForm>;

function withNewline(script: string): string {
  return script.endsWith('\n') ? script : `${script}\n`;
}
