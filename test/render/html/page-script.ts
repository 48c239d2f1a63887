import { createContext, runInContext } from 'node:vm';
import { reportScript } from '../../../src/render/html/browser-bundle.generated.ts';

type Difference = { pointer: string; says: string };

/** What `checkEnvelope` of the page gives (src/render/html/browser/check.ts, which needs a browser's types). */
export type PageCheck = {
  payloads: Difference[];
  links: Difference[];
  sums: Difference[];
  isCanonical: boolean;
  signatures: { answer: string }[];
};
/** What `parseLog` of the page gives. */
export type PageLine = { number: number | null; plain: string; spans: { text: string; classes: string }[] };

/**
 * The script of the report, run where there is no page: an expression that may use what it exports, as
 * `quoderatReport.parseLog(text)`, and the given globals. Results come back as JSON, for they are of another realm.
 */
export async function runInPage(expression: string, globals: Record<string, unknown> = {}): Promise<unknown> {
  const context = createContext({ TextEncoder, TextDecoder, atob, setTimeout, crypto, ...globals });
  runInContext(reportScript, context);
  const result: unknown = await runInContext(`(async () => JSON.stringify(await (${expression})))()`, context);
  return typeof result === 'string' ? JSON.parse(result) : undefined;
}
