import type { Project, Repository } from '../../src/init/repository.ts';

/** A repository with these files; a value of null is a file whose text is not read. */
export function toRepository(
  files: Record<string, string | null>,
  folders: Record<string, Record<string, string | null>> = {},
): Repository {
  return {
    name: 'shop',
    platform: 'linux',
    projects: [toProject('.', files), ...Object.entries(folders).map(([cwd, inside]) => toProject(cwd, inside))],
  };
}

function toProject(cwd: string, files: Record<string, string | null>): Project {
  const texts = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
  return { cwd, names: new Set(Object.keys(files)), texts: new Map(texts) };
}
