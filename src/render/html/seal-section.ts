import type { Verdict } from '../../schema/verdict.ts';
import { toShellWord } from '../shell-word.ts';
import { toTrust } from '../trust.ts';
import { type Html, markup } from './markup.ts';
import { makeCopyButton, type Page, toCount } from './page.ts';

/** Which file is the evidence, how far its seal carries, and the button that recomputes it on the spot. */
export function makeSealSection(page: Page, hasEnvelope: boolean): Html {
  const { envelope, envelopeSha256, verdict } = page;
  const { seal, signer } = toTrust(envelope, verdict);
  const signed = signer === undefined ? null : markup`, signed by key <code>${signer.key}</code> (${signer.check})`;
  const command = toVerifyCommand(page);
  return markup`<section aria-labelledby="seal"><h2 id="seal">Seal</h2>
<p>${seal.slice(0, 1).toUpperCase()}${seal.slice(1)}${signed}. ${toCount(envelope.integrity.entry_count, 'chained entry', 'chained entries')}.</p>
<dl class="facts wide">
<div><dt>Envelope</dt><dd><a href="envelope.json">envelope.json</a> <code class="long">sha256:${envelopeSha256}</code>${makeCopyButton(envelopeSha256, 'the SHA-256 of the envelope')}</dd></div>
<div><dt>Head</dt><dd><code class="long">${envelope.integrity.head_entry_hash}</code>${makeCopyButton(envelope.integrity.head_entry_hash, 'the head of the chain')}</dd></div>
<div><dt>Evidence</dt><dd><code>${envelope.evidence_id}</code></dd></div>
<div><dt>When written</dt><dd>${toAnswers(verdict).join(' · ')}</dd></div>
<div><dt>Check it</dt><dd><code class="long">${command}</code>${makeCopyButton(command, 'the command')}</dd></div>
</dl>
<noscript><p class="note">This browser runs no script here: the button that recomputes the chain, the whole logs and the search are not there. The command above does more than the button would.</p></noscript>
<div class="check" id="check" data-sha256="${envelopeSha256}" hidden>
${hasEnvelope ? markup`<p><button type="button" class="primary" id="check-run">Recompute the hash chain</button> <span class="sub">in this browser, from the envelope inside this page; nothing is sent anywhere</span></p>` : markup`<p>The envelope is too large to be inside this page. Choose <code>envelope.json</code> to recompute its chain in this browser.</p>`}
<div id="check-result" role="status" aria-live="polite"></div>
<p class="pick"><label for="check-files">${hasEnvelope ? 'Compare files too' : 'Files'}: artifacts, envelope.json, a public key (.pem)</label> <input id="check-files" type="file" multiple></p>
</div>
</section>`;
}

const words: Record<string, string> = {
  yes: 'yes',
  no: 'NO',
  artifacts_missing: 'artifacts missing',
  undecidable: 'cannot be decided',
  not_checked: 'not checked',
  not_asked: 'not asked',
};

/** What verification said when the page was written. */
function toAnswers({ intact, complete, authentic, expected }: Verdict): string[] {
  const { total, matched, checked } = complete.artifacts;
  const artifacts = checked ? ` (${matched} of ${total} artifacts at hand and equal)` : ' (artifact bytes not checked)';
  return [
    `intact: ${words[intact.answer]}`,
    `complete: ${words[complete.answer]}${artifacts}`,
    `authentic: ${words[authentic.answer]}`,
    `expected: ${words[expected.answer]}`,
  ];
}

function toVerifyCommand({ envelope: { subject } }: Page): string {
  const repo = subject.repo.name === null ? '' : ` --repo ${toShellWord(subject.repo.name)}`;
  const commit = subject.id === null ? '' : ` --commit ${toShellWord(subject.id)}`;
  return `npx quoderat verify envelope.json --artifacts artifacts${repo}${commit}`;
}
