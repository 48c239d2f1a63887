import type { Attachment } from '../../schema/kinds.ts';
import type { PlanStep } from '../../schema/plan.ts';

/**
 * What a file's name says of a recording: `trace.zip` and `video.webm` of a result, and the copies that the HTML report
 * keeps of them under the digest of their content. null: it is none.
 */
export function toRecording(name: string): Attachment | null {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  if (/^(?:trace[^/]*|[0-9a-f]{40})\.zip$/.test(base)) return 'trace';
  return /\.(?:webm|mp4)$/.test(base) ? 'video' : null;
}

/** Whether a file is a recording that the manifest does not allow to attach. */
export function isHeldBack(name: string, { attach }: Pick<PlanStep, 'attach'>): boolean {
  const what = toRecording(name);
  return what !== null && attach?.includes(what) !== true;
}
