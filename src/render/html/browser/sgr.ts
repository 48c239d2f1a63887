type State = { foreground: number | null; background: number | null; flags: Set<string> };

export type Sgr = {
  /** Reads the parameters of one `CSI ... m` (ECMA-48 8.3.117; colons as in ITU-T T.416). */
  apply(parameters: string): void;
  classes(): string;
};

const flagOf = new Map([
  [1, 'bold'],
  [2, 'faint'],
  [3, 'italic'],
  [4, 'underline'],
  [7, 'inverse'],
  [9, 'strike'],
]);
const offOf = new Map<number, string[]>([
  [21, ['bold']],
  [22, ['bold', 'faint']],
  [23, ['italic']],
  [24, ['underline']],
  [27, ['inverse']],
  [29, ['strike']],
]);

export function makeSgr(): Sgr {
  let state = makeState();
  let classes = '';
  return {
    apply(parameters) {
      const codes = toCodes(parameters);
      for (let at = 0; at < codes.length; at += 1) {
        const code = codes[at] ?? [0];
        const [number = 0] = code;
        if (number === 0) state = makeState();
        else if (number === 38 || number === 48) at += applyExtended(state, code, codes.slice(at + 1));
        else applySimple(state, number);
      }
      classes = toClasses(state);
    },
    classes: () => classes,
  };
}

function makeState(): State {
  return { foreground: null, background: null, flags: new Set() };
}

/** `1;38:5:9` as [[1], [38, 5, 9]]; what is no number counts as 0, as it does in terminals. */
function toCodes(parameters: string): number[][] {
  return parameters.split(';').map((code) => code.split(':').map((part) => Number(part) || 0));
}

function applySimple(state: State, code: number): void {
  const flag = flagOf.get(code);
  if (flag !== undefined) state.flags.add(flag);
  for (const off of offOf.get(code) ?? []) state.flags.delete(off);
  if (code >= 30 && code <= 37) state.foreground = code - 30;
  else if (code >= 90 && code <= 97) state.foreground = code - 82;
  else if (code === 39) state.foreground = null;
  else if (code >= 40 && code <= 47) state.background = code - 40;
  else if (code >= 100 && code <= 107) state.background = code - 92;
  else if (code === 49) state.background = null;
}

/** 38 and 48: in one code with colons, or spread over the next ones. Returns how many of those it took. */
function applyExtended(state: State, code: number[], next: number[][]): number {
  const isWhole = code.length > 1;
  const values = isWhole ? code.slice(1) : next.slice(0, 4).map(([value = 0]) => value);
  const [mode] = values;
  // With colons a colour space may stand between the mode and the three parts.
  const rgb = isWhole && values.length > 4 ? values.slice(2, 5) : values.slice(1, 4);
  const color = mode === 5 ? toBasic(values[1]) : mode === 2 ? toNearest(rgb) : null;
  if (color !== null) state[code[0] === 38 ? 'foreground' : 'background'] = color;
  if (isWhole) return 0;
  return mode === 5 ? 2 : mode === 2 ? 4 : 0;
}

/** One of xterm's 256 colours as one of the sixteen. */
function toBasic(index: number | undefined): number | null {
  if (index === undefined || index > 255) return null;
  if (index < 16) return index;
  if (index >= 232) return toNearest([8, 8, 8].map((base) => base + (index - 232) * 10));
  const cube = index - 16;
  return toNearest([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((part) => part * 51));
}

/** The one of the sixteen colours that has the same hue; greys by their lightness. */
function toNearest([red = 0, green = 0, blue = 0]: number[]): number {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  if (most - least < 40) return most < 60 ? 0 : most < 150 ? 8 : most < 215 ? 7 : 15;
  const middle = (least + most) / 2;
  const hue = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
  return most > 205 ? hue + 8 : hue;
}

function toClasses({ foreground, background, flags }: State): string {
  const names = [...flags];
  if (foreground !== null) names.push(`fg${foreground}`);
  if (background !== null) names.push(`bg${background}`);
  return names.join(' ');
}
