import { stat } from 'node:fs/promises';
import { toDisplayPath } from '../manifest/display-path.ts';
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
