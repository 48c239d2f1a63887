import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { type Conduct, makePlainConduct } from '../conduct.ts';
import { findFiles, type FoundFile } from '../file-globs.ts';
import type { AttemptContext } from '../step-context.ts';
import { findAttachments, type NamedFile } from './attachments.ts';
import { keepAttachments } from './keep.ts';
import { toRecording } from './recordings.ts';

/**
 * Tells Playwright's json reporter where to write, and looks after what the report names: screenshots of failures are kept,
 * recordings are listed or, where the manifest allows it, kept.
 */
export function makePlaywrightConduct(context: AttemptContext): Conduct {
  const { step, workspace } = context;
  const path = step.reports.find(({ format }) => format === 'playwright')?.path ?? '';
  let before: string | undefined;
  return {
    ...makePlainConduct(context),
    async prepare(cwd) {
      before = (await findReport(workspace, cwd, path))?.version;
      const file = join(cwd, path);
      // The first is read since 1.44 and wins; the second by all before.
      return { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    },
    async capture(cwd, reportIds) {
      const report = await findReport(workspace, cwd, path);
      const isFresh = report !== undefined && report.version !== before;
      const named = isFresh ? await readAttachments(context, report) : [];
      const declared = await findRecordings(context, cwd);
      return await keepAttachments(context, [...named, ...declared], reportIds);
    },
  };
}

/** undefined: there is none, or the manifest names several by a glob. */
async function findReport(workspace: string, cwd: string, path: string): Promise<FoundFile | undefined> {
  const files = path === '' ? [] : await findFiles(workspace, cwd, path);
  return files.length === 1 ? files[0] : undefined;
}

async function readAttachments({ warn }: AttemptContext, report: FoundFile): Promise<NamedFile[]> {
  if (report.size > limits.playwrightReportBytes) {
    warn('file_not_captured', `${report.name} is too large to look for screenshots in`);
    return [];
  }
  try {
    return findAttachments(JSON.parse(await readFile(report.path, 'utf8')));
  } catch (error) {
    warn(
      'file_not_captured',
      `${report.name} can't be searched for screenshots: ${toMessage(error).split('\n')[0] ?? ''}`,
    );
    return [];
  }
}

/** Recordings that outputs name: they are not kept with the outputs, so they are listed like the others. */
async function findRecordings({ step, workspace }: AttemptContext, cwd: string): Promise<NamedFile[]> {
  const found: NamedFile[] = [];
  for (const pattern of step.outputs) {
    for (const { path, name } of await findFiles(workspace, cwd, pattern)) {
      const what = toRecording(name);
      if (what !== null && step.attach?.includes(what) !== true) found.push({ path, what });
    }
  }
  return found;
}
