import { basename, isAbsolute, relative, sep } from 'node:path';

/**
 * What a manifest is called in its plan and in diagnostics: its path from the workspace, with "/". It is part of the plan
 * hash, which must not depend on where a checkout lies. Outside the workspace only the name is kept: the way there would
 * tell of the machine.
 */
export function toDisplayPath(path: string, workspace: string): string {
  const inside = relative(workspace, path);
  return inside.startsWith('..') || isAbsolute(inside) ? basename(path) : inside.split(sep).join('/');
}
