import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../src/lib/limits.ts';
import { setOutputs } from '../../../src/publish/github/outputs.ts';
import { appendJobSummary } from '../../../src/publish/github/summary.ts';
import { parseFileCommands } from '../../support/file-commands.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('appendJobSummary', () => {
  it('refuses a page that is missing its file, and one that the runner would drop whole', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', undefined);
    await expect(appendJobSummary('# page')).rejects.toMatchObject({ code: 'not_writable' });
    await expect(appendJobSummary('ä'.repeat(limits.jobSummaryBytes / 2 + 1))).rejects.toMatchObject({
      code: 'too_large',
    });
  });
});

describe('setOutputs', () => {
  it('writes each output so that the runner reads it back', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'output');
    await writeFile(path, '');
    vi.stubEnv('GITHUB_OUTPUT', path);
    const outputs = { status: 'success', 'envelope-path': '/a b/é<<x=1' } as const;
    expect(setOutputs(outputs, { GITHUB_OUTPUT: path })).toBeUndefined();
    expect(parseFileCommands(await readFile(path, 'utf8'))).toEqual(outputs);
  });

  it('says so where there is no file for them, and never falls back to a command', () => {
    vi.stubEnv('GITHUB_OUTPUT', '/nowhere/output');
    expect(setOutputs({ status: 'failed' }, {})).toContain('GITHUB_OUTPUT is not set');
    expect(setOutputs({ status: 'failed' }, { GITHUB_OUTPUT: '/nowhere/output' })).toContain(
      'GITHUB_OUTPUT is not writable',
    );
  });
});
