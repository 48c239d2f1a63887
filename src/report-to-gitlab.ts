import { createReadStream } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Gathered } from './collect/gather.ts';
import { toCollectionPage } from './collection-page.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import { readExcerpts } from './publish/files/excerpts.ts';
import { type GitlabReport, type GitlabReported, reportToGitlab } from './publish/gitlab/report.ts';
import { dropGitlabReports, writeGitlabReports } from './publish/gitlab/reports.ts';
import { parseGitlabTarget } from './publish/gitlab/target.ts';
import { toAnnotationPath } from './render/annotation-path.ts';
import { toCheckTitle } from './render/check-title.ts';
import { renderCollection, toCollectionSentence } from './render/collection.ts';
import { toCoveragePercent } from './render/gitlab/metrics.ts';
import { renderSummary } from './render/summary.ts';
import type { Signing } from './render/summary-seal.ts';
import { lcovToCobertura } from './reports/lcov-to-cobertura.ts';
import type { Comparison } from './schema/comparison.ts';

export type JobReport = {
  /** null: there is none, and what lies under the reports' names is not of this run's making. */
  evidence: Evidence | null;
  env: Record<string, string>;
  /** QUODERAT_GITLAB_REPORTS, absolute: the folder for the reports behind GitLab's widgets; undefined: none are wanted. */
  reportsDir: string | undefined;
  /** Where the steps ran, absolute. */
  workspace: string;
  modes: GitlabReport['modes'];
  /** QUODERAT_GITLAB_TOKEN. */
  token: string | undefined;
  /** What the evidence collects, when it is a collection. */
  gathered?: Gathered;
  comparison?: Comparison;
  signing?: Signing;
  giveUp: AbortSignal;
};

type Found = JobReport & { evidence: Evidence };
type Page = Pick<GitlabReport, 'title' | 'render'>;

/**
 * Gives a GitLab job all that GitLab shows of it: the files behind its widgets, the commit status and the note on the
 * merge request. Never throws for what GitLab, its answers or the folder are like, and has no say in the outcome.
 * @returns sentences for people
 */
export async function reportJobToGitlab(job: JobReport): Promise<string[]> {
  const { evidence, reportsDir } = job;
  const problems: string[] = [];
  if (reportsDir !== undefined && evidence === null) await dropGitlabReports(reportsDir);
  if (evidence === null) return problems;
  const excerpts = await readExcerpts(evidence.dir, evidence.envelope);
  if (reportsDir !== undefined) await writeReports({ ...job, evidence, reportsDir }, excerpts, problems);
  const { notices, warnings } = await reportPage({ ...job, evidence }, excerpts);
  return [...problems, ...notices, ...warnings];
}

async function writeReports(
  { env, evidence, reportsDir, workspace }: Found & { reportsDir: string },
  excerpts: Record<string, string>,
  problems: string[],
): Promise<void> {
  const { dir, envelope, envelopeSha256 } = evidence;
  const project = env['CI_PROJECT_DIR'] || workspace;
  const below = toBelow(project, workspace);
  const roots = { workspace: project, ...(below !== undefined && { workingDirectory: below.join('/') || '.' }) };
  await writeGitlabReports({
    dir: reportsDir,
    envelope,
    envelopeSha256,
    artifactsDir: join(dir, evidenceFiles.artifacts),
    excerpts,
    roots,
    links: toLinks(env, dir),
    toCobertura: (path) =>
      lcovToCobertura(createReadStream(path), (file) => toAnnotationPath(file, '.', roots) ?? null),
    onProblem: (problem) => void problems.push(problem),
  });
}

