import { toInertLine } from '../inert.ts';

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A stranger's text as one line of XML 1.0 text or attribute value: inert, so it holds no character that XML forbids. */
export function toXmlText(text: string, length?: number): string {
  return escapeXml(toInertLine(text, length));
}

/** Lines that are inert already, as XML 1.0 text. */
export function toXmlLines(lines: string[]): string {
  return escapeXml(lines.join('\n'));
}

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, (character) => references[character] ?? '')
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD');
}
