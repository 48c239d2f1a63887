import { type Loose, tamper } from './forge.ts';
import { type Case, type Problems, broken } from './hostile-case.ts';
import type { Expectation } from './vectors-good.ts';

/** `integrity` and `unsealed` changed. */
export function makeOfIntegrity(full: Uint8Array): Case[] {
  const edit = (change: (integrity: Loose) => void): Buffer => tamper(full, (envelope) => change(envelope.integrity));
  const at = (index: number, member: string): string => `/integrity/hash_chain/${index}/${member}`;
  return [
    [
      'count-changed',
      'entry_count',
      edit((i) => (i.entry_count += 1)),
      broken(['/integrity/entry_count', 'wrong_value']),
    ],
    [
      'head-changed',
      'head_entry_hash',
      edit((i) => (i.head_entry_hash = '0'.repeat(64))),
      broken(['/integrity/head_entry_hash', 'wrong_value']),
    ],
    [
      'algorithm-changed',
      'hash_algorithm',
      edit((i) => (i.hash_algorithm = 'md5')),
      broken(['/integrity/hash_algorithm', 'wrong_value']),
    ],
    [
      'canonicalization-changed',
      'canonicalization',
      edit((i) => (i.canonicalization = 'none')),
      broken(['/integrity/canonicalization', 'wrong_value']),
    ],
    [
      'chain-version-changed',
      'chain_version',
      edit((i) => (i.chain_version = 2)),
      broken(['/integrity/chain_version', 'wrong_value']),
    ],
    [
      'payload-hash-changed',
      'what the chain says of one artifact',
      edit((i) => (i.hash_chain[5].payload_sha256 = '0'.repeat(64))),
      broken(['/artifacts/1', 'changed'], [at(5, 'entry_hash'), 'chain_broken']),
    ],
    [
      'entry-hash-changed',
      'an entry_hash in the middle',
      edit((i) => (i.hash_chain[5].entry_hash = '0'.repeat(64))),
      broken([at(5, 'entry_hash'), 'chain_broken'], [at(6, 'prev_entry_hash'), 'chain_broken']),
    ],
    [
      'prev-hash-changed',
      'a prev_entry_hash in the middle',
      edit((i) => (i.hash_chain[5].prev_entry_hash = '0'.repeat(64))),
      broken([at(5, 'prev_entry_hash'), 'chain_broken'], [at(5, 'entry_hash'), 'chain_broken']),
    ],
    [
      'pointer-changed',
      'an entry says that it covers another element',
      edit((i) => (i.hash_chain[5].pointer = '/artifacts/2')),
      broken(
        [at(5, 'pointer'), 'chain_broken'],
        [at(5, 'entry_hash'), 'chain_broken'],
        [at(6, 'pointer'), 'chain_broken'],
      ),
    ],
    [
      'index-changed',
      'the index of an entry',
      edit((i) => (i.hash_chain[5].index = 50)),
      broken([at(5, 'index'), 'chain_broken'], [at(5, 'entry_hash'), 'chain_broken'], [at(6, 'index'), 'chain_broken']),
    ],
    [
      'chain-entry-removed',
      'an element without its entry',
      edit((i) => i.hash_chain.splice(5, 1)),
      broken(
        ['/artifacts/1', 'added'],
        [at(5, 'index'), 'chain_broken'],
        [at(5, 'prev_entry_hash'), 'chain_broken'],
        [at(5, 'pointer'), 'chain_broken'],
        ['/integrity/entry_count', 'wrong_value'],
      ),
    ],
    [
      'chain-entry-malformed',
      'an entry that is no object',
      edit((i) => (i.hash_chain[15] = null)),
      broken(
        ['/integrity/hash_chain/15', 'wrong_type'],
        ['/redactions/0', 'added'],
        ['/integrity/entry_count', 'wrong_value'],
        ['/integrity/head_entry_hash', 'wrong_value'],
      ),
    ],
    ['chain-missing', 'no hash_chain', edit((i) => delete i.hash_chain), chainMissing('/integrity/hash_chain')],
    [
      'uncovered-in-integrity',
      'a member that no hash covers',
      edit((i) => (i.note = 'reviewed')),
      broken(['/integrity/note', 'uncovered']),
    ],
    [
      'uncovered-in-chain',
      'the same in a chain entry',
      edit((i) => (i.hash_chain[0].note = 'reviewed')),
      broken(['/integrity/hash_chain/0/note', 'uncovered']),
    ],
    [
      'uncovered-in-unsealed',
      'the same in unsealed',
      tamper(full, (e) => (e.unsealed = { location_hints: [], links: {}, status: 'success' })),
      broken(['/unsealed/status', 'uncovered']),
    ],
  ];
}

/** Everything that was there counts as added: nothing says that it was sealed. */
function chainMissing(pointer: string): Partial<Expectation> {
  const lengths: [string, number][] = [
    ['/execution/steps', 3],
    ['/artifacts', 9],
    ['/observations', 1],
    ['/gates', 1],
    ['/redactions', 1],
  ];
  const added = lengths.flatMap(([collection, length]) =>
    Array.from({ length }, (_, index): Problems[number] => ['intact', `${collection}/${index}`, 'added']),
  );
  return {
    intact: 'no',
    problems: [
      ['intact', pointer, 'missing'],
      ['intact', '', 'added'],
      ...added,
      ['intact', '/integrity/entry_count', 'wrong_value'],
      ['intact', '/integrity/head_entry_hash', 'wrong_value'],
    ],
  };
}
