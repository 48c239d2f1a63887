import * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import { type Annotation, toFitAnnotations } from './annotation.ts';
import type { GithubApi } from './api.ts';
import { PublishError } from './failure.ts';

export type CheckReport = {
  /** `owner/name`. */
  repository: string;
  name: string;
  /** The head of the pull request: a check run on its merge commit is shown nowhere. */
  headSha: string;
  /** Of this run of the manifest, so that a check run whose answer was lost can be found again. */
  externalId: string;
  detailsUrl: string | undefined;
  conclusion: 'success' | 'failure' | 'cancelled';
  title: string;
  startedAt: string | undefined;
  completedAt: string | undefined;
  /** The page in at most so many bytes. @throws RangeError when it can't be so short */
  render: (budgetBytes: number) => string;
  annotations: Annotation[];
  /** Somebody who was cut off may have made it already. */
  mayExist: boolean;
};

export type PublishedCheck = {
  url: string | undefined;
  /** Annotations that it has, and that GitHub did not take or that are over the bound. */
  annotated: number;
  left: number;
};

const checkRun = z.object({
  id: z.int(),
  html_url: z.string().nullish(),
  external_id: z.string().nullish(),
  output: z.object({ annotations_count: z.int().nullish() }).nullish(),
});
type CheckRun = z.infer<typeof checkRun>;
const checkRuns = z.object({ check_runs: z.array(checkRun) });

/**
 * Writes a finished check run. It is made finished at once, with the gravest annotations: one that is never finished
 * would keep a pull request waiting for 14 days.
 * Source: docs.github.com, "REST API endpoints for check runs".
 * @throws PublishError
 */
export async function publishCheck(api: GithubApi, report: CheckReport): Promise<PublishedCheck> {
  const before = report.mayExist ? await find(api, report) : undefined;
  if (before !== undefined) {
    return { url: before.html_url ?? undefined, annotated: before.output?.annotations_count ?? 0, left: 0 };
  }
  const all = toFitAnnotations(report.annotations);
  const annotations = all.slice(0, limits.checkAnnotations);
  const made = await createInParts(api, report, annotations, all.length - annotations.length);
  let { annotated } = made;
  // Where GitHub took none of the first it would not take the rest.
  while (annotated > 0 && annotated < annotations.length) {
    const batch = annotations.slice(annotated, annotated + limits.annotationsAtOnce);
    try {
      await append(api, report, made, batch, annotated + batch.length);
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      // The check run stands; that some annotations are missing is for the caller to tell.
      break;
    }
    annotated += batch.length;
  }
  return { url: made.run.html_url ?? undefined, annotated, left: all.length - annotated };
}

type Made = { run: CheckRun; summary: string; annotated: number };

/** With less and less of a page, and in the end without annotations, rather than not at all. */
async function createInParts(
  api: GithubApi,
  report: CheckReport,
  annotations: Annotation[],
  more: number,
): Promise<Made> {
  let first = annotations.slice(0, limits.annotationsAtOnce);
  let budgetBytes: number = limits.checkSummaryBytes;
  for (;;) {
    try {
      return await create(api, report, toSummary(report, budgetBytes, more), first);
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      if (error.code === 'too_long' && budgetBytes > 1000) budgetBytes = Math.floor(budgetBytes / 4);
      else if (error.code === 'failed' && first.length > 0 && error.message.endsWith('(422)')) first = [];
      else throw error;
    }
  }
}

async function create(api: GithubApi, report: CheckReport, summary: string, first: Annotation[]): Promise<Made> {
  const body = {
    name: report.name,
    head_sha: report.headSha,
    external_id: report.externalId,
    ...(report.detailsUrl !== undefined && { details_url: report.detailsUrl }),
    ...(report.startedAt !== undefined && { started_at: report.startedAt }),
    ...(report.completedAt !== undefined && { completed_at: report.completedAt }),
    status: 'completed',
    conclusion: report.conclusion,
    output: { title: report.title, summary, annotations: first.map(toWire) },
  };
  const path = `/repos/${report.repository}/check-runs`;
  let found: CheckRun | undefined;
  const run = await api.create({ method: 'POST', path, body, what: 'create the check run' }, checkRun, async () => {
    found = await find(api, report);
    return found;
  });
  return { run, summary, annotated: found?.output?.annotations_count ?? first.length };
}

/** GitHub adds the annotations of an update to those that are there. @param count how many there are then */
async function append(
  api: GithubApi,
  { repository, title }: CheckReport,
  { run, summary }: Made,
  batch: Annotation[],
  count: number,
): Promise<void> {
  const path = `/repos/${repository}/check-runs/${run.id}`;
  const body = { output: { title, summary, annotations: batch.map(toWire) } };
  await api.create({ method: 'PATCH', path, body, what: 'add annotations' }, checkRun, async () => {
    const now = await api.ask({ method: 'GET', path, what: 'show the check run' }, checkRun);
    return (now.output?.annotations_count ?? 0) >= count ? now : undefined;
  });
}

async function find(api: GithubApi, report: CheckReport): Promise<CheckRun | undefined> {
  const query = `check_name=${encodeURIComponent(report.name)}&filter=all`;
  const path = `/repos/${report.repository}/commits/${report.headSha}/check-runs?${query}`;
  for await (const page of api.pages({ method: 'GET', path, what: 'list the check runs' }, checkRuns)) {
    const run = page.check_runs.find(({ external_id: id }) => id === report.externalId);
    if (run !== undefined) return run;
  }
  return undefined;
}

/** @param more annotations over the bound */
function toSummary({ render, title }: CheckReport, budgetBytes: number, more: number): string {
  const note = more > 0 ? `\n\n_${more} more annotations are not shown; the envelope has all findings._` : '';
  try {
    return render(budgetBytes - Buffer.byteLength(note)) + note;
  } catch (error) {
    if (error instanceof RangeError) return title;
    throw error;
  }
}

function toWire({ level, title, ...annotation }: Annotation): object {
  return { ...annotation, annotation_level: level, ...(title !== '' && { title }) };
}
