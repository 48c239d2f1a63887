/** The pages of docs/images/demo that make-screenshots.ts photographs, rendered from the envelopes of real runs. */
import { spawnSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareEnvelopes } from '../src/compare/compare-envelopes.ts';
import { openStoredArtifact } from '../src/execution/open-stored.ts';
import { sha256 } from '../src/lib/hash.ts';
import { readExcerpts } from '../src/publish/files/excerpts.ts';
import { renderCollection } from '../src/render/collection.ts';
import { renderSummary } from '../src/render/summary.ts';
import { toTrust } from '../src/render/trust.ts';
import { envelope as envelopeSchema, type Envelope } from '../src/schema/envelope.ts';
import type { Verdict } from '../src/schema/verdict.ts';
import { verifyEnvelope } from '../src/seal/verify.ts';

const root = join(import.meta.dirname, '..');
const links = { run: 'https://github.com/acme/shop/actions/runs/31415926535' };
const envelopeUrl = `${links.run}/artifacts/271828`;

/** One run of the demo: its folder, its envelope, and what verification says of it. */
export type DemoRun = { dir: string; envelope: Envelope; verdict: Verdict; sha256: string };

/**
 * Runs the demo in a repository of its own: as it is, which fails, or with its tax rounding right and its last step able
 * to publish.
 */
export async function runDemo(scratch: string, state: 'failing' | 'passing'): Promise<DemoRun> {
  const demo = join(scratch, state);
  const out = join(scratch, `${state}-evidence`);
  await cp(join(root, 'docs/images/demo'), demo, { recursive: true });
  if (state === 'passing') {
    const cart = join(demo, 'src/cart.js');
    const source = await readFile(cart, 'utf8');
    await writeFile(
      cart,
      source.replace('Math.floor(net * rate)', 'Math.round(net * rate)').replace('  debugger;\n', ''),
    );
  }
  const identity = ['-c', 'user.name=Mira', '-c', 'user.email=mira@example.org', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]): void => run('git', [...identity, ...args], demo);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=Add the shop');
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  const cli = join(root, 'dist/cli.js');
  run(process.execPath, [cli, 'run', 'quoderat.yml', '--out', out], demo, state === 'failing' ? 1 : 0);
  return readRun(out);
}

/** An evidence folder that is there already. */
export async function readRun(dir: string): Promise<DemoRun> {
  const bytes = await readFile(join(dir, 'envelope.json'));
  const verdict = await verifyEnvelope(bytes, {
    trustedKeys: [],
    authenticityAsked: false,
    expected: {},
    openArtifact: (digest) => openStoredArtifact(join(dir, 'artifacts'), digest),
  });
  return { dir, envelope: envelopeSchema.parse(JSON.parse(bytes.toString())), verdict, sha256: sha256(bytes) };
}

/** The page of one run, against another where one is given. */
export async function renderRun(demo: DemoRun, base?: DemoRun): Promise<string> {
  const side = ({ dir, envelope, verdict }: DemoRun) => ({ named: dir, envelope, verdict });
  return renderSummary({
    ...toFile(demo),
    verdict: demo.verdict,
    budgetBytes: 60_000,
    links: { ...links, envelope: envelopeUrl },
    excerpts: await readExcerpts(demo.dir, demo.envelope),
    ...(base && { comparison: compareEnvelopes(side(base), side(demo)) }),
  });
}

/** The page of a matrix: the same runs as if they were its legs. */
export function renderMatrix(failing: DemoRun, passing: DemoRun): string {
  const leg = (label: string, demo: DemoRun, attempt: number) => ({
    label,
    state: 'in' as const,
    attempt,
    isOlderAttempt: attempt < 2,
    envelope: demo.envelope,
    envelopeSha256: demo.sha256,
    envelopeFileName: `${label.replaceAll(' · ', '-').replaceAll(' ', '')}.quoderat.json`,
    verdict: demo.verdict,
    url: envelopeUrl,
  });
  return renderCollection({
    title: 'shop',
    collection: {
      fileName: 'shop-31415926535.quoderat-collection.json',
      sha256: sha256('collection'),
      headHash: sha256('head'),
      url: envelopeUrl,
      trust: toTrust(passing.envelope, passing.verdict),
    },
    legs: [
      leg('ubuntu · node 24', passing, 2),
      leg('ubuntu · node 22', failing, 2),
      leg('windows · node 24', passing, 1),
      { label: 'macos · node 24', state: 'missing' },
    ],
    newestAttempt: 2,
    repo: 'acme/shop',
    commit: passing.envelope.subject.id,
    runUrl: links.run,
    budgetBytes: 60_000,
  });
}

function toFile({ envelope, sha256: digest }: DemoRun) {
  return { envelope, envelopeSha256: digest, envelopeFileName: 'shop-31415926535.quoderat.json' };
}

function run(program: string, args: string[], cwd: string, expected = 0): void {
  // Not a secret: it is there to be redacted.
  const env = { ...process.env, SHOP_API_TOKEN: 'tok-3f9a8c7b6d5e4f3a2b1c', USER: 'mira', LOGNAME: 'mira' };
  const { status, stderr, stdout } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (status !== expected) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}${stdout}`);
}
