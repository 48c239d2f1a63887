import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toErrorCode, toMessage } from '../lib/errors.ts';
import { makeFolder } from '../publish/files/make-folder.ts';
import { type ServerSettings, SettingsError } from './settings.ts';

/**
 * Makes the data folder, unless all that would lie in it is kept elsewhere or is there: a container's root, and a mounted
 * secret with tokens and keys, may be read-only.
 * @throws SettingsError
 */
export async function makeDataFolder(settings: ServerSettings): Promise<void> {
  const { dataDir, databaseUrl, tokensFile, sealingKeys, artifactStore } = settings;
  const parts = [
    ...(tokensFile === null ? [join(dataDir, 'tokens')] : []),
    ...('dir' in sealingKeys ? [sealingKeys.dir] : []),
    ...(artifactStore.startsWith(pathToFileURL(dataDir).href) ? [join(dataDir, 'artifacts')] : []),
  ];
  if (databaseUrl !== null && (await areThere(parts))) return;
  try {
    // Others may pass through: PostgreSQL may be another user. What is in it has modes of its own.
    await makeFolder(dataDir, 0o711);
    await access(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SettingsError(
      'setting',
      `the data folder ${dataDir} can't be written (${toErrorCode(error) ?? toMessage(error)}); name another with --data or QUODERAT_DATA`,
      { cause: error },
    );
  }
}

async function areThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return !found.includes(false);
}
