import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTableLine } from '../../src/execution/process-table.ts';
import { toProgram } from '../../src/execution/program.ts';
import { openScratch } from '../../src/execution/scratch.ts';
import { toBackoff } from '../../src/execution/step.ts';

describe('the program of a script', () => {
  it('is a shell with a file that nobody else can read', async () => {
    await using scratch = await openScratch(process.env.PATH, process.platform, 'test');
    const { file, args, release } = toProgram({ run: 'echo hi', shell: 'bash' }, scratch);
    const path = String(args.at(-1));
    expect([file, ...args]).toEqual(['bash', '--noprofile', '--norc', '-euo', 'pipefail', path]);
    expect(readFileSync(path, 'utf8')).toBe('echo hi\n');
    expect(statSync(path).mode & 0o077).toBe(0);
    release();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('makes PowerShell stop at errors and end with the code of the last program', async () => {
    await using scratch = await openScratch(process.env.PATH, process.platform, 'test');
    const { file, args } = toProgram({ run: 'npm test', shell: 'pwsh' }, scratch);
    expect([file, ...args.slice(0, -1)]).toEqual([
      'pwsh',
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
      '-File',
    ]);
    expect(readFileSync(String(args.at(-1)), 'utf8')).toBe(
      "$ErrorActionPreference = 'Stop'\nnpm test\nif (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\n",
    );
  });

  it('gives cmd.exe its line ends and quotes', async () => {
    await using scratch = await openScratch(process.env.PATH, process.platform, 'test');
    const { args, verbatim } = toProgram({ run: 'dir\necho done', shell: 'cmd' }, scratch);
    const [, path = ''] = /^"call "(.+)""$/.exec(String(args.at(-1))) ?? [];
    expect(args.slice(0, -1)).toEqual(['/D', '/E:ON', '/V:OFF', '/S', '/C']);
    expect(verbatim).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('@echo off\r\ndir\r\necho done\r\n');
  });
});

describe('the process table of a system without /proc', () => {
  it('is read from the lines of ps', () => {
    const line = '  501   1   501 Sat Nov 21 09:55:12 2026     /bin/sh -c x QUODERAT_STEP_MARK=abc';
    expect(parseTableLine(line)).toEqual([
      {
        pid: 501,
        parent: 1,
        group: 501,
        startTime: 'Sat Nov 21 09:55:12 2026',
        text: '    /bin/sh -c x QUODERAT_STEP_MARK=abc',
      },
    ]);
    expect(parseTableLine('')).toEqual([]);
  });
});

describe('the time before another attempt', () => {
  it('doubles up to its bound', () => {
    const retry = { max_attempts: 9, backoff_ms: 100, max_backoff_ms: 1000 };
    expect([2, 3, 4, 5, 6, 7].map((attempt) => toBackoff({ retry }, attempt))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
  });
});
