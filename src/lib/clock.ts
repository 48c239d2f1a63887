/** The one spelling of an instant in evidence: UTC with milliseconds. @param now milliseconds since the epoch */
export function toTimestamp(now: number): string {
  return new Date(now).toISOString();
}
