import { makePlaywrightConduct } from '../playwright/conduct.ts';
import { isHeldBack } from '../playwright/recordings.ts';
import { makeProcessKind } from '../process-kind.ts';

/** The project's own Playwright: a test run that may leave pictures and recordings of what a browser showed. */
export const playwright = makeProcessKind(
  {
    report: 'fail',
    output: 'warn',
    reportHint: 'let Playwright write it with its json reporter, as in --reporter=list,json',
    leavesOut: ({ name }, step) => isHeldBack(name, step),
  },
  makePlaywrightConduct,
);
