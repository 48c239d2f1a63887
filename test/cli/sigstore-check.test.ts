import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSigstoreCheck, type SigstoreFlags } from '../../src/cli/sigstore-check.ts';
import { sample, signSample } from '../sign/signed-sample.ts';
import { githubIssuer, startSigstore, workflow } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const sigstore = await startSigstore();
const dir = await makeTempDir();
await writeFile(join(dir.path, 'root.json'), sigstore.trustedRoot());
await writeFile(join(dir.path, 'empty.json'), '{}');
await writeFile(join(dir.path, 'huge.json'), Buffer.alloc(1024 * 1024 + 1, ' '));
const beside = join(dir.path, 'envelope.sigstore.json');
await writeFile(beside, (await signSample(sigstore)).bundle);

const make = (flags: SigstoreFlags, bundle: string | undefined = beside): ReturnType<typeof makeSigstoreCheck> =>
  makeSigstoreCheck(flags, bundle, { cwd: dir.path });
const facts = { ...sample.facts, status: '', commit_sha: null, component: '', entry_count: 0, signed: false };

describe('the Sigstore options of verify', () => {
  it('ask for nothing when none is given, and for the check when any is', async () => {
    expect(await make({})).toBeUndefined();
    for (const flags of [{ sigstore: true }, { identity: workflow }, { issuer: githubIssuer }] as const)
      expect(await (await make(flags))?.(facts)).toMatchObject({ answer: 'undecidable' });
  });

  it('check the signature that lies beside the envelope, or where it is named', async () => {
    const flags = { identity: workflow, issuer: githubIssuer, trustedRoot: 'root.json' };
    expect(await (await make(flags))?.(facts)).toMatchObject({ answer: 'yes' });
    const named = await make({ ...flags, sigstoreBundle: 'envelope.sigstore.json' }, join(dir.path, 'elsewhere'));
    expect(await named?.(facts)).toMatchObject({ answer: 'yes' });
    for (const nowhere of [undefined, join(dir.path, 'nowhere.json')])
      expect(await (await makeSigstoreCheck(flags, nowhere, { cwd: dir.path }))?.(facts)).toMatchObject({
        answer: 'undecidable',
        problems: [{ code: 'sigstore_missing' }],
      });
  });

  it.each<[string, SigstoreFlags, string]>([
    ['two identities', { identity: 'a', identityRegexp: 'b' }, 'keep one'],
    ['two roots', { trustedRoot: 'root.json', fetchTrustedRoot: true }, 'keep one'],
    ['a pattern that is none', { identityRegexp: '(' }, 'no regular expression'],
    ['a pattern for everybody', { identityRegexp: '' }, '1 to 1000'],
    ['a root of nothing', { trustedRoot: 'empty.json' }, 'no certificate authority'],
    ['a root that is none', { trustedRoot: 'envelope.sigstore.json' }, 'no trusted root'],
    ['a root of a megabyte', { trustedRoot: 'huge.json' }, 'too large'],
    ['a root that is not there', { trustedRoot: 'nowhere.json' }, 'no such file'],
    ['a bundle that is not there', { sigstoreBundle: 'nowhere.json' }, 'no such file'],
  ])('refuse %s', async (_, flags, words) => {
    await expect(make(flags)).rejects.toMatchObject({ name: 'CliError', message: expect.stringContaining(words) });
  });
});