async function reportPage(job: Found, excerpts: Record<string, string>): Promise<GitlabReported> {
  const { env, evidence, modes, token, giveUp } = job;
  const { envelope, envelopeSha256 } = evidence;
  const target = parseGitlabTarget(env);
  if (target === undefined) return toNowhere(modes, 'this is no job of a GitLab');
  // `push` may run anywhere: a leg that is told under another job's name would take that one's place.
  if (envelope.subject.meta['job_id'] !== env['CI_JOB_ID']) return toNowhere(modes, 'the evidence is not of this job');
  const links = toLinks(env, evidence.dir);
  const page = job.gathered === undefined ? toRunPage(job, excerpts, links) : toPageOf(job.gathered, job, links);
  return reportToGitlab({
    env,
    token,
    modes,
    target,
    manifest: envelope.plan.name,
    manifestPath: envelope.plan.manifest_path,
    evidenceRunId: envelope.run_id,
    status: envelope.execution.status,
    commit: envelope.subject.git?.head_sha ?? target.sha,
    envelope: { sha256: envelopeSha256, isInArtifacts: links.envelope !== undefined },
    coveragePercent: toCoveragePercent(envelope.observations),
    giveUp,
    ...page,
  });
}

function toNowhere(modes: GitlabReport['modes'], why: string): GitlabReported {
  const asked = [
    ...(modes.note === 'always' ? ['--comment'] : []),
    ...(modes.status === 'always' ? ['--commit-status'] : []),
  ];
  return {
    notices: [],
    warnings: asked.map((option) => `${option} always has no effect: ${why}.`),
  };
}

function toRunPage(job: Found, excerpts: Record<string, string>, links: Links): Page {
  const { env, evidence, comparison, signing } = job;
  const { envelope, envelopeSha256, verdict } = evidence;
  const runUrl = toAddress(env['CI_JOB_URL']);
  return {
    title: toCheckTitle(envelope, { signed: signing?.state === 'keyless', envelopeSha256, verdict }),
    render: (budgetBytes) =>
      renderSummary({
        envelope,
        envelopeSha256,
        envelopeFileName: evidenceFiles.envelope,
        verdict,
        budgetBytes,
        surface: 'comment',
        excerpts,
        links: {
          ...(runUrl !== undefined && { run: runUrl }),
          ...(links.envelope !== undefined && { envelope: links.envelope }),
        },
        ...(comparison && { comparison }),
        ...(signing && { signing }),
      }),
  };
}

function toPageOf(gathered: Gathered, { env, evidence }: Found, { envelope: url }: Links): Page {
  const runUrl = toAddress(env['CI_JOB_URL']);
  const page = toCollectionPage({
    gathered,
    title: evidence.envelope.plan.name,
    evidence,
    file: { name: evidenceFiles.envelope, ...(url !== undefined && { url }) },
    ...(runUrl !== undefined && { runUrl }),
  });
  return {
    title: toCollectionSentence(page),
    render: (budgetBytes) => renderCollection({ ...page, isComment: true, budgetBytes }),
  };
}

type Links = { envelope?: string; report?: string; summary?: string };

/** Where GitLab shows files of a job's artifacts; only what lies in the project can be one. */
function toLinks(env: Record<string, string>, dir: string): Links {
  const jobUrl = toAddress(env['CI_JOB_URL']);
  const below = toBelow(env['CI_PROJECT_DIR'] ?? '', dir);
  if (jobUrl === undefined || below === undefined || below.length === 0) return {};
  const folder = below.map(encodeURIComponent).join('/');
  const toUrl = (name: string): string => `${jobUrl}/artifacts/file/${folder}/${name}`;
  return {
    envelope: toUrl(evidenceFiles.envelope),
    report: toUrl(evidenceFiles.report),
    summary: toUrl(evidenceFiles.summary),
  };
}

/** The folders from `root` down to `path`; undefined where it lies elsewhere. */
function toBelow(root: string, path: string): string[] | undefined {
  if (root === '') return undefined;
  const way = relative(resolve(root), path);
  if (isAbsolute(way) || way.split(sep)[0] === '..') return undefined;
  return way.split(sep).filter((name) => name !== '');
}

function toAddress(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/[^\s"'<>]{1,2000}$/.test(url) ? url.replace(/\/+$/, '') : undefined;
}
