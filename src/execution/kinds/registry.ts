import type { StepKind } from '../../schema/kinds.ts';
import type { Kind } from '../process-kind.ts';
import { build } from './build.ts';
import { command } from './command.ts';
import { lint } from './lint.ts';
import { test } from './test.ts';

/** What makes an attempt of each kind of step. */
export const kinds = { command, lint, test, build } satisfies Record<StepKind, Kind>;
