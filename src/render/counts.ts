/** `1,204`. By hand, since the first use of Intl takes tens of milliseconds of each run. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 test`, `1,204 tests`. */
export function toCount(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
