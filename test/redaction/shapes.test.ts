import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { SHAPES } from '../../src/redaction/rules.ts';
import { shapesOnly } from './support.ts';

const A40 = 'wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEY0';
const HEX64 = '0123456789abcdef'.repeat(4);
/** [shape, text, the part that must be gone] */
const MASKED: [string, string, string][] = [
  ['jwt', `id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN end`, 'eyJzdWIiOiIxMjM0In0'],
  ['aws-access-key-id', 'key AKIAIOSFODNN7EXAMPLE.', 'AKIAIOSFODNN7EXAMPLE'],
  ['github-token', `ghs_${A40.slice(0, 36)}`, A40.slice(0, 36)],
  ['github-token', `github_pat_11ABCDEFG0${A40}`, A40],
  ['gitlab-token', 'glpat-AbCdEfGhIjKlMnOpQrSt', 'AbCdEfGhIjKl'],
  ['gitlab-token', 'glrt-t1_AbCdEfGhIjKlMnOpQrSt.01.0w1abcdef', '0w1abcdef'],
  ['slack-token', 'xoxb-123456789012-AbCdEfGhIj', 'AbCdEfGhIj'],
  ['slack-webhook', 'https://hooks.slack.com/services/T000/B000/XXXXabcdXXXXabcd', 'XXXXabcd'],
  ['stripe-key', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', '4eC39HqLyjWDarjtT1zdp7dc'],
  ['google-api-key', `AIzaSyD-${A40.slice(0, 32)}`, A40.slice(0, 32)],
  ['google-oauth', 'ya29.a0AfH6SMBx1234567890abc', 'a0AfH6SMBx1234567890abc'],
  ['npm-token', `npm_${A40.slice(0, 36)}`, A40.slice(0, 36)],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${A40}`, A40],
  ['anthropic-key', `sk-ant-api03-${A40}`, A40],
  ['openai-key', `sk-proj-${A40}`, A40],
  ['openai-key', `sk-${A40}T3BlbkFJ`, A40],
  ['azure-storage-key', `AccountName=x;AccountKey=${A40}${A40}abcdef==;Endpoint`, A40],
  ['azure-sas', `?sv=2022&sig=${A40}%3D&se=2027`, A40],
  ['sendgrid-key', `SG.${A40.slice(0, 22)}.${A40}abc`, A40],
  ['twilio-key', 'SK0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  ['digitalocean-token', `dop_v1_${HEX64}`, HEX64],
  ['vault-token', `hvs.${A40}`, A40],
  ['docker-token', 'dckr_pat_AbCdEfGhIjKlMnOpQrStUv', 'AbCdEfGhIjKl'],
  ['age-secret-key', 'AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE', 'QPZRY9X8'],
  ['authorization', 'Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['authorization', `curl -H 'authorization: token abcdef0123'`, 'abcdef0123'],
  ['authorization', String.raw`{\"Authorization\":\"Bearer abc.def\"}`, 'abc.def'],
  ['bearer-token', 'sent bearer a1b2c3d4e5f6', 'a1b2c3d4e5f6'],
  ['cookie', 'Cookie: session=abcdef123456; theme=dark', 'abcdef123456'],
  ['cookie', 'set-cookie: sid=s%3Aabc.def; Path=/; HttpOnly', 's%3Aabc.def'],
  ['url-password', 'postgres://app:hunter2@db:5432/x', 'hunter2'],
  ['url-password', 'https://user:p@ss@w0rd@host/x', 'p@ss@w0rd'],
  ['url-password', 'redis://:onlypass@cache', 'onlypass'],
  ['docker-auth', '{"auths":{"x":{"auth":"dXNlcjpwYXNz"}}}', 'dXNlcjpwYXNz'],
  ['curl-user', 'curl -fsS -u admin:hunter2 https://x', 'hunter2'],
  ['cli-password', 'docker login -u me -p hunter2 reg', 'hunter2'],
  ['cli-password', 'mysql -u root -phunter2 db', 'hunter2'],
  ['netrc', 'machine x login me password hunter2', 'hunter2'],
  ['credential-assignment', 'password=hunter2', 'hunter2'],
  ['credential-assignment', 'DB_PASSWORD: hunter2', 'hunter2'],
  ['credential-assignment', '{"password":"x"}', '"x"'],
  ['credential-assignment', '{"password" : "with \\" quote"}', 'quote'],
  ['credential-assignment', String.raw`{\"client_secret\":\"abc123\"}`, 'abc123'],
  ['credential-assignment', "secret: 'two words'", 'two words'],
  ['credential-assignment', 'api_key=abc123', 'abc123'],
  ['credential-assignment', 'apiKey: "abc123"', 'abc123'],
  ['credential-assignment', 'SECRET_KEY = "django-insecure-1"', 'django-insecure-1'],
  ['credential-assignment', 'tool --token abc123 --verbose', 'abc123'],
  ['credential-assignment', 'tool --password=abc123', 'abc123'],
  ['credential-assignment', '//registry.npmjs.org/:_authToken=abc-123', 'abc-123'],
  ['credential-assignment', 'Server=x;Uid=sa;Pwd=hunter2;Encrypt=no', 'hunter2'],
  ['credential-assignment', '<password>hunter2</password>', 'hunter2'],
  ['credential-assignment', "config['token'] = 'abc123'", 'abc123'],
  ['credential-assignment', 'https://x/y?access_token=abc123&z=1', 'abc123'],
  ['credential-assignment', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'wJalrXUtnFEMI'],
  ['credential-assignment', 'X-Vault-Token: s.abc123def', 's.abc123def'],
  [
    'private-key',
    '"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQ\\n-----END PRIVATE KEY-----\\n"',
    'MIIEvQ',
  ],
  [
    'private-key',
    '2026 -----BEGIN PRIVATE KEY-----\n2026 | MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB\n2026 | -----END PRIVATE KEY-----\nx',
    'MIIEvQ',
  ],
];

const UNTOUCHED = [
  'monkey: x',
  'monkey=banana',
  'turkey: 12',
  'tokens: 12',
  'max_tokens=4096',
  'token_count: 12',
  'tokenizer: bpe',
  'password: ***',
  'password=********',
  'token: ${TOKEN}',
  'token=$TOKEN',
  'token: ${{ secrets.TOKEN }}',
  'TOKEN=%TOKEN%',
  'secret = os.environ["SECRET"]',
  'secret = os.getenv("SECRET")',
  'const token = process.env.TOKEN;',
  'token = getToken()',
  'password = self.password',
  'password: string',
  'password?: string;',
  'def login(user: str, password: str) -> None:',
  'Password:',
  'Password: ',
  'Enter passphrase for key:',
  'password: must be at least 8 characters',
  'error: invalid token: unexpected end',
  'SyntaxError: Unexpected token: punc',
  '✓ resets password (12 ms)',
  'resets password: ok',
  'test auth::token ... ok',
  'secretName: db-credentials',
  'PASSWORD_FILE=/run/secrets/db',
  'password=/run/secrets/db',
  'PWD=/home/runner/work',
  'OLDPWD=/tmp/x1',
  'token_type: bearer',
  'token: null',
  '"password": null',
  '"token": ""',
  "password: ''",
  'password=',
  'credentials: include',
  'the secret: nobody knows',
  'cookie: chocolate chip',
  'bearer of bad news',
  'Bearer authentication required',
  'basic auth: enabled',
  'http://localhost:8080/@scope/pkg',
  'https://example.com:443/path',
  'git@github.com:org/repo.git',
  'https://user@host/x',
  'see https://x.y/a:b@c',
  'task-1234567890 disk-usage risk-free',
  'sk-learn 1.2',
  'ghp_short',
  'AKIAshort',
  'npm_config_cache=/x',
  'npm_lifecycle_event=test',
  'eyJust.a.word',
  'SG.1.2',
  'mkdir -p dist/assets',
  'curl -u',
  'docker run -p 8080:80 nginx',
  'ssh -p 2222 host',
  'useradd -u 1000:1000 x',
  `sha256:${HEX64}`,
  'index-BAxY12_z.js  12.3 kB',
  '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG\n-----END CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG\n-----END PUBLIC KEY-----',
  'token: 12',
  'Tokens used: 1234',
  'password [redacted:X]',
  'password=[redacted:X]',
  'pass: 12 fail: 0',
  'author: Jane Doe',
  '"authors": ["x"]',
  'expected token "}" but found ";"',
];

describe('a credential shape', () => {
  it.each(MASKED)('%s is masked in: %s', (id, text, gone) => {
    const { text: output, hits } = shapesOnly.text(text);
    expect(output).not.toContain(gone);
    expect(hits).toEqual([{ rule_id: id, match_type: 'pattern', match_count: 1 }]);
  });

  it.each(UNTOUCHED)('is not seen in: %s', (text) => {
    expect(shapesOnly.text(text)).toEqual({ text, hits: [] });
  });

  it('leaves the key, the quotes and the rest of the line', () => {
    expect(shapesOnly.text('a {"password":"x","n":1} b').text).toBe(
      'a {"password":"[redacted:credential-assignment]","n":1} b',
    );
    expect(JSON.parse(shapesOnly.text('{"token":"a\\"b"}').text)).toEqual({
      token: '[redacted:credential-assignment]',
    });
    expect(shapesOnly.text('https://u:pw1@h/p').text).toBe('https://u:[redacted:url-password]@h/p');
  });

  it('is reported under the name of a known value that begins where it does', () => {
    const redactor = makeRedactor({ secrets: [{ name: 'DB', value: 'hunter2' }], rules: [] });
    expect(redactor.text('password=hunter2').hits).toEqual([
      { rule_id: 'DB', match_type: 'known_value', match_count: 1 },
    ]);
  });

  it.each(SHAPES.map(({ id, pattern }) => [id, pattern.source]))('has bounded quantifiers only: %s', (_, source) => {
    const withoutClasses = source.replaceAll(/\\./g, '.').replaceAll(/\[[^\]]*\]/g, 'c');
    expect(withoutClasses).not.toMatch(/[*+](?!\?*\))|\{\d+,\}/);
  });
});

