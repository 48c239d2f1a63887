import type { Envelope } from '../../schema/envelope.ts';
import type { Artifact, StepRecord } from '../../schema/record.ts';
import type { Verdict } from '../../schema/verdict.ts';
import { formatBytes } from '../bytes.ts';
import { toShortDigest } from '../digest.ts';
import { type Html, markup } from './markup.ts';
import type { EmbeddedLog } from './log-budget.ts';
import { type Scale, toScale } from './timeline.ts';

/** What every section of a report draws from. */
export type Page = {
  envelope: Envelope;
  envelopeSha256: string;
  verdict: Verdict;
  artifacts: Map<string, Artifact>;
  /** Where an artifact stands in the envelope. */
  artifactIndexes: Map<string, number>;
  steps: Map<string, StepRecord>;
  scale: Scale;
  /** false: the rows of long tables that are not shown at once, and the bodies of steps that passed, are left out. */
  isFull: boolean;
};

export function makePage(options: Pick<Page, 'envelope' | 'envelopeSha256' | 'verdict' | 'isFull'>): Page {
  const { envelope } = options;
  return {
    ...options,
    artifacts: new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact])),
    artifactIndexes: new Map(envelope.artifacts.map(({ id }, index) => [id, index])),
    steps: new Map(envelope.execution.steps.map((step) => [step.id, step])),
    scale: toScale(envelope),
  };
}

/** The logs that the page carries, and the element ids of their data. */
export type PageLogs = { logs: Map<string, EmbeddedLog>; elementIds: Map<string, string> };

export function toPageLogs(logs: Map<string, EmbeddedLog>): PageLogs {
  return { logs, elementIds: new Map([...logs.keys()].map((id, index) => [id, `log-${index}`])) };
}

/** A link to where a step stands on this page; its id alone when there is no such step. */
export function makeStepLink(id: string, { steps }: Page): Html {
  const step = steps.get(id);
  return step === undefined ? markup`<code>${id}</code>` : markup`<a href="#step-${step.index}"><code>${id}</code></a>`;
}

/** A link to an artifact's file as it lies beside this page in the evidence folder. */
export function makeArtifactLink({ id, kind, name, sha256 }: Artifact): Html {
  const isStream = kind === 'stdout' || kind === 'stderr';
  return markup`<a href="artifacts/${sha256}" download="${name.split('/').at(-1)}" rel="noopener">${isStream ? id : name}</a>`;
}

/** With a comma at each thousand: toLocaleString() would load all that ICU knows, for longer than it takes to write the page. */
export function toGrouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

export function makeSize(bytes: number): Html {
  return markup`<span title="${toGrouped(bytes)} bytes">${formatBytes(bytes)}</span>`;
}

/** A digest, short, with the button that copies all of it. */
export function makeDigest(sha256: string): Html {
  return markup`<code class="digest" title="${sha256}">${toShortDigest(sha256)}</code>${makeCopyButton(sha256, 'SHA-256')}`;
}

/** Works by script only, and is not there without. */
export function makeCopyButton(text: string, what: string): Html {
  return markup`<button type="button" class="copy" data-copy="${text}" aria-label="Copy ${what}" hidden>copy</button>`;
}

export function toCount(count: number, one: string, many: string = `${one}s`): string {
  return `${toGrouped(count)} ${count === 1 ? one : many}`;
}
