import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { toNoClaims } from './claims.ts';
import { toShellWord } from './shell-word.ts';
import { type Block, code, details, type Inline, link, paragraph, strong, text, wholeCode } from './tree.ts';
import { toTrust, type Trust } from './trust.ts';

/** Limits that each record has, folded away so that those of this run are seen. */
const ofAnyRecord = new Set([
  'sandbox',
  'network_blocked',
  'secret_free',
  'deterministic',
  'tests_sufficient',
  'time_self_reported',
]);

export type SealLines = {
  envelope: Envelope;
  envelopeSha256: string;
  envelopeFileName: string;
  envelopeUrl: string | undefined;
  verdict: Verdict;
};

/** Which file is the evidence, its digest, how far it carries, and the one command to check it. */
export function makeSealLines({
  envelope,
  envelopeSha256,
  envelopeFileName,
  envelopeUrl,
  verdict,
}: SealLines): Block[] {
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
      ...toTrustNodes(toTrust(envelope, verdict)),
      text(` · ${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}`),
      ...(missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]),
    ),
    paragraph(wholeCode(toVerifyCommand(envelope, envelopeFileName))),
  ];
}

function toTrustNodes({ seal, signer }: Trust): Inline[] {
  if (signer === undefined) return [text(` · ${seal}`)];
  return [text(` · ${seal}, signed by key `), code(signer.key), text(` (${signer.check})`)];
}

/** What the evidence does not show, and what was replaced in it. */
export function makeLimitLines({ claims, redactions, events }: Envelope): Block[] {
  const replaced = redactions.reduce((sum, { match_count }) => sum + match_count, 0);
  const facts = [
    replaced === 0 ? 'nothing was redacted' : `${replaced} ${replaced === 1 ? 'value was' : 'values were'} redacted`,
    ...(events.dropped === 0 ? [] : [`${events.dropped} events were dropped on the way to the server`]),
  ];
  const here = claims.no_claims.filter((claim) => !ofAnyRecord.has(claim));
  const always = claims.no_claims.filter((claim) => ofAnyRecord.has(claim));
  return [
    ...(here.length === 0 ? [] : [paragraph(strong(text('Does not show:')), text(` ${toNoClaims(here).join('; ')}.`))]),
    ...(always.length === 0
      ? []
      : [details([text('No record of this kind shows')], [paragraph(text(`${toNoClaims(always).join('; ')}.`))])]),
    paragraph(strong(text('Redactions:')), text(` ${facts.join(' · ')}.`)),
  ];
}

function toVerifyCommand({ subject }: Envelope, fileName: string): string {
  const repo = subject.repo.name === null ? '' : ` --repo ${toShellWord(subject.repo.name)}`;
  const commit = subject.id === null ? '' : ` --commit ${toShellWord(subject.id)}`;
  return `npx quoderat verify ${toShellWord(fileName)}${repo}${commit}`;
}
