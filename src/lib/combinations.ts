/** How many combinations `toCombinations` would give; Infinity is possible, an overflow is not. */
export function countCombinations(axes: Readonly<Record<string, readonly string[]>>): number {
  return Object.values(axes).reduce((product, values) => product * values.length, 1);
}

/** Every combination of one value from each axis; the first axis changes slowest. */
export function toCombinations(axes: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  let combinations: [name: string, value: string][][] = [[]];
  for (const [name, values] of Object.entries(axes))
    combinations = combinations.flatMap((chosen) => values.map((value) => chosen.concat([[name, value]])));
  return combinations.map((chosen) => Object.fromEntries(chosen));
}

/** `node=22,os=linux`, in the order of the axes. */
export function formatCombination(combination: Readonly<Record<string, string>>): string {
  return Object.entries(combination)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
