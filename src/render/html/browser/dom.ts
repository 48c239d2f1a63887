/** An element with text or children; attributes as written in HTML. */
export function make(
  tag: string,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function find<Kind extends Element = HTMLElement>(selector: string, root: ParentNode = document): Kind | null {
  return root.querySelector<Kind>(selector);
}

export function findAll<Kind extends Element = HTMLElement>(selector: string, root: ParentNode = document): Kind[] {
  return [...root.querySelectorAll<Kind>(selector)];
}

/** Lets the page draw and answer before more is done. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
