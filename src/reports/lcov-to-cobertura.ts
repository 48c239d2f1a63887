import { decodeText } from './decode-text.ts';
import { parseCount } from './figures.ts';
import { readLines } from './lines.ts';
import { refuse } from './report-error.ts';

/** GitLab reads no Cobertura file over 10 MB (docs.gitlab.com, "Code coverage visualization"). */
const MAX_CHARS = 10_000_000;
const MAX_LINES = 2_000_000;

/**
 * The lines of an lcov tracefile as a Cobertura report, for forges that show only that. Hits of a line that several
 * records tell of are summed; branches and functions are left out.
 * @param toPath where the repository has a file that the tracefile names; null leaves the file out
 * @throws ReportError when the text is too large for what is to read it
 */
export async function lcovToCobertura(
  chunks: AsyncIterable<Uint8Array>,
  toPath: (file: string) => string | null,
): Promise<string> {
  const files = new Map<string, Map<number, number>>();
  let lines: Map<number, number> | undefined;
  let count = 0;
  for await (const { text } of readLines(decodeText(chunks))) {
    if (text.startsWith('SF:')) {
      const path = toPath(text.slice(3).trim());
      lines = path === null ? undefined : (files.get(path) ?? new Map<number, number>());
      if (path !== null && lines !== undefined) files.set(path, lines);
    } else if (text.startsWith('DA:') && lines !== undefined) {
      const [number, hits] = text.slice(3).split(',', 2);
      const line = parseCount(number);
      if (line === undefined) continue;
      count += 1;
      if (count > MAX_LINES) refuse(`it tells of more than ${MAX_LINES} lines`);
      lines.set(line, (lines.get(line) ?? 0) + (parseCount(hits) ?? 0));
    }
  }
  return render(files);
}

function render(files: ReadonlyMap<string, ReadonlyMap<number, number>>): string {
  const all = toRate(Array.from(files.values(), (lines) => Array.from(lines.values())).flat());
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<coverage line-rate="${all}" branch-rate="0" version="1" timestamp="0">`,
    '<sources><source>.</source></sources>',
    `<packages><package name="all" line-rate="${all}" branch-rate="0" complexity="0"><classes>`,
  ];
  let size = 0;
  for (const [path, lines] of files) {
    const name = escapeXml(path);
    const entries = [...lines].toSorted(([one], [other]) => one - other);
    const text = [
      `<class name="${name}" filename="${name}" line-rate="${toRate([...lines.values()])}" branch-rate="0" complexity="0"><methods/><lines>`,
      ...entries.map(([number, hits]) => `<line number="${number}" hits="${hits}" branch="false"/>`),
      '</lines></class>',
    ].join('\n');
    size += text.length;
    if (size > MAX_CHARS) refuse(`as Cobertura it has more than the ${MAX_CHARS} characters that are read`);
    parts.push(text);
  }
  return [...parts, '</classes></package></packages>', '</coverage>', ''].join('\n');
}

function toRate(hits: number[]): string {
  if (hits.length === 0) return '0';
  return (Math.floor((hits.filter((count) => count > 0).length * 10_000) / hits.length) / 10_000).toString();
}

/** XML 1.0; a path with a character that XML can't hold does not get here. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
