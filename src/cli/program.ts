import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { CollectFlags } from './commands/collect.ts';
import type { DiffFlags } from './commands/diff.ts';
import type { DoctorFlags } from './commands/doctor.ts';
import type { InitFlags } from './commands/init.ts';
import type { KeygenFlags } from './commands/keygen.ts';
import type { KeyAction, KeysFlags } from './commands/keys.ts';
import type { PlanFlags } from './commands/plan.ts';
import type { RunFlags } from './commands/run.ts';
import type { SealFlags } from './commands/seal.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { VerifyFlags } from './commands/verify.ts';
import { attestModes } from './attest.ts';
import { forgeModes } from './forge-flags.ts';
import type { Io } from './io.ts';
import { logChoices } from './job-log.ts';
import { type SchemaName, schemaNames } from './schema-names.ts';
import { addServerCommands, addServerOptions } from './server-commands.ts';

/** Does what a command is there for, and gives the exit code. */
export type Act = (io: Io) => Promise<number>;

/**
 * Every command, argument and option of `quoderat`: the one place that `--help` and docs/cli.md are made from. A
 * command's code is loaded when it is called, so that none pays for the others.
 * @param perform is handed the command that was called
 */
export function makeProgram(version: string, perform: (act: Act) => Promise<void>): Command {
  const program = new Command('quoderat')
    .description('Receipts for CI runs: runs a manifest of steps and seals what happened, for anyone to verify.')
    .version(version, '-V, --version', 'print the version');
  const command = (name: string, summary: string): Command => program.command(name).description(summary);

  command('init', 'Write a starter manifest that fits the current folder; run nothing.')
    .option('--out <file>', 'the manifest to write', 'quoderat.yml')
    .option('--stdout', 'print it and write nothing')
    .option('--force', 'overwrite a file that is there')
    .action((flags: InitFlags) => perform(async (io) => (await import('./commands/init.ts')).init(flags, io)));

  command('doctor', 'Say what is missing on this machine, and how to get it; execute nothing of the manifest.')
    .addArgument(manifest())
    .option('--workspace <dir>', 'where the steps would run (default: the current folder)')
    .option('--json', 'print the checks as JSON')
    .addOption(noColor())
    .action((manifest: string | undefined, flags: DoctorFlags) =>
      perform(async (io) => (await import('./commands/doctor.ts')).doctor(manifest, flags, io)),
    );

  addServerOptions(command('run', 'Run the steps of a manifest and seal the evidence, or let a server seal it.'))
    .addArgument(manifest())
    .option('--out <dir>', 'the evidence folder, new or empty (default: a new one under .quoderat/)')
    .option('--workspace <dir>', 'where the steps run (default: the current folder)')
    .addOption(expectedPlanHash())
    .addOption(signingKey())
    .addOption(attest())
    .addOption(
      new Option('--on-server-error <what>', 'when the server does not seal a run whose steps passed')
        .choices(['fail', 'warn'])
        .default('fail'),
    )
    .option('--base <file>', 'an earlier envelope: the summary shows what has changed since')
    .addOption(comment())
    .addOption(commitStatus())
    .addOption(new Option('--log <kind>', 'how to show the run').choices(logChoices).default('auto'))
    .option('--json', 'print one JSON object on stdout when the run is over; the log goes to stderr')
    .addOption(noColor())
    .action((manifest: string | undefined, flags: RunFlags) =>
      perform(async (io) => (await import('./commands/run.ts')).runManifest(manifest, flags, io)),
    );

  command('plan', 'Print the steps, their order and the plan hash; execute nothing.')
    .addArgument(manifest())
    .option('--workspace <dir>', 'where the steps would run (default: the current folder)')
    .addOption(expectedPlanHash())
    .option('--json', 'print the plan and its hash as JSON')
    .addOption(noColor())
    .action((manifest: string | undefined, flags: PlanFlags) =>
      perform(async (io) => (await import('./commands/plan.ts')).printPlan(manifest, flags, io)),
    );

  command('verify', 'Check an envelope offline: intact, complete, authentic, expected.')
    .addArgument(envelope())
    .option('--artifacts <dir>', 'the artifacts, named by SHA-256 (default: artifacts/ beside the envelope)')
    .addOption(new Option('--key <file>', 'a public key to trust (SPKI PEM); may be repeated').argParser(append))
    .option('--jwks <file-or-url>', 'trust the keys of a key set (JWKS), a file or an https address')
    .option('--server <url>', 'trust the keys that this Quoderat server lists; the envelope may then be an evidence id')
    .option(
      '--sigstore',
      'check the Sigstore signature beside the envelope; needs --identity, --issuer and a trusted root',
    )
    .option('--sigstore-bundle <file>', 'the Sigstore signature, when it lies elsewhere')
    .option('--identity <name>', 'who must have signed: the workflow address or e-mail address in the certificate')
    .option('--identity-regexp <pattern>', 'the same as a pattern for the whole of it')
    .option('--issuer <url>', 'the identity provider that must have vouched for the signer')
    .option('--trusted-root <file>', 'the Sigstore instances to trust (trusted_root.json, or one a line)')
    .option('--fetch-trusted-root', 'trust the public Sigstore instance, as it says of itself now; asks the network')
    .option('--repo <name>', 'the repository it must be about')
    .addOption(new Option('--commit <sha>', 'the commit it must be about').argParser(toHex(7, 64)))
    .addOption(new Option('--plan-hash <hash>', 'the plan that must have run').argParser(toHex(64)))
    .addOption(new Option('--head <hash>', 'the head hash it must have').argParser(toHex(64)))
    .option('--evidence-id <id>', 'the evidence id it must have')
    .option('--json', 'print the verdict as JSON')
    .addOption(noColor())
    .action((envelope: string, flags: VerifyFlags) =>
      perform(async (io) => (await import('./commands/verify.ts')).verify(envelope, flags, io)),
    );

  command('show', 'Print an envelope for people, with what its verification says.')
    .addArgument(envelope())
    .addOption(noColor())
    .action((envelope: string, flags: { color: boolean }) =>
      perform(async (io) => (await import('./commands/show.ts')).show(envelope, flags, io)),
    );

  command('diff', 'Compare two envelopes: steps, tests, findings, coverage, commands, tools; after checking each.')
    .addArgument(envelope('before'))
    .addArgument(envelope('after'))
    .option('--json', 'print the comparison as JSON')
    .addOption(noColor())
    .action((before: string, after: string, flags: DiffFlags) =>
      perform(async (io) => (await import('./commands/diff.ts')).diff(before, after, flags, io)),
    );

  command(
    'collect',
    "Seal the envelopes of a run's jobs as one collection; say which are missing or can't be believed.",
  )
    .argument('<paths...>', 'envelope files, bundles, and folders in which to look for envelopes')
    .option('--expected <legs>', 'how many there must be, or the names of jobs or legs, with commas between them')
    .option('--name <name>', 'what the collection is called', 'collection')
    .option('--out <dir>', 'the evidence folder, new or empty (default: a new one under .quoderat/)')
    .option('--repo <name>', 'the repository they must be about (default in CI: the one of this job)')
    .addOption(
      new Option('--commit <sha>', 'the commit they must be about (default in CI: that of this job)').argParser(
        toHex(40, 64),
      ),
    )
    .addOption(signingKey())
    .addOption(comment())
    .addOption(commitStatus())
    .option('--json', 'print what came of it as JSON')
    .action((paths: string[], flags: CollectFlags) =>
      perform(async (io) => (await import('./commands/collect.ts')).collect(paths, flags, io)),
    );

  command('bundle', 'Pack an evidence folder into one .tar.gz, the same bytes every time.')
    .argument('<dir>', 'the evidence folder')
    .option('--out <file>', 'the bundle (default: the name of the folder and .tar.gz, beside it)')
    .action((dir: string, flags: { out?: string }) =>
      perform(async (io) => (await import('./commands/bundle.ts')).bundle(dir, flags, io)),
    );

  command('seal', 'Seal, as aborted, what a killed run left in its evidence folder.')
    .argument('<dir>', 'the evidence folder')
    .addOption(signingKey())
    .addOption(attest())
    .option('--embedded', 'seal here what a server was to seal; the envelope says so')
    .action((dir: string, flags: SealFlags) =>
      perform(async (io) => (await import('./commands/seal.ts')).seal(dir, flags, io)),
    );

  command('sign', 'Sign a sealed envelope through Sigstore, or finish what a run could not; once is enough.')
    .argument('<envelope>', 'an evidence folder or an envelope file')
    .action((envelope: string) => perform(async (io) => (await import('./commands/sign.ts')).sign(envelope, io)));

  command('keys', "List a server's sealing keys, or make the next one.")
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'rotate'] satisfies KeyAction[]))
    .option('--data <dir>', "the server's data folder (default: QUODERAT_DATA, else quoderat-data)")
    .action((action: KeyAction, flags: KeysFlags) =>
      perform(async (io) => (await import('./commands/keys.ts')).keys(action, flags, io)),
    );

  command('serve', 'Run a Quoderat server: takes runs from workers, streams them, seals them.')
    .option('--port <number>', 'where to listen; 0 takes a free one (default: QUODERAT_PORT, or 8420)')
    .option('--host <address>', 'the address to listen on (default: QUODERAT_HOST, or 127.0.0.1)')
    .option('--data <dir>', 'its folder: database, artifacts, keys, tokens (default: QUODERAT_DATA, or quoderat-data)')
    .option('--public-url <url>', 'how it is reached from outside (default: QUODERAT_PUBLIC_URL, or where it listens)')
    .action((flags: ServeFlags) => perform(async (io) => (await import('./commands/serve.ts')).serve(flags, io)));

  addServerCommands(command, perform, noColor);

  command('keygen', 'Make an Ed25519 key pair for signing evidence.')
    .option('--out <prefix>', 'writes <prefix>.key (private) and <prefix>.pub', 'quoderat')
    .action((flags: KeygenFlags) => perform(async (io) => (await import('./commands/keygen.ts')).keygen(flags, io)));

  command('schema', 'Print a JSON Schema.')
    .addArgument(new Argument('<name>', 'which one').choices(schemaNames))
    .action((name: SchemaName) => perform(async (io) => (await import('./commands/schema.ts')).printSchema(name, io)));

  return program;
}

