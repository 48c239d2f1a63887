import { observationLimits } from '../schema/observation.ts';
import { toName } from './bounded-text.ts';

/**
 * A file's path as reports tell it, with "/", relative to the root where it lies below it; `file:` URIs become paths.
 * @param root absolute, as the tool saw it; Windows drives count without case
 */
export function toSourcePath(text: string, root: string | undefined): string {
  const path = decodeFileUri(text.slice(0, observationLimits.pathChars * 4)).replaceAll('\\', '/');
  return toName(withoutRoot(path, root), observationLimits.pathChars);
}

function withoutRoot(path: string, root: string | undefined): string {
  const base = root?.replaceAll('\\', '/').replace(/\/+$/, '');
  if (base === undefined || base === '') return path.replace(/^(?:\.\/)+/, '');
  const isDrive = /^[A-Za-z]:/.test(base);
  const starts = isDrive ? path.toLowerCase().startsWith(`${base.toLowerCase()}/`) : path.startsWith(`${base}/`);
  return (starts ? path.slice(base.length + 1) : path).replace(/^(?:\.\/)+/, '');
}

function decodeFileUri(text: string): string {
  const match = /^file:\/\/(?:localhost)?(\/.*)$/is.exec(text);
  if (match?.[1] === undefined) return text;
  const path = match[1].replace(/^\/(?=[A-Za-z]:)/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
