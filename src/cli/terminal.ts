import type { Io, Output } from './io.ts';

const defaultWidth = 100;

/**
 * Whether to colour. In this order: `--no-color`, NO_COLOR (no-color.org: any value but an empty one), FORCE_COLOR
 * (`0` and `false` say no), TERM=dumb, and then whether a terminal is there.
 */
export function wantsColor(output: Output, env: Io['env'], flag: boolean): boolean {
  if (!flag || (env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return env['TERM'] !== 'dumb' && output.isTTY === true;
}

/** Columns to fit text into. */
export function widthOf(output: Output): number {
  return output.isTTY === true && output.columns !== undefined && output.columns > 0 ? output.columns : defaultWidth;
}
