import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { collect, type CollectOptions } from '../../src/collect-run.ts';
import { checkMembers } from '../../src/collect/check-members.ts';
import { parseExpected } from '../../src/collect/expected.ts';
import type { Candidate } from '../../src/collect/judge.ts';
import { openStoredArtifact } from '../../src/execution/open-stored.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { limits } from '../../src/lib/limits.ts';
import type { Evidence } from '../../src/outcome.ts';
import { collectionMemberValue, collectionValue } from '../../src/schema/collection.ts';
import type { Verdict } from '../../src/schema/verdict.ts';
import { generateKeys, makeSigner, parseTrustedKey } from '../../src/seal/keys.ts';
import { verifyEnvelope } from '../../src/seal/verify.ts';
import { type Loose, reseal, tamper } from '../seal/forge.ts';
import { type Legs, makeLegs, theRun } from '../support/legs.ts';
import { makeTempDir } from '../support/temp-dir.ts';

let legs: Legs;
beforeAll(async () => {
  legs = await makeLegs();
});

async function* feed(files: Record<string, Uint8Array | string>): AsyncGenerator<Candidate> {
  for (const [name, content] of Object.entries(files))
    yield typeof content === 'string' ? { name, problem: content } : { name, bytes: content };
}

function toOptions(dir: string, files: Record<string, Uint8Array | string>, expected: string): CollectOptions {
  const { repo, commit, run } = theRun;
  return {
    candidates: feed(files),
    expected: parseExpected(expected),
    name: 'all of it',
    workspace: dir,
    outDir: join(dir, 'out'),
    fallbackDir: join(dir, 'fallback'),
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: repo,
      GITHUB_RUN_ID: run,
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_SHA: commit,
      GITHUB_JOB: 'evidence',
      GITHUB_EVENT_NAME: 'push',
      API_TOKEN: 'a-secret-that-is-long-enough',
    },
    worker: { name: 'quoderat', version: '0.1.0', dist_sha256: null },
    now: Date.now,
  };
}

async function collected(options: CollectOptions): Promise<{ evidence: Evidence; status: string; problems: string[] }> {
  const outcome = await collect(options);
  if (outcome.kind !== 'finished' || outcome.evidence === null) throw new Error(JSON.stringify(outcome));
  return { ...outcome, evidence: outcome.evidence };
}

/** As a stranger would: everything from the folder. */
async function verify(dir: string, bytes?: Uint8Array): Promise<Verdict> {
  const file = bytes ?? (await readFile(join(dir, 'envelope.json')));
  const openArtifact = (digest: string) => openStoredArtifact(join(dir, 'artifacts'), digest);
  const verdict = await verifyEnvelope(file, { authenticityAsked: false, expected: {}, openArtifact });
  return checkMembers(file, verdict, openArtifact);
}

const four = async () => ({
  'linux.quoderat.json': await legs.make({ matrix: { os: 'linux' }, attempt: 2 }),
  'linux-old.quoderat.json': await legs.make({ matrix: { os: 'linux' }, fails: true }),
  'mac.quoderat.json': await legs.make({ matrix: { os: 'mac' } }),
  'win.quoderat.json': await legs.make({ matrix: { os: 'win' }, fails: true, attempt: 2 }),
});

