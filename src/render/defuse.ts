/** U+200B, which inert text cannot hold (inert.ts spells it out), so each one is ours. */
export const breaker = '\u200B';

/**
 * What GitHub and GitLab make live in text after Markdown is parsed, so that no escape helps: mentions, references
 * (#1, GH-1, owner/repo#1, !1, ~label, %milestone, $snippet, &epic, [vulnerability:1]), emoji codes, mathematics,
 * web addresses. Closing keywords need one of these to name what they close.
 * Source: GitHub "Autolinked references and URLs" and "Writing mathematical expressions"; GitLab "GitLab-specific
 * references"; GFM 6.9.
 */
const live =
  /[@^$](?=\S)|#(?=\d)|GH-(?=\d)|[!~%&](?=[\w"{`])|:(?=\/\/|[\w+-]{1,60}:)|www(?=\.)|\[[a-z_]{2,30}:(?=\S)|(?:mailto|xmpp):/gi;
/** Seven or more hex digits with a letter among them: a commit, to a forge. No piece of it may be one either. */
const commit = /(?<!\w)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/gi;

/**
 * Commands of whatever reads a log in which a page is printed (GitHub's runner takes `::error::` at the start of a line
 * and `##[error]` anywhere in it, Azure's agent `##vso[...]`), and the beginning of a comment that a publisher would take
 * for its own marker.
 */
const command = /^\s*:(?=:)|##(?=\w*\[)|<(?=!--)/g;
/**
 * What GitLab reads before it looks for code blocks, whose fences it does not all know there: a quick action at the start
 * of a line (`/close`), and the fence of a long quote (`>>>`).
 */
const lineStart = /^\s*(?=\/[a-z_]+(?:\s|$)|>>>\s*$)/i;

/** Breaks with an invisible space whatever a forge would turn into a link, a notification or a picture. */
export function defuse(line: string): string {
  return defuseCode(line)
    .replaceAll(live, (match) => match + breaker)
    .replaceAll(commit, (match) => match.replaceAll(/.{6}(?=.)/g, `$&${breaker}`));
}

/** The same for text in a code span, in which a forge makes nothing live but which other readers of a page may obey. */
export function defuseCode(line: string): string {
  return line.replaceAll(command, (match) => match + breaker);
}

/** The same for a line of its own. */
export function defuseCodeLine(line: string): string {
  return defuseCode(line).replace(lineStart, (match) => match + breaker);
}
