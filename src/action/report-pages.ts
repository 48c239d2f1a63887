import type { Gathered, LegOutcome } from '../collect/gather.ts';
import type { CollectOutcome } from '../collect-run.ts';
import { toCollectionPage } from '../collection-page.ts';
import type { UpstreamRun } from '../publish/github/upstream-run.ts';
import { toCheckTitle } from '../render/check-title.ts';
import { renderCollection, toCollectionSentence } from '../render/collection.ts';
import { type DoNotRelyPage, renderDoNotRely, toDoNotRelySentence } from '../render/do-not-rely.ts';
import { renderSummary } from '../render/summary.ts';
import type { PageFacts, Publication } from './publish.ts';

type Finished = Extract<CollectOutcome, { kind: 'finished' }>;
type Faults = DoNotRelyPage['faults'];

export type ReportPages = Pick<Publication, 'title' | 'render'> & { checkTitle: string };

/** What does not hold of what the run left. Empty: all that is there holds. */
export function findFaults({ legs, newestAttempt }: Gathered, run: UpstreamRun): Faults {
  const rejected = legs.flatMap((leg) =>
    leg.state === 'rejected'
      ? leg.files.map(({ source, sha256 }) => ({ file: source, reason: leg.reason, sha256 }))
      : [],
  );
  // Legs may be of earlier attempts when only the failed ones ran again; not all of them.
  if (rejected.length > 0 || newestAttempt === null || newestAttempt === run.attempt) return rejected;
  const reason = `the newest envelope is of attempt ${newestAttempt}; attempt ${run.attempt} has left none`;
  return legs.flatMap((leg) =>
    leg.state === 'in' ? [{ file: leg.member.source, reason, sha256: leg.member.sha256 }] : [],
  );
}

/** The page for each surface: that it does not hold, or the one envelope's, or that of many. */
export function makeReportPages(options: {
  outcome: Finished;
  run: UpstreamRun;
  faults: Faults;
  /** What the workflow calls it. */
  name: string | undefined;
  /** true: a key of this workflow signs the collection. */
  isSigned: boolean;
}): ReportPages {
  const { outcome, run, faults, name } = options;
  const { gathered, evidence } = outcome;
  const only = toOnly(gathered);
  // Not what a file calls itself: it would name a check run of this repository's, a required one say, and a page that
  // takes back what an earlier one said would stand elsewhere.
  const title = name ?? run.workflowName ?? 'evidence';
  const runUrl = run.url === null ? {} : { runUrl: `${run.url}/attempts/${run.attempt}` };
  if (faults.length > 0) {
    const page = { title, run: run.id, attempt: run.attempt, faults, ...runUrl };
    return {
      title,
      checkTitle: toDoNotRelySentence(page),
      render: (surface, budgetBytes) => renderDoNotRely({ ...page, isComment: surface === 'comment', budgetBytes }),
    };
  }
  if (only !== null) {
    const { envelope, sha256: envelopeSha256, source: envelopeFileName, verdict, url } = only.member;
    return {
      title,
      checkTitle: toCheckTitle(envelope, { signed: false, envelopeSha256, verdict }),
      render: (surface, budgetBytes, { signing }) =>
        renderSummary({
          envelope,
          envelopeSha256,
          envelopeFileName,
          verdict,
          budgetBytes,
          surface,
          notices: toNotices(options, signing),
          links: {
            ...(runUrl.runUrl !== undefined && { run: runUrl.runUrl }),
            ...(url !== undefined && { envelope: url }),
          },
        }),
    };
  }
  return {
    title,
    checkTitle: toCollectionSentence(toCollectionPage({ gathered, title, evidence })),
    render: (surface, budgetBytes, { file, signing }) =>
      renderCollection({
        ...toCollectionPage({
          gathered,
          title,
          evidence,
          signing,
          notices: toNotices(options, signing),
          ...(file && { file }),
          ...runUrl,
        }),
        isComment: surface === 'comment',
        budgetBytes,
      }),
  };
}

function toOnly({ legs }: Gathered): Extract<LegOutcome, { state: 'in' }> | null {
  const [only] = legs;
  return legs.length === 1 && only?.state === 'in' ? only : null;
}

/** How far a second signature carries, and where GitHub itself says something else than the envelopes. */
function toNotices(
  { outcome, run, isSigned }: { outcome: Finished; run: UpstreamRun; isSigned: boolean },
  signing: PageFacts['signing'],
): string[] {
  const by =
    isSigned || signing?.state === 'keyless' ? 'This workflow has signed that' : 'This workflow has checked that';
  const checked = `${by} these files came out of run ${run.id}, attempt ${run.attempt}, at ${run.headSha.slice(0, 12)}. Whether the steps were honest it cannot know: the pull request controls workflow and code.`;
  const differs = run.conclusion !== 'success' && outcome.gathered.status === 'success';
  return [
    ...(differs
      ? [
          `GitHub says that the workflow run ended as ${run.conclusion ?? 'unknown'}: something outside of these envelopes did not succeed.`,
        ]
      : []),
    checked,
  ];
}
