/**
 * Reads a GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE file as the runner does (actions/runner, FileCommandManager.cs):
 * `name=value` lines and `name<<DELIMITER` blocks. What breaks the rules fails the step, so it throws.
 */
export function parseFileCommands(text: string): Record<string, string> {
  const lines = text.split(/\r\n|\n/);
  const found: Record<string, string> = {};
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const name = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (heredoc < 1 || delimiter === '') throw new Error(`Invalid format '${line}'`);
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    found[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return found;
}
