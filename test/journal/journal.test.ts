import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { claimFolder, readLivingOwner, releaseFolder } from '../../src/journal/owner.ts';
import { readJournal } from '../../src/journal/read-journal.ts';
import type { RunEvent } from '../../src/schema/event.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const runId = '019aa4f0-0000-7000-8000-000000000001';
const stamp = (seq: number) => ({
  event_id: `019aa4f0-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  run_id: runId,
  seq,
  timestamp: '2026-11-21T10:00:00.000Z',
});
const started: RunEvent = {
  type: 'run_started',
  ...stamp(1),
  worker: { name: 'quoderat', version: '0.1.0', dist_sha256: null },
  identities: { producer: { type: 'host', id: 'h' }, subject: { type: 'user', id: 'u' } },
  intent: { trigger: 'manual', event: 'manual', actor: null, requested_at: null },
  subject: {
    kind: 'workspace',
    id: null,
    source: 'local',
    repo: { url: null, name: null, provider: null },
    git: null,
    meta: {},
  },
  runner_context: {
    runner_type: 'local',
    os: 'linux',
    arch: 'x64',
    toolchain: {},
    os_release: null,
    image: null,
    cpu_count: null,
    memory_bytes: null,
    runner_name: null,
    self_hosted: null,
    basis: 'runner_asserted',
  },
};
const stepStarted = (seq: number): RunEvent => ({
  type: 'step_started',
  ...stamp(seq),
  step_id: 'unit',
  attempt: 1,
  stdout_artifact_id: 'unit/1/stdout',
  stderr_artifact_id: 'unit/1/stderr',
});

describe('the journal', () => {
  it('gives back the events in order, and keeps output out', async () => {
    await using dir = await makeTempDir();
    const journal = openJournal(dir.path);
    const output: RunEvent = {
      type: 'step_output',
      ...stamp(3),
      step_id: 'unit',
      attempt: 1,
      stream: 'stdout',
      offset: 0,
      bytes: 2,
      text: 'hi',
    };
    for (const event of [started, stepStarted(2), output]) journal.append(event);
    journal.close();
    expect(await readJournal(dir.path)).toEqual([started, stepStarted(2)]);
  });

  it('refuses a folder that has a journal already', async () => {
    await using dir = await makeTempDir();
    openJournal(dir.path).close();
    expect(() => openJournal(dir.path)).toThrow(/EEXIST/);
  });

  it('leaves out a last line that was cut off, wherever the cut was', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'journal.ndjson');
    const whole = `${JSON.stringify(started)}\n`;
    const last = `${JSON.stringify(stepStarted(2))}\n`;
    for (const cut of [1, 20, last.length - 1]) {
      writeFileSync(path, whole + last);
      truncateSync(path, whole.length + cut);
      expect(await readJournal(dir.path)).toEqual([started]);
    }
  });

  it('names the line that is no event', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'journal.ndjson');
    writeFileSync(path, `${JSON.stringify(started)}\n{"type":"made_up"}\n`);
    await expect(readJournal(dir.path)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('journal.ndjson:2'),
    });
  });

  it('says so when there is no run to seal', async () => {
    await using dir = await makeTempDir();
    await expect(readJournal(dir.path)).rejects.toMatchObject({ code: 'no_journal' });
    appendFileSync(join(dir.path, 'journal.ndjson'), `${JSON.stringify(stepStarted(1))}\n`);
    await expect(readJournal(dir.path)).rejects.toMatchObject({ code: 'no_journal' });
  });
});

describe('the owner of an evidence folder', () => {
  it('is found while its process lives and not after it was killed', async () => {
    await using dir = await makeTempDir();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    claimFolder(dir.path);
    expect(readLivingOwner(dir.path)).toBe(process.pid);
    const startTime = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
    writeFileSync(join(dir.path, '.owner'), `${child.pid} ${startTime}\n`);
    expect(readLivingOwner(dir.path)).toBe(child.pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readLivingOwner(dir.path)).toBeUndefined();
  });

  it('is not a later process that was given the same number', async () => {
    await using dir = await makeTempDir();
    writeFileSync(join(dir.path, '.owner'), `${process.pid} 1\n`);
    expect(readLivingOwner(dir.path)).toBeUndefined();
  });

  it('is nobody once the folder was released', async () => {
    await using dir = await makeTempDir();
    claimFolder(dir.path);
    releaseFolder(dir.path);
    expect(readLivingOwner(dir.path)).toBeUndefined();
  });
});
