import { findPathFault, normaliseRelativePath } from '../lib/relative-path.ts';

/** Where a job's tools ran: what they call a file has to be found in the repository again. */
export type Checkout = {
  /** The steps' folder from the root of the repository, with "/"; "." for the root itself. */
  folder: string;
  /** The root of the checkout on the runner, absolute. */
  root?: string;
};

/**
 * A path in a report as the repository has it: from its root, with "/". Tools name files absolutely, by a file: address or
 * from where they ran; null for what lies outside of the repository or acts on a page.
 */
export function toRepositoryPath(path: string, { folder, root }: Checkout): string | null {
  const named = path.startsWith('file://') ? toFilePath(path) : path.replaceAll('\\', '/');
  if (named === null) return null;
  const base = root?.replaceAll('\\', '/').replace(/\/*$/, '/');
  const inRoot = base !== undefined && named.startsWith(base) ? named.slice(base.length) : null;
  const whole = inRoot ?? (isAbsolute(named) ? null : `${folder}/${named}`);
  if (whole === null || findPathFault(whole, { glob: false }) !== undefined) return null;
  return normaliseRelativePath(whole);
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path);
}

function toFilePath(url: string): string | null {
  if (!URL.canParse(url)) return null;
  try {
    // Windows: file:///C:/x is C:/x.
    return decodeURIComponent(new URL(url).pathname).replace(/^\/(?=[A-Za-z]:)/, '');
  } catch {
    return null;
  }
}
