import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { makeSigner } from '../../src/seal/keys.ts';
import { type Loose, reseal, tamper, testKeyPem } from './forge.ts';
import { type Case, broken } from './hostile-case.ts';
import type { Expectation } from './vectors-good.ts';

/** Signatures changed, claimed, stripped, and forgeries under an old or another signature. */
export async function makeOfSignatures(signed: Uint8Array): Promise<Case[]> {
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
        exit_code: 1,
        authentic: 'no',
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
        authentic: 'undecidable',
        problems: [
          ['intact', '/integrity/signatures/0/sig', 'wrong_value'],
          ['authentic', '/integrity/signatures', 'unsigned'],
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
