import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toMessage } from '../../lib/errors.ts';
import { renderCodeQuality } from '../../render/gitlab/code-quality.ts';
import { renderStepsJunit } from '../../render/gitlab/junit.ts';
import { renderDotenv, renderJobLinks } from '../../render/gitlab/links.ts';
import { renderMetrics } from '../../render/gitlab/metrics.ts';
import type { PathRoots } from '../../render/annotation-path.ts';
import type { Envelope } from '../../schema/envelope.ts';

/** What GitLab reads of a job (artifacts:reports), by name in the folder; gitlab/templates names the same files. */
export const reportFiles = {
  junit: 'junit.xml',
  codeQuality: 'gl-code-quality-report.json',
  annotations: 'gl-annotations.json',
  metrics: 'metrics.txt',
  dotenv: 'quoderat.env',
  /** Folders: the users' own reports, as they were captured. */
  ownJunit: 'junit',
  ownCoverage: 'coverage',
} as const;

export type GitlabReports = {
  /** Where to write. */
  dir: string;
  envelope: Envelope;
  envelopeSha256: string;
  /** Where the artifacts lie, by sha256. */
  artifactsDir: string;
  excerpts: Record<string, string>;
  roots: PathRoots;
  links: { envelope?: string; report?: string; summary?: string };
  /** An lcov tracefile as Cobertura, the one form of coverage that GitLab shows by line. */
  toCobertura: (lcovPath: string) => Promise<string>;
  onProblem: (problem: string) => void;
};

/**
 * Writes the reports behind GitLab's widgets, and takes away first what lies under their names: it is not of this run's
 * making, and GitLab would believe it (a step could have planted variables for later jobs). A report that can't be made
 * is a problem, and the others stand without it.
 * @returns the paths written
 */
export async function writeGitlabReports(reports: GitlabReports): Promise<string[]> {
  const { dir, envelope, envelopeSha256, artifactsDir, excerpts, roots, links } = reports;
  const written: string[] = [];
  const attempt = async (name: string, write: (path: string) => Promise<void>): Promise<void> => {
    const path = join(dir, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await rm(`${path}.tmp`, { recursive: true, force: true });
      await write(`${path}.tmp`);
      await rename(`${path}.tmp`, path);
      written.push(path);
    } catch (error) {
      await rm(`${path}.tmp`, { force: true }).catch(() => {});
      reports.onProblem(`GitLab's report ${name} could not be written: ${toMessage(error)}`);
    }
  };
  const attemptText = (name: string, render: () => string | Promise<string>): Promise<void> =>
    attempt(name, async (path) => writeFile(path, await render()));

  await dropGitlabReports(dir);
  await attemptText(reportFiles.junit, () => renderStepsJunit(envelope, excerpts));
  await attemptText(reportFiles.codeQuality, () => renderCodeQuality(envelope, roots));
  await attemptText(reportFiles.annotations, () => renderJobLinks(envelopeSha256, links));
  await attemptText(reportFiles.metrics, () => renderMetrics(envelope));
  await attemptText(reportFiles.dotenv, () => renderDotenv(envelope, envelopeSha256));
  for (const { folder, sha256, isLcov } of listOwnReports(envelope)) {
    const name = `${folder}/${sha256.slice(0, 16)}.xml`;
    const source = join(artifactsDir, sha256);
    if (isLcov) await attemptText(name, () => reports.toCobertura(source));
    else await attempt(name, (path) => copyFile(source, path));
  }
  return written;
}

/** Takes away whatever lies under the reports' names. */
export async function dropGitlabReports(dir: string): Promise<void> {
  for (const name of Object.values(reportFiles)) await rm(join(dir, name), { recursive: true, force: true });
}

type OwnReport = { folder: string; sha256: string; isLcov: boolean };

const shown: Record<string, Omit<OwnReport, 'sha256'>> = {
  'quoderat/junit': { folder: reportFiles.ownJunit, isLcov: false },
  'quoderat/cobertura': { folder: reportFiles.ownCoverage, isLcov: false },
  'quoderat/lcov': { folder: reportFiles.ownCoverage, isLcov: true },
};

/** The users' own reports that GitLab has a widget for, as captured and redacted, each once. */
function listOwnReports({ observations, artifacts }: Envelope): OwnReport[] {
  const found = new Map<string, OwnReport>();
  for (const { parser, basis_artifact_ids: basis } of observations) {
    const kind = Object.hasOwn(shown, parser.name) ? shown[parser.name] : undefined;
    if (kind === undefined) continue;
    for (const { sha256 } of artifacts.filter(({ id }) => basis.includes(id)))
      found.set(`${kind.folder}/${sha256}`, { ...kind, sha256 });
  }
  return [...found.values()];
}
