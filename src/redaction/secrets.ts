import { LEAST_VALUE, MOST_VALUE } from './encodings.ts';
import { toJsonSecrets } from './json-secrets.ts';
import { isSecretName } from './secret-names.ts';
import type { NamedSecret } from './types.ts';

/** A name whose value is not searched for, or not all of it, and why. */
export type SkippedSecret = { name: string; reason: string };

/** Values and their bytes that are searched for at most; declared ones come first. */
const MOST_SECRETS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** A guessed secret is at least so long: shorter ones would be met in any text. */
const LEAST_GUESSED = 6;
/** Values of secret-looking names that are settings or the well-known passwords of test databases. */
const NO_SECRETS = new Set(
  (
    'true false yes no on off none null undefined default enabled disabled required optional auto inherit always never ' +
    'password passwd secret token postgres root admin test testing guest changeme example dummy placeholder redacted hidden ' +
    'basic bearer oauth oauth2 netrc store keyring'
  ).split(' '),
);

/**
 * The values that must not appear in anything that leaves a run: those of the declared names, those of names that look
 * secret, the passwords in URLs and connection strings of any name, and the secret members of JSON values.
 * @param env the runner's environment, and what the manifest sets
 * @param declared names under `secrets` in the manifest: their values count whatever they look like
 */
export function collectSecrets(
  env: Record<string, string>,
  declared: string[],
): { secrets: NamedSecret[]; skipped: SkippedSecret[] } {
  const secrets = new Map<string, NamedSecret>();
  const skipped: SkippedSecret[] = [];
  let bytes = 0;
  const add = (name: string, value: string): void => {
    const text = value.trim();
    if (text.length < LEAST_VALUE || secrets.has(text)) return;
    if (secrets.size >= MOST_SECRETS || bytes + text.length > MOST_BYTES) {
      skipped.push({
        name,
        reason: `not searched for: more than ${MOST_SECRETS} values or ${MOST_BYTES} bytes of them`,
      });
      return;
    }
    bytes += Math.min(text.length, MOST_VALUE);
    secrets.set(text, { name, value: text });
  };

  const declaredNames = new Set(declared);
  for (const name of declaredNames) {
    const value = env[name]?.trim() ?? '';
    const reason = toReason(value);
    if (reason !== undefined) skipped.push({ name, reason });
    add(name, value);
    for (const leaf of toJsonSecrets(name, value)) add(leaf.name, leaf.value);
  }
  for (const [name, value] of Object.entries(env)) {
    if (isSecretName(name) && !declaredNames.has(name)) {
      const leaves = toJsonSecrets(name, value);
      for (const leaf of leaves) add(leaf.name, leaf.value);
      if (leaves.length === 0 && isGuessedSecret(value.trim())) add(name, value);
    }
    for (const password of toPasswords(value)) add(name, password);
  }
  return { secrets: [...secrets.values()], skipped };
}

function toReason(value: string): string | undefined {
  if (value === '') return 'declared as a secret but not set: nothing to search for';
  if (value.length < LEAST_VALUE)
    return `shorter than ${LEAST_VALUE} characters: not searched for, because it would be met in any text`;
  if (value.length > MOST_VALUE) return `longer than ${MOST_VALUE} characters: only its beginning is searched for`;
  return undefined;
}

function isGuessedSecret(value: string): boolean {
  if (value.length < LEAST_GUESSED || NO_SECRETS.has(value.toLowerCase())) return false;
  if (/^[-+]?[\d.,:]+$/.test(value)) return false;
  if (/^(?:\*+|\.+|x+|<[^>]*>|\$\{?[\w.]+\}?|\$\{\{.*\}\})$/i.test(value)) return false;
  if (/^(?:~|\.{1,2})?\/(?:[\w.@+-]+\/)*[\w.@+-]*$/.test(value) && value.split('/').length > 2) return false;
  if (/^[A-Za-z]:\\[^\n]*$/.test(value)) return false;
  return !/^[a-z][a-z0-9+.-]{1,20}:\/\/[^@\s]*$/i.test(value) || /hooks\.|webhook|token=|sig=|key=/i.test(value);
}

/** `scheme://user:password@host` (RFC 3986), and `Password=...;AccountKey=...` of connection strings. */
function toPasswords(value: string): string[] {
  const passwords: string[] = [];
  for (const [, raw = ''] of value.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#:@]{0,256}:([^\s/?#]{1,1024})@/gi))
    passwords.push(raw, decode(raw));
  for (const [, raw = ''] of value.matchAll(
    /(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)=([^;\s]{1,1024})/gi,
  ))
    passwords.push(raw);
  return passwords.filter((password) => password.length >= LEAST_GUESSED && isGuessedSecret(password));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
