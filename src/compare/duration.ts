import type { Change, ChangeArea, ChangeCode } from '../schema/comparison.ts';
import { makeChanges, toSense } from './change.ts';

/** A run is never as long as the last one: what differs by less than both of these is noise. */
export const durationNoise = { ms: 2000, ratio: 0.25 } as const;

/** A change when two durations differ by more than noise. */
export function compareDurations(
  area: ChangeArea,
  code: ChangeCode,
  subject: string | null,
  durations: { before: number; after: number },
): Change[] {
  const { before, after } = durations;
  const difference = Math.abs(after - before);
  if (difference < durationNoise.ms || difference < durationNoise.ratio * Math.min(before, after)) return [];
  return [makeChanges(area).change(code, subject, before, after, toSense(before, after, 'worse'))];
}
