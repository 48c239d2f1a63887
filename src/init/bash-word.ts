/** One word for bash, quoted unless it is plainly harmless. */
export function toBashWord(text: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Whether a name from the repository may become part of a script: one line, and nothing that a manifest refuses. */
export function isScriptable(text: string): boolean {
  return text.length <= 200 && !/\p{Cc}/u.test(text) && text.isWellFormed() && !text.includes('${{');
}
