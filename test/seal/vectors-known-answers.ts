import { createHash } from 'node:crypto';
import { toChain } from '../../src/seal/chain.ts';
import { toPreAuthEncoding } from '../../src/seal/dsse.ts';

/** Canonical texts written by hand; RFC 8785's own examples as far as they hold no number that we refuse. */
const canonical: [input: string, canonical: string][] = [
  ['{ "b" : 1 , "a" : [ ] , "c" : { } }', '{"a":[],"b":1,"c":{}}'],
  [
    '{"numbers":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  ],
  [
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
  ['{"10":0,"9":1,"2":2,"a":3}', '{"10":0,"2":2,"9":1,"a":3}'],
  [
    '"\\u0000\\u0008\\u0009\\u000a\\u000c\\u000d\\u001f\\u007f\\u2028\\/"',
    '"\\u0000\\b\\t\\n\\f\\r\\u001f\u007f\u2028/"',
  ],
  [
    '[0,1.0,10e-1,0.1,1e-6,1e-7,123456789012345680e-3,5e-324,9007199254740991,-9007199254740991,0.30000000000000004,1.7976931348623157e+0]',
    '[0,1,1,0.1,0.000001,1e-7,123456789012345.69,5e-324,9007199254740991,-9007199254740991,0.30000000000000004,1.7976931348623157]',
  ],
  ['{"__proto__":{"toJSON":1},"constructor":2}', '{"__proto__":{"toJSON":1},"constructor":2}'],
];

/** Texts that a reader must refuse, with the code. */
const refused: [input: string, code: string][] = [
  ['{"a":1,"a":1}', 'duplicate_key'],
  ['{"a":1,"\\u0061":2}', 'duplicate_key'],
  ['{"b":1,"a":2,"b":3}', 'duplicate_key'],
  ['[-0]', 'unsafe_number'],
  ['[-0.0]', 'unsafe_number'],
  ['[9007199254740992]', 'unsafe_number'],
  ['[-9007199254740993]', 'unsafe_number'],
  ['[1e21]', 'unsafe_number'],
  ['[1e400]', 'unsafe_number'],
  ['["\\ud800"]', 'lone_surrogate'],
  ['["\\udc00\\ud800"]', 'lone_surrogate'],
  ['["\\ud800\\u0041"]', 'lone_surrogate'],
  ['[01]', 'not_json'],
  ['[1.]', 'not_json'],
  ['[.5]', 'not_json'],
  ['[+1]', 'not_json'],
  ['[NaN]', 'not_json'],
  ['[1,]', 'not_json'],
  ['{"a":1,}', 'not_json'],
  ["{'a':1}", 'not_json'],
  ['["\t"]', 'not_json'],
  ['["\\x41"]', 'not_json'],
  ['[1] 2', 'not_json'],
  ['[', 'not_json'],
  ['', 'not_json'],
  ['\ufeff{}', 'not_json'],
];

const pae: [type: string, payload: string][] = [
  ['http://example.com/HelloWorld', 'hello world'],
  ['', ''],
  ['application/vnd.quoderat.seal.v1+json', '{"ü":1}'],
];

/** Small known answers, each of which can be worked out by hand or with a line of shell. */
export function makeKnownAnswers(): Record<string, unknown> {
  const evidenceId = '019aa5c1-7d00-7000-8000-0000000000e1';
  const payloads: [pointer: string, payload: string][] = [
    ['', '{"artifacts":2,"evidence_id":"019aa5c1-7d00-7000-8000-0000000000e1"}'],
    ['/artifacts/0', '{"id":"a"}'],
    ['/artifacts/1', '{"id":"b"}'],
  ];
  const leaves = payloads.map(([pointer, payload]) => ({ pointer, payload_sha256: sha256(payload) }));
  return {
    'canonical.json': {
      canonical: canonical.map(([input, text]) => ({ input, canonical: text, sha256: sha256(text) })),
      refused: refused.map(([input, code]) => ({ input, code })),
    },
    'chain.json': {
      evidence_id: evidenceId,
      payloads: payloads.map(([pointer, payload]) => ({ pointer, payload })),
      hash_chain: toChain(evidenceId, leaves),
    },
    'pae.json': pae.map(([type, payload]) => ({
      payload_type: type,
      payload,
      pae_hex: toPreAuthEncoding(type, Buffer.from(payload)).toString('hex'),
    })),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
