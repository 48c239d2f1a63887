import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { toNoClaims } from './claims.ts';
import { toShellWord } from './shell-word.ts';
import { type Block, code, details, type Inline, link, paragraph, strong, text, wholeCode } from './tree.ts';
import { toTrust, type Trust } from './trust.ts';

const repoLength = 300;
/** Limits that each record has, folded away so that those of this run are seen. */
const ofAnyRecord = new Set([
  'sandbox',
  'network_blocked',
  'secret_free',
  'deterministic',
  'tests_sufficient',
  'time_self_reported',
]);

/** Of whose Sigstore instance a signature is: what it proves beside who signed, and where its root of trust is from. */
const instances = {
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
} as const;

/** What came of signing the statement about the envelope's file through Sigstore, as the one who signed knows it. */
export type Signing =
  | { state: 'keyless'; identity: string; issuer: string; instance: keyof typeof instances; bundleFileName?: string }
  | { state: 'failed'; reason: string };

type Keyless = Extract<Signing, { state: 'keyless' }>;

export type SealLines = {
  envelope: Envelope;
  envelopeSha256: string;
  envelopeFileName: string;
  envelopeUrl: string | undefined;
  verdict: Verdict;
  signing: Signing | undefined;
};

/** Which file is the evidence, its digest, how far it carries, and the one command to check it. */
export function makeSealLines(seal: SealLines): Block[] {
  const { envelope, envelopeSha256, envelopeFileName, envelopeUrl, verdict, signing } = seal;
  const { artifacts, integrity } = envelope;
  const missing = verdict.complete.answer === 'artifacts_missing' ? verdict.complete.artifacts.missing.length : 0;
  return [
    paragraph(
      strong(text('Envelope')),
      text(' '),
      ...link(envelopeUrl, code(envelopeFileName)),
      text(' · '),
      wholeCode(`sha256:${envelopeSha256}`),
      text(' · head '),
      wholeCode(integrity.head_entry_hash),
      text(` · ${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}`),
      ...(missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]),
    ),
    paragraph(strong(text('Trust:')), text(' '), ...toTrustNodes(toTrust(envelope, verdict), signing)),
    makeCommand(toVerifyCommand(envelopeFileName, toChecked(envelope))),
  ];
}

/** Other ways to check, folded. Nothing in them is fetched from Quoderat. */
export function makeOtherChecks({ envelope, envelopeSha256, envelopeFileName, signing }: SealLines): Block[] {
  const file = toShellWord(envelopeFileName);
  const repo = toRepo(envelope.subject.repo.name);
  const keyless = signing?.state === 'keyless' ? toKeylessLines(signing, file, envelope, repo) : [];
  const lines = [
    '# the digest: the same as above, and as the forge shows of the upload',
    `echo ${toShellWord(`${envelopeSha256}  ${envelopeFileName}`)} | sha256sum --check`,
    ...toKeyLines(envelope, file),
    ...keyless,
  ];
  return [details([text('Check it yourself')], [{ type: 'code_block', language: 'sh', lines }])];
}

/** The reader brings the key: one that a page names is worth what the page is. */
function toKeyLines({ producer, integrity }: Envelope, file: string): string[] {
  const [signature] = integrity.signatures;
  if (signature === undefined) return [];
  const key = signature.keyid.slice(0, 16);
  return producer.component === 'server'
    ? [
        '',
        `# the seal, by key ${key}: jwks.json is what the server has at /.well-known/jwks.json`,
        `npx quoderat verify ${file} --jwks jwks.json`,
      ]
    : [
        '',
        `# the seal, by key ${key}: key.pem is the public key of those who sign`,
        `npx quoderat verify ${file} --key key.pem`,
      ];
}

function toKeylessLines(signing: Keyless, file: string, { subject }: Envelope, repo: string): string[] {
  const { proof, root, fetch } = instances[signing.instance];
  const who = `--identity ${toShellWord(signing.identity)} --issuer ${toShellWord(signing.issuer)}`;
  // gh knows the public instance and GitHub's. Without --cert-identity it refuses a workflow of another repository.
  const isForGh = subject.source === 'github' && repo !== '' && signing.instance !== 'own';
  return [
    '',
    `# the keyless signature: made by this workflow${proof}`,
    ...fetch,
    `npx quoderat verify ${file} ${toBundle(signing)} ${root} ${who}`,
    ...(isForGh
      ? [
          `gh attestation verify ${file}${repo}${toGhBundle(signing)} --cert-identity ${toShellWord(signing.identity)} --predicate-type ${predicateType}`,
        ]
      : []),
  ];
}

