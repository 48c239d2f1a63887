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

/** The first element that a selector finds; null also when it is of another kind. */
export function find<Kind extends Element>(
  kind: new () => Kind,
  selector: string,
  root: ParentNode = document,
): Kind | null {
  const found = root.querySelector(selector);
  return found instanceof kind ? found : null;
}

export function findAll(selector: string, root: ParentNode = document): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** Lets the page draw and answer before more is done. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
