/** U+200B, which inert text cannot hold (inert.ts spells it out), so each one is ours. */
export const breaker = '\u200B';

/**
 * What GitHub and GitLab make live in text after Markdown is parsed, so that no escape helps: mentions, references
 * (#1, GH-1, owner/repo#1, !1, ~label, %milestone, $snippet, &epic, [vulnerability:1]), emoji codes, mathematics,
 * web addresses. Closing keywords need one of these to name what they close.
 * Source: GitHub "Autolinked references and URLs"; GitLab "GitLab-specific references"; GFM 6.9.
 */
const live =
  /[@^](?=\S)|#(?=\d)|GH-(?=\d)|[!~%&$](?=[\w"{`])|:(?=\/\/|[\w+-]{1,60}:)|www(?=\.)|\[[a-z_]{2,30}:(?=\S)|(?:mailto|xmpp):/gi;
/** Seven or more hex digits with a letter among them: a commit, to a forge. No piece of it may be one either. */
const commit = /(?<!\w)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/gi;

/** Breaks with an invisible space whatever a forge would turn into a link, a notification or a picture. */
export function defuse(line: string): string {
  return line
    .replaceAll(live, (match) => match + breaker)
    .replaceAll(commit, (match) => match.replaceAll(/.{6}(?=.)/g, `$&${breaker}`));
}
