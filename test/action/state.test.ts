import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isSettled, readState, saveState } from '../../src/action/state.ts';
import { parseFileCommands } from '../support/file-commands.ts';
import { makeTempDir } from '../support/temp-dir.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the state for the post step', () => {
  it('comes back as it was saved, the last word on each thing', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'state');
    await writeFile(path, '');
    vi.stubEnv('GITHUB_STATE', path);
    saveState({ dir: '/evidence folder', stem: 'a' }, { GITHUB_STATE: path });
    saveState({ stem: 'b', envelope: 'settled' }, { GITHUB_STATE: path });
    const saved = Object.entries(parseFileCommands(await readFile(path, 'utf8')));
    expect(readState(Object.fromEntries(saved.map(([name, value]) => [`STATE_${name}`, value])))).toEqual({
      dir: '/evidence folder',
      stem: 'b',
      envelope: 'settled',
      bundle: 'open',
      summary: 'open',
      attest: 'open',
      report: 'open',
    });
  });

  it('has nothing settled where nothing was saved', () => {
    const state = readState({});
    const open = { envelope: 'open', bundle: 'open', summary: 'open', attest: 'open', report: 'open' };
    expect(state).toEqual({ dir: undefined, stem: undefined, ...open });
    expect(isSettled(state)).toBe(false);
    const settled = { envelope: 'settled', bundle: 'settled', summary: 'settled', attest: 'settled' } as const;
    expect(isSettled({ ...state, ...settled })).toBe(false);
    expect(isSettled({ ...state, ...settled, report: 'settled' })).toBe(true);
  });

  it('is done without where the runner keeps none or its file is gone', () => {
    vi.stubEnv('GITHUB_STATE', '/nowhere/state');
    expect(() => saveState({ dir: '/d' }, {})).not.toThrow();
    expect(() => saveState({ dir: '/d' }, { GITHUB_STATE: '/nowhere/state' })).not.toThrow();
  });
});
