import { findPathFault, normaliseRelativePath } from '../lib/relative-path.ts';
import { defuseCodeLine } from './defuse.ts';
import { toInertLine } from './inert.ts';

export type PathRoots = {
  /** The repository's folder as the tools saw it, absolute; undefined: an absolute path can't be placed. */
  workspace?: string;
  /** From the repository's root to the folder in which Quoderat ran; reports name their files from there. */
  workingDirectory?: string;
};

const pathLength = 1000;

/**
 * A file that a report names, from the root of the repository, with "/"; undefined where it lies outside or is none.
 * @param cwd of the step, from the working directory: tools name files from there, or from the working directory
 */
export function toAnnotationPath(named: string, cwd: string, roots: PathRoots): string | undefined {
  const path = named.replaceAll('\\', '/');
  if (path.length > pathLength || defuseCodeLine(toInertLine(path, pathLength)) !== path) return undefined;
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path)) return toRelative(path, roots.workspace);
  // A home folder, an address, or a module of the runtime (`node:internal/...`): no file of the repository.
  if (/^(?:~|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path)) return undefined;
  const below = toCleanPath(cwd) ?? '.';
  const isFromCwd = below !== '.' && !path.replace(/^(?:\.\/)+/, '').startsWith(`${below}/`);
  return toCleanPath([roots.workingDirectory ?? '.', ...(isFromCwd ? [below] : []), path].join('/'));
}

/** Windows drives count without case. */
function toRelative(path: string, workspace: string | undefined): string | undefined {
  const root = workspace?.replaceAll('\\', '/').replace(/\/+$/, '');
  if (root === undefined || root === '') return undefined;
  const isDrive = /^[A-Za-z]:/.test(root);
  const starts = isDrive ? path.toLowerCase().startsWith(`${root.toLowerCase()}/`) : path.startsWith(`${root}/`);
  return starts ? toCleanPath(path.slice(root.length + 1)) : undefined;
}

function toCleanPath(path: string): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  return findPathFault(slashed, { glob: false }) === undefined ? normaliseRelativePath(slashed) : undefined;
}
