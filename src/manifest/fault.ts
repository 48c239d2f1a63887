/** A path into the manifest's value: keys and list positions. */
export type FaultPath = readonly (string | number)[];

/** A fault before it has a line and a column. */
export type Fault = {
  path: FaultPath;
  /** Where to point: at the value (the default), or at the key that holds it. */
  at?: 'key';
  message: string;
  hint?: string;
};

/** `steps[2].env["a b"]` */
export function formatPath(path: FaultPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}

/** A value from the manifest in a message: short, and quoted when it is text. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
