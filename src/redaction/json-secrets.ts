import { isDescription, isSecretName } from './secret-names.ts';

/** Nesting and number of leaves that are looked at. */
const MOST_DEPTH = 16;
const MOST_LEAVES = 1000;
const LEAST_LEAF = 8;

/**
 * The secret strings of a credential blob (a service account file, a docker config, `az` or `aws` output). A leaf counts
 * when its member's name says so, or when it looks generated: 16 characters or more of mixed kinds, no address, no path.
 * Members that describe (`type`, `project_id`, `client_email`, `token_uri`, `clientId`) do not count, nor do URLs.
 * @returns an empty list for a text that is no JSON object or array
 */
export function toJsonSecrets(name: string, text: string): { name: string; value: string }[] {
  const start = text.trimStart().charAt(0);
  if (start !== '{' && start !== '[') return [];
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const found: { name: string; value: string }[] = [];
  collect(root, name, '', 0, found);
  return found;
}

function collect(
  value: unknown,
  name: string,
  key: string,
  depth: number,
  found: { name: string; value: string }[],
): void {
  if (found.length >= MOST_LEAVES || depth > MOST_DEPTH) return;
  if (typeof value === 'string') {
    if (isSecretLeaf(key, value)) found.push({ name, value }, ...toBasicPassword(name, key, value));
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, name, key, depth + 1, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [member, item] of Object.entries(value))
      collect(item, `${name}.${toPlain(member)}`, member, depth + 1, found);
  }
}

function isSecretLeaf(key: string, value: string): boolean {
  if (isDescription(key) || value.length < LEAST_LEAF) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(value)) return false;
  if (isSecretName(key) || value.startsWith('-----BEGIN ')) return true;
  return (
    /^[^\s@]{16,}$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/^[\w-]+(?:\.[\w-]+)+$|^[~.]{0,2}\//.test(value)
  );
}

/** The `auth` of a docker config is base64 of `user:password`. */
function toBasicPassword(name: string, key: string, value: string): { name: string; value: string }[] {
  if (key !== 'auth' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return [];
  const [, password = ''] =
    /^[^:\x00-\x1f]{1,256}:([^\x00-\x1f]{4,})$/.exec(Buffer.from(value, 'base64').toString()) ?? [];
  return password === '' ? [] : [{ name: `${name}.password`, value: password }];
}

function toPlain(member: string): string {
  return member.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 40);
}
