import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRemote, toBareUrl, toProvider } from '../../src/ci/remote-url.ts';

describe('toBareUrl', () => {
  it.each([
    ['https://github.com', 'https://github.com'],
    [
      'https://oauth2:SECRET@gitlab.example.com:8443/sub/group/project/',
      'https://gitlab.example.com:8443/sub/group/project',
    ],
    ['https://host/p?private_token=SECRET#SECRET', 'https://host/p'],
    ['ssh://git@host/p', null],
    ['javascript:alert(1)', null],
    ['', null],
    [undefined, null],
  ])('%j becomes %j', (given, bare) => {
    expect(toBareUrl(given)).toBe(bare);
  });
});

describe('parseRemote', () => {
  it.each([
    [
      'https://x-access-token:SECRET@github.com/acme/shop.git',
      'https://github.com/acme/shop.git',
      'github.com',
      'acme/shop',
    ],
    ['https://SECRET@GitHub.com/acme/shop', 'https://github.com/acme/shop', 'github.com', 'acme/shop'],
    ['git@gitlab.com:group/sub/project.git', 'git@gitlab.com:group/sub/project.git', 'gitlab.com', 'group/sub/project'],
    ['SECRET@host.example:path/x', 'host.example:path/x', 'host.example', 'path/x'],
    [
      'ssh://git@host.example:2222/acme/shop.git',
      'ssh://git@host.example:2222/acme/shop.git',
      'host.example',
      'acme/shop',
    ],
    ['ssh://bob:SECRET@host.example/acme/shop', 'ssh://host.example/acme/shop', 'host.example', 'acme/shop'],
  ])('reads %s', (given, url, host, name) => {
    expect(parseRemote(given)).toEqual({ url, host, name });
  });

  it.each([
    '/srv/git/repo.git',
    '../repo',
    'C:\\repo',
    'C:/repo',
    'file:///srv/repo',
    'bob:SECRET@host:path',
    'ext::sh',
    '',
    null,
  ])('gives null for %j, which names nothing that others could find', (given) => {
    expect(parseRemote(given)).toBeNull();
  });

  it('never lets the password or user of a URL through', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_~.-]{8,20}$/);
    fc.assert(
      fc.property(fc.constantFrom('https', 'http', 'ssh', 'git'), part, part, (scheme, user, password) => {
        const remote = parseRemote(`${scheme}://u${user}:p${password}@h.example/o/r?token=p${password}`);
        expect(remote?.url).toBe(`${scheme}://h.example/o/r`);
      }),
    );
  });
});

describe('toProvider', () => {
  it.each([
    ['github.com', 'github'],
    ['acme.ghe.com', 'github'],
    ['gitlab.example.com', 'gitlab'],
    ['bitbucket.org', 'bitbucket'],
    ['notgithub.com', null],
  ])('%s is %s', (host, provider) => {
    expect(toProvider(host)).toBe(provider);
  });
});