describe("a user's rule", () => {
  const redactor = makeRedactor({
    secrets: [],
    rules: [
      { id: 'ticket', pattern: '(?<=#)INT-[0-9]{6}' },
      { id: 'name', pattern: 'Jürgen' },
    ],
  });

  it('is run over every line', () => {
    expect(redactor.text('a #INT-123456\nINT-654321\nJürgen').text).toBe(
      'a #[redacted:ticket]\nINT-654321\n[redacted:name]',
    );
  });

  it('finds what stands anywhere in a long line', () => {
    for (const at of [10, 16_380, 16_384, 20_000, 70_000]) {
      const { text } = redactor.text(`${'x'.repeat(at)}#INT-123456${'y'.repeat(50_000)}`);
      expect(text.length).toBe(at + 1 + '[redacted:ticket]'.length + 50_000);
    }
  });
});

describe('a mask', () => {
  it.each([
    ['machine x login me password hunter2horse', 'netrc'],
    ['password=hunter2horse', 'an assignment'],
    ['curl -u me:hunter2horse', 'curl'],
    ['docker login -p hunter2horse', 'a login'],
    ['Authorization: Bearer hunter2horse9XyZ81Lq', 'a header'],
    ['Cookie: sid=hunter2horse9XyZ81Lq', 'a cookie'],
    ['https://me:hunter2horse@example.com/', 'a URL'],
  ])('of %s keeps the form of the XML and JSON that hold it (%s)', (text) => {
    const redactor = makeRedactor({ secrets: [], rules: [] });
    for (const [before, after] of [
      ['<a name="', '" time="0.1">'],
      ['<a>', '</a>'],
      ['{"a":"', '","b":1}'],
    ] as const) {
      const masked = redactor.text(before + text + after).text;
      expect(masked).not.toContain('hunter2horse');
      expect(masked.endsWith(after)).toBe(true);
    }
  });
});
