import { sha256 } from '../lib/hash.ts';
import { limits } from '../lib/limits.ts';
import { manifest as schema, type Manifest } from '../schema/manifest.ts';
import type { Diagnostic } from './diagnostics.ts';
import { explainIssues } from './explain.ts';
import { formatPath, type Fault } from './fault.ts';
import { findGraphFaults } from './graph.ts';
import { findLegFaults } from './legs.ts';
import { toNormalForm } from './normalise.ts';
import type { ManifestSource } from './read.ts';
import { findRuleFaults } from './rules.ts';
import { selectPlaces } from './select.ts';
import { decodeText, explainBadUtf8, findBadUtf8, findForbiddenCharacter } from './text.ts';
import { toTree, type TextFault, type Tree } from './tree.ts';

export type ParsedManifest =
  /** sha256: of the bytes as they were read. */
  { ok: true; manifest: Manifest; sha256: string } | { ok: false; diagnostics: Diagnostic[] };

/** Bytes to a manifest in normal form, or all that is wrong with them in the order of the text. Never throws. */
export function parseManifest(source: ManifestSource): ParsedManifest {
  const bad = findTextFault(source.bytes);
  if (bad !== undefined) return { ok: false, diagnostics: toDiagnostics([bad], []) };
  const { tree: written, faults: textFaults } = toTree(decodeText(source.bytes, { fatal: true }));
  if (written === undefined) return { ok: false, diagnostics: toDiagnostics(textFaults, []) };

  const tree = source.form === 'steps' ? toWrapped(written) : written;
  const { manifest, faults } = parseValue(tree, source.path);
  const diagnostics = toDiagnostics(textFaults, faults.slice(0, 10 * limits.manifestFaults), tree);
  return manifest === undefined || diagnostics.length > 0
    ? { ok: false, diagnostics }
    : { ok: true, manifest, sha256: sha256(source.bytes) };
}

function findTextFault(bytes: Uint8Array): TextFault | undefined {
  if (bytes.length > limits.manifestBytes)
    return {
      line: 1,
      column: 1,
      message: `the manifest is larger than ${limits.manifestBytes} bytes`,
      hint: 'split it',
    };
  const bad = findBadUtf8(bytes);
  if (bad !== undefined) return { ...bad, message: 'this is not UTF-8', hint: explainBadUtf8(bytes) };
  const text = decodeText(bytes, { fatal: true });
  const offset = findForbiddenCharacter(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `the character U+${code} is not allowed`,
  };
}

/** Steps that were given inline stand for a whole manifest; positions stay those of the inline text. */
function toWrapped(tree: Tree): Tree {
  return {
    value: { version: 1, steps: tree.value },
    locate: (path, at) => tree.locate(path.slice(1), at),
    numberText: (path) => tree.numberText(path.slice(1)),
  };
}

function parseValue(tree: Tree, path: string): { manifest?: Manifest; faults: Fault[] } {
  if (tree.value === null) return { faults: [{ path: [], message: 'the manifest is empty' }] };
  // Without zod's compiler: it pays from the second manifest on, and there is one.
  const parsed = schema.safeParse(tree.value, { jitless: true });
  const countable = selectPlaces(tree.value, 'steps.*').length <= limits.planSteps;
  const faults = [
    parsed.success ? [] : explainIssues(parsed.error.issues, tree.value),
    findRuleFaults(tree.value, (at) => tree.numberText(at)),
    countable ? findGraphFaults(tree.value) : [],
  ].flat();
  if (!parsed.success || faults.length > 0) return { faults };
  const manifest = toNormalForm(parsed.data, path);
  return { manifest, faults: findLegFaults(manifest) };
}

/** In the order of the text, one for each place and message, and no more than people read. */
function toDiagnostics(texts: readonly TextFault[], faults: readonly Fault[], tree?: Tree): Diagnostic[] {
  const all = new Map<string, Diagnostic>();
  const add = (diagnostic: Diagnostic): void => {
    const key = `${diagnostic.line}:${diagnostic.column}:${diagnostic.path}`;
    if (!all.has(key)) all.set(key, diagnostic);
  };
  for (const fault of texts) add({ path: '', ...fault });
  for (const { path, at, ...fault } of faults)
    add({ path: formatPath(path), ...(tree?.locate(path, at) ?? { line: 1, column: 1 }), ...fault });
  const sorted = [...all.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  const last = sorted[limits.manifestFaults];
  if (last === undefined) return sorted;
  const rest = sorted.length - limits.manifestFaults;
  return [
    ...sorted.slice(0, limits.manifestFaults),
    { ...last, path: '', message: `and ${rest} more faults from here on` },
  ];
}
