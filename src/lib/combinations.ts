/** How many combinations `toCombinations` would give; Infinity is possible, an overflow is not. */
export function countCombinations(axes: Readonly<Record<string, readonly string[]>>): number {
  return Object.values(axes).reduce((product, values) => product * values.length, 1);
}

/** Every combination of one value from each axis; the first axis changes slowest. */
export function toCombinations(axes: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(axes))
    combinations = combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })));
  return combinations;
}

/** `node=22,os=linux`, in the order of the axes. */
export function formatCombination(combination: Readonly<Record<string, string>>): string {
  return Object.entries(combination)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
