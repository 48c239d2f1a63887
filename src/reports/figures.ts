/** A whole, non-negative count written in decimal; undefined for anything else ("NaN", "-1", "1e9", beyond 2^53). */
export function parseCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,16}\s*$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

const PLAIN_SECONDS = /^\d+(?:\.\d+)?$/;

/** Milliseconds of a time in seconds, as runners write it in their locale: `0.25`, `1,234.5`, `0,25`, `1e-3`. */
export function parseSeconds(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 40) return undefined;
  if (PLAIN_SECONDS.test(text)) return toMilliseconds(Number(text) * 1000);
  const plain = /^\d{1,3}(?:,\d{3})+\.\d+$/.test(text.trim()) ? text.replaceAll(',', '') : text.replace(',', '.');
  return /^\s*\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/.test(plain)
    ? toMilliseconds(Number(plain) * 1000)
    : undefined;
}

/** Milliseconds of .NET's TimeSpan: `00:00:01.2345678`, with days `1.02:03:04`. */
export function parseTimeSpan(text: string | undefined): number | undefined {
  const match = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(text?.trim() ?? '');
  if (match === null) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return toMilliseconds(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000);
}

/** A duration as evidence keeps it: whole milliseconds; undefined for what is none (negative, NaN, beyond 2^53). */
export function toMilliseconds(value: number | undefined): number | undefined {
  if (value === undefined || !(value >= 0)) return undefined;
  const whole = Math.round(value);
  return Number.isSafeInteger(whole) ? Math.abs(whole) : undefined;
}

/** A count in JSON; undefined for what is none. */
export function toCount(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? Math.abs(value) : undefined;
}
