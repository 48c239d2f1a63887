import { posix } from 'node:path';
import * as core from '@actions/core';
import { toInertOutput } from '../log/inert-output.ts';
import { type Diagnostic, formatDiagnostics } from '../manifest/diagnostics.ts';
import type { ManifestSource } from '../manifest/read.ts';
import { setOutputs } from '../publish/github/outputs.ts';
import { toInertLine } from '../render/inert.ts';
import type { ActionInputs } from './inputs.ts';

/** GitHub cuts the message of an annotation at 4,096 characters. */
const MESSAGE_LENGTH = 4000;

/** Says why nothing was run: every fault in the log, the first as an annotation at its place in the file. */
export function reportRefusal(
  refusal: { message: string; diagnostics: Diagnostic[] },
  source: ManifestSource,
  inputs: ActionInputs,
  env: Record<string, string>,
): void {
  const { diagnostics, message } = refusal;
  // They quote the manifest, and the runner looks through characters that are never shown.
  if (diagnostics.length > 0) core.info(toInertOutput(formatDiagnostics(source, diagnostics), false));
  const [first] = diagnostics;
  // Text from the workflow has no place in the repository that could be named.
  const place = first &&
    'file' in inputs.manifest && {
      file: posix.join(inputs.workingDirectory, source.path),
      startLine: first.line,
      startColumn: first.column,
    };
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more, see the log)` : '';
  const text = first ? `${message}: ${first.message}${more}` : message;
  core.error(text.slice(0, MESSAGE_LENGTH), { title: 'Quoderat ran nothing', ...place });
  setOutputs({ status: 'refused' }, env);
}

/** The last line of a run in the log, which has told how it ended: where its evidence is. */
export function reportFolder(dir: string): void {
  core.info(`Evidence in ${toInertLine(dir)}`);
}
