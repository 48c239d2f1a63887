import { stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { type ManifestSource, readManifest } from '../manifest/read.ts';
import { type ActionInputs, InputError } from './inputs.ts';

/** What inline steps without a name are called in diagnostics and in the plan: the input that they came through. */
const INLINE = 'steps';

/**
 * The manifest that the inputs name or hold. Inline text that begins with a list is the steps alone.
 * @throws ManifestError, or InputError when there is no folder to run it in
 */
export async function readManifestSource(inputs: ActionInputs): Promise<ManifestSource> {
  const { manifest, workspace } = inputs;
  const isFolder = await stat(workspace).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new InputError(
      'bad_input',
      `\`working-directory\` ${inputs.workingDirectory} is no folder; is the checkout there?`,
    );
  }
  if ('file' in manifest) return readManifest(manifest.file, toDisplayPath(manifest.file, workspace));
  const form = /^(?:[ \t]*(?:#.*|---)?\r?\n)*[ \t]*(?:-[ \t\r\n]|\[)/.test(manifest.inline) ? 'steps' : 'manifest';
  return { path: inputs.name ?? INLINE, bytes: Buffer.from(manifest.inline), form };
}

/** Part of the plan hash, so it must not depend on where a checkout lies; the same words as `quoderat plan` uses. */
function toDisplayPath(path: string, workspace: string): string {
  const way = relative(workspace, path);
  return way.startsWith('..') || isAbsolute(way) ? basename(path) : way.replaceAll(sep, '/');
}
