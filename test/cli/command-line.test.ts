import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { performCommandLine } from '../../src/cli/command-line.ts';
import { exitCodes, exitCodeTable } from '../../src/cli/exit-codes.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { makeFakeIo } from './fake-io.ts';

async function perform(...args: string[]) {
  const io = makeFakeIo();
  const code = await performCommandLine(args, '1.2.3', io);
  return { code, out: io.out(), err: io.err() };
}

describe('performCommandLine', () => {
  it.each([
    ['an unknown option', ['run', '--ouut', 'x'], "unknown option '--ouut' (Did you mean --out?)"],
    ['an unknown command', ['vrify', 'x'], "unknown command 'vrify' (Did you mean verify?)"],
    ['a missing argument', ['verify'], "missing required argument 'envelope'"],
    ['an argument too many', ['run', 'a.yml', 'b.yml'], "too many arguments for 'run'"],
    ['a log that there is none of', ['run', '--log', 'loud'], 'Allowed choices are auto, live'],
    ['a schema that there is none of', ['schema', 'plan'], 'Allowed choices are manifest, envelope, event'],
    ['a hash that is none', ['plan', '--expected-plan-hash', 'abc'], 'It must be 64 hex digits'],
    ['more runs than a server lists', ['runs', '--limit', '201'], 'It must be a number from 1 to 200'],
    ['a commit that is none', ['verify', 'x', '--commit', 'main'], 'It must be 7 to 64 hex digits'],
  ])('refuses %s in one line, with exit code 2', async (_case, args, reason) => {
    const { code, out, err } = await perform(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^quoderat: [^\n]+\n$/);
    expect(err).toContain(reason);
  });

  it('prints its version and its help on stdout, with every exit code', async () => {
    expect(await perform('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    const help = await perform('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const { code } of exitCodeTable) expect(help.out).toMatch(new RegExp(`^ +${code}  `, 'm'));
  });

  it('prints its help on stderr when no command is named', async () => {
    const { code, out, err } = await perform();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: quoderat');
  });

  it('knows every command by its own help', async () => {
    const names = makeProgram('', () => Promise.resolve()).commands.map((command) => command.name());
    expect(names.toSorted()).toEqual([
      'bundle',
      'collect',
      'diff',
      'doctor',
      'get',
      'init',
      'keygen',
      'keys',
      'plan',
      'push',
      'run',
      'runs',
      'schema',
      'seal',
      'serve',
      'show',
      'sign',
      'verify',
      'watch',
    ]);
    for (const name of names) expect((await perform(name, '--help')).out).toContain(`Usage: quoderat ${name}`);
  });
});

describe('the documentation', () => {
  it('names every exit code there is', () => {
    expect(exitCodeTable.map(({ code }) => code)).toEqual(Object.values(exitCodes));
  });

  it('is what the command definitions say', () => {
    const root = join(import.meta.dirname, '..', '..');
    const check = spawnSync(process.execPath, ['scripts/generate-cli-docs.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(check.stderr).toBe('');
    expect(check.status).toBe(0);
  });
});
