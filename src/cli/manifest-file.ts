import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { toDisplayPath } from '../manifest/display-path.ts';
import { ManifestError, type ManifestSource, readManifest } from '../manifest/read.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

/**
 * The manifest that a command was given, and the absolute folder its steps run in. The manifest is known by its path
 * from there: it is part of the plan hash, which must not depend on where a checkout lies.
 * @throws CliError usage when the workspace is no folder; the error of readManifest
 */
export async function readManifestFile(
  named: string | undefined,
  flags: { workspace?: string },
  io: Pick<Io, 'cwd'>,
): Promise<{ source: ManifestSource; workspace: string }> {
  const workspace = resolve(io.cwd, flags.workspace ?? '.');
  const isFolder = await stat(workspace).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CliError('usage', `--workspace ${flags.workspace ?? '.'} is no folder`);
  const path = named === undefined ? resolve(workspace, 'quoderat.yml') : resolve(io.cwd, named);
  const source = await readManifest(path, toDisplayPath(path, workspace)).catch((error: unknown) => {
    if (!(error instanceof ManifestError)) throw error;
    // As it was typed: what it is called in the plan does not say where it was looked for.
    const shown = named ?? join(flags.workspace ?? '', 'quoderat.yml');
    const { code } = error;
    if (code === 'not_found')
      throw new ManifestError(code, `there is no ${shown}; name the manifest, or let \`quoderat init\` write one`);
    if (code === 'not_a_file') throw new ManifestError(code, `${shown} is a folder, or no plain file`);
    throw error;
  });
  return { source, workspace };
}
