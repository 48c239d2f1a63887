import { isObject } from '../lib/json.ts';
import { type ChainEntry, integrity, sealSignature, sealedMembers, unsealed } from '../schema/envelope.ts';
import { collections, toChain } from './chain.ts';
import { type Cover, toCover, toLeaves, toLengths } from './cover.ts';
import { type DeclaredChain, parseDeclaredChain } from './declared-chain.ts';
import type { RawEnvelope } from './parse.ts';
import { pinpoint } from './pinpoint.ts';
import type { Problems } from './problems.ts';
import { quote, toPointerToken } from './quote.ts';
import { tellIssues } from './schema-issues.ts';
import { parseSealSignature } from './seal-statement.ts';

/** What the document's own bytes give, whatever its `integrity` says. */
export type Recomputed = { entry_count: number; head_entry_hash: string };

const CONSTANTS = { canonicalization: 'rfc8785-jcs', hash_algorithm: 'sha256', chain_version: 1 } as const;

/** Recomputes the chain from the document's bytes and names everything in which the declared one differs. */
export function checkIntact(raw: RawEnvelope, problems: Problems): Recomputed {
  const { value } = raw;
  if (!raw.isCanonical)
    problems.add(
      '',
      'not_canonical',
      'the file is not the RFC 8785 form of its value, so its digest cannot be reproduced',
    );
  const cover = toCover(raw.canonical);
  const { execution, ...members } = value;
  const steps = isObject(execution) ? execution['steps'] : undefined;
  for (const collection of collections) {
    if (cover.elements[collection] !== null) continue;
    const found = collection === '/execution/steps' ? steps : members[collection.slice(1)];
    problems.add(collection, found === undefined ? 'missing' : 'wrong_type', 'this must be an array');
  }
  const evidenceId = typeof value['evidence_id'] === 'string' ? value['evidence_id'] : '';
  const chain = toChain(evidenceId, toLeaves(cover));
  const recomputed = { entry_count: chain.length, head_entry_hash: chain.at(-1)?.entry_hash ?? '' };

  const before = problems.list().length;
  const declared = isObject(value['integrity']) ? value['integrity'] : {};
  if (!isObject(value['integrity'])) problems.add('/integrity', 'missing', 'the envelope is not sealed');
  checkConstants(declared, problems);
  const declaredChain = parseDeclaredChain(declared['hash_chain'], evidenceId, problems);
  checkPayloads(declaredChain, cover, value, problems);
  checkSums(declared, declaredChain, problems);
  checkSignatureShapes(declared['signatures'], problems);
  checkUncovered(value, problems);
  if (problems.list().length === before && !isSameChain(chain, declaredChain.entries))
    problems.add('/integrity/hash_chain', 'chain_mismatch', 'the chain is not the one that this document gives');
  return recomputed;
}

function checkConstants(declared: Record<string, unknown>, problems: Problems): void {
  for (const [name, expected] of Object.entries(CONSTANTS)) {
    if (declared[name] !== expected)
      problems.add(`/integrity/${name}`, 'wrong_value', `must be ${JSON.stringify(expected)}`);
  }
}

/** Compares what the chain says with what is there, element by element. */
function checkPayloads(
  declared: DeclaredChain,
  cover: Cover,
  value: Record<string, unknown>,
  problems: Problems,
): void {
  for (const collection of collections)
    pinpoint(collection, declared.elements[collection], cover.elements[collection] ?? [], problems);
  // Also with the lengths that the chain has: what was removed or added is told as that, not as a changed header too.
  const headers = [toLengths(cover.elements), toLengths(declared.elements)].map(cover.headerSha256);
  if (declared.header === null) {
    problems.add('', 'added', 'the chain has no entry for the header');
  } else if (!headers.includes(declared.header)) {
    problems.add('', 'changed', 'a member outside the five arrays is not what was sealed');
    nameUnknownMembers(value, problems);
  }
}

/** A header that changed may have changed by a member that version 1.0 does not have: that can be told exactly. */
function nameUnknownMembers(value: Record<string, unknown>, problems: Problems): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(sealedMembers.shape, name) && name !== 'integrity' && name !== 'unsealed')
      problems.add(toPointerToken(name), 'unknown_member', 'version 1.0 has no such member');
  }
}

function checkSums(declared: Record<string, unknown>, chain: DeclaredChain, problems: Problems): void {
  const { entry_count, head_entry_hash } = declared;
  if (entry_count !== chain.entries.length)
    problems.add('/integrity/entry_count', 'wrong_value', `the chain has ${chain.entries.length} entries`);
  if (head_entry_hash !== chain.entries.at(-1)?.entry_hash)
    problems.add('/integrity/head_entry_hash', 'wrong_value', 'this is not the entry_hash of the last entry');
}

function checkSignatureShapes(signatures: unknown, problems: Problems): void {
  const at = '/integrity/signatures';
  if (!Array.isArray(signatures)) {
    problems.add(at, signatures === undefined ? 'missing' : 'wrong_type', 'signatures must be an array');
    return;
  }
  const keyids = new Set<string>();
  for (const [index, value] of signatures.entries()) {
    const issues = sealSignature.safeParse(value).error?.issues ?? [];
    tellIssues(issues, `${at}/${index}`, { code: 'wrong_value', problems });
    const signature = parseSealSignature(value);
    if (signature === null) {
      if (issues.every(({ code }) => code === 'unrecognized_keys'))
        problems.add(`${at}/${index}/sig`, 'wrong_value', 'an Ed25519 signature is 64 bytes in base64');
    } else if (keyids.has(signature.keyid)) {
      problems.add(`${at}/${index}`, 'uncovered', 'a second signature by the same key');
    } else {
      keyids.add(signature.keyid);
    }
  }
}

/** Members that no hash covers may only be those that version 1 puts outside the seal. */
function checkUncovered(value: Record<string, unknown>, problems: Problems): void {
  const declared = isObject(value['integrity']) ? value['integrity'] : {};
  for (const name of Object.keys(declared)) {
    if (!Object.hasOwn(integrity.shape, name))
      problems.add(`/integrity${toPointerToken(name)}`, 'uncovered', `no hash covers ${quote(name)}`);
  }
  if (Object.hasOwn(value, 'unsealed'))
    tellIssues(unsealed.safeParse(value['unsealed']).error?.issues ?? [], '/unsealed', {
      code: 'wrong_type',
      problems,
    });
}

function isSameChain(chain: readonly ChainEntry[], declared: readonly ChainEntry[]): boolean {
  return chain.length === declared.length && chain.at(-1)?.entry_hash === declared.at(-1)?.entry_hash;
}
