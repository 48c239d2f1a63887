import { toInertLine } from '../inert.ts';

/** Text that may stand in a page as it is: made by `markup`, or vouched for by `raw`. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a hole in a template takes; undefined, null and false leave nothing behind. */
export type Hole = Html | string | number | undefined | null | false | Hole[];

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * A piece of a page. Every string in a hole is taken for a stranger's: made one inert line and escaped, so that it stays
 * text between tags and inside a double-quoted attribute (the only two places where a hole may stand).
 */
export function markup(strings: TemplateStringsArray, ...holes: Hole[]): Html {
  return new Html(strings.map((text, index) => text + fill(holes[index])).join(''));
}

/** Text of our own making, put on the page as it is. */
export function raw(text: string): Html {
  return new Html(text);
}

/** Several lines of a stranger's text for a `<pre>`, tabs kept, at most `chars` UTF-16 units of them. */
export function toPreformatted(text: string, chars: number): Html {
  const lines = text.slice(0, chars).split(/\r\n|[\n\r]/);
  const shown = lines.map((line) =>
    line
      .split('\t')
      .map((part) => toInertLine(part, chars))
      .join('\t'),
  );
  return new Html(escape(shown.join('\n')) + (text.length > chars ? '\n…' : ''));
}

function fill(hole: Hole): string {
  if (hole === undefined || hole === null || hole === false) return '';
  if (typeof hole === 'string') return escape(toInertLine(hole));
  if (typeof hole === 'number') return String(hole);
  return Array.isArray(hole) ? hole.map(fill).join('') : hole.text;
}

/** HTML Living Standard 13.3, for text and attribute values alike. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => references[character] ?? '');
}
