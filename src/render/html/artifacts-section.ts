import type { Artifact } from '../../schema/record.ts';
import { formatBytes } from '../bytes.ts';
import { isLong, makeLongTable } from './long-table.ts';
import { type Html, markup } from './markup.ts';
import { makeArtifactLink, makeDigest, makeSize, makeStepLink, type Page, toCount } from './page.ts';

/** Rows when the page is short of room. */
const rowsWhenShort = 100;

/** Every captured file with its digest, linked to where it lies beside this page. */
export function makeArtifactsSection(page: Page): Html {
  const { artifacts } = page.envelope;
  const shown = page.isFull ? artifacts : artifacts.slice(0, rowsWhenShort);
  const bytes = artifacts.reduce((sum, { size_bytes: size }) => sum + size, 0);
  const filter =
    isLong(shown.length) &&
    markup`<p class="table-filter" data-filters="artifact-table" hidden><label for="artifact-filter">Filter</label> <input id="artifact-filter" type="search" autocomplete="off" spellcheck="false" placeholder="name, step, digest"> <output aria-live="polite"></output></p>`;
  return markup`<section aria-labelledby="artifacts"><h2 id="artifacts">Artifacts <span class="sub">${toCount(artifacts.length, 'file')}, ${formatBytes(bytes)}</span></h2>
<p class="note">The links work where this page lies in its evidence folder. What steps wrote is not to be trusted: open it with care.</p>
${filter}
${makeLongTable({
  id: 'artifact-table',
  caption: 'Artifacts',
  columns: [
    { title: 'File' },
    { title: 'Kind' },
    { title: 'Step' },
    { title: 'Size', isNumber: true },
    { title: 'SHA-256' },
    { title: 'Notes' },
  ],
  rows: shown.map((artifact) => makeRow(artifact, page)),
  leftOut: artifacts.length - shown.length,
  whole: 'envelope.json',
})}
</section>`;
}

function makeRow(artifact: Artifact, page: Page): Html {
  const step = artifact.step_id === null ? 'run' : makeStepLink(artifact.step_id, page);
  return markup`<tr data-sha256="${artifact.sha256}"><td class="name">${makeArtifactLink(artifact)}</td><td>${artifact.kind}</td><td>${step}</td><td class="number">${makeSize(artifact.size_bytes)}</td><td class="nowrap">${makeDigest(artifact.sha256)}</td><td>${toNotes(artifact)}</td></tr>\n`;
}

function toNotes({ redaction, truncated }: Artifact): string {
  const notes = [
    ...(redaction.applied ? ['redacted'] : []),
    ...(redaction.class === 'binary' ? ['binary, not searched for secrets'] : []),
    ...(truncated ? ['cut: bytes are missing at its end'] : []),
  ];
  return notes.join(', ');
}
