import * as core from '@actions/core';
import { limits } from '../../lib/limits.ts';
import { type Annotation, toFitAnnotations } from './annotation.ts';

const write = { failure: core.error, warning: core.warning, notice: core.notice } as const;

/**
 * Annotations by way of the runner's log, for a token that may write no check run. The runner shows ten of a sort and
 * step; more would be in the log only, where nobody looks for them. Gives back how many were written.
 */
export function writeRunnerAnnotations(annotations: Annotation[]): number {
  const shown = toFitAnnotations(annotations).slice(0, limits.runnerAnnotations);
  for (const { level, message, title, path: file, ...place } of shown) {
    // The toolkit escapes what would end a message or a property.
    write[level](message, {
      ...(title !== '' && { title }),
      file,
      startLine: place.start_line,
      endLine: place.end_line,
      ...(place.start_column !== undefined && { startColumn: place.start_column, endColumn: place.end_column }),
    });
  }
  return shown.length;
}
