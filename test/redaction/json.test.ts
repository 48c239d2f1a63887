import { describe, expect, it } from 'vitest';
import { collectAllSecrets } from '../../src/redaction/all-secrets.ts';
import { redactJson } from '../../src/redaction/json.ts';
import { makeRedactor } from '../../src/redaction/redactor.ts';

const redactor = makeRedactor({
  secrets: [
    { name: 'DEPLOY_KEY', value: 'tr0ub4dor' },
    { name: 'KIND', value: 'build' },
  ],
  rules: [],
});

describe('redactJson', () => {
  it('replaces in every text, however deep, and says where', () => {
    const { value, found } = redactJson(
      { meta: { 'a/b~c': ['x', 'on tr0ub4dor here'] }, count: 3, none: null },
      redactor,
      '/subject',
    );
    expect(value).toEqual({ meta: { 'a/b~c': ['x', 'on [redacted:DEPLOY_KEY] here'] }, count: 3, none: null });
    expect(found).toEqual([
      { path: '/subject/meta/a~1b~0c/1', hit: { rule_id: 'DEPLOY_KEY', match_type: 'known_value', match_count: 1 } },
    ]);
  });

  it('leaves the words of the schema and digests as they are, even when a secret looks like them', () => {
    const digest = 'b'.repeat(40);
    const step = { id: 'build', kind: 'build', needs: ['build'], commit_sha: digest, name: 'build it' };
    expect(redactJson(step, redactor).value).toEqual({ ...step, name: '[redacted:KIND] it' });
  });

  it('does not change what it was given', () => {
    const given = { name: 'tr0ub4dor' };
    redactJson(given, redactor);
    expect(given).toEqual({ name: 'tr0ub4dor' });
  });
});

describe('collectAllSecrets', () => {
  it('finds a declared value where it is set, and misses it only when it is set nowhere', () => {
    const { secrets, skipped } = collectAllSecrets(
      [{ PATH: '/bin' }, { DEPLOY: 'hunter2hunter2' }],
      ['DEPLOY', 'GONE'],
    );
    expect(secrets).toEqual([{ name: 'DEPLOY', value: 'hunter2hunter2' }]);
    expect(skipped.map(({ name }) => name)).toEqual(['GONE']);
  });

  it('keeps both values of a name that two steps set differently', () => {
    const { secrets } = collectAllSecrets([{}, { API_TOKEN: 'first-value-1' }, { API_TOKEN: 'second-value-2' }], []);
    expect(secrets.map(({ value }) => value)).toEqual(['first-value-1', 'second-value-2']);
  });
});