describe('a collection', () => {
  it('is an envelope whose steps are the legs, with every member at hand', async () => {
    await using dir = await makeTempDir();
    const files = await four();
    const { evidence, status, problems } = await collected(toOptions(dir.path, files, '4'));
    const { envelope } = evidence;
    expect({ status, problems }).toEqual({ status: 'failed', problems: [] });
    expect(envelope.plan.name).toBe('all of it');
    expect(envelope.subject).toMatchObject({ id: theRun.commit, meta: { run_id: '9001', job: 'evidence' } });
    expect(
      envelope.execution.steps.map(({ id, kind, status: found, skipped_reason: reason, warnings }) => [
        id,
        kind,
        found,
        reason,
        warnings.length,
      ]),
    ).toEqual([
      ['test[os=linux]', 'collect_member', 'success', undefined, 0],
      ['test[os=mac]', 'collect_member', 'success', undefined, 1],
      ['test[os=win]', 'collect_member', 'failed', undefined, 0],
      ['missing-leg', 'collect_member', 'skipped', 'no envelope arrived', 0],
    ]);
    const [sum, ...members] = envelope.observations;
    expect(collectionValue.parse(sum?.value)).toMatchObject({
      expected: 4,
      in: 3,
      missing: [{ leg: 'missing leg' }],
      newest_attempt: 2,
      superseded: [
        { leg: 'test (os=linux)', run_attempt: 1, envelope_sha256: sha256(files['linux-old.quoderat.json']) },
      ],
      compared: { repo: theRun.repo, commit: theRun.commit, run: '9001' },
    });
    expect(members.map(({ value }) => collectionMemberValue.parse(value))).toMatchObject([
      {
        leg: 'test (os=linux)',
        run_attempt: 2,
        envelope_sha256: sha256(files['linux.quoderat.json']),
        trust: 'hash_only',
      },
      { leg: 'test (os=mac)', run_attempt: 1, steps: { total: 1, passed: 1, failed: 0, not_run: 0 } },
      { leg: 'test (os=win)', status: 'failed', steps: { total: 1, passed: 0, failed: 1, not_run: 0 } },
    ]);
    expect(await verify(evidence.dir)).toMatchObject({
      intact: { answer: 'yes' },
      complete: { answer: 'yes', artifacts: { matched: 4, missing: [] } },
      exit_code: 0,
    });
    expect(evidence.verdict.exit_code).toBe(0);
    // The plan and the three members; what was superseded is not kept.
    expect((await readdir(join(evidence.dir, 'artifacts'))).toSorted()).toEqual(
      envelope.artifacts.map(({ sha256: digest }) => digest).toSorted(),
    );
    expect((await readdir(evidence.dir)).toSorted()).toEqual([
      'artifacts',
      'envelope.intoto.json',
      'envelope.json',
      'report.html',
      'summary.md',
    ]);
    expect(evidence.summary).toContain('test (os=win)');
  });

  it('is a success that is signed when all is well', async () => {
    await using dir = await makeTempDir();
    const keys = generateKeys();
    const options = { ...toOptions(dir.path, { a: await legs.make() }, '1'), signer: makeSigner(keys.privatePem) };
    const { evidence, status } = await collected(options);
    expect(status).toBe('success');
    const verdict = await verifyEnvelope(await readFile(evidence.envelopePath), {
      trustedKeys: [parseTrustedKey(keys.publicPem)],
      authenticityAsked: true,
      expected: { repo: theRun.repo, commit: theRun.commit },
    });
    expect(verdict).toMatchObject({ authentic: { answer: 'yes' }, expected: { answer: 'yes' }, exit_code: 0 });
  });

  it('keeps what was rejected, with the reason, and passes over collections of earlier attempts', async () => {
    await using dir = await makeTempDir();
    const earlier = await collected(toOptions(dir.path, { a: await legs.make() }, '1'));
    await using again = await makeTempDir();
    const junk = Buffer.from('not an envelope ::error::');
    const { evidence, status } = await collected(
      toOptions(
        again.path,
        {
          'old-collection': await readFile(earlier.evidence.envelopePath),
          good: await legs.make(),
          junk,
          lost: 'it could not be downloaded: status 500',
        },
        '1',
      ),
    );
    expect(status).toBe('failed');
    const { steps } = evidence.envelope.execution;
    expect(steps.map(({ id, status: found, cause }) => [id, found, cause?.code])).toEqual([
      ['test', 'success', undefined],
      ['junk', 'error', 'report_unreadable'],
      ['lost', 'error', 'report_unreadable'],
    ]);
    expect(evidence.envelope.artifacts.map(({ id, sha256: digest }) => [id, digest])).toContainEqual([
      'junk/envelope',
      sha256(junk),
    ]);
    expect(await verify(evidence.dir)).toMatchObject({ complete: { answer: 'yes' }, exit_code: 0 });
  });

  it('seals what it knows when nothing came at all', async () => {
    await using dir = await makeTempDir();
    const { evidence, status } = await collected(toOptions(dir.path, {}, 'build, test'));
    expect(status).toBe('aborted');
    expect(evidence.envelope.execution.steps.map(({ id, status: found }) => [id, found])).toEqual([
      ['build', 'skipped'],
      ['test', 'skipped'],
    ]);
    expect(await verify(evidence.dir)).toMatchObject({ exit_code: 0 });
  });

  it('reads no more files than a collection may have', async () => {
    await using dir = await makeTempDir();
    const files = Object.fromEntries(
      Array.from({ length: limits.collectMembers + 50 }, (_, i) => [`f${i}`, 'no bytes']),
    );
    const { evidence, status } = await collected(toOptions(dir.path, files, '1'));
    expect(status).toBe('failed');
    expect(evidence.envelope.execution.steps).toHaveLength(limits.collectMembers + 1);
    expect(JSON.stringify(evidence.envelope.observations[0]?.value)).toContain('there are more than 300 files');
  });

  it('holds names and labels that do harm elsewhere, inert', async () => {
    await using dir = await makeTempDir();
    const matrix = { 'os]\u202e': '[a]) ::error::\u0007</details>', '|': '`'.repeat(5000) };
    const files = {
      '../../etc/passwd\n::set-output::x.quoderat.json': await legs.make({ job: '<!-- @everyone -->', matrix }),
      [`\ud800 ${'x'.repeat(5000)}`]: Buffer.from('{}'),
      'x (y)': Buffer.from('1'),
      'x  (y)': Buffer.from('2'),
    };
    const { evidence, problems } = await collected(toOptions(dir.path, files, '1'));
    expect(problems).toEqual([]);
    expect(await verify(evidence.dir)).toMatchObject({ exit_code: 0 });
    expect(evidence.summary).not.toContain('<!-- @');
    expect(new Set(evidence.envelope.execution.steps.map(({ id }) => id)).size).toBe(4);
  });

  it('shows a leg whose envelope is large, or of a later version, as the leg that it is', async () => {
    await using dir = await makeTempDir();
    const long = (e: Loose): void => void (e.execution.steps[0].warnings = ['w'.repeat(2 * limits.memberShownBytes)]);
    const later = (e: Loose): void => {
      e.schema_version = '1.7';
      e.something_new = { a: 1 };
      e.execution.steps[0].status_of_the_future = 'fine';
    };
    const files = { a: await legs.make({ job: 'a', change: long }), b: await legs.make({ job: 'b', change: later }) };
    const { evidence, status } = await collected(toOptions(dir.path, files, '2'));
    expect(status).toBe('success');
    expect(evidence.summary).toContain('Passed: 2 of 2 legs passed');
    expect(evidence.summary).not.toContain('wwww');
    expect(await verify(evidence.dir)).toMatchObject({ exit_code: 0 });
  });

  it('lets no secret of the collecting job into the record', async () => {
    await using dir = await makeTempDir();
    const options = toOptions(dir.path, { a: await legs.make() }, '1');
    const { evidence } = await collected({ ...options, name: 'a-secret-that-is-long-enough' });
    expect(await readFile(evidence.envelopePath, 'utf8')).not.toContain('a-secret-that-is-long-enough');
  });

  it('touches no folder in which something lies', async () => {
    await using dir = await makeTempDir();
    const outcome = await collect({ ...toOptions(dir.path, {}, '1'), outDir: dir.path, fallbackDir: dir.path }).then(
      async (first) =>
        first.kind === 'finished' ? collect({ ...toOptions(dir.path, {}, '1'), outDir: dir.path }) : first,
    );
    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringContaining('is not empty') });
  });
});

