import type { Gathered, LegOutcome } from './collect/gather.ts';
import type { CollectionLeg } from './render/collection-legs.ts';
import type { CollectionFile, CollectionPage } from './render/collection.ts';
import type { Signing } from './render/summary-seal.ts';
import { isOfBase } from './render/tested-commit.ts';
import { toTrust } from './render/trust.ts';
import type { Evidence } from './outcome.ts';
import type { Envelope } from './schema/envelope.ts';

export type PageOptions = {
  gathered: Gathered;
  title: string;
  /** null: nothing was sealed of it. */
  evidence: Pick<Evidence, 'envelope' | 'envelopeSha256' | 'verdict'> | null;
  /** What the collection's file is called where it can be found, and from where it can be downloaded. */
  file?: { name: string; url?: string };
  /** What came of signing the collection's file keyless. */
  signing?: Signing | undefined;
  runUrl?: string;
  notices?: string[];
};

const ofBase = "This is about a commit of the base: the pull request's own was not checked out.";

/** What a page about many jobs is made from, but for the bytes that it may have. */
export function toCollectionPage(options: PageOptions): Omit<CollectionPage, 'budgetBytes'> {
  const { gathered, title, evidence, runUrl } = options;
  const subject = toSubject(options);
  const isBase = isCollectionOfBase(options);
  const notices = [...(isBase ? [ofBase] : []), ...(options.notices ?? [])];
  return {
    title,
    legs: gathered.legs.map(toPageLeg),
    ...(gathered.newestAttempt !== null && { newestAttempt: gathered.newestAttempt }),
    repo: subject?.repo.name ?? null,
    commit: subject?.id ?? null,
    headCommit: isBase ? null : (subject?.git?.head_sha ?? null),
    ...(evidence && { collection: toFile(evidence, options) }),
    ...(runUrl !== undefined && { runUrl }),
    ...(notices.length > 0 && { notices }),
  };
}

/**
 * Whether a leg ran a commit of the base where a page is about a pull request. The job that collects need not have
 * checked out what the legs have, so it is asked only where there is none.
 */
export function isCollectionOfBase(options: Pick<PageOptions, 'evidence' | 'gathered'>): boolean {
  const legs = options.gathered.legs.filter((leg) => leg.state === 'in');
  if (legs.length > 0) return legs.some(({ member }) => isOfBase(member.envelope.subject));
  const subject = toSubject(options);
  return subject !== undefined && isOfBase(subject);
}

/** Of the collection, else of any leg that is of the run: they were all compared with it. */
function toSubject({
  evidence,
  gathered,
}: Pick<PageOptions, 'evidence' | 'gathered'>): Envelope['subject'] | undefined {
  if (evidence !== null) return evidence.envelope.subject;
  return gathered.legs.find((leg) => leg.state === 'in')?.member.envelope.subject;
}

function toPageLeg(leg: LegOutcome): CollectionLeg {
  if (leg.state !== 'in') return { label: leg.label, state: leg.state, reason: leg.reason };
  const { member, isOlderAttempt } = leg;
  return {
    label: leg.label,
    state: 'in',
    ...(member.recency.attempt !== null && { attempt: member.recency.attempt }),
    isOlderAttempt,
    envelope: member.envelope,
    envelopeSha256: member.sha256,
    envelopeFileName: member.source,
    verdict: member.verdict,
    ...(member.url !== undefined && { url: member.url }),
  };
}

function toFile(
  { envelope, envelopeSha256, verdict }: NonNullable<PageOptions['evidence']>,
  { file, signing }: PageOptions,
): CollectionFile {
  const trust = toTrust(envelope, verdict);
  return {
    fileName: file?.name ?? 'envelope.json',
    sha256: envelopeSha256,
    headHash: envelope.integrity.head_entry_hash,
    ...(file?.url !== undefined && { url: file.url }),
    ...(signing && { signing }),
    // It ran no steps itself.
    trust: { ...trust, seal: trust.seal.replace('in the same job that ran the steps', 'by a job of the same run') },
  };
}
