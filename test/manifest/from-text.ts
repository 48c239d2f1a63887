import type { Diagnostic } from '../../src/manifest/diagnostics.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import type { ManifestSource } from '../../src/manifest/read.ts';
import type { Manifest } from '../../src/schema/manifest.ts';

export function toSource(
  text: string,
  form: ManifestSource['form'] = 'manifest',
  path = 'ci/release.yml',
): ManifestSource {
  return { path, bytes: Buffer.from(text), form };
}

/** The manifest of a text that must be without faults. */
export function parseGood(text: string, form?: ManifestSource['form'], path?: string): Manifest {
  const parsed = parseManifest(toSource(text, form, path));
  if (!parsed.ok) throw new Error(`not accepted: ${JSON.stringify(parsed.diagnostics, null, 2)}`);
  return parsed.manifest;
}

/** The diagnostics of a text that must have faults. */
export function parseBad(text: string, form?: ManifestSource['form']): Diagnostic[] {
  const parsed = parseManifest(toSource(text, form));
  if (parsed.ok) throw new Error('accepted');
  return parsed.diagnostics;
}

/** A manifest with one step that has these lines, for faults inside of steps. */
export function withStep(lines: string): string {
  return `version: 1\nsteps:\n  - id: a\n    kind: test\n    ${lines.split('\n').join('\n    ')}\n`;
}
