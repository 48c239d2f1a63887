import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { makeSigner } from '../../src/seal/keys.ts';
import { type Loose, reseal, tamper, testKeyPem } from './forge.ts';
import { type Expectation, type GoodVectors, type Vector, trustedKeyFile } from './vectors-good.ts';

type Case = [name: string, note: string, bytes: Uint8Array, expect: Partial<Expectation>];
type Problems = NonNullable<Expectation['problems']>;

/** Envelopes that must not pass, each with the one thing that was done to it and what has to be named. */
export async function makeHostileVectors(good: GoodVectors): Promise<Vector[]> {
  const full = good.bytes('full');
  const signed = good.bytes('signed');
  return [
    ...changed(full).map((item) => toVector(item, null)),
    ...ofIntegrity(full).map((item) => toVector(item, null)),
    ...ofBytes(full).map((item) => toVector(item, null)),
    ...(await incomplete(full)).map((item) => toVector(item, null)),
    ...(await ofSignatures(signed)).map((item) => toVector(item, trustedKeyFile)),
  ];
}

function toVector([name, note, bytes, expect]: Case, key: string | null): Vector {
  const authentic = key === null ? 'not_checked' : 'no';
  const answers = { exit_code: 1, intact: 'yes', complete: 'yes', authentic, problems: [] } as const;
  const full = expect.error === undefined ? { ...answers, ...expect } : { exit_code: 2 as const, error: expect.error };
  return {
    file: `hostile/${name}.json`,
    note,
    trusted_key: key,
    expect: { ...full, problems: expect.problems ?? [] },
    bytes,
  };
}

/** Not intact: pairs of pointer and code. */
function broken(...named: [pointer: string, code: string][]): Partial<Expectation> {
  return { intact: 'no', problems: named.map(([pointer, code]) => ['intact', pointer, code]) };
}

function changed(full: Uint8Array): Case[] {
  const edit = (change: (envelope: Loose) => void): Buffer => tamper(full, change);
  return [
    [
      'step-changed',
      'an exit code made 0',
      edit((e) => (e.execution.steps[1].attempts[0].exit_code = 0)),
      broken(['/execution/steps/1', 'changed']),
    ],
    [
      'artifact-changed',
      'a size made larger by one',
      edit((e) => (e.artifacts[3].size_bytes += 1)),
      broken(['/artifacts/3', 'changed']),
    ],
    [
      'observation-changed',
      'a summary',
      edit((e) => (e.observations[0].summary = '13 tests passed')),
      broken(['/observations/0', 'changed']),
    ],
    ['gate-changed', 'who decided', edit((e) => (e.gates[0].by = 'mallory')), broken(['/gates/0', 'changed'])],
    [
      'redaction-changed',
      'how often',
      edit((e) => (e.redactions[0].match_count = 1)),
      broken(['/redactions/0', 'changed']),
    ],
    [
      'header-changed',
      'the time of sealing',
      edit((e) => (e.sealed_at = '2026-11-21T09:27:28.125Z')),
      broken(['', 'changed']),
    ],
    [
      'commit-changed',
      'the tested commit',
      edit((e) => (e.subject.id = e.subject.git.commit_sha = '0'.repeat(40))),
      broken(['', 'changed']),
    ],
    [
      'evidence-id-changed',
      'the identity of the evidence, which the chain begins with',
      edit((e) => (e.evidence_id = e.evidence_id.replace('e1', 'e2'))),
      broken(['', 'changed'], ['/integrity/hash_chain/0/prev_entry_hash', 'chain_broken']),
    ],
    [
      'artifact-removed',
      'one from the middle',
      edit((e) => e.artifacts.splice(2, 1)),
      {
        ...broken(['/artifacts/2', 'removed']),
        complete: 'no',
        problems: [
          ['intact', '/artifacts/2', 'removed'],
          ['complete', '/execution/steps/0/stdout_artifact_id', 'unresolved'],
          ['complete', '/execution/steps/0/attempts/0/stdout_artifact_id', 'unresolved'],
        ],
      },
    ],
    [
      'tail-cut',
      'the last entry of the last array',
      edit((e) => e.redactions.pop()),
      broken(['/redactions/0', 'removed']),
    ],
    [
      'gate-added',
      'an approval that nobody gave',
      edit((e) => e.gates.push({ ...e.gates[0], id: 'late', by: 'mallory' })),
      broken(['/gates/1', 'added']),
    ],
    [
      'entry-doubled',
      'the same receipt twice',
      edit((e) => e.redactions.push(e.redactions[0])),
      {
        ...broken(['/redactions/1', 'added']),
        complete: 'no',
        problems: [
          ['intact', '/redactions/1', 'added'],
          ['complete', '/redactions/1/id', 'duplicate_id'],
        ],
      },
    ],
    [
      'artifacts-swapped',
      'two neighbours',
      edit((e) => e.artifacts.splice(4, 2, e.artifacts[5], e.artifacts[4])),
      broken(['/artifacts/4', 'moved']),
    ],
    [
      'member-added',
      'a member that version 1.0 does not have',
      edit((e) => (e.approved_by = 'mallory')),
      broken(['', 'changed'], ['/approved_by', 'unknown_member']),
    ],
    [
      'member-added-to-step',
      'the same inside an entry',
      edit((e) => (e.execution.steps[0].approved = true)),
      broken(['/execution/steps/0', 'changed']),
    ],
    [
      'proto-added',
      'a key that assignment would lose',
      Buffer.from(Buffer.from(full).toString().replace('{"artifacts"', '{"__proto__":{},"artifacts"')),
      broken(['', 'changed'], ['/__proto__', 'unknown_member']),
    ],
    [
      'array-replaced',
      'the artifacts as an object',
      edit((e) => (e.artifacts = Object.fromEntries(Object.entries(e.artifacts)))),
      arrayReplaced('/artifacts', 9),
    ],
    [
      'array-renamed',
      'a top-level key that looks like a pointer',
      edit((e) => {
        e['execution/steps'] = e.execution.steps;
        delete e.execution.steps;
      }),
      stepsRenamed(),
    ],
  ];
}