/** Of the statement (docs/envelope.md, section 7), which `gh` has to be told: it looks for another by default. */
const predicateType = 'https://quoderat.io/evidence-envelope/v1';

function toBundle({ bundleFileName: name }: Keyless): string {
  return name === undefined ? '--sigstore' : `--sigstore-bundle ${toShellWord(name)}`;
}

function toGhBundle({ bundleFileName: name }: Keyless): string {
  return name === undefined ? '' : ` --bundle ${toShellWord(name)}`;
}

/** The weakest word first, then by whom. */
export function toTrustNodes({ level, seal, signer }: Trust, signing: Signing | undefined): Inline[] {
  const keyless: Inline[] =
    signing?.state === 'keyless'
      ? [text('keyless through Sigstore as '), code(signing.identity), text(' by '), code(signing.issuer)]
      : [];
  const failed = signing?.state === 'failed' ? [text(` · keyless signing failed: ${signing.reason}`)] : [];
  if (signer !== undefined) {
    const key = [text('by key '), code(signer.key), text(` (${signer.check})`)];
    const words =
      level === 'server sealed'
        ? [strong(text(level)), text(', signed '), ...key]
        : [strong(text(level)), text(' '), ...key, text(`, ${seal}`)];
    return [...words, ...(keyless.length > 0 ? [text('; also '), ...keyless] : []), ...failed];
  }
  if (keyless.length > 0) {
    return [
      strong(text('signed')),
      text(' '),
      ...keyless,
      text(`, ${seal.replace(/^hash only: |, not signed$/g, '')}`),
    ];
  }
  return [strong(text('hash only')), text(seal.slice('hash only'.length)), ...failed];
}

/**
 * What the evidence does not show, and what was replaced in it. That the envelope is not signed is no limit where the
 * statement about it is, which the envelope can't know of.
 */
export function makeLimitLines({ claims, redactions, events }: Envelope, signing: Signing | undefined): Block[] {
  const replaced = redactions.reduce((sum, { match_count }) => sum + match_count, 0);
  const facts = [
    replaced === 0 ? 'nothing was redacted' : `${replaced} ${replaced === 1 ? 'value was' : 'values were'} redacted`,
    ...(events.dropped === 0 ? [] : [`${events.dropped} events were dropped on the way to the server`]),
  ];
  const isOvertaken = (claim: string): boolean => claim === 'unsigned' && signing?.state === 'keyless';
  const here = claims.no_claims.filter((claim) => !ofAnyRecord.has(claim) && !isOvertaken(claim));
  return [
    ...(here.length === 0 ? [] : [paragraph(strong(text('Does not show:')), text(` ${toNoClaims(here).join('; ')}.`))]),
    paragraph(strong(text('Redactions:')), text(` ${facts.join(' · ')}.`)),
  ];
}

/** What no evidence of this kind shows, folded. */
export function makeUsualLimits({ claims }: Envelope): Block[] {
  const always = claims.no_claims.filter((claim) => ofAnyRecord.has(claim));
  if (always.length === 0) return [];
  return [details([text('No record of this kind shows')], [paragraph(text(`${toNoClaims(always).join('; ')}.`))])];
}

/** What a command line has to name so that a file is checked to be the evidence of something. */
export type Checked = { repo: string | null; commit: string | null };

/** The one command that checks a file, offline. */
export function toVerifyCommand(fileName: string, { repo, commit }: Checked): string {
  const of = commit === null ? '' : ` --commit ${toShellWord(commit)}`;
  return `npx quoderat verify ${toShellWord(fileName)}${toRepo(repo)}${of}`;
}

/** A command by itself, which forges give a button that copies it. */
export function makeCommand(command: string): Block {
  return { type: 'code_block', language: 'sh', lines: [command] };
}

/** The repository and commit of an envelope. */
export function toChecked({ subject }: Envelope): Checked {
  return { repo: subject.repo.name, commit: subject.id };
}

/** A name longer than any forge has is no repository's, and cut it would be another's. */
function toRepo(name: string | null): string {
  return name === null || name.length > repoLength ? '' : ` --repo ${toShellWord(name)}`;
}
