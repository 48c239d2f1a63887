import { observationLimits } from '../schema/observation.ts';

/** Colour codes, also where XML has no character for ESC and it was replaced or written as a reference. */
const COLOURS = /(?:\u001B|\uFFFD|&#(?:27|x1[bB]);|#x1B)\[[0-9;]{0,20}m/g;

/** One line for a name: white space folded, well-formed Unicode, cut at `maxChars` UTF-16 units. */
export function toName(text: string, maxChars: number = observationLimits.nameChars): string {
  return cutText(
    text
      .slice(0, maxChars * 4)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    maxChars,
  );
}

/** The first lines of a message, without colour codes and without empty lines around. */
export function toMessageExcerpt(text: string): string {
  const { messageChars, messageLines } = observationLimits;
  const lines = text
    .slice(0, messageChars * 4)
    .replaceAll(COLOURS, '')
    .replaceAll('\r\n', '\n')
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  return cutText(lines.slice(0, messageLines).join('\n'), messageChars);
}

/** Marks what is missing. The copy holds no half of a surrogate pair, and lets go of the text that it was cut from. */
function cutText(text: string, maxChars: number): string {
  return Buffer.from(text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text).toString();
}
