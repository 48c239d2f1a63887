import type { StepKind } from '../../schema/kinds.ts';
import type { Kind } from '../process-kind.ts';
import { build } from './build.ts';
import { command } from './command.ts';
import { httpProbe } from './http-probe.ts';
import { lint } from './lint.ts';
import { playwright } from './playwright.ts';
import { service } from './service.ts';
import { test } from './test.ts';

/** What makes an attempt of each kind of step. */
export const kinds = {
  command,
  lint,
  test,
  build,
  service,
  http_probe: httpProbe,
  playwright,
} satisfies Record<StepKind, Kind>;
