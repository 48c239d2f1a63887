import type { Envelope } from '../schema/envelope.ts';

/**
 * Whether a run that is told of at a pull request had a commit of the base in its hands, and not the pull request's:
 * pull_request_target, where nobody checked the head out. What passed then says nothing of the head.
 */
export function isOfBase({ git, meta }: Envelope['subject']): boolean {
  if (git === null || git.head_sha === null || git.head_sha === git.commit_sha) return false;
  return meta['event_name'] === 'pull_request_target' && meta['head_differs_from_event'] !== true;
}
