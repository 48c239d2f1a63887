import { renderWithinBudget } from './budget.ts';
import { type Block, code, type Inline, link, paragraph, text, wholeCode } from './tree.ts';

export type DoNotRelyPage = {
  /** What the evidence is called. */
  title: string;
  run: string;
  attempt: number;
  runUrl?: string;
  /** What does not hold, file by file. Names are a stranger's text. */
  faults: { file: string; reason: string; sha256: string | null }[];
  isComment?: boolean;
  notices?: string[];
  /** Bytes of UTF-8 that the page may have. */
  budgetBytes: number;
};

/**
 * The page about evidence that is not what it should be. It says so, and quotes nothing of what the evidence claims: not
 * its result, not its steps.
 * @throws RangeError when budgetBytes is too small for what must be on the page
 */
export function renderDoNotRely(page: DoNotRelyPage): string {
  const { title, faults, run, attempt, runUrl, notices = [] } = page;
  const rows = faults.map(({ file, reason, sha256 }): Inline[][] => [
    [code(file)],
    [text(reason)],
    sha256 === null ? [text('–')] : [wholeCode(`sha256:${sha256}`)],
  ]);
  const columns = [{ title: 'File' }, { title: 'Why not' }, { title: 'Digest' }];
  const blocks: Block[] = [
    {
      type: 'heading',
      level: page.isComment === true ? 4 : 3,
      children: [text(`${toDoNotRelySentence(page)} · `), code(title)],
    },
    ...(rows.length === 0 ? [] : [{ type: 'table' as const, columns, rows }]),
    paragraph(
      text('Nothing that these files say is shown here. What the jobs themselves did stands in '),
      ...link(runUrl, text(`run ${run}, attempt ${attempt}`)),
      text('.'),
    ),
    ...notices.slice(0, 5).map((notice) => paragraph(text(`ℹ️ ${notice}`))),
  ];
  return renderWithinBudget([{ keep: 'always', label: 'all of it', blocks }], page.budgetBytes);
}

/** The first line, and the title of a check. */
export function toDoNotRelySentence({ run, attempt }: Pick<DoNotRelyPage, 'run' | 'attempt'>): string {
  return `⛔ Do not rely on this: envelope does not match run ${run} attempt ${attempt}`;
}
