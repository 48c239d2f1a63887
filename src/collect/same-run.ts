import type { SealedMembers } from '../schema/envelope.ts';

/** The forge's run that members must be of, as the forge told the collector. null: nothing to compare with. */
export type ExpectedRun = {
  /** `acme/shop`. */
  repo: string | null;
  /** The commit of the event: of a pull request its head or the merge that was tested. */
  commit: string | null;
  /** The head of the pull request, when the forge tells it: an envelope that names one must name this. */
  head?: string;
  /** GitHub's run id, GitLab's pipeline id. */
  run: string | null;
  /** The attempt that is going on: no member can be of a later one. */
  attempt: number | null;
};

/** In what an envelope differs from the run that it must be of, in words for people; null when it is of that run. */
export function toDifference(envelope: SealedMembers, expected: ExpectedRun): string | null {
  const { subject } = envelope;
  const { meta } = subject;
  if (expected.repo !== null && subject.repo.name !== expected.repo) return 'it is about another repository';
  const run = subject.source === 'gitlab' ? meta['pipeline_id'] : meta['run_id'];
  if (expected.run !== null && run !== expected.run) return `it is not of run ${expected.run}`;
  if (expected.commit !== null && !toCommits(envelope).includes(expected.commit))
    return `it is not about commit ${expected.commit.slice(0, 12)}`;
  const head = subject.git?.head_sha ?? null;
  // Any of the commits may be the event's, and a page shows the head.
  if (expected.head !== undefined && head !== null && head !== expected.head)
    return `it says that the head of the pull request is ${head.slice(0, 12)}, which is ${expected.head.slice(0, 12)}`;
  if (expected.attempt === null) return null;
  const attempt = meta['run_attempt'];
  if (typeof attempt !== 'number' || attempt < 1) return 'it does not say of which attempt it is';
  return attempt > expected.attempt ? `it says attempt ${attempt}, and there are only ${expected.attempt}` : null;
}

/**
 * The commits that the forge gave the job, by any of its names for them. Where the job checked out something else the
 * event's own commit is recorded as `event_sha`, and only that counts.
 */
function toCommits({ subject }: SealedMembers): unknown[] {
  const { git, id, meta } = subject;
  const event = meta['event_sha'];
  return event === undefined
    ? [id, git?.head_sha ?? null, git?.merge_sha ?? null]
    : [event, git?.head_sha ?? null, git?.merge_sha ?? null];
}
