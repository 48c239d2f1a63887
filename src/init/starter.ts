import { draftGo } from './go.ts';
import type { ProjectDraft } from './draft.ts';
import { draftGradle, draftMaven } from './java.ts';
import { joinDrafts } from './join-drafts.ts';
import { draftMake } from './make.ts';
import { draftNode } from './node.ts';
import { draftPython } from './python.ts';
import type { Repository } from './repository.ts';
import { draftRust } from './rust.ts';
import { writeStarter } from './write-starter.ts';

/** A starter manifest, and what to say of it. */
export type Starter = {
  text: string;
  /** Ids of its steps, in order. */
  steps: readonly string[];
  /** Files that the steps were read from, relative to the repository. */
  from: readonly string[];
  /** Reports that running it leaves in the work tree, and that git is not told to ignore. */
  leaves: readonly string[];
};

const ecosystems = [draftNode, draftPython, draftRust, draftGo, draftMaven, draftGradle];

/**
 * The manifest that fits a repository, as commented YAML; for one in which nothing is known, an example to fill in.
 * Nothing of the repository is run.
 */
export function toStarter(repository: Repository): Starter {
  const known = ecosystems.flatMap((draft) => draft(repository));
  const drafts = [...known, ...draftMake(repository, known)];
  const joined = joinDrafts(drafts);
  return {
    text: writeStarter(repository.name, joined),
    steps: joined.steps.map(({ id }) => id),
    from: joined.from,
    leaves: toLeftovers(repository, drafts),
  };
}

function toLeftovers({ projects }: Repository, drafts: readonly ProjectDraft[]): string[] {
  const ignored = new Set(
    projects.flatMap(({ texts }) => (texts.get('.gitignore') ?? '').split(/\r?\n/)).map(toIgnored),
  );
  const files = drafts.flatMap(({ steps }) => steps.flatMap(({ reports = [] }) => reports.map(({ path }) => path)));
  // Deeper ones lie in folders that the tools make for what they build, and that are ignored as a rule.
  return [...new Set(files)].filter(
    (file) => !file.includes('/') && !ignored.has(file) && !ignored.has(`*${toSuffix(file)}`),
  );
}

function toIgnored(line: string): string {
  return line.trim().replaceAll(/^\/|\/$/g, '');
}

function toSuffix(file: string): string {
  return file.slice(file.lastIndexOf('.'));
}
