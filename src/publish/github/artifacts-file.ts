import { appendFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

/**
 * Names a file to the runner as a product of this job, by a line in the file that `GITHUB_ARTIFACTS` names (actions/runner
 * 2.336, behind a flag: the runner hashes it, and actions/attest finds it there). Where there is no such runner nothing
 * happens, and nothing ever depends on it.
 * @returns whether it was written
 */
export async function nameArtifact(path: string, env: Record<string, string>): Promise<boolean> {
  const list = env['GITHUB_ARTIFACTS'];
  // A line is a path: one with a line break in it would be two.
  if (!list || !isAbsolute(path) || /[\r\n]/.test(path)) return false;
  return appendFile(list, `${path}\n`).then(
    () => true,
    () => false,
  );
}
