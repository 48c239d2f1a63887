import { isObject } from '../../lib/json.ts';
import { toRecording } from './recordings.ts';

/** A file that a Playwright report names. */
export type NamedFile = { path: string; what: 'screenshot' | 'trace' | 'video' };

/**
 * The recordings that a report of Playwright's json reporter names, and the screenshots of results that did not pass.
 * Each file once, in the report's order. Anything that is not as expected is passed over.
 */
export function findAttachments(report: unknown): NamedFile[] {
  const found = new Map<string, NamedFile>();
  const pending = toObjects(report, 'suites').toReversed();
  for (let suite = pending.pop(); suite !== undefined; suite = pending.pop()) {
    pending.push(...toObjects(suite, 'suites').toReversed());
    const tests = toObjects(suite, 'specs').flatMap((spec) => toObjects(spec, 'tests'));
    for (const result of tests.flatMap((test) => toObjects(test, 'results'))) {
      const failed = result['status'] !== 'passed' && result['status'] !== 'skipped';
      for (const attachment of toObjects(result, 'attachments')) {
        const file = toNamedFile(attachment, failed);
        if (file !== null && !found.has(file.path)) found.set(file.path, file);
      }
    }
  }
  return [...found.values()];
}

function toNamedFile({ name, contentType, path }: Record<string, unknown>, failed: boolean): NamedFile | null {
  if (typeof path !== 'string' || typeof contentType !== 'string') return null;
  if (name === 'trace' || toRecording(path) === 'trace') return { path, what: 'trace' };
  if (contentType.startsWith('video/') || toRecording(path) === 'video') return { path, what: 'video' };
  return failed && contentType.startsWith('image/') ? { path, what: 'screenshot' } : null;
}

function toObjects(holder: unknown, key: string): Record<string, unknown>[] {
  const list = isObject(holder) ? holder[key] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}
