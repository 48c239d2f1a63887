import { breaker, defuse, defuseCode } from './defuse.ts';
import { inertLength, toInertLine } from './inert.ts';
import type { Inline } from './tree.ts';

/** Where inline nodes stand: what has to be escaped differs. `html`: inside `<summary>`, where Markdown is not read. */
export type Place = 'block' | 'cell' | 'html';

/** User-perceived characters that one string may have. */
export type Lengths = { text: number; code: number };

/** Characters of an address, before they are percent-encoded. */
const urlLength = 1000;

/** Inline nodes as GitHub Flavored Markdown, or as HTML. */
export function renderInline(nodes: Inline[], place: Place, lengths: Lengths): string {
  return nodes.map((node) => renderNode(node, place, lengths)).join('');
}

function renderNode(node: Inline, place: Place, lengths: Lengths): string {
  switch (node.type) {
    case 'text':
      return place === 'html' ? toHtml(node.value, lengths.text) : toMarkdown(node.value, lengths.text);
    case 'code': {
      const length = node.whole === true ? inertLength.line : lengths.code;
      return place === 'html'
        ? `<code>${toHtml(node.value, length)}</code>`
        : toCode(defuseCode(toInertLine(node.value, length)), place === 'cell');
    }
    case 'strong': {
      const inner = renderInline(node.children, place, lengths);
      return place === 'html' ? `<b>${inner}</b>` : `**${inner}**`;
    }
    default: {
      const inner = renderInline(node.children, place, lengths);
      const url = toSafeUrl(node.url);
      if (url === undefined) return inner;
      return place === 'html' ? `<a href="${url}">${inner}</a>` : `[${inner}](${url})`;
    }
  }
}

/** CommonMark 2.4 and 2.5: punctuation as backslash escapes, what HTML and tables know as character references. */
function toMarkdown(value: string, length: number): string {
  return (
    defuse(toInertLine(value, length))
      .replaceAll(/[\\`*_{}[\]#~^$]/g, String.raw`\$&`)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('|', '&#124;')
      // At the start of a block these make lists and rules; "/" is a command to GitLab.
      .replace(/^( *)([-+])/, String.raw`$1\$2`)
      .replace(/^( *\d+)([.)])(?= |$)/, String.raw`$1\$2`)
      .replace(/^( *)\//, '$1&#47;')
      .replaceAll(/ {2,}/g, ' ')
      .replaceAll(breaker, '&#8203;')
  );
}

function toHtml(value: string, length: number): string {
  return defuse(toInertLine(value, length))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(breaker, '&#8203;');
}

/** A code span (CommonMark 6.1): a fence longer than any run of backticks inside. No forge makes links in it. */
function toCode(line: string, isInCell: boolean): string {
  if (line.trim() === '') return '(empty)';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^[ `]|[ `]$/.test(line) ? ' ' : '';
  // A backslash before a pipe would count as escaping the escape (GFM 4.10), and the row would split there.
  const content = isInCell ? line.replaceAll(/\\(?=\|)/g, `\\${breaker}`).replaceAll('|', String.raw`\|`) : line;
  return fence + padding + content + padding + fence;
}

/**
 * Plain http or https without credentials and not too long for a page, with everything that could end a link or an
 * attribute percent-encoded.
 */
function toSafeUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  if (href.length > urlLength) return undefined;
  return href
    .replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/g, (character) => encodeURIComponent(character).replace("'", '%27'))
    .replaceAll(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
