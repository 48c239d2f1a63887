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

/** What came of signing the statement about the envelope's file through Sigstore, as the one who signed knows it. */
export type Signing =
  | {
      state: 'keyless';
      identity: string;
      issuer: string;
      instance: 'public' | 'github' | 'own';
      bundleFileName?: string;
    }
  | { state: 'failed'; reason: string };

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
export function toRepo(name: string | null): string {
  return name === null || name.length > repoLength ? '' : ` --repo ${toShellWord(name)}`;
}
