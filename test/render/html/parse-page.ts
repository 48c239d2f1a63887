import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** Every element that an HTML parser finds, templates' contents included, in document order; and what it complained of. */
export function parsePage(html: string): { elements: Element[]; errors: string[] } {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  return { elements: collect(document), errors };
}

function collect(node: Node): Element[] {
  const inner = [
    ...('childNodes' in node ? node.childNodes : []),
    ...('content' in node ? [node.content] : []),
  ].flatMap(collect);
  return 'tagName' in node ? [node, ...inner] : inner;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((found) => found.name === name)?.value;
}

/** The text inside; of nothing it is empty. */
export function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function byTag(elements: Element[], ...tags: string[]): Element[] {
  return elements.filter(({ tagName }) => tags.includes(tagName));
}
