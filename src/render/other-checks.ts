import { toShellWord } from './shell-word.ts';
import { type Signing, toRepo } from './summary-seal.ts';
import { type Block, details, text } from './tree.ts';
import type { Trust } from './trust.ts';

/** A file that is evidence, of what repository, and how far it carries. */
export type CheckedFile = {
  fileName: string;
  sha256: string;
  repo: string | null;
  trust: Trust;
  signing: Signing | undefined;
};

type Keyless = Extract<Signing, { state: 'keyless' }>;

/** Of whose Sigstore instance a signature is: what it proves beside who signed, and where its root of trust is from. */
const instances: Record<Keyless['instance'], { proof: string; root: string; fetch: string[] }> = {
  public: { proof: ', and logged in public', root: '--fetch-trusted-root', fetch: [] },
  github: {
    proof: ' of a repository that is not public, so it is in no log',
    root: '--trusted-root trusted_root.jsonl',
    fetch: ['gh attestation trusted-root > trusted_root.jsonl'],
  },
  own: {
    proof: '; trusted_root.json is that of the Sigstore instance of your own',
    root: '--trusted-root trusted_root.json',
    fetch: [],
  },
};
/** Whom `gh` takes for an identity provider. */
const githubIssuer = 'https://token.actions.githubusercontent.com';
/** Of the statement (docs/envelope.md, section 7), which `gh` has to be told: it looks for another by default. */
const predicateType = 'https://quoderat.io/evidence-envelope/v1';

/** Other ways to check a file, folded. Nothing in them is fetched from Quoderat. */
export function makeOtherChecks({ fileName, sha256, repo, trust, signing }: CheckedFile): Block[] {
  const file = toShellWord(fileName);
  const lines = [
    '# the digest: the same as above, and as the forge shows of the upload',
    `echo ${toShellWord(`${sha256}  ${fileName}`)} | sha256sum --check`,
    ...toKeyLines(trust, file),
    ...(signing?.state === 'keyless' ? toKeylessLines(signing, file, toRepo(repo)) : []),
  ];
  return [details([text('Check it yourself')], [{ type: 'code_block', language: 'sh', lines }])];
}

/** The reader brings the key: one that a page names is worth what the page is. */
function toKeyLines({ level, signer }: Trust, file: string): string[] {
  if (signer === undefined) return [];
  const [where, option] =
    level === 'server sealed'
      ? ['jwks.json is what the server has at /.well-known/jwks.json', '--jwks jwks.json']
      : ['key.pem is the public key of those who sign', '--key key.pem'];
  return ['', `# the seal, by key ${signer.key}: ${where}`, `npx quoderat verify ${file} ${option}`];
}

function toKeylessLines(signing: Keyless, file: string, repo: string): string[] {
  const { bundleFileName: bundle } = signing;
  const { proof, root, fetch } = instances[signing.instance];
  const [identity, issuer] = [toShellWord(signing.identity), toShellWord(signing.issuer)];
  const beside = bundle === undefined ? '--sigstore' : `--sigstore-bundle ${toShellWord(bundle)}`;
  const lines = [
    '',
    `# the keyless signature: made by this workflow${proof}`,
    ...fetch,
    `npx quoderat verify ${file} ${beside} ${root} --identity ${identity} --issuer ${issuer}`,
  ];
  // gh knows the public instance and GitHub's.
  if (signing.issuer !== githubIssuer || repo === '' || signing.instance === 'own') return lines;
  const given = bundle === undefined ? '' : ` --bundle ${toShellWord(bundle)}`;
  // Without --cert-identity it refuses a workflow of another repository.
  const who = `--cert-identity ${identity} --predicate-type ${predicateType}`;
  return [...lines, `gh attestation verify ${file}${repo}${given} ${who}`];
}
