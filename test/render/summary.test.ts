import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/schema/envelope.ts';
import { renderSummary, type SummaryOptions } from '../../src/render/summary.ts';
import { flatten, parseGfm } from './gfm.ts';
import { digestOf, failed, makeEnvelope, makeStep, makeVerdict, skipped } from './sample-envelope.ts';

const render = (envelope: Envelope, change: Partial<SummaryOptions> = {}): string =>
  renderSummary({
    envelope,
    envelopeSha256: digestOf('f'),
    envelopeFileName: 'envelope.json',
    verdict: makeVerdict(),
    budgetBytes: 900_000,
    ...change,
  });

const trouble = makeEnvelope([
  makeStep('build'),
  failed('unit', { cause: { code: 'exit_nonzero', message: '3 tests failed' } }),
  skipped('ship', 'needs unit, which failed'),
]);

describe('the summary', () => {
  it('answers in its first line, with the manifest', () => {
    expect(render(trouble).split('\n')[0]).toBe('### ❌ Failed: 1 of 3 steps failed, 1 not run · `release`');
    expect(render(makeEnvelope([makeStep('a')])).split('\n')[0]).toContain('✅ Passed: 1 of 1 step ran and passed');
  });

  it('names the head, the merge that was tested, the base, the attempt and the matrix leg', () => {
    const [, line] = render(trouble, { links: { run: 'https://github.com/acme/shop/actions/runs/1' } }).split('\n\n');
    expect(line).toBe(
      'Commit `a1b2c3d` (tested as merge `9e8d7c6` into `main` `55aa01f`) · attempt 2 · leg `node=24, os=ubuntu` · [run](https://github.com/acme/shop/actions/runs/1) · 4m 12s',
    );
  });

  it('does not say of the commit of a pull request what was seen of the base', () => {
    const meta = { ...trouble.subject.meta, event_name: 'pull_request_target' };
    const page = render({ ...trouble, subject: { ...trouble.subject, meta } });
    const [answer, commit] = page.split('\n\n');
    expect(answer).toContain("1 not run · of the base, not of the pull request's commit");
    expect(commit).toContain('Commit `9e8d7c6` of the base: `a1b2c3d` was not checked out · attempt 2');
    // Somebody has checked out something else, and is told what it was.
    const other = { ...trouble.subject, meta: { ...meta, head_differs_from_event: true } };
    expect(render({ ...trouble, subject: other })).toContain('Commit `a1b2c3d` (tested as merge `9e8d7c6`');
  });

  it('shows failures and steps that did not run, with the reason, before those that passed', () => {
    const page = render(trouble);
    expect(page).toMatch(/\| `unit` \| test \| \*\*failed\*\*: 3 tests failed \|/);
    expect(page).toMatch(/\| `ship` \| test \| \*\*not run\*\*: needs unit, which failed \|/);
    expect(page.indexOf('`unit`')).toBeLessThan(page.indexOf('`ship`'));
    expect(page.indexOf('`ship`')).toBeLessThan(page.indexOf('1 step passed'));
    expect(page.indexOf('1 step passed')).toBeLessThan(page.indexOf('`build`'));
  });

  it('gives the evidence of a step as short digests', () => {
    expect(render(trouble)).toContain('stderr `sha256:dddd…dddd` stdout `sha256:cccc…cccc`');
  });

  it('quotes the last lines of a failed step inside a fence that its output cannot close', () => {
    const excerpts = { 'unit/1/stderr': `${'noise\n'.repeat(100)}~~~~~\n</details>\n\u001B[31mexpected 3\u001B[0m\n` };
    const page = render(trouble, { excerpts });
    const quote = toQuotes(page).find((value) => value.includes('expected'));
    expect(quote?.split('\n')).toHaveLength(20);
    expect(quote).toMatch(/~~~~~\n<\/details>\nexpected 3$/);
    expect(page).toContain('**unit**: last 20 lines of stderr');
  });

  it('names an allowed failure though the run passed', () => {
    const page = render(makeEnvelope([makeStep('a'), failed('lint', { continue_on_error: true })]));
    expect(page).toContain('✅ Passed with 1 allowed failure');
    expect(page).toContain('**failed (allowed)**');
  });

  it('says what the evidence does not show, and how much was redacted', () => {
    const redaction = {
      id: 'r1',
      rule_id: 'env:TOKEN',
      path: 'stdout',
      match_type: 'known_value',
      match_count: 3,
      artifact_id: null,
      stage: 'output',
      timestamp: '2026-11-21T09:27:19.123Z',
    } as const;
    const page = render({ ...trouble, redactions: [redaction] });
    expect(page).toContain('**Does not show:** that the steps were honest');
    expect(page).toContain('3 values were redacted');
    expect(render(trouble)).toContain('nothing was redacted');
  });

  it('gives the digest of the envelope, its head and the command that checks it', () => {
    const page = render(trouble, { links: { envelope: 'https://github.com/acme/shop/artifacts/1' } });
    expect(page).toContain('[`envelope.json`](https://github.com/acme/shop/artifacts/1)');
    expect(page).toContain(`\`sha256:${digestOf('f')}\``);
    expect(page).toContain(`head \`${digestOf('e')}\``);
    expect(toQuotes(page)).toContain(
      `npx quoderat verify envelope.json --repo acme/shop --commit ${'9e8d7c6'.padEnd(40, '0')}`,
    );
  });

  it('quotes names in the command so that pasting it runs nothing else', () => {
    const repo = { url: null, name: "a$(id)'b", provider: null };
    const page = render({ ...trouble, subject: { ...trouble.subject, repo } }, { envelopeFileName: '-x;id.json' });
    expect(page).toContain(String.raw`verify ./'-x;id.json' --repo 'a$(id)'\''b' --commit`);
  });

  describe('on how far the seal carries', () => {
    const signatures = [{ keyid: digestOf('a'), alg: 'Ed25519', sig: 'AA==' } as const];
    const signed = { ...trouble, integrity: { ...trouble.integrity, signatures } };

    it('says "hash only" when nobody signed', () => {
      expect(render(trouble)).toContain(
        '**Trust:** **hash only**: sealed in the same job that ran the steps, not signed',
      );
    });

    it('names the key, and that nobody has checked it', () => {
      expect(render(signed)).toContain(
        '**signed** by key `aaaaaaaaaaaaaaaa` (signature not checked here), sealed in the same job',
      );
    });

    it('has the command that checks the signature, with a key that the reader brings', () => {
      const ofServer = { ...signed, producer: { ...trouble.producer, component: 'server' } } as const;
      expect(toQuotes(render(signed)).join('\n')).toContain('\nnpx quoderat verify envelope.json --key key.pem');
      expect(toQuotes(render(ofServer)).join('\n')).toContain('\nnpx quoderat verify envelope.json --jwks jwks.json');
      expect(toQuotes(render(trouble)).join('\n')).not.toMatch(/--key|--jwks/);
    });

    it('names a server that sealed', () => {
      const producer = { ...trouble.producer, component: 'server' } as const;
      expect(render({ ...signed, producer })).toContain('**server sealed**, signed by key `aaaaaaaaaaaaaaaa`');
    });

    it('never says "verified"', () => {
      for (const envelope of [trouble, signed]) expect(render(envelope)).not.toMatch(/verified/i);
    });

    it('marks an unsigned run of a fork in the first line', () => {
      const meta = { ...trouble.subject.meta, pr_from_fork: true };
      const page = render({ ...trouble, subject: { ...trouble.subject, meta } });
      expect(page.split('\n')[0]).toContain('not signed (pull request from a fork)');
    });
  });

  it('warns instead of answering when the envelope does not hold', () => {
    const problems = [{ pointer: '/execution/steps/1', code: 'changed', message: 'this entry was changed' }];
    const page = render(makeEnvelope([makeStep('a')]), {
      verdict: makeVerdict({ intact: { answer: 'no', problems } }),
    });
    expect(page.split('\n')[0]).toContain('⛔ Do not rely on this');
    expect(page).not.toContain('✅ Passed');
    expect(page).toContain('`/execution/steps/1` this entry was changed');
  });

  it('says what came of keyless signing, with the commands that check it', () => {
    const identity = 'https://github.com/acme/shop/.github/workflows/ci.yml@refs/pull/42/merge';
    const issuer = 'https://token.actions.githubusercontent.com';
    const page = render(trouble, {
      signing: { state: 'keyless', identity, issuer, instance: 'public', bundleFileName: 'envelope.sigstore.json' },
    });
    expect(page).toContain(`**signed** keyless through Sigstore as \`${identity}\` by \`${issuer}\``);
    expect(page).not.toMatch(/not signed|there is no signature/);
    expect(page).not.toMatch(/verified/i);
    expect(toQuotes(page).join('\n')).toContain(
      `--sigstore-bundle envelope.sigstore.json --fetch-trusted-root --identity ${identity}`,
    );
    // Also where the workflow is one of another repository, which gh does not take for this one's.
    expect(toQuotes(page).join('\n')).toContain(
      ` --cert-identity ${identity} --predicate-type https://quoderat.io/evidence-envelope/v1`,
    );
    const failure = render(trouble, { signing: { state: 'failed', reason: 'the signer answered 503' } });
    expect(failure).toContain('**hash only**: sealed in the same job');
    expect(failure).toContain('keyless signing failed: the signer answered 503');
  });

  it.each([
    ['github', 'gh attestation trusted-root > trusted_root.jsonl', '--trusted-root trusted_root.jsonl', true],
    ['own', 'trusted_root.json is that of the Sigstore instance', '--trusted-root trusted_root.json ', false],
  ] as const)('names the root of trust of the instance that signed: %s', (instance, words, root, isForGh) => {
    const issuer = 'https://token.actions.githubusercontent.com';
    const signing = { state: 'keyless', identity: 'https://x', issuer, instance } as const;
    const commands = toQuotes(render(trouble, { signing })).join('\n');
    expect(commands).toContain(words);
    expect(commands).toContain(` --sigstore ${root}`);
    // The public instance's root would refuse a true signature, and nothing is in its log.
    expect(commands).not.toMatch(/--fetch-trusted-root|logged in public/);
    expect(commands.includes('gh attestation verify')).toBe(isForGh);
  });

  it('does not take a server without a signature for one', () => {
    const producer = { ...trouble.producer, component: 'server' } as const;
    expect(render({ ...trouble, producer })).toContain('**hash only**: sealed by a server, not signed');
  });

  it('tells of the reporting itself in a notice', () => {
    const page = render(trouble, { notices: ['Could not post the comment: token is read-only'] });
    expect(page).toContain('ℹ️ Could not post the comment: token is read-only');
  });

  it('has its headings a level lower in a comment, and no marker of its own', () => {
    const page = render(trouble, { surface: 'comment', budgetBytes: 12_000 });
    expect(page.split('\n')[0]).toBe('#### ❌ Failed: 1 of 3 steps failed, 1 not run · `release`');
    expect(page).not.toContain('<!--');
  });

  it('folds a page that a later commit or attempt has made history', () => {
    const page = render(trouble, { superseded: { by_commit: 'abc1234'.padEnd(40, '0'), by_attempt: 3 } });
    expect(page.split('\n')[0]).toBe('### ⏭️ Superseded by commit `abc1234`, attempt 3 · `release`');
    expect(page).toContain('It said: ❌ Failed: 1 of 3 steps failed, 1 not run');
    expect(page.indexOf('<details><summary>What did not pass then')).toBeLessThan(page.indexOf('`unit`'));
    expect(page).toContain(digestOf('f'));
    expect(render(trouble, { superseded: { by_attempt: 3 } })).toContain('### ⏭️ Superseded by attempt 3 ·');
  });

  it('puts steps that one thing kept from running into one row', () => {
    const held = Array.from({ length: 12 }, (_, index) => skipped(`deploy-${index}`, 'needs unit, which failed'));
    const page = render(makeEnvelope([failed('unit'), ...held, skipped('docs', 'when is failure')]));
    expect(page).toMatch(
      /`deploy-0`, `deploy-1`.*`deploy-7` and 4 more \| test \| \*\*not run\*\*, 12 steps: needs unit/,
    );
    expect(page).toMatch(/`docs` \| test \| \*\*not run\*\*: when is failure/);
  });

  it('shows approvals and what they were about', () => {
    const gate = {
      id: 'g',
      kind: 'human_approval',
      step_id: 'ship',
      decision: 'approved',
      by: 'mira',
      at: '2026-11-21T14:02:59.000Z',
      reason: 'looks right',
      plan_hash: digestOf('1'),
    } as const;
    const page = render({ ...trouble, gates: [gate] });
    expect(page).toContain('| `ship` | ✅ approved | mira | 2026-11-21 14:02 UTC | looks right |');
  });
});

