import { toEmbeddedJson } from '../embedded-json.ts';
import { toInertLine } from '../../inert.ts';
import { compareLogs, toDigests } from './artifacts-at-hand.ts';
import { checkEnvelope, type CheckResult } from './check.ts';
import { type CheckLine, isIntact, toCheckLines, toLogLine } from './check-lines.ts';
import { breathe, find, make } from './dom.ts';
import type { Log } from './logs.ts';
import { type Picked, readPicked } from './picked-files.ts';
import { type Hasher, makeHasher } from './sha256.ts';

/** The text to check, where it comes from, and how it writes what is canonically written otherwise. */
type Source = { text: string; name: string; toWritten: (canonical: string) => string };

/** The button that recomputes the chain, and the picker that compares files with it. */
export function startCheck(logs: Log[]): void {
  const panel = find(HTMLElement, '#check');
  const output = find(HTMLElement, '#check-result');
  const input = find(HTMLInputElement, '#check-files');
  if (panel === null || output === null || input === null) return;
  panel.hidden = false;
  const button = find(HTMLButtonElement, '#check-run');
  const run = async (): Promise<void> => {
    if (button !== null) button.disabled = true;
    panel.setAttribute('aria-busy', 'true');
    output.replaceChildren(make('p', {}, 'Recomputing …'));
    await breathe();
    try {
      output.replaceChildren(...(await check(logs, [...(input.files ?? [])], panel.dataset['sha256'] ?? '', output)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      output.replaceChildren(
        makeLine({ answer: 'no', says: `The envelope can’t be read: ${toInertLine(reason)}`, details: [] }, 'p'),
      );
    } finally {
      panel.removeAttribute('aria-busy');
      if (button !== null) button.disabled = false;
    }
  };
  button?.addEventListener('click', () => void run());
  input.addEventListener('change', () => void run());
}

async function check(logs: Log[], files: File[], envelopeSha256: string, output: HTMLElement): Promise<Node[]> {
  const hasher = makeHasher();
  const embedded = find(HTMLElement, '#envelope')?.textContent ?? null;
  const digests = embedded === null ? await readDigests(files) : toDigests(JSON.parse(embedded));
  const picked = await readPicked(files, { hasher, envelopeSha256, digests });
  const source = toSource(embedded, picked);
  if (source === null) return [make('ul', { class: 'answers' }, ...picked.lines.map((line) => makeLine(line, 'li')))];
  const result = await checkEnvelope({
    ...source,
    hasher,
    keys: picked.keys,
    onProgress: async (done, total) => {
      output.replaceChildren(
        make('p', {}, `Recomputing: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} entries …`),
      );
      await breathe();
    },
  });
  const lines = [
    ...toCheckLines(result, envelopeSha256, source.name),
    ...toLogLine(await compareLogs(logs, toDigests(JSON.parse(source.text)), hasher)),
    toArtifactLine(picked, digests),
    ...picked.lines,
  ];
  return makeAnswer(result, lines, source, hasher);
}

/** Which artifacts there are, when the page itself does not know: from an envelope among the picked files. */
async function readDigests(files: File[]): Promise<{ id: string; sha256: string }[]> {
  for (const file of files.filter(({ name }) => name.endsWith('.json'))) {
    try {
      const digests = toDigests(JSON.parse(await file.text()));
      if (digests.length > 0) return digests;
    } catch {
      // No JSON: some other file of the reader's.
    }
  }
  return [];
}

function toSource(embedded: string | null, { envelopeText }: Picked): Source | null {
  if (embedded !== null) return { text: embedded, name: 'the envelope inside this page', toWritten: toEmbeddedJson };
  return envelopeText === null
    ? null
    : { text: envelopeText, name: 'the file you chose', toWritten: (canonical) => canonical };
}

function toArtifactLine({ found }: Picked, digests: { sha256: string }[]): CheckLine {
  const total = new Set(digests.map(({ sha256 }) => sha256)).size;
  const says = `Artifacts: ${found.size} of ${total} different files compared.`;
  if (found.size === 0)
    return { answer: 'open', says: `${says} Choose them below to compare their digests.`, details: [] };
  return { answer: found.size === total ? 'yes' : 'open', says, details: [] };
}

function makeAnswer(result: CheckResult, lines: CheckLine[], source: Source, hasher: Hasher): Node[] {
  const isWhole = isIntact(result);
  const broken = lines.some(({ answer }) => answer === 'no');
  const [symbol, look, words] = isWhole
    ? broken
      ? ['!', 'warn', 'The chain is intact, but something beside it differs']
      : ['✓', 'good', 'The chain is intact']
    : ['✗', 'bad', 'The chain does not hold'];
  const how = `${words}: ${source.name}, recomputed with ${hasher.name}.`;
  return [
    make('p', { class: `answer ${look}` }, make('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol), ' ', how),
    make('ul', { class: 'answers' }, ...lines.map((line) => makeLine(line, 'li'))),
    make(
      'p',
      { class: 'note' },
      'This page checked with its own script, and did not check its own words. Whoever can change the page can change the check: for an answer that does not depend on it, run the command above.',
    ),
  ];
}

const symbols = {
  yes: ['✓', 'good', 'Checked: '],
  no: ['✗', 'bad', 'Differs: '],
  open: ['○', 'idle', 'Not decided: '],
} as const;

function makeLine({ answer, says, details }: CheckLine, tag: 'li' | 'p'): HTMLElement {
  const [symbol, look, word] = symbols[answer];
  const line = make(
    tag,
    { class: look },
    make('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol),
    make('span', { class: 'hidden' }, word),
    make('span', {}, says),
  );
  if (details.length > 0)
    line.append(make('ul', {}, ...details.map((detail) => make('li', {}, make('code', {}, detail)))));
  return line;
}
