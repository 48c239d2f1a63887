import { parseCount } from './figures.ts';

/** The place that a .NET stack trace names first: ` in /src/CartTests.cs:line 27`. */
export function toDotnetPlace(stack: string): { file?: string; line?: number } {
  const [, file, line] = / in (\S[^\n]{0,1000}):line (\d{1,9})/.exec(stack) ?? [];
  const number = parseCount(line);
  return file === undefined || number === undefined ? {} : { file, line: number };
}
