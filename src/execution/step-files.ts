import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { PlanStep } from '../schema/plan.ts';
import type { Cause } from '../schema/record.ts';
import { findFiles, type FoundFile } from './file-globs.ts';
import type { FileJudge } from './file-judge.ts';
import type { KeptReport } from './read-reports.ts';
import type { AttemptContext } from './step-context.ts';

/** What a kind of step makes of declared files that are not there. */
export type FileRules = {
  /** A report that is missing, empty or left over from before. */
  report: 'fail' | 'warn';
  /** An outputs glob that matches nothing. */
  output: 'fail' | 'warn';
  /** How to get a report that does not exist. */
  reportHint?: string;
  /** Whether a file that outputs name is not to be kept. */
  leavesOut?: (file: FoundFile, step: PlanStep) => boolean;
};

/** The files that were there before an attempt, by path: what has not changed since was not made by it. */
export type FilesBefore = Map<string, string>;

export type CapturedFiles = {
  reportIds: string[];
  outputIds: string[];
  reports: KeptReport[];
};

/** @param cwd absolute, without symlinks */
export async function readReportsBefore({ step, workspace }: AttemptContext, cwd: string): Promise<FilesBefore> {
  const found = await Promise.all(step.reports.map(({ path }) => findFiles(workspace, cwd, path)));
  return new Map(found.flat().map(({ path, version }) => [path, version]));
}

/** Keeps the reports and outputs of an attempt that is over, also of one that failed, and judges what is not there. */
export async function captureFiles(
  context: AttemptContext,
  cwd: string,
  before: FilesBefore,
  { rules, judge }: { rules: FileRules; judge: FileJudge['judge'] },
): Promise<CapturedFiles> {
  const { step, workspace } = context;
  const keep = makeKeeper(context);
  const reports: KeptReport[] = [];
  for (const { path, format } of step.reports) {
    const files = await findFiles(workspace, cwd, path);
    const fresh = files.filter((file) => before.get(file.path) !== file.version);
    const problem = findReportFault(path, files, fresh, rules);
    if (problem) judge(rules.report, problem);
    const kept = await keep('report', path, fresh);
    reports.push(...kept.map(({ artifact, path: file }) => ({ artifact, path: file, format })));
  }
  for (const pattern of step.outputs) {
    const files = await findFiles(workspace, cwd, pattern);
    if (files.length === 0) {
      judge(rules.output, {
        code: 'output_missing',
        message: `its output ${pattern} does not exist: nothing matches it`,
      });
    }
    await keep(
      'output',
      pattern,
      files.filter((file) => rules.leavesOut?.(file, step) !== true),
    );
  }
  return { ...keep.ids, reports };
}

function findReportFault(path: string, files: FoundFile[], fresh: FoundFile[], rules: FileRules): Cause | null {
  if (files.length === 0) {
    const hint = rules.reportHint === undefined ? '' : `; ${rules.reportHint}`;
    return { code: 'report_missing', message: `its report ${path} does not exist${hint}` };
  }
  if (fresh.length === 0) {
    return { code: 'report_stale', message: `its report ${path} was there before and has not been written since` };
  }
  const empty = fresh.find(({ size }) => size === 0);
  return empty ? { code: 'report_empty', message: `its report ${empty.name} is empty` } : null;
}

type Kept = Pick<KeptReport, 'artifact' | 'path'>;

type Keeper = ((kind: 'report' | 'output', pattern: string, files: FoundFile[]) => Promise<Kept[]>) & {
  ids: { reportIds: string[]; outputIds: string[] };
};

function makeKeeper(context: AttemptContext): Keeper {
  const { stop, store, redactor, step } = context;
  const ids = { reportIds: [] as string[], outputIds: [] as string[] };
  const seen = { report: new Set<string>(), output: new Set<string>() };
  // When the run is being ended, what was made is still worth keeping, as far as there is time.
  let deadline: number | undefined;
  const isStopped = (): boolean => {
    if (stop.reason() === null) return false;
    deadline ??= performance.now() + limits.cancelCaptureMs;
    return performance.now() > deadline;
  };

  const keepOne = async (kind: 'report' | 'output', file: FoundFile): Promise<Kept[]> => {
    const list = kind === 'report' ? ids.reportIds : ids.outputIds;
    const id = context.toArtifactId(`${kind}/${list.length + 1}`);
    const name = context.redact(file.name, 'artifacts');
    try {
      const captured = await store.captureFile({
        id,
        kind,
        name,
        stepId: step.id,
        path: file.path,
        redactor,
        isStopped,
      });
      if (captured.problem !== null) {
        context.warn('file_not_captured', `${file.name} was not kept whole (${captured.problem})`);
      }
      list.push(id);
      await context.announce(captured, name, 'artifact');
      return [{ artifact: captured.artifact, path: file.path }];
    } catch (error) {
      context.warn('file_not_captured', `${file.name} can't be read: ${toMessage(error)}`);
      return [];
    }
  };
  const keep = async (kind: 'report' | 'output', pattern: string, files: FoundFile[]): Promise<Kept[]> => {
    const kept: Kept[] = [];
    const fresh = files.filter(({ path }) => !seen[kind].has(path));
    const room = Math.max(0, limits.outputFilesPerStep - seen[kind].size);
    for (const [index, file] of fresh.slice(0, room).entries()) {
      if (isStopped()) {
        context.warn(
          'file_not_captured',
          `${fresh.length - index} files of ${pattern} were not kept: the run was being ended`,
        );
        return kept;
      }
      seen[kind].add(file.path);
      kept.push(...(await keepOne(kind, file)));
    }
    if (fresh.length > room) {
      context.warn(
        'file_not_captured',
        `${fresh.length - room} files of ${pattern} were not kept: a step keeps ${limits.outputFilesPerStep} at most`,
      );
    }
    return kept;
  };
  return Object.assign(keep, { ids });
}
