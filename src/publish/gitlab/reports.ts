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
  onProblem: (problem: string) => void;
};

/**
 * Writes the reports behind GitLab's widgets. One that can't be made is a problem, and the others stand without it.
 * @returns the paths written
 */
export async function writeGitlabReports(reports: GitlabReports): Promise<string[]> {
  const { dir, envelope, envelopeSha256, excerpts, roots, links } = reports;
  const texts: [string, () => string][] = [
    [reportFiles.junit, () => renderStepsJunit(envelope, excerpts)],
    [reportFiles.codeQuality, () => renderCodeQuality(envelope, roots)],
    [reportFiles.annotations, () => renderJobLinks(envelopeSha256, links)],
    [reportFiles.metrics, () => renderMetrics(envelope)],
    [reportFiles.dotenv, () => renderDotenv(envelope, envelopeSha256)],
  ];
  const written: string[] = [];
  const attempt = async (name: string, write: (path: string) => Promise<void>): Promise<void> => {
    const path = join(dir, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await write(`${path}.tmp`);
      await rename(`${path}.tmp`, path);
      written.push(path);
    } catch (error) {
      await rm(`${path}.tmp`, { force: true }).catch(() => {});
      reports.onProblem(`GitLab's report ${name} could not be written: ${toMessage(error)}`);
    }
  };
  for (const [name, render] of texts) await attempt(name, (path) => writeFile(path, render()));
  for (const { name, sha256 } of toOwnReports(envelope)) {
    await attempt(name, (path) => copyFile(join(reports.artifactsDir, sha256), path));
  }
  return written;
}

/** The users' own JUnit and Cobertura reports, as captured and redacted, under names that keep them apart. */
function toOwnReports({ observations, artifacts }: Envelope): { name: string; sha256: string }[] {
  const folders = new Map([
    ['quoderat/junit', reportFiles.ownJunit],
    ['quoderat/cobertura', reportFiles.ownCoverage],
  ]);
  const found = new Map<string, string>();
  for (const { parser, basis_artifact_ids: basis } of observations) {
    const folder = folders.get(parser.name);
    for (const artifact of artifacts.filter(({ id }) => folder !== undefined && basis.includes(id)))
      found.set(`${folder}/${artifact.sha256.slice(0, 16)}.xml`, artifact.sha256);
  }
  return Array.from(found, ([name, sha256]) => ({ name, sha256 }));
}
