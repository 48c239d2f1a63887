import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, readPage, root, toAnchors, toLinks } from './pages.ts';

/** Addresses of this repository's own files, which pages use that are read elsewhere. */
const ours = /^https:\/\/github\.com\/quoderat\/action\/(?:blob|tree)\/main\/([^#]+)/;

/** What is wrong with a link of a page; undefined: nothing. */
function toFault(page: string, link: string): string | undefined {
  const [, own] = ours.exec(link) ?? [];
  if (own === undefined && /^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const [, path = '', anchor] = /^([^#]*)(?:#(.*))?$/.exec(link) ?? [];
  const target = own ?? (path === '' ? page : posix.join(posix.dirname(page), path));
  if (target.startsWith('../')) return `${link} leads out of the repository`;
  // The folder becomes the root of a project of its own.
  if (own === undefined && page.startsWith('gitlab/') && !target.startsWith('gitlab/'))
    return `${link} is not there in the component's project`;
  if (!existsSync(join(root, target))) return `${link}: there is no ${target}`;
  const anchorOf = anchor ?? (own === undefined ? undefined : link.split('#')[1]);
  if (anchorOf === undefined || !target.endsWith('.md')) return undefined;
  return toAnchors(readPage(target)).has(anchorOf) ? undefined : `${link}: ${target} has no such heading`;
}

describe('the links of the docs', () => {
  it.each(pages)('lead somewhere: %s', (page) => {
    expect(toLinks(readPage(page)).flatMap((link) => toFault(page, link) ?? [])).toEqual([]);
  });

  it('lead from the README to every page', () => {
    const linked = toLinks(readPage('README.md'));
    expect(pages.filter((page) => page.startsWith('docs/') && !linked.includes(page))).toEqual([]);
  });

  it.each([
    ['a file that is not there', 'README.md', 'docs/none.md', 'there is no docs/none.md'],
    ['a heading that is not there', 'docs/cli.md', 'signing.md#none', 'no such heading'],
    ['a heading of the page itself that is not there', 'docs/cli.md', '#none', 'no such heading'],
    ['a file above the component', 'gitlab/README.md', '../docs/gitlab.md', 'component'],
    [
      'a file of ours by its address',
      'gitlab/README.md',
      'https://github.com/quoderat/action/blob/main/none',
      'no none',
    ],
    ['a place outside of the repository', 'docs/cli.md', '../../x', 'leads out'],
  ])('would be told that lead to %s', (_what, page, link, words) => {
    expect(toFault(page, link)).toContain(words);
  });
});

describe('toAnchors', () => {
  it('makes the anchors that GitHub makes', () => {
    const headings = '# 3.1 producer: who sealed\n## `quoderat plan [manifest]`\n# A\n# A\n# What is, and isn’t_so';
    expect([...toAnchors(headings)]).toEqual([
      '31-producer-who-sealed',
      'quoderat-plan-manifest',
      'a',
      'a-1',
      'what-is-and-isnt_so',
    ]);
  });
});
