import { checkEnvelope } from './check.ts';
import { startCheck } from './check-panel.ts';
import { startCopying } from './copy.ts';
import { find } from './dom.ts';
import { parseLog } from './log-lines.ts';
import { findHits, startSearch } from './log-search.ts';
import { collectLogs, drawOnOpening } from './logs.ts';
import { hashInScript, makeHasher } from './sha256.ts';
import { openNamedStep, startStepFilter } from './steps.ts';
import { startTables } from './tables.ts';
import { toCanonicalJson } from './canonical.ts';

/** The parts that work without a page, for those who test or audit them. */
export { checkEnvelope, findHits, hashInScript, makeHasher, parseLog, toCanonicalJson };

// Classic script at the end of the page: everything above it is there.
if (typeof document !== 'undefined') start();

function start(): void {
  const logs = collectLogs();
  const toolbar = find(HTMLElement, '.toolbar');
  if (toolbar !== null) toolbar.hidden = false;
  startStepFilter();
  startSearch(logs);
  startCopying();
  startTables();
  startCheck(logs);
  drawOnOpening(logs);
  openNamedStep();
}
