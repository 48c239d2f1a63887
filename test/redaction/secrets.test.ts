import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { collectSecrets } from '../../src/redaction/secrets.ts';

const namesOf = (env: Record<string, string>, declared: string[] = []): string[] =>
  collectSecrets(env, declared).secrets.map(({ name }) => name);
const valuesOf = (env: Record<string, string>, declared: string[] = []): string[] =>
  collectSecrets(env, declared).secrets.map(({ value }) => value);

const VALUE = 'q7Xv9-tLm2';

describe('the environment', () => {
  it.each([
    'NPM_TOKEN',
    'GITHUB_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'CI_JOB_TOKEN',
    'INPUT_GITHUB-TOKEN',
    'INPUT_REPO_TOKEN',
    'DB_PASSWORD',
    'PGPASSWORD_PASSWORD',
    'MYSQL_PWD',
    'RABBIT_PASS',
    'CLIENT_SECRET',
    'SECRET_KEY_BASE',
    'API_KEY',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'PRIVATE_KEY',
    'SSH_PRIVATE_KEY',
    'GCP_CREDENTIALS',
    'BASIC_AUTH',
    'npm_config__authToken',
    'GPG_PASSPHRASE',
    'SLACK_WEBHOOK',
  ])('gives the value of %s', (name) => {
    expect(valuesOf({ [name]: VALUE })).toEqual([VALUE]);
  });

  it.each([
    'MONKEY',
    'TOKENS_PER_MINUTE',
    'TOKENIZER',
    'KEYBOARD',
    'CACHE_KEY',
    'PRIMARY_KEY',
    'PWD',
    'OLDPWD',
    'SSH_AUTH_SOCK',
    'TOKEN_URL',
    'PASSWORD_FILE',
    'AUTHOR',
    'GIT_AUTHOR_NAME',
    'COMPASS',
    'SECRETARY',
    'PATH',
    'HOME',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'AUTH_TYPE',
    'PASS',
    'BYPASS',
  ])('gives nothing for %s', (name) => {
    expect(namesOf({ [name]: VALUE })).toEqual([]);
  });

  it.each([
    '',
    'true',
    'false',
    '0',
    '12',
    '1.5',
    'null',
    'postgres',
    'short',
    '/usr/bin/tool',
    '***',
    '${TOKEN}',
    'https://example.com/x',
    'C:\\tools\\x',
  ])('gives no value that is a setting: %j', (value) => {
    expect(namesOf({ MY_TOKEN: value })).toEqual([]);
  });

  it('gives what is declared whatever it looks like', () => {
    expect(valuesOf({ A: 'true', B: '/usr/bin', C: '1234' }, ['A', 'B', 'C'])).toEqual(['true', '/usr/bin', '1234']);
  });

  it('says which declared values are not searched for, and why, without the value', () => {
    const { secrets, skipped } = collectSecrets({ A: 'abc', B: '', C: 'good-value' }, ['A', 'B', 'C', 'D']);
    expect(secrets).toEqual([{ name: 'C', value: 'good-value' }]);
    expect(skipped.map(({ name }) => name)).toEqual(['A', 'B', 'D']);
    expect(skipped[0]?.reason).toMatch(/shorter than 4/);
    expect(JSON.stringify(skipped)).not.toContain('abc');
  });

  it('gives the passwords in URLs and connection strings of any name, as written and decoded', () => {
    expect(
      valuesOf({ DATABASE: 'postgres://app:p%40ssw0rd@db/x', CS: 'Server=x;Password=hunter2zz;Pooling=true' }),
    ).toEqual(['p%40ssw0rd', 'p@ssw0rd', 'hunter2zz']);
  });

  it('opens credential blobs: secret members only', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n';
    const account = {
      type: 'service_account',
      project_id: 'my-project-123456',
      private_key_id: '0123456789abcdef0123456789abcdef01234567',
      private_key: key,
      client_email: 'ci@my-project-123456.iam.gserviceaccount.com',
      client_id: '123456789012345678901',
      token_uri: 'https://oauth2.googleapis.com/token',
      nested: { client_secret: 'GOCSPX-abcdefgh' },
    };
    const { secrets } = collectSecrets({ GCP_SA_KEY: JSON.stringify(account) }, ['GCP_SA_KEY']);
    expect(secrets.map(({ name }) => name)).toEqual([
      'GCP_SA_KEY',
      'GCP_SA_KEY.private_key',
      'GCP_SA_KEY.nested.client_secret',
    ]);
    const redactor = makeRedactor({ secrets, rules: [] });
    expect(redactor.text('project my-project-123456 is of type service_account').hits).toEqual([]);
    expect(redactor.text('line MIIEvQIBADANBgkqhkiG9w0BAQEFAASC of it').text).toBe(
      'line [redacted:GCP_SA_KEY.private_key] of it',
    );
  });

  it('opens the auth of a docker config', () => {
    const config = JSON.stringify({ auths: { 'r.io': { auth: Buffer.from('me:hunter2zz').toString('base64') } } });
    expect(valuesOf({ DOCKER_AUTH_CONFIG: config })).toContain('hunter2zz');
  });

  it('is read within bounds', () => {
    const env = Object.fromEntries(
      Array.from({ length: 12_000 }, (_, index) => [`T${index}_TOKEN`, `value-${index}-x9`]),
    );
    const { secrets, skipped } = collectSecrets(env, []);
    expect(secrets.length).toBe(10_000);
    expect(skipped.length).toBe(2000);
    let deep = '"abcdefgh12345678"';
    for (let depth = 0; depth < 5000; depth++) deep = `[${deep}]`;
    expect(() => collectSecrets({ X_TOKEN: deep }, [])).not.toThrow();
  });
});
