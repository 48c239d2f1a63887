import * as z from 'zod';

/** As written: `15m`. What a duration is, and its bounds, is checked where the manifest is parsed. */
export const writtenDuration = z
  .string()
  .meta({ pattern: '^([0-9]{1,9}(d|h|m|s|ms))+$', examples: ['90s', '15m', '1h30m'] });
export const writtenIdleTimeout = z
  .string()
  .meta({ pattern: '^(none|([0-9]{1,9}(d|h|m|s|ms))+)$', examples: ['10m', 'none'] });
