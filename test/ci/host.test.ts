import { describe, expect, it } from 'vitest';
import { parseCpuQuota, parseOsRelease, readHost } from '../../src/ci/host.ts';

describe('readHost', () => {
  it('reads a machine with at least one processor and some memory', async () => {
    const host = await readHost({});
    expect(host.cpuCount).toBeGreaterThanOrEqual(1);
    expect(host.memoryBytes).toBeGreaterThan(64 * 1024 * 1024);
    expect(Number.isSafeInteger(host.memoryBytes)).toBe(true);
    expect(['linux', 'macos', 'windows']).toContain(host.os);
    expect(host.osRelease).not.toBeNull();
  });
});

describe('parseOsRelease', () => {
  it.each([
    ['NAME=x\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', 'Debian GNU/Linux 12 (bookworm)'],
    ["PRETTY_NAME='Alpine Linux v3.22'", 'Alpine Linux v3.22'],
    ['PRETTY_NAME=Arch', 'Arch'],
    ['PRETTY_NAME=""', null],
    ['', null],
  ])('%j is %j', (text, name) => {
    expect(parseOsRelease(text)).toBe(name);
  });
});

describe('parseCpuQuota', () => {
  it.each([
    ['200000 100000\n', 2],
    ['150000 100000', 2],
    ['5000 100000', 1],
    ['max 100000', null],
    ['', null],
    ['1 0', null],
  ])('%j allows %j processors', (text, count) => {
    expect(parseCpuQuota(text)).toBe(count);
  });
});
