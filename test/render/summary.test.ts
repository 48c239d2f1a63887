import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/schema/envelope.ts';
import { renderSummary, type SummaryOptions } from '../../src/render/summary.ts';
import { flatten, liveText, parseGfm, toRunningText, toSkeleton } from './gfm.ts';
import { hostile } from './hostile.ts';
import { digestOf, failed, makeArtifact, makeEnvelope, makeStep, makeVerdict, skipped } from './sample-envelope.ts';

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
    const [quote] = flatten(parseGfm(page)).flatMap((node) => (node.type === 'code' ? [node.value] : []));
    expect(quote?.split('\n')).toHaveLength(20);
    expect(quote).toMatch(/~~~~~\n<\/details>\nexpected 3$/);
    expect(page).toContain('<b>unit</b>: last 20 lines of stderr');
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
    expect(page).toContain(
      `\`npx quoderat verify envelope.json --repo acme/shop --commit ${'9e8d7c6'.padEnd(40, '0')}\``,
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
      expect(render(trouble)).toContain('hash only: sealed in the same job that ran the steps, not signed');
    });

    it('names the key, and that nobody has checked it', () => {
      expect(render(signed)).toContain('signed by key `aaaaaaaaaaaaaaaa` (signature not checked here)');
    });

    it('names a server that sealed', () => {
      const producer = { ...trouble.producer, component: 'server' } as const;
      expect(render({ ...signed, producer })).toContain('sealed by a server, signed by key `aaaaaaaaaaaaaaaa`');
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

  it('stays under its budget with 1,000 hostile steps, and keeps what must never be dropped', () => {
    const steps = Array.from({ length: 1000 }, (_, index) => {
      const message = (hostile[index % hostile.length] ?? '').repeat(50);
      return index % 3 === 0
        ? makeStep(`s${index}`)
        : failed(`${index}${'🧪'.repeat(60)}`, { cause: { code: 'exit_nonzero', message } });
    });
    const envelope = makeEnvelope([...steps, skipped('last', 'needs s1')]);
    for (const budgetBytes of [900_000, 60_000, 32 * 1024]) {
      const page = render(envelope, { budgetBytes, excerpts: { [`${steps[1]?.id}/1/stderr`]: 'x\n'.repeat(1e6) } });
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budgetBytes);
      expect(page).toContain('❌ Failed: 666 of 1001 steps failed, 1 not run');
      expect(page).toContain('Redactions:');
      expect(page).toContain(digestOf('f'));
      expect(page).toContain('npx quoderat verify');
      expect(page.match(/^<details>/gm)?.length).toBe(page.match(/^<\/details>$/gm)?.length);
    }
    expect(render(envelope, { budgetBytes: 60_000 })).toMatch(
      /left out: .*passed steps; texts and tables are shortened/,
    );
  });

  it('is inert wherever a stranger can write into the envelope', () => {
    const value = hostile.join(' ');
    const git = {
      ...trouble.subject.git,
      commit_sha: '9e8d7c6'.padEnd(40, '0'),
      branch: value,
      head_sha: null,
    } as const;
    const envelope: Envelope = {
      ...trouble,
      subject: {
        ...trouble.subject,
        repo: { url: value, name: value, provider: value },
        git: {
          ...trouble.subject.git,
          ...git,
          ref: value,
          tag: null,
          base_sha: null,
          merge_sha: null,
          tree_sha: null,
          dirty: true,
        },
        meta: { matrix: { [value]: value }, base_ref: value },
      },
      plan: { ...trouble.plan, name: value, manifest_path: value },
      execution: {
        ...trouble.execution,
        steps: [
          failed(value, { name: value, cause: { code: 'signaled', message: value }, warnings: [value] }),
          skipped('s', value),
          makeStep('ok', { name: value }),
        ],
      },
      artifacts: [makeArtifact(value)],
      observations: [
        {
          id: value,
          type: value,
          summary: value,
          value: null,
          basis_artifact_ids: [],
          informational: true,
          parser: { name: value, version: value },
        },
      ],
      gates: [
        {
          id: value,
          kind: 'policy',
          step_id: value,
          decision: 'pending',
          by: value,
          at: null,
          reason: value,
          plan_hash: digestOf('1'),
        },
      ],
      claims: { mechanical: [], no_claims: [value] },
    };
    const plain: Envelope = JSON.parse(JSON.stringify(envelope).replaceAll(JSON.stringify(value).slice(1, -1), 'x'));
    const page = render(envelope, { excerpts: { [`${value}/1/stdout`]: value }, envelopeFileName: value });
    expect(toSkeleton(page)).toEqual(
      toSkeleton(render(plain, { excerpts: { 'x/1/stdout': value }, envelopeFileName: 'x' })),
    );
    for (const running of toRunningText(page)) expect(running).not.toMatch(liveText);
  });
});
