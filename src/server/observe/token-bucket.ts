export type Rate = { perSecond: number; burst: number };

export type Buckets = {
  /** Takes one. @returns 0, or the seconds until there is one again */
  take(key: string): number;
};

/** Keys kept at once: the one that was met longest ago is forgotten for a new one. */
const MOST_KEYS = 50_000;

/** Token buckets by key. @param now milliseconds, monotonic */
export function makeBuckets({ perSecond, burst }: Rate, now: () => number): Buckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const refill = (key: string): { tokens: number; at: number } => {
    const at = now();
    const known = buckets.get(key);
    const bucket = known ?? { tokens: burst, at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
    return bucket;
  };
  const toWait = ({ tokens }: { tokens: number }): number => (tokens >= 1 ? 0 : (1 - tokens) / perSecond);
  return {
    take(key) {
      const bucket = refill(key);
      const wait = toWait(bucket);
      if (wait === 0) bucket.tokens -= 1;
      // A Map keeps the order of insertion: to the end with it.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > MOST_KEYS) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
      return wait;
    },
  };
}
