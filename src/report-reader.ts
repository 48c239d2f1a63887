import type { ReportReader } from './execution/read-reports.ts';
import { findDisagreement } from './reports/agreement.ts';

/** The reports stage as execution asks for it. The parsers load when there is a report to read. */
export const reportReader = (workspace: string): ReportReader => ({
  async read(format, chunks) {
    const { parseReport } = await import('./reports/parse-report.ts');
    return parseReport(format, chunks, { root: workspace });
  },
  findDisagreement,
});
