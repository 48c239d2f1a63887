import { sha256 } from '../../lib/hash.ts';
import type { Envelope } from '../../schema/envelope.ts';
import type { Verdict } from '../../schema/verdict.ts';
import { makeArtifactsSection } from './artifacts-section.ts';
import { reportScript, reportStyle } from './browser-bundle.generated.ts';
import { makeContextSection, makeLimitsSection } from './context-section.ts';
import { makeContents } from './contents.ts';
import { makeCoverageSection } from './coverage-section.ts';
import { toEmbeddedJson } from './embedded-json.ts';
import { makeFindingsSection } from './findings-section.ts';
import { fitLogs, type LogText } from './log-budget.ts';
import { type Html, markup, raw } from './markup.ts';
import { makeOtherSection } from './other-section.ts';
import { makeOverview, toAnswer } from './overview.ts';
import { makePage, type Page, type PageLogs, toPageLogs } from './page.ts';
import { makeGatesSection, makeRedactionsSection } from './receipts-section.ts';
import { makeSealSection } from './seal-section.ts';
import { makeStepsSection } from './steps-section.ts';
import { makeTestsSection } from './tests-section.ts';

export type ReportOptions = {
  envelope: Envelope;
  /** SHA-256 of envelope.json. */
  envelopeSha256: string;
  /** envelope.json itself: RFC 8785 bytes. */
  envelopeBytes: Uint8Array;
  verdict: Verdict;
  /** Redacted outputs by artifact id, whole or (truncated) their ends, bounded by the caller. */
  logs: Record<string, LogText>;
  /** Bytes of UTF-8 that the page may have. */
  budgetBytes: number;
};

/** What is given up in turn so that the page fits. Logs take what is left, but at least this share of the page. */
const fallbacks = [
  { isFull: true, hasEnvelope: true, logShare: 0.2 },
  { isFull: false, hasEnvelope: true, logShare: 0.2 },
  { isFull: false, hasEnvelope: true, logShare: 0 },
  { isFull: false, hasEnvelope: false, logShare: 0 },
] as const;

/**
 * report.html: one page, complete in itself, that loads nothing and needs no server. Everything in the envelope and the
 * logs is taken for a stranger's text. What does not fit goes in this order, and the page says so: beginnings of logs,
 * long tables and the bodies of passed steps, the envelope inside the page.
 * @throws RangeError when budgetBytes is too small for the shortest form
 */
export function renderReport(options: ReportOptions): string {
  const { envelope, logs, budgetBytes } = options;
  const envelopeJson = toEmbeddedJson(Buffer.from(options.envelopeBytes).toString('utf8'));
  const logBytes = Object.values(logs).reduce((sum, { text }) => sum + text.length, 0);
  for (const { isFull, hasEnvelope, logShare } of fallbacks) {
    const page = makePage({ ...options, isFull });
    const data = hasEnvelope ? makeDataBlock('envelope', envelopeJson) : raw('');
    const bare = Buffer.byteLength(assemble(page, toPageLogs(new Map()), data));
    const room = budgetBytes - bare;
    if (room < Math.min(logBytes, budgetBytes * logShare)) continue;
    // What stands in the steps for a log (its frame, its last lines) takes room beside its text.
    for (const share of [0.98, 0.85, 0.6, 0]) {
      const html = assemble(page, toPageLogs(fitLogs(envelope, logs, Math.floor(room * share))), data);
      if (Buffer.byteLength(html) <= budgetBytes) return html;
    }
  }
  throw new RangeError(`a report of ${budgetBytes} bytes is too small for what must be in it`);
}

function assemble(page: Page, pageLogs: PageLogs, data: Html): string {
  const { symbol, sentence } = toAnswer(page.envelope, page.verdict);
  const { repo, id } = page.envelope.subject;
  const title = [`${symbol} ${sentence}`, repo.name, id?.slice(0, 7), 'Quoderat'].filter(Boolean).join(' · ');
  const blocks = [...pageLogs.logs.values()].map(({ artifactId, json }) =>
    makeDataBlock(pageLogs.elementIds.get(artifactId) ?? '', json),
  );
  const hasEnvelope = data.text !== '';
  return markup`${raw('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(toPolicy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(reportStyle)}</style>
</head>
<body>
<a class="skip" href="#steps">Skip to the steps</a>
${makeOverview(page)}
${makeContents(page)}
<main>
${toSections(page, pageLogs, hasEnvelope)}
</main>
<footer><p>Written by Quoderat ${page.envelope.producer.version}. The envelope is the authority; this page only shows it.</p></footer>
${data}${blocks}<script>${raw(reportScript)}</script>
</body>
</html>
`.text;
}

function toSections(page: Page, pageLogs: PageLogs, hasEnvelope: boolean): Html[] {
  const sections = [
    makeStepsSection(page, pageLogs),
    makeTestsSection(page),
    makeFindingsSection(page),
    makeCoverageSection(page),
    makeOtherSection(page),
    makeGatesSection(page),
    makeSealSection(page, hasEnvelope),
    makeArtifactsSection(page),
    makeRedactionsSection(page),
    makeLimitsSection(page),
    makeContextSection(page),
  ];
  return sections.flatMap((section) => (section === null ? [] : [markup`${section}\n`]));
}

/** Data that the script reads; browsers do not run it, and no policy is asked about it. */
function makeDataBlock(id: string, embeddedJson: string): Html {
  return markup`<script type="application/json" id="${id}">${raw(embeddedJson)}</script>\n`;
}

/** CSP level 3: nothing loads or runs but the one style and the one script, known by their hashes. */
function toPolicy(): string {
  const allow = (text: string): string => `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`;
  return `default-src 'none'; style-src ${allow(reportStyle)}; script-src ${allow(reportScript)}; img-src data:; base-uri 'none'; form-action 'none'`;
}
