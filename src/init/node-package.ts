import { isObject } from '../lib/json.ts';
import { choosePackageManager, type PackageManager } from './package-manager.ts';
import type { Project } from './repository.ts';

/** What package.json says, as far as steps are made from it. */
export type NodePackage = {
  project: Project;
  manager: PackageManager;
  scripts: ReadonlyMap<string, string>;
  /** Declared dependencies of any sort, with the versions that are asked for. */
  dependencies: ReadonlyMap<string, string>;
};

/** npm's own placeholder, `npm init`. */
const placeholder = /no test specified/;

/** Reads package.json; undefined when it is no JSON object. */
export function parseNodePackage(project: Project): NodePackage | undefined {
  const value = parseJson(project.texts.get('package.json') ?? '');
  if (!isObject(value)) return undefined;
  const scripts = toTexts(value['scripts']);
  if (placeholder.test(scripts.get('test') ?? '')) scripts.delete('test');
  return {
    project,
    manager: choosePackageManager(project, value['packageManager']),
    scripts,
    dependencies: new Map([
      ...toTexts(value['optionalDependencies']),
      ...toTexts(value['dependencies']),
      ...toTexts(value['devDependencies']),
    ]),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Those with a NUL are left out: no process takes one, so no script of that text can be run. */
function toTexts(value: unknown): Map<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(
    entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry.join('').includes('\0'),
    ),
  );
}
