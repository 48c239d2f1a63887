import { hash, timingSafeEqual } from 'node:crypto';
import type { Principal, Scope } from '../principal.ts';
import { AuthConfigError } from './errors.ts';

/** Tokens of a list; more belong into OIDC. */
const MOST_TOKENS = 10_000;
const SCOPES: readonly string[] = ['read', 'write', 'decide', 'metrics', 'admin'] satisfies Scope[];

export type TokenList = {
  /** Who bears this token; undefined: nobody. Takes the same time whatever is wrong with it. */
  find(token: string): Principal | undefined;
};

/**
 * A list of bearer tokens, one a line: `name sha256 scopes [repositories]`, the last two separated by commas; `#` begins a
 * comment. Only hashes are listed: whoever reads the file can't call the server. A token must be random (32 bytes): its
 * hash is not salted, since it is looked up by it.
 * @throws AuthConfigError malformed, with the number of the line and nothing of it
 */
export function parseTokenList(text: string): TokenList {
  const entries: { digest: Buffer; principal: Principal }[] = [];
  const names = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line
      .replace(/#.*$/, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (words.length === 0) continue;
    const entry = parseEntry(words, index + 1);
    if (names.has(entry.principal.id)) throw toFault(index + 1, 'its name is taken by an earlier line');
    names.add(entry.principal.id);
    entries.push(entry);
  }
  if (entries.length > MOST_TOKENS)
    throw new AuthConfigError('malformed', `the token file lists ${entries.length} tokens; at most ${MOST_TOKENS}`);
  return {
    find(token) {
      const digest = hash('sha256', token, 'buffer');
      let found: Principal | undefined;
      // All of them, each in the same time: how far the search went is not to be measured.
      for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry.principal;
      return found;
    },
  };
}

function parseEntry(words: string[], line: number): { digest: Buffer; principal: Principal } {
  const [name = '', hash = '', scopeList = '', projectList, ...rest] = words;
  if (rest.length > 0) throw toFault(line, 'it has more than four columns');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name))
    throw toFault(line, 'its name must be 1 to 100 letters, digits, ".", "_" or "-"');
  if (!/^[0-9a-f]{64}$/i.test(hash))
    throw toFault(line, 'its second column must be the SHA-256 of the token in hex (printf %s "$TOKEN" | sha256sum)');
  const scopes = scopeList.split(',').filter((scope) => scope !== '');
  if (scopes.length === 0 || !scopes.every(isScope))
    throw toFault(line, `its third column must be scopes, separated by commas, out of ${SCOPES.join(', ')}`);
  const projects = projectList?.split(',').filter((project) => project !== '');
  return {
    digest: Buffer.from(hash, 'hex'),
    principal: { id: `token:${name}`, scopes, ...(projects !== undefined && { projects }) },
  };
}

function isScope(word: string): word is Scope {
  return SCOPES.includes(word);
}

function toFault(line: number, reason: string): AuthConfigError {
  return new AuthConfigError('malformed', `line ${line} of the token file: ${reason}`);
}
