const REFERENCE = /\$\{\{([^{}]{0,200})\}\}/g;

/** What stands between `${{` and `}}`, trimmed; undefined for a `${{` that is not closed. */
export function findReferences(text: string): (string | undefined)[] {
  const references = Array.from(text.matchAll(REFERENCE), (match) => (match[1] ?? '').trim());
  const opened = text.split('${{').length - 1;
  return opened > references.length ? [...references, undefined] : references;
}

/** Puts values in place of references, in one pass: what a value holds is not read again. Unknown references stay. */
export function fillTemplate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (whole, reference: string) => values.get(reference.trim()) ?? whole);
}
