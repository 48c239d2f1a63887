import { type Leg, parseLeg, printLeg, type Section, toCommentSafe, toLegId } from './leg.ts';

/** A comment belongs to one manifest of one workflow: run numbers of two workflows can't be compared. */
export type CommentOwner = { manifest: string; workflow: string };

const END = '<!-- quoderat:end -->';
const SECTION = /^<!-- quoderat:(section|leg) (\[.*\]) -->$/;

/** The first line of the comment, by which it is found again. */
export function toCommentMarker({ manifest, workflow }: CommentOwner): string {
  return `<!-- quoderat:comment:v1 ${toCommentSafe({ manifest, workflow })} -->`;
}

/** Whether a comment begins with the marker. Further down it may be a quotation. */
export function hasMarker(body: string, marker: string): boolean {
  return body.startsWith(marker) && /^\r?(?:\n|$)/.test(body.slice(marker.length));
}

/**
 * The sections of a comment. It may have been edited by hand: what does not parse is left out, and a section without
 * an end has no text.
 */
export function parseSections(body: string): Section[] {
  const sections = new Map<string, Section>();
  let open: { leg: Leg; lines: string[] } | undefined;
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    const [, kind, json] = SECTION.exec(line) ?? [];
    const leg = json === undefined ? undefined : parseLeg(json);
    if (leg !== undefined) {
      sections.set(toLegId(leg), { leg, text: undefined });
      open = kind === 'section' ? { leg, lines: [] } : undefined;
    } else if (line === END) {
      if (open !== undefined) sections.set(toLegId(open.leg), { leg: open.leg, text: open.lines.join('\n') });
      open = undefined;
    } else open?.lines.push(line);
  }
  return [...sections.values()];
}

/** A section as parseSections finds it again. The text can't hold a line that would be taken for one of ours. */
export function printSection({ leg, text }: Section): string {
  if (text === undefined) return `<!-- quoderat:leg ${printLeg(leg)} -->`;
  return `<!-- quoderat:section ${printLeg(leg)} -->\n${text}\n${END}`;
}

/** A page made fit to be a section's text: an invisible space breaks whatever looks like a marker of ours. */
export function toSectionText(page: string): string {
  return page
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/<!--(?=\s*quoderat:)/g, '<!--\u200B')
    .replaceAll(/^\n+|\s+$/g, '');
}