function manifest(): Argument {
  return new Argument('[manifest]', 'the manifest (default: quoderat.yml in the workspace)');
}

function envelope(name = 'envelope'): Argument {
  return new Argument(`<${name}>`, 'an envelope file, an evidence folder, a bundle, or - for stdin');
}

function expectedPlanHash(): Option {
  return new Option('--expected-plan-hash <hash>', 'refuse any plan but the one with this hash').argParser(toHex(64));
}

function signingKey(): Option {
  return new Option(
    '--key <file>',
    'the Ed25519 private key (PEM) that signs the seal (default: the PEM text in QUODERAT_SIGNING_KEY, if set)',
  );
}

function attest(): Option {
  return new Option(
    '--attest <when>',
    'sign the evidence through Sigstore with an identity token: auto (where there is one and nothing private becomes public), always, never (default: QUODERAT_ATTEST, or never)',
  ).choices(attestModes);
}

function comment(): Option {
  return new Option(
    '--comment <when>',
    'in a GitLab job, put the page on the merge request with the token in QUODERAT_GITLAB_TOKEN: auto (where there is one), always (a warning where not), never (default: QUODERAT_COMMENT, or auto)',
  ).choices(forgeModes);
}

function commitStatus(): Option {
  return new Option(
    '--commit-status <when>',
    'in a GitLab job, set a commit status with that token: auto, always, never (default: QUODERAT_COMMIT_STATUS, or auto)',
  ).choices(forgeModes);
}

function noColor(): Option {
  return new Option('--no-color', 'no colour; so do NO_COLOR and TERM=dumb');
}

function append(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

function toHex(least: number, most: number = least): (value: string) => string {
  const pattern = new RegExp(`^[0-9a-f]{${least},${most}}$`, 'i');
  const length = least === most ? `${least}` : `${least} to ${most}`;
  return (value) => {
    if (!pattern.test(value)) throw new InvalidArgumentError(`It must be ${length} hex digits.`);
    return value.toLowerCase();
  };
}