describe('the timeline', () => {
  it('draws each step that ran as name, bar and words, in the order in which they began', () => {
    const at = (ms: number): string => new Date(Date.UTC(2026, 10, 21) + ms).toISOString();
    const step = (id: string, from: number, ms: number) => makeStep(id, { started_at: at(from), duration_ms: ms });
    const envelope = makeEnvelope([step('unit', 1000, 3000), step('build', 0, 1000), skipped('ship', 'x')]);
    const execution = { ...envelope.execution, started_at: at(0), finished_at: at(4000), duration_ms: 4000 };
    const [lines = ''] = toQuotes(render({ ...envelope, execution }));
    expect(lines.split('\n')).toEqual([
      `build  ${'█'.repeat(8)}${'·'.repeat(24)}  passed, from +0 ms for 1.0 s`,
      `unit   ${'·'.repeat(8)}${'█'.repeat(24)}  passed, from +1.0 s for 3.0 s`,
    ]);
  });

  it('is cut after sixty steps', () => {
    const page = render(makeEnvelope(Array.from({ length: 100 }, (_, index) => makeStep(`s${index}`))));
    const [lines = ''] = toQuotes(page);
    expect(lines.split('\n')).toHaveLength(61);
    expect(lines).toMatch(/and 40 more steps$/);
  });
});

/** The code blocks of a page. */
function toQuotes(page: string): string[] {
  return flatten(parseGfm(page)).flatMap((node) => (node.type === 'code' ? [node.value] : []));
}
