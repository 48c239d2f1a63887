import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepository } from '../../src/init/read-repository.ts';
import { toStarter } from '../../src/init/starter.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { parseGood } from '../manifest/from-text.ts';
import { parseEnvelope } from '../support/evidence.ts';
import { cleanEnv, cliPath } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
/** A bound against hanging: Maven alone starts three Java machines. */
const patienceMs = 180_000;

type Example = {
  name: string;
  /** Why it can't be run here; undefined: it can. */
  missing: string | undefined;
  /** Steps, in order. */
  steps: string[];
  /** The report of the tests, and what it says. */
  report?: [path: string, text: string];
  /** Puts what a package manager would have fetched beside the copy. */
  prepare?: (dir: string) => Promise<void>;
  /** A change to the code under test that its tests find. */
  fault?: [file: string, from: string, to: string];
};

const debianMaven = '/usr/share/maven-repo';
const mavenParts = [
  ...['compiler', 'resources', 'surefire', 'jar'].map((name) => `org/apache/maven/plugins/maven-${name}-plugin`),
  'junit/junit/4.13.2',
];

const examples: Example[] = [
  {
    name: 'node-vitest',
    missing: undefined,
    steps: ['syntax', 'test'],
    report: ['junit.xml', 'adds up prices by their count'],
    prepare: (dir) => symlink(join(root, 'node_modules'), join(dir, 'node_modules')),
  },
  {
    name: 'node-test',
    missing: undefined,
    steps: ['lint', 'test'],
    report: ['junit.xml', 'adds up prices by their count'],
    fault: ['cart.js', 'price * count', 'price + count'],
  },
  {
    name: 'pytest',
    missing: await findMissingModule('pytest'),
    steps: ['syntax', 'test'],
    report: ['junit.xml', 'test_prices_are_added_up_by_their_count'],
    fault: ['cart.py', 'price * count', 'price + count'],
  },
  {
    name: 'go',
    missing: findMissing(['go'], 'apt-get install golang-go'),
    steps: ['vet', 'test', 'build'],
    report: ['go-test.json', 'TestTotal/several'],
    fault: ['cart.go', 'item.Price * item.Count', 'item.Price + item.Count'],
  },
  {
    name: 'cargo',
    missing: findMissing(['cargo', 'cargo-clippy', 'cargo-fmt'], 'https://rustup.rs'),
    steps: ['format', 'clippy', 'test', 'build'],
  },
  {
    name: 'maven',
    missing:
      findMissing(['mvn', 'java'], 'apt-get install maven default-jdk-headless') ??
      findMissingFiles(
        mavenParts.map((part) => join(debianMaven, part)),
        'apt-get install libmaven-compiler-plugin-java libmaven-resources-plugin-java libsurefire-java libmaven-jar-plugin-java junit4',
      ),
    steps: ['test', 'build'],
    report: ['target/surefire-reports/TEST-cart.CartTest.xml', 'pricesAreAddedUpByTheirCount'],
    prepare: useDebianMaven,
  },
];

for (const { name, missing } of examples)
  if (missing !== undefined) console.warn(`examples/${name} is not run: ${missing}`);

describe.each(examples)('examples/$name', ({ name, missing, steps, report, prepare }) => {
  const why = missing === undefined ? '' : ` (skipped: ${missing})`;

  it.skipIf(missing !== undefined)(
    `runs, and its evidence has what the tests said${why}`,
    { timeout: patienceMs },
    async () => {
      await using dir = await copyExample(name, prepare);
      const { code, output, envelope } = await runExample(dir.path);
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining(`${steps.length} of ${steps.length}`),
      });
      expect(envelope.execution.steps.map(({ id, status }) => [id, status])).toEqual(
        steps.map((id) => [id, 'success']),
      );
      if (report === undefined) return;
      const artifact = envelope.artifacts.find(({ kind, name: file }) => kind === 'report' && file === report[0]);
      expect(await readFile(join(dir.path, 'evidence', 'artifacts', artifact?.sha256 ?? ''), 'utf8')).toContain(
        report[1],
      );
    },
  );

  it('is what init writes, as far as its tests go', async () => {
    const starter = parseGood(toStarter(await readRepository(join(root, 'examples', name), 'linux')).text);
    const written = parseGood(await readFile(join(root, 'examples', name, 'quoderat.yml'), 'utf8'));
    const [ours, theirs] = [starter, written].map(({ steps }) => steps.find(({ kind }) => kind === 'test'));
    expect(ours?.reports).toEqual(theirs?.reports);
    expect(starter.pass_env).toEqual(written.pass_env);
  });
});

describe.each(examples.filter(({ fault }) => fault !== undefined))(
  'examples/$name with a fault in its code',
  ({ name, missing, fault: [file, from, to] = ['', '', ''] }) => {
    it.skipIf(missing !== undefined)(
      `fails in its tests${missing === undefined ? '' : ` (skipped: ${missing})`}`,
      { timeout: patienceMs },
      async () => {
        await using dir = await copyExample(name, undefined);
        const source = await readFile(join(dir.path, file), 'utf8');
        expect(source).toContain(from);
        await writeFile(join(dir.path, file), source.replace(from, to));
        const { code, envelope } = await runExample(dir.path);
        expect(code).toBe(1);
        expect(envelope.execution.steps.find(({ id }) => id === 'test')?.status).toBe('failed');
      },
    );
  },
);

async function copyExample(name: string, prepare: Example['prepare']): ReturnType<typeof makeTempDir> {
  const dir = await makeTempDir();
  await cp(join(root, 'examples', name), dir.path, { recursive: true });
  await prepare?.(dir.path);
  return dir;
}

async function runExample(cwd: string): Promise<{ code: number | null; output: string; envelope: Envelope }> {
  const { code, output } = await runProgram(process.execPath, [cliPath, 'run', '--out', 'evidence'], cwd);
  return { code, output, envelope: parseEnvelope(await readFile(join(cwd, 'evidence', 'envelope.json'))) };
}

function runProgram(file: string, args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const options = { cwd, env: cleanEnv(), timeout: patienceMs, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(file, args, options, (_error, stdout, stderr) =>
      done({ code: child.exitCode, output: `${stdout}${stderr}` }),
    );
  });
}

/** Debian packages a repository of Maven's plugins, with which no network is needed. */
async function useDebianMaven(dir: string): Promise<void> {
  await mkdir(join(dir, '.mvn'));
  // Three machines that live for seconds: what they would gain by compiling better, and by more collectors, comes too late.
  await writeFile(join(dir, '.mvn', 'jvm.config'), '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n');
  const config = ['--offline', `-Dmaven.repo.local=${debianMaven}`, '-DargLine=-XX:TieredStopAtLevel=1'];
  await writeFile(join(dir, '.mvn', 'maven.config'), `${config.join('\n')}\n`);
}

function findMissing(programs: string[], remedy: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const absent = programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
  return absent.length === 0 ? undefined : `${absent.join(' and ')} not on PATH; ${remedy}`;
}

function findMissingFiles(files: string[], remedy: string): string | undefined {
  const absent = files.filter((file) => !existsSync(file));
  return absent.length === 0 ? undefined : `no ${absent.join(', ')}; ${remedy}`;
}

async function findMissingModule(name: string): Promise<string | undefined> {
  const { code } = await runProgram('python3', ['-m', name, '--version'], root);
  return code === 0 ? undefined : `python3 has no ${name}; apt-get install python3-${name}`;
}
