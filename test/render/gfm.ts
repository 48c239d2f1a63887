import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

type Root = ReturnType<typeof fromMarkdown>;
type Nodes = Root | Root['children'][number];

let last: { page: string; root: Root } | undefined;

/** A page as a forge's parser sees it. Nobody changes the tree: one page is mostly asked several questions in a row. */
export function parseGfm(page: string): Root {
  if (last?.page !== page) {
    const root = fromMarkdown(page, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    last = { page, root };
  }
  return last.root;
}

/** All nodes, parents first. */
export function flatten(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(flatten)] : [node];
}

/** The structure of a page: every node's type but the running text's, with what makes one heading or link another. */
export function toSkeleton(page: string): string[] {
  return flatten(parseGfm(page)).flatMap((node) => {
    if (node.type === 'text') return [];
    if (node.type === 'html') return [`html ${toTags(node.value).join(' ')}`];
    if (node.type === 'heading') return [`heading ${node.depth}`];
    if (node.type === 'link') return [`link ${node.url}`];
    return [node.type];
  });
}

/** The tags and comments that an HTML parser would find. */
function toTags(html: string): string[] {
  return (html.match(/<!--|<[/!?a-z][^\s>]*/gi) ?? []).map((tag) => tag.toLowerCase());
}

/** Text that a forge goes over once more after Markdown is parsed: not that of code and links. */
export function toRunningText(page: string): string[] {
  const decode = (html: string): string =>
    html
      .replaceAll(/<code>.*?<\/code>/g, ' ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#8203;', '\u200B')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  return flatten(parseGfm(page)).flatMap((node) => {
    if (node.type === 'text') return [node.value];
    return node.type === 'html' && !node.value.startsWith('<!--') ? [decode(node.value)] : [];
  });
}

/** What GitHub and GitLab make live in running text: mentions, references, addresses, emoji codes, commits. */
export const liveText =
  /(?:^|\W)@\w|#\d|\bgh-\d|[!~%&$]\w|\$[^\s\u200B]|%\{|\[[a-z_]{2,30}:[^\s\u200B]|:\/\/|\bwww\.|:[\w+-]+:|\b(?=\d*[a-f])[0-9a-f]{7,64}\b|(?:^|\W)(?:mailto|xmpp):\w/i;