function arrayReplaced(collection: string, length: number): Partial<Expectation> {
  const removed = Array.from({ length }, (_, index): Problems[number] => [
    'intact',
    `${collection}/${index}`,
    'removed',
  ]);
  return {
    intact: 'no',
    complete: 'no',
    problems: [
      ['intact', collection, 'wrong_type'],
      ['intact', '', 'changed'],
      ...removed,
      ['complete', collection, 'schema'],
    ],
  };
}

function stepsRenamed(): Partial<Expectation> {
  const removed = [0, 1, 2].map((index): Problems[number] => ['intact', `/execution/steps/${index}`, 'removed']);
  return {
    intact: 'no',
    complete: 'no',
    problems: [
      ['intact', '/execution/steps', 'missing'],
      ['intact', '', 'changed'],
      ['intact', '/execution~1steps', 'unknown_member'],
      ...removed,
      ['complete', '/execution/steps', 'schema'],
    ],
  };
}

function ofIntegrity(full: Uint8Array): Case[] {
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

function ofBytes(full: Uint8Array): Case[] {
  const text = Buffer.from(full).toString('utf8');
  const edit = (from: string, to: string): Buffer => Buffer.from(text.replace(from, () => to));
  const notCanonical = broken(['', 'not_canonical']);
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  return [
    ['pretty', 'the same value with white space', Buffer.from(JSON.stringify(JSON.parse(text), null, 1)), notCanonical],
    ['newline', 'one line feed at the end', Buffer.from(`${text}\n`), notCanonical],
    ['escaped', 'a letter written as an escape', edit('"octocat"', '"\\u006fctocat"'), notCanonical],
    ['exponent', 'a number in another spelling', edit('"duration_ms":500', '"duration_ms":5e2'), notCanonical],
    [
      'key-order',
      'two keys exchanged',
      edit('"acknowledged":10,"dropped":0', '"dropped":0,"acknowledged":10'),
      notCanonical,
    ],
    [
      'duplicate-key',
      'JSON.parse would keep the last',
      edit('{"artifacts"', '{"schema_version":"1.0","artifacts"'),
      { error: 'duplicate_key' },
    ],
    [
      'duplicate-escaped-key',
      'the same, hidden in an escape',
      edit('"status":"success","steps"', '"status":"failed","st\\u0061tus":"success","steps"'),
      { error: 'duplicate_key' },
    ],
    ['large-integer', '2^53', edit('8589934592', '9007199254740992'), { error: 'unsafe_number' }],
    ['minus-zero', '-0', edit('"dropped":0', '"dropped":-0'), { error: 'unsafe_number' }],
    ['infinite', '1e999', edit('"dropped":0', '"dropped":1e999'), { error: 'unsafe_number' }],
    ['lone-surrogate', 'half a character', edit('"octocat"', '"\\ud800"'), { error: 'lone_surrogate' }],
    [
      'not-utf8',
      'a byte that is none',
      Buffer.concat([full.subarray(0, 20), Buffer.from([0xff]), full.subarray(20)]),
      { error: 'not_utf8' },
    ],
    [
      'encoded-surrogate',
      'CESU-8: a surrogate as three bytes',
      Buffer.concat([full.subarray(0, 20), Buffer.from([0xed, 0xa0, 0x80]), full.subarray(20)]),
      { error: 'not_utf8' },
    ],
    ['byte-order-mark', 'a BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), full]), { error: 'not_json' }],
    ['deep', 'nested too deep', edit('{"artifacts"', `{"a":${deep},"artifacts"`), { error: 'too_deep' }],
    ['cut', 'the end is missing', full.subarray(0, full.length - 7), { error: 'not_json' }],
    ['second-document', 'another document behind it', Buffer.from(`${text}{}`), { error: 'not_json' }],
    ['empty', 'nothing at all', Buffer.alloc(0), { error: 'not_json' }],
    ['array', 'no object', Buffer.from('[]'), { error: 'not_an_envelope' }],
    ['no-version', 'no schema_version', tamper(full, (e) => delete e.schema_version), { error: 'not_an_envelope' }],
    [
      'next-major',
      'a version that nobody knows yet',
      tamper(full, (e) => (e.schema_version = '2.0')),
      { error: 'unknown_version' },
    ],
  ];
}

/** The chain holds, since it was computed over the very thing that is wrong. */
async function incomplete(full: Uint8Array): Promise<Case[]> {
  const edit = (change: (envelope: Loose) => void): Promise<Buffer> => reseal(full, change);
  const wrong = (...named: [pointer: string, code: string][]): Partial<Expectation> => ({
    complete: 'no',
    problems: named.map(([pointer, code]) => ['complete', pointer, code]),
  });
  return [
    [
      'step-waiting',
      'a step without an outcome in a run that failed',
      await edit((e) => {
        e.execution.status = 'failed';
        e.execution.steps[2].status = 'waiting';
      }),
      wrong(['/execution/steps/2/status', 'no_outcome']),
    ],
    [
      'success-of-failed-steps',
      'a status that its steps contradict',
      await edit((e) => (e.execution.steps[1].status = 'failed')),
      wrong(['/execution/status', 'status_mismatch']),
    ],
    [
      'basis-unresolved',
      'an observation about an artifact that is not there',
      await edit((e) => (e.observations[0].basis_artifact_ids = ['nowhere'])),
      wrong(['/observations/0/basis_artifact_ids/0', 'unresolved']),
    ],
    [
      'basis-missing',
      'an observation without basis that passes for evidence',
      await edit((e) => (e.observations[0].basis_artifact_ids = [])),
      wrong(['/observations/0/informational', 'informational_mismatch']),
    ],
    [
      'artifact-id-doubled',
      'two artifacts of one id',
      await edit((e) => {
        e.artifacts[1].id = 'manifest';
        e.plan.plan_artifact_id = null;
      }),
      wrong(['/artifacts/1/id', 'duplicate_id']),
    ],
    [
      'content-uri-wrong',
      'a content_uri of other content',
      await edit((e) => (e.artifacts[0].content_uri = `urn:sha256:${'0'.repeat(64)}`)),
      wrong(['/artifacts/0/content_uri', 'artifact_uri_mismatch']),
    ],
    [
      'subject-wrong',
      'subject.id is not the commit',
      await edit((e) => (e.subject.id = '0'.repeat(40))),
      wrong(['/subject/id', 'subject_mismatch']),
    ],
    [
      'step-index-wrong',
      'a gap in the steps',
      await edit((e) => (e.execution.steps[2].index = 7)),
      wrong(['/execution/steps/2/index', 'wrong_value']),
    ],
    ['member-missing', 'no claims', await edit((e) => delete e.claims), wrong(['/claims', 'schema'])],
    [
      'type-wrong',
      'an exit code as a text',
      await edit((e) => (e.execution.steps[0].exit_code = '0')),
      wrong(['/execution/steps/0/exit_code', 'schema']),
    ],
  ];
}

async function ofSignatures(signed: Uint8Array): Promise<Case[]> {
  const edit = (change: (signatures: Loose) => void): Buffer => tamper(signed, (e) => change(e.integrity.signatures));
  const bad: Partial<Expectation> = { problems: [['authentic', '/integrity/signatures/0', 'bad_signature']] };
  const forge = (e: Loose): void => void (e.execution.steps[1].attempts[0].exit_code = 0);
  const flip = (sig: string): string => (sig.startsWith('A') ? `B${sig.slice(1)}` : `A${sig.slice(1)}`);
  return [
    ['signature-changed', 'one letter of the signature', edit((s) => (s[0].sig = flip(s[0].sig))), bad],
    ['resealed', 'forged, the whole chain computed anew, the old signature kept', await reseal(signed, forge), bad],
    [
      'changed-and-signed',
      'forged, nothing else: neither intact nor authentic',
      tamper(signed, forge),
      {
        intact: 'no',
        problems: [
          ['intact', '/execution/steps/1', 'changed'],
          ['authentic', '/integrity/signatures/0', 'bad_signature'],
        ],
      },
    ],
    [
      'resealed-by-another',
      'forged and signed by a key that is not trusted',
      await reseal(signed, forge, makeSigner(testKeyPem('two'))),
      {
        exit_code: 3,
        authentic: 'undecidable',
        problems: [['authentic', '/integrity/signatures', 'no_trusted_signature']],
      },
    ],
    ['keyid-claimed', "another key's signature under the trusted key's id", await claimKeyid(signed), bad],
    [
      'signature-stripped',
      'the signature taken away',
      edit((s) => s.pop()),
      { exit_code: 3, authentic: 'undecidable', problems: [['authentic', '/integrity/signatures', 'unsigned']] },
    ],
    [
      'signature-doubled',
      'the same signature twice',
      edit((s) => s.push(s[0])),
      { ...broken(['/integrity/signatures/1', 'uncovered']), authentic: 'yes' },
    ],
    [
      'signature-algorithm',
      'an algorithm that is not known',
      edit((s) => (s[0].alg = 'none')),
      {
        exit_code: 1,
        intact: 'no',
        authentic: 'undecidable',
        problems: [
          ['intact', '/integrity/signatures/0/alg', 'wrong_value'],
          ['authentic', '/integrity/signatures', 'unsigned'],
        ],
      },
    ],
    [
      'signature-short',
      'a signature of 63 bytes',
      edit((s) => (s[0].sig = Buffer.from(s[0].sig, 'base64').subarray(1).toString('base64'))),
      {
        intact: 'no',
        problems: [
          ['intact', '/integrity/signatures/0/sig', 'wrong_value'],
          ['authentic', '/integrity/signatures/0', 'bad_signature'],
        ],
      },
    ],
    [
      'uncovered-in-signature',
      'a member that no hash covers',
      edit((s) => (s[0].signer = 'release team')),
      { ...broken(['/integrity/signatures/0/signer', 'uncovered']), authentic: 'yes' },
    ],
  ];
}

async function claimKeyid(signed: Uint8Array): Promise<Buffer> {
  const { integrity }: Loose = JSON.parse(Buffer.from(signed).toString('utf8'));
  const other = await reseal(signed, () => {}, makeSigner(testKeyPem('two')));
  const envelope: Loose = JSON.parse(other.toString('utf8'));
  envelope.integrity.signatures[0].keyid = integrity.signatures[0].keyid;
  return Buffer.from(toCanonicalJson(envelope));
}
