/** A remark at a place in the repository. Every text in it may come from a stranger. */
export type Annotation = {
  /** Relative to the repository, with `/`. */
  path: string;
  start_line: number;
  end_line: number;
  /** Only of use where the remark is about one line. */
  start_column?: number;
  end_column?: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
};

const LEVELS = ['failure', 'warning', 'notice'] as const;
/** The runner cuts messages at 4,096 characters; the API takes 64 KiB, and titles of 255 characters. */
const MESSAGE_LENGTH = 4000;
const TITLE_LENGTH = 200;
const PATH_LENGTH = 1000;
/** Lines and columns are 32-bit numbers to GitHub. */
const MOST = 2 ** 31 - 1;

/**
 * What GitHub will take: a path inside the repository, whole numbers in order, texts of bounded length without control
 * characters; each once, failures first. One that is wrong would have GitHub refuse all that come with it.
 */
export function toFitAnnotations(annotations: Annotation[]): Annotation[] {
  const seen = new Set<string>();
  const fit = annotations.flatMap((annotation) => {
    const one = toFit(annotation);
    const key = JSON.stringify(one);
    if (one === undefined || seen.has(key)) return [];
    seen.add(key);
    return [one];
  });
  return LEVELS.flatMap((level) => fit.filter((annotation) => annotation.level === level));
}

function toFit(annotation: Annotation): Annotation | undefined {
  const path = annotation.path.replace(/^(?:\.\/)+/, '');
  const parts = path.split('/');
  const isInside = path.length <= PATH_LENGTH && !/[\p{Cc}\\]|^[a-z]:/iu.test(path) && !parts.some(isOutside);
  const message = toText(annotation.message, MESSAGE_LENGTH).replace(/^\s+$/, '');
  if (!isInside || !isPlace(annotation.start_line)) return undefined;
  const { level, start_line, start_column: from, end_column: to } = annotation;
  const end_line = isPlace(annotation.end_line) && annotation.end_line >= start_line ? annotation.end_line : start_line;
  const hasColumns = end_line === start_line && isPlace(from) && isPlace(to ?? from) && (to ?? from) >= from;
  const title = toText(annotation.title, TITLE_LENGTH).replaceAll(/\s+/g, ' ').trim();
  return {
    path,
    start_line,
    end_line,
    ...(hasColumns && { start_column: from, end_column: to ?? from }),
    level,
    title,
    // GitHub refuses an empty one.
    message: message || title || 'no message',
  };
}

function isOutside(part: string): boolean {
  return part === '' || part === '.' || part === '..';
}

function isPlace(value: number | undefined): value is number {
  return Number.isInteger(value) && value !== undefined && value >= 1 && value <= MOST;
}

/** Line breaks and tabs stay, other controls go; cut between characters. */
function toText(text: string, length: number): string {
  const clean = text
    .slice(0, length + 1)
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '\uFFFD');
  return clean.length > length ? `${clean.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…` : clean;
}
