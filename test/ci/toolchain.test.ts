import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBounded } from '../../src/ci/bounded-child.ts';
import { probeToolchain } from '../../src/ci/toolchain.ts';
import { makeFolder } from './repository.ts';

type Bin = { dir: string; put(name: string, script: string): void; [Symbol.dispose](): void };

/** A folder for PATH with programs of our own; /bin and /usr/bin are not on it unless a script names them. */
function makeBin(): Bin {
  const folder = makeFolder();
  return {
    dir: folder.dir,
    put(name, script) {
      const file = path.join(folder.dir, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const probe = (bin: Bin, env: Record<string, string> = {}): Promise<Record<string, string>> =>
  probeToolchain({ env: { PATH: bin.dir, ...env }, cwd: bin.dir, signal: new AbortController().signal });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

describe('probeToolchain', () => {
  it.each([
    ['git', 'git version 2.50.1 (Apple Git-155)', '2.50.1'],
    ['git', 'git version 2.51.0.windows.1', '2.51.0.windows.1'],
    ['bash', 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)', '5.2.15'],
    ['make', 'GNU Make 4.3', '4.3'],
    ['gcc', 'gcc (Debian 12.2.0-14+deb12u1) 12.2.0', '12.2.0'],
    ['gcc', 'gcc (GCC) 14.2.1 20250110 (Red Hat 14.2.1-7)', '14.2.1'],
    ['gcc', 'Apple clang version 17.0.0 (clang-1700.0.13.5)', 'Apple clang version 17.0.0 (clang-1700.0.13.5)'],
    ['clang', 'Ubuntu clang version 18.1.3 (1ubuntu1)', '18.1.3'],
    ['clang', 'Debian clang version 14.0.6', '14.0.6'],
    ['cmake', 'cmake version 3.25.1', '3.25.1'],
    ['docker', 'Docker version 28.2.2, build e6534b4', '28.2.2'],
    ['go', 'go version go1.25.3 linux/amd64', '1.25.3'],
    ['rustc', 'rustc 1.95.0-nightly (59807616e 2026-04-14)', '1.95.0-nightly'],
    ['cargo', 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)', '1.95.0'],
    ['python', 'Python 3.14.0rc2', '3.14.0rc2'],
    ['ruby', 'ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]', '3.1.2p20'],
    ['php', 'PHP 8.2.29 (cli) (built: Jul  3 2025 16:16:05) (NTS)', '8.2.29'],
    ['bun', '1.3.1', '1.3.1'],
    ['deno', 'deno 2.5.6 (stable, release, x86_64-unknown-linux-gnu)', '2.5.6'],
    ['node', 'v24.21.0', '24.21.0'],
    ['dotnet', '10.0.100-rc.2.25502.107', '10.0.100-rc.2.25502.107'],
    ['yarn', '4.11.0', '4.11.0'],
    ['npm', '11.6.2', '11.6.2'],
    ['gradle', '\n------------\nGradle 9.2.0\n------------', '------------'],
    ['mvn', '\u001B[1mApache Maven 3.9.11 (3e54c93a704957b63ee3494413a2b544fd3d825b)\u001B[m', '3.9.11'],
    ['cmake', 'something else', 'something else'],
  ])('%s that prints %j has version %j', async (name, line, version) => {
    using bin = makeBin();
    bin.put(name, `/bin/cat <<'X'\n${line}\nX`);
    expect(await probe(bin)).toEqual({ [`${name}_version`]: version });
  });

  it('reads what java says on stderr', async () => {
    using bin = makeBin();
    bin.put('java', `echo 'openjdk version "21.0.4" 2024-07-16 LTS' >&2`);
    expect(await probe(bin)).toEqual({ java_version: '21.0.4' });
  });

  it('starts neither Node nor a JVM for what a file beside the program tells', async () => {
    using bin = makeBin();
    const ran = path.join(bin.dir, 'ran');
    for (const file of ['opt/npm/bin/npm-cli.js', 'opt/jdk/bin/java', 'opt/maven/bin/mvn', 'opt/gradle/bin/gradle']) {
      bin.put(file, `/bin/touch '${ran}'`);
      symlinkSync(file, path.join(bin.dir, path.basename(file).replace('-cli.js', '')));
    }
    writeFileSync(path.join(bin.dir, 'opt/npm/package.json'), '{"name":"npm","version":"11.6.2"}');
    writeFileSync(path.join(bin.dir, 'opt/jdk/release'), 'IMPLEMENTOR="X"\nJAVA_VERSION="21.0.4"\n');
    for (const jar of ['opt/maven/lib/maven-core-3.9.11.jar', 'opt/gradle/lib/gradle-launcher-9.2.0.jar']) {
      mkdirSync(path.dirname(path.join(bin.dir, jar)));
      writeFileSync(path.join(bin.dir, jar), '');
    }
    expect(await probe(bin)).toEqual({
      gradle_version: '9.2.0',
      java_version: '21.0.4',
      mvn_version: '3.9.11',
      npm_version: '11.6.2',
    });
    expect(existsSync(ran)).toBe(false);
  });

  it('asks a corepack shim instead of taking the version of corepack for that of pnpm, and keeps it off the network', async () => {
    using bin = makeBin();
    bin.put('corepack/dist/pnpm.js', 'echo "9.1.0-network$COREPACK_ENABLE_NETWORK"');
    writeFileSync(path.join(bin.dir, 'corepack/package.json'), '{"name":"corepack","version":"0.34.0"}');
    symlinkSync('corepack/dist/pnpm.js', path.join(bin.dir, 'pnpm'));
    expect(await probe(bin)).toEqual({ pnpm_version: '9.1.0-network0' });
  });

  it('leaves out tools that are absent, fail, print nothing, or are no programs', async () => {
    using bin = makeBin();
    bin.put('rustc', 'echo "error: toolchain is not installed"; exit 1');
    bin.put('ruby', 'exit 0');
    bin.put('git', 'kill -9 $$');
    mkdirSync(path.join(bin.dir, 'docker'));
    writeFileSync(path.join(bin.dir, 'make'), 'not executable');
    writeFileSync(path.join(bin.dir, 'deno'), 'no #! line and no program \0');
    chmodSync(path.join(bin.dir, 'deno'), 0o755);
    expect(await probe(bin)).toEqual({});
  });

  it('asks python when python3 does not answer', async () => {
    using bin = makeBin();
    bin.put('python3', 'exit 127');
    bin.put('python', 'echo Python 2.7.18');
    expect(await probe(bin)).toEqual({ python_version: '2.7.18' });
  });

  it('gives the tools no token, and the homes that their shims need', async () => {
    using bin = makeBin();
    bin.put('rustc', '/usr/bin/env > "$RUSTUP_HOME/env"; echo rustc 1.95.0');
    await probe(bin, {
      RUSTUP_HOME: bin.dir,
      HOME: '/h',
      GITHUB_TOKEN: 'S3CRET',
      CI_JOB_TOKEN: 'S3CRET',
      INPUT_X: 'S3CRET',
    });
    const seen = readFileSync(path.join(bin.dir, 'env'), 'utf8');
    expect(seen).toContain('HOME=/h\n');
    expect(seen).toContain('LANG=C\n');
    expect(seen).not.toContain('S3CRET');
  });

  it('bounds what it reads and what it keeps', async () => {
    using bin = makeBin();
    bin.put('git', 'exec /usr/bin/yes flood');
    bin.put('cmake', `/usr/bin/printf 'x%.0s' $(/usr/bin/seq 500)`);
    const found = await probe(bin);
    expect(found).toEqual({ cmake_version: 'x'.repeat(200) });
  });

  it('answers at once when nobody waits any longer, with what it knows', async () => {
    using bin = makeBin();
    bin.put('git', 'echo git version 2.39.5; : > git.done');
    bin.put('cmake', '/bin/sleep 600');
    const control = new AbortController();
    const probing = probeToolchain({ env: { PATH: bin.dir }, cwd: bin.dir, signal: control.signal });
    await expect.poll(() => existsSync(path.join(bin.dir, 'git.done'))).toBe(true);
    control.abort();
    expect(await probing).toMatchObject({ cmake_version: 'unknown' });
  });

  it('kills tools that hang, with what they started, while the others answer', async () => {
    using bin = makeBin();
    const hanging = ['git', 'bash', 'make', 'gcc', 'clang', 'cmake'];
    for (const name of hanging) bin.put(name, `/bin/sleep 600 & echo $! > ${name}.pid; wait`);
    bin.put('node', 'echo v24.21.0');
    const unheard = Object.fromEntries(hanging.map((name) => [`${name}_version`, 'unknown']));
    expect(await probe(bin)).toEqual({ ...unheard, node_version: '24.21.0' });
    const pids = ['git', 'cmake'].map((name) => Number(readFileSync(path.join(bin.dir, `${name}.pid`), 'utf8')));
    await expect.poll(() => pids.map(isAlive)).toEqual([false, false]);
  });

  it('finds the tools of this machine', async () => {
    const found = await probeToolchain({
      env: { PATH: process.env['PATH'] ?? '' },
      cwd: process.cwd(),
      signal: new AbortController().signal,
    });
    expect(found).toHaveProperty('node_version', process.versions.node);
    expect(found['git_version']).toMatch(/^\d+\.\d+/);
  });
});

describe('runBounded', () => {
  const options = { cwd: '/', env: {}, timeoutMs: 10_000, maxBytes: 100 };

  it('does not wait for a pipe that a grandchild holds open', async () => {
    const args = ['-c', 'echo answer; /bin/sleep 600 & echo $! >&2'];
    const result = await runBounded({ ...options, file: '/bin/sh', args });
    expect(result).toMatchObject({ kind: 'exited', code: 0, stdout: 'answer\n' });
    await expect.poll(() => isAlive(Number(result.stderr))).toBe(false);
  });

  it('keeps the beginning of too much output', async () => {
    const result = await runBounded({ ...options, file: '/usr/bin/yes', args: [] });
    expect(result).toEqual({ kind: 'cut', code: null, stdout: 'y\n'.repeat(50), stderr: '' });
  });

  it('says that a program was not started', async () => {
    const missing = await runBounded({ ...options, file: '/nowhere', args: [] });
    const impossible = await runBounded({ ...options, file: '/bin/sh', args: ['\0'] });
    expect([missing.kind, impossible.kind]).toEqual(['not_started', 'not_started']);
  });

  it('hands over input, and survives a program that does not read it', async () => {
    const cat = await runBounded({ ...options, file: '/bin/cat', args: [], input: 'x' });
    const deaf = await runBounded({ ...options, file: '/bin/true', args: [], input: 'x'.repeat(1_000_000) });
    expect([cat.stdout, deaf.code]).toEqual(['x', 0]);
  });
});
