import { type Command, InvalidArgumentError, Option } from 'commander';
import { limits } from '../lib/limits.ts';
import { runStates } from '../schema/run-states.ts';
import type { GetFlags } from './commands/get.ts';
import type { RunsFlags } from './commands/runs.ts';
import type { WatchFlags } from './commands/watch.ts';
import { logChoices } from './job-log.ts';
import type { Act } from './program.ts';
import type { ServerFlags } from './server-access.ts';

/** The commands that ask a Quoderat server. */
export function addServerCommands(
  command: (name: string, summary: string) => Command,
  perform: (act: Act) => Promise<void>,
  noColor: () => Option,
): void {
  addServerOptions(
    command('push', 'Let a server seal a run that it could not seal when it ended; as often as it takes.'),
  )
    .argument('<dir>', 'the evidence folder, or what was unpacked from the build artifact')
    .action((dir: string, flags: ServerFlags) =>
      perform(async (io) => (await import('./commands/push.ts')).push(dir, flags, io)),
    );

  addServerOptions(command('runs', 'List the runs that a server knows, the newest first.'))
    .addOption(new Option('--state <state>', 'only those').choices(runStates))
    .addOption(new Option('--limit <count>', `how many, at most ${limits.listedRuns} (default: 20)`).argParser(toCount))
    .option('--json', 'print the list as JSON')
    .addOption(noColor())
    .action((flags: RunsFlags) => perform(async (io) => (await import('./commands/runs.ts')).runs(flags, io)));

  addServerOptions(command('watch', 'Show a run that a server is told of, from its beginning to its end.'))
    .argument('<run>', 'the id of the run')
    .addOption(new Option('--log <kind>', 'how to show the run').choices(logChoices).default('auto'))
    .addOption(noColor())
    .action((run: string, flags: WatchFlags) =>
      perform(async (io) => (await import('./commands/watch.ts')).watch(run, flags, io)),
    );

  addServerOptions(command('get', 'Fetch sealed evidence from a server, check it, and write it.'))
    .argument('<id>', 'the id of the evidence, or of its run')
    .option('--out <dir>', 'the evidence folder, new or empty (default: evidence-<id>)')
    .option('--bundle', 'pack it into one .tar.gz beside the folder, too')
    .action((id: string, flags: GetFlags) =>
      perform(async (io) => (await import('./commands/get.ts')).get(id, flags, io)),
    );
}

/** Which server, and how far it is trusted. The token is never an option: other processes could read it. */
export function addServerOptions(command: Command): Command {
  return command
    .option(
      '--server <url>',
      'the Quoderat server (default: QUODERAT_SERVER); its token is read from QUODERAT_SERVER_TOKEN, the file in QUODERAT_SERVER_TOKEN_FILE, or QUODERAT_ID_TOKEN',
    )
    .option(
      '--server-key <file>',
      'the only key whose signature counts (SPKI PEM; default: those that the server publishes)',
    )
    .option('--server-timeout <duration>', 'how long to wait for the server');
}

function toCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= limits.listedRuns) return count;
  throw new InvalidArgumentError(`It must be a number from 1 to ${limits.listedRuns}.`);
}