describe('the check of members', () => {
  const sealed = async (dir: string): Promise<{ evidence: Evidence; bytes: Buffer }> => {
    const files = { a: await legs.make({ job: 'a' }), b: await legs.make({ job: 'b' }) };
    const { evidence } = await collected(toOptions(dir, files, '2'));
    return { evidence, bytes: await readFile(evidence.envelopePath) };
  };
  const members = (envelope: Loose): Loose[] =>
    envelope.observations.filter((o: Loose) => o.type === 'collection_member');

  it('finds a member whose bytes were altered', async () => {
    await using dir = await makeTempDir();
    const { evidence } = await sealed(dir.path);
    const [, first] = evidence.envelope.artifacts;
    const path = join(evidence.dir, 'artifacts', first?.sha256 ?? '');
    await writeFile(
      path,
      tamper(await readFile(path), (e) => void (e.execution.status = 'failed')),
    );
    expect(await verify(evidence.dir)).toMatchObject({
      complete: {
        answer: 'no',
        problems: [{ pointer: '/artifacts/1', code: 'artifact_mismatch' }, { code: 'member_not_intact' }],
      },
      exit_code: 1,
    });
  });

  it('finds a member that was removed', async () => {
    await using dir = await makeTempDir();
    const { evidence } = await sealed(dir.path);
    await rm(join(evidence.dir, 'artifacts', evidence.envelope.artifacts[2]?.sha256 ?? ''));
    expect(await verify(evidence.dir)).toMatchObject({
      complete: { answer: 'artifacts_missing', artifacts: { missing: ['b/envelope'] } },
      exit_code: 4,
    });
  });

  it.each<[string, (envelope: Loose) => void, string]>([
    [
      'two members were swapped',
      (e) => {
        const [a, b] = members(e);
        [a.basis_artifact_ids, b.basis_artifact_ids] = [b.basis_artifact_ids, a.basis_artifact_ids];
      },
      'member_mismatch',
    ],
    [
      'a member was put in the place of another',
      (e) => {
        const [a, b] = members(e);
        b.value = { ...a.value, leg: b.value.leg };
      },
      'member_mismatch',
    ],
    [
      'a head is not the member’s',
      (e) => void (members(e)[0].value.head_entry_hash = 'f'.repeat(64)),
      'member_mismatch',
    ],
    [
      'an evidence id is not',
      (e) => void (members(e)[0].value.evidence_id = members(e)[1].value.evidence_id),
      'member_mismatch',
    ],
    ['a signature is claimed', (e) => void (members(e)[0].value.trust = 'signed'), 'member_mismatch'],
    ['an attempt is claimed', (e) => void (members(e)[0].value.run_attempt = 2), 'member_mismatch'],
    ['a member is not described', (e) => void (members(e)[0].value = { evidence_id: 'x' }), 'schema'],
    ['a member was left out', (e) => void e.observations.pop(), 'member_mismatch'],
    ['the sum was left out', (e) => void e.observations.shift(), 'member_mismatch'],
    [
      'a leg is missing, and yet it is a success',
      (e) => {
        e.observations[0].value.missing.push({ leg: 'c', reason: 'no envelope arrived' });
      },
      'status_mismatch',
    ],
    ['nobody knew how many legs there are', (e) => void (e.observations[0].value.expected = null), 'status_mismatch'],
  ])('finds, in a collection whose chain holds, that %s', async (_what, change, code) => {
    await using dir = await makeTempDir();
    const { evidence, bytes } = await sealed(dir.path);
    const forged = await reseal(bytes, change);
    const verdict = await verify(evidence.dir, forged);
    expect(verdict.intact.answer).toBe('yes');
    expect(verdict.complete.problems.map((problem) => problem.code)).toContain(code);
    expect(verdict).toMatchObject({ complete: { answer: 'no' }, exit_code: 1 });
  });

  it('finds a member that is itself not what its chain says, though the collection names the very file', async () => {
    await using dir = await makeTempDir();
    const { evidence, bytes } = await sealed(dir.path);
    const [, first] = evidence.envelope.artifacts;
    const artifacts = join(evidence.dir, 'artifacts');
    const lie = tamper(
      await readFile(join(artifacts, first?.sha256 ?? '')),
      (e) => void (e.execution.duration_ms += 1),
    );
    await writeFile(join(artifacts, sha256(lie)), lie);
    const forged = await reseal(bytes, (e) => {
      const artifact = e.artifacts[1];
      Object.assign(artifact, {
        sha256: sha256(lie),
        content_uri: `urn:sha256:${sha256(lie)}`,
        size_bytes: lie.length,
      });
      members(e)[0].value.envelope_sha256 = sha256(lie);
    });
    const verdict = await verify(evidence.dir, forged);
    expect(verdict.complete).toMatchObject({ answer: 'no', problems: [{ code: 'member_not_intact' }] });
  });

  it('leaves the verdict about any other envelope as it is', async () => {
    const bytes = await legs.make();
    const verdict = await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
    expect(await checkMembers(bytes, verdict, undefined)).toBe(verdict);
  });
});
