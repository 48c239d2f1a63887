import type { StepKind } from '../../schema/kinds.ts';
import type { Kind } from '../process-kind.ts';
import { build } from './build.ts';
import { command } from './command.ts';
import { lint } from './lint.ts';
import { test } from './test.ts';

/**
 * What makes an attempt of each kind of step. Those that speak HTTP or look into reports load when the first of them runs:
 * Node's TLS alone takes longer to load than many a step.
 */
export const kinds = {
  command,
  lint,
  test,
  build,
  service: async (context) => (await import('./service.ts')).service(context),
  http_probe: async (context) => (await import('./http-probe.ts')).httpProbe(context),
  playwright: async (context) => (await import('./playwright.ts')).playwright(context),
} satisfies Record<StepKind, Kind>;
