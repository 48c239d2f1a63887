import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pick } from './parse-values.ts';
import { readBoundedText } from './read-bounded.ts';

const MAX_BYTES = 256 * 1024;

/**
 * The version in the package.json of the npm package that a command belongs to: npm on POSIX links to a file in the
 * package, on Windows it writes a .cmd beside node_modules. null when the package found there is another one (corepack).
 */
export function readPackageVersion(name: string): (file: string) => Promise<string | null> {
  return async (file) => {
    const real = await realpath(file);
    const folders = [
      path.join(path.dirname(real), '..'),
      path.join(path.dirname(file), 'node_modules', name),
      path.dirname(real),
    ];
    for (const folder of folders) {
      const manifest = parseJson(await readBoundedText(path.join(folder, 'package.json'), MAX_BYTES));
      const version = pick(manifest, 'version');
      if (pick(manifest, 'name') === name && typeof version === 'string') return version;
    }
    return null;
  };
}

/** JAVA_VERSION of the `release` file that every JDK and JRE since 7 has beside its bin folder. */
export async function readJdkVersion(file: string): Promise<string | null> {
  const release = await readBoundedText(path.join(path.dirname(await realpath(file)), '..', 'release'), MAX_BYTES);
  return /^JAVA_VERSION="([^"]+)"/m.exec(release ?? '')?.[1] ?? null;
}

/** The version in the name of a .jar in the lib folder beside the script's own. */
export function readJarVersion(jar: RegExp): (file: string) => Promise<string | null> {
  return async (file) => {
    const names = await readdir(path.join(path.dirname(await realpath(file)), '..', 'lib'));
    return names.map((name) => jar.exec(name)?.[1]).find((version) => version !== undefined) ?? null;
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
