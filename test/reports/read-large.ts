/** A program of the tests: reads one of the large reports, 50 MB of it, and prints what came out. */
import { parseReport } from '../../src/reports/parse-report.ts';
import { largeReports } from './large-reports.ts';

const large = largeReports[Number(process.argv[2])];
if (large === undefined) throw new Error('which report?');
const { format, start, end } = large;

async function* toLarge(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start);
  const piece = Buffer.alloc(1024 * 1024, 'x');
  for (let count = 0; count < 50; count += 1) yield piece;
  yield Buffer.from(end);
}

console.log(JSON.stringify(await parseReport(format, toLarge(), {})));
