/** A page as data. Every string in it may come from a stranger; the renderers make it inert. */
export type Inline =
  | { type: 'text'; value: string }
  /** `whole`: of our own making (a digest, a command); not shortened with the rest of a page. */
  | { type: 'code'; value: string; whole?: true }
  | { type: 'strong'; children: Inline[] }
  /** Shown as its children alone when `url` is not plain http or https. */
  | { type: 'link'; url: string; children: Inline[] };

export type Column = { title: string; align?: 'right' };

export type Block =
  | { type: 'heading'; level: 3 | 4; children: Inline[] }
  | { type: 'paragraph'; children: Inline[] }
  /** `reserved`: so many rows at the end are of another sort; some of them are shown however short the table gets. */
  | { type: 'table'; columns: Column[]; rows: Inline[][][]; reserved?: number }
  | { type: 'details'; summary: Inline[]; children: Block[] }
  | { type: 'code_block'; language: 'text' | 'sh'; lines: string[] }
  /** An invisible comment by which a publisher finds its own page again. */
  | { type: 'marker'; name: string; fields: Record<string, string> };

/** Part of a page that stands or falls as a whole. */
export type Section = {
  /** Sections with a lower number go first when the page is too large; `always` ones never do. */
  keep: 'always' | number;
  /** What is missing when it is left out: `passed steps`. */
  label: string;
  blocks: Block[];
};

export const text = (value: string): Inline => ({ type: 'text', value });
export const code = (value: string): Inline => ({ type: 'code', value });
export const wholeCode = (value: string): Inline => ({ type: 'code', value, whole: true });
export const strong = (...children: Inline[]): Inline => ({ type: 'strong', children });
export const link = (url: string | undefined, ...children: Inline[]): Inline[] =>
  url === undefined ? children : [{ type: 'link', url, children }];
export const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });
export const details = (summary: Inline[], children: Block[]): Block => ({ type: 'details', summary, children });

/** Facts side by side in one line: `one · two`. */
export const dotted = (facts: Inline[][]): Inline[] => facts.flatMap((fact) => [text(' · ')].concat(fact)).slice(1);
