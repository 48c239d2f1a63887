import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../support/evidence.ts';
import { runCli } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

describe('a manifest with a server and probes of it', () => {
  it('is examples/service, and its evidence says what was asked and answered', async () => {
    await using dir = await makeTempDir();
    await cp(resolve(import.meta.dirname, '../../examples/service'), dir.path, { recursive: true });
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^app: ready after /m);
    expect(run.stdout).toMatch(/^\[health\] 200 in \d+ ms, headers and body matched$/m);
    const envelope = parseEnvelope(await readFile(join(dir.path, 'evidence', 'envelope.json')));
    expect(
      envelope.execution.steps.map(({ id, status, termination, exit_code }) => [id, status, termination, exit_code]),
    ).toEqual([
      ['app', 'success', 'signaled', null],
      ['health', 'success', 'completed', null],
      ['order', 'success', 'completed', null],
      ['refuses-nonsense', 'success', 'completed', null],
    ]);
    const verify = await runCli(['verify', 'evidence'], { cwd: dir.path });
    expect(verify.code).toBe(0);
    const show = await runCli(['show', 'evidence/envelope.json'], { cwd: dir.path });
    expect(show.stdout).toMatch(/passed {2}health \(http_probe\) .* 200 in \d+ ms, headers and body matched/);
    expect(show.stdout).toMatch(/passed {2}app \(service\) .* ready after .*, ran /);
  });
});
