/**
 * Step ids for the labels of legs, in their order, no two alike: `test (node=24)` becomes `test[node=24]`, and what a
 * step id can't hold becomes "-".
 */
export function toStepIds(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const { name, leg } = toParts(label);
    let id = `${name}${leg}`;
    for (let turn = 2; taken.has(id); turn += 1) id = `${name.slice(0, 58)}-${turn}${leg}`;
    taken.add(id);
    return id;
  });
}

/** Artifact ids begin with a step id and have at most 400 UTF-16 units. */
const LEG_CODE_POINTS = 100;

function toParts(label: string): { name: string; leg: string } {
  const [, job = label, matrix = ''] = /^([^(]*?) ?\((.*)\)/s.exec(label) ?? [];
  const name = job
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^[-_]+|[-_]+$/g, '');
  const inside = Array.from(matrix.replaceAll(/[\]\p{Cc}\p{Cs}]/gu, '-'))
    .slice(0, LEG_CODE_POINTS)
    .join('');
  return { name: name || 'leg', leg: inside === '' ? '' : `[${inside}]` };
}
